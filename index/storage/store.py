"""The store: where all that is known of the news is kept. The one source of truth; every index is derived from it."""

from index.storage.articles import ArticlesMixin
from index.storage.blocked_urls import BlockedUrlsMixin
from index.storage.circles import CirclesMixin
from index.storage.places import Place, open_news


class Store(ArticlesMixin, BlockedUrlsMixin, CirclesMixin):
    """The database of articles. Every method may be called from any thread and sees what is committed.

    It is put together by domain: a new method goes to the mixin of its tables. Other rooms read and write
    tables of their own by `query`, `execute` and `transaction`: near-duplicates, the forward index, feeds and
    their pages.
    """

    def __init__(self, place: Place) -> None:
        """Open or create the database at `place`, a file or a server, and bring one of an earlier version up to date.

        Raise BrokenIndex when it cannot be used, BusyIndex when it cannot be reached, in words for the owner.
        """
        super().__init__(open_news(place))
