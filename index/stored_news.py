"""What can be told of stored articles without a search: single ones, recent ones, those that arrived, outlets."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from index.answering.answers import QuoteContext
from index.answering.quote_context import find_in_context
from index.answering.story_clusters import Story, cluster_stories
from index.articles import Article
from index.encoding.encoder import Encoder
from index.errors import RefusedArticle
from index.storage.recent_articles import ArrivedArticle, arrived, near_duplicates, published_between
from index.storage.records import StoredArticle
from index.storage.store import Store
from index.urls import canonical_url

FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)
BRIEF_ARTICLES = 1000  # judged: a day of a few dozen outlets; of more, a brief looks at the newest


class StoredNews:
    """The part of the archive that reads the store alone. `circle` is as in `Archive`."""

    _store: Store
    _encoder: Encoder

    def is_behind(self) -> bool:
        """Return True while no news comes in, since the store's server is out of reach: the rest is as it was."""
        return self._store.is_away()

    def check_encoder(self) -> None:
        """Raise OtherEncoder when the store is encoded with another model by now: nothing can be added."""
        self._store.check_encoder(self._encoder.fingerprint)

    def article(self, url: str, circle: str | None = None) -> Article | None:
        """Return the article at `url` as it is stored now; None if there is none that the circle sees."""
        stored = self._seen(url, circle)
        return stored.article if stored else None

    def context(
        self, url: str, words: str, start: int, around: int = 2, circle: str | None = None
    ) -> QuoteContext | None:
        """Return quoted words with up to `around` sentences before and after them, as the article is now.

        `start` is the offset of the words in the text when they were quoted: in a corrected article they may
        have moved, and the nearest place is taken. None if the article was removed, is not in the circle or no
        longer holds the words.
        """
        stored = self._seen(url, circle)
        return find_in_context(stored, words, start, around) if stored else None

    def latest(
        self,
        since: datetime,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        limit: int = 200,
        circle: str | None = None,
    ) -> tuple[ArrivedArticle, ...]:
        """Return up to `limit` articles published in a time span, newest first.

        `since` is inclusive, `until` exclusive; `outlets` narrow it, none means all. An article without a
        date counts as published when it was added.
        """
        return published_between(self._store, since, until or FAR_FUTURE, outlets, limit, circle)

    def brief(
        self,
        since: datetime,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        limit: int = 5,
        circle: str | None = None,
    ) -> tuple[Story, ...]:
        """Return up to `limit` stories of a time span, as of `latest`, those of most outlets first."""
        return cluster_stories(self.latest(since, until, outlets, BRIEF_ARTICLES, circle), limit)

    def arrivals(self, after: int, limit: int = 200, circle: str | None = None) -> tuple[ArrivedArticle, ...]:
        """Return up to `limit` articles that were added or replaced after the cursor `after`, in that order.

        A caller that passes the last one's `cursor` the next time misses nothing; `cursor()` is where to
        begin. An article whose `added` lies before that was replaced: with another headline or date, or with
        `revised` set when its text was corrected.
        """
        return arrived(self._store, after, limit, circle)

    def cursor(self) -> int:
        """Return the cursor of the article that was added or replaced last; see `arrivals`."""
        return self._store.watermark().next

    def near_duplicates(self, url: str, circle: str | None = None) -> tuple[Article, ...]:
        """Return the near-duplicates of the article at `url`, in any outlet, oldest first."""
        return near_duplicates(self._store, stored_url(url), circle)

    def outlets(self, circle: str | None = None) -> tuple[str, ...]:
        """Return the names of the outlets that a circle sees, those with the most articles first."""
        return tuple(row[0] for row in self._store.outlets(circle))

    def _seen(self, url: str, circle: str | None) -> StoredArticle | None:
        """Return the article at `url`; None when there is none that the circle sees."""
        stored = self._store.get(stored_url(url))
        if stored is None or circle is None or self._store.is_in(stored.first_sentence, circle):
            return stored
        return None


def stored_url(url: str) -> str:
    """Return the canonical form of an address; an invalid one, which no article has, as it is."""
    with suppress(RefusedArticle):
        return canonical_url(url)
    return url
