"""The address of a PostgreSQL database, which shows its password to nobody but libpq."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from index.errors import VerbatimError

SCHEMES = ("postgresql", "postgres")
HOW_TO_WRITE = "write it like postgresql://user:password@host:5432/database"


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A connection URI as libpq takes it; written out, it has neither its password nor its options.

    `url` is https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS, several hosts included.
    """

    url: str = field(repr=False)
    shown: str

    @classmethod
    def parse(cls, text: str) -> "PostgresAddress":
        """Return the address that a setting says. Raise VerbatimError, in words and without the address."""
        text = text.strip()
        try:
            parts = urlsplit(text)
        except ValueError:
            raise VerbatimError(HOW_TO_WRITE) from None
        user, _, hosts = parts.netloc.rpartition("@")
        if parts.scheme not in SCHEMES or not hosts or not text.isprintable() or " " in text:
            raise VerbatimError(HOW_TO_WRITE)
        name = user.partition(":")[0]
        return cls(text, f"{parts.scheme}://{name + '@' if name else ''}{hosts}{parts.path}")

    def __str__(self) -> str:
        return self.shown

    def hide(self, text: str) -> str:
        """Return a text of libpq or the server on one line, without the password wherever it stands in it."""
        for secret in sorted(self._secrets(), key=len, reverse=True):
            text = text.replace(secret, "[password]")
        return " ".join(text.split())

    def _secrets(self) -> set[str]:
        """Return all spellings of the password."""
        parts = urlsplit(self.url)
        written = parts.netloc.rpartition("@")[0].partition(":")[2]
        in_options = [
            one for key in ("password", "sslpassword") for one in parse_qs(parts.query).get(key, ())
        ]
        return {self.url, written, unquote(written), *in_options} - {""}
