"""The table of blocked addresses: those of articles that an owner removed and that no feed brings back."""

from collections.abc import Iterable
from datetime import UTC, datetime

from index.storage.engine import Tables
from index.urls import url_aliases


class BlockedUrlsMixin(Tables):
    """The part of the store that keeps addresses whose articles may come in only when a person adds them."""

    def block(self, urls: Iterable[str]) -> None:
        """Block addresses. Call it inside `transaction()`."""
        now = int(datetime.now(UTC).timestamp())
        self.execute_many(
            "INSERT INTO barred VALUES (?, ?) ON CONFLICT (url) DO UPDATE SET since = excluded.since",
            [(url, now) for url in urls],
        )

    def unblock(self, url: str) -> None:
        """Unblock an address and its aliases. Call it inside `transaction()`."""
        self.execute_many("DELETE FROM barred WHERE url = ?", [(one,) for one in (url, *url_aliases(url))])

    def is_blocked(self, url: str) -> bool:
        """Return True if an address or one of its aliases is blocked."""
        known = "SELECT 1 FROM barred WHERE url IN (SELECT value FROM json_each(?))"
        return self._row(known, [url, *url_aliases(url)]) is not None
