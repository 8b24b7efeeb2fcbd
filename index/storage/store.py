"""The store: one data folder's database. The one source of truth; every index is derived from it."""

from index.storage.articles import ArticlesMixin
from index.storage.blocked_urls import BlockedUrlsMixin
from index.storage.circles import CirclesMixin


class Store(ArticlesMixin, BlockedUrlsMixin, CirclesMixin):
    """The database of articles. Every method may be called from any thread and sees what is committed.

    It is put together by domain: a new method goes to the mixin of its tables. Other rooms read and write
    tables of their own by `query`, `execute` and `transaction`: near-duplicates, the forward index, feeds and
    their pages.
    """
