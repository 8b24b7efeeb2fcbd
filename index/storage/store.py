"""The store: where all that is known of the news is kept. The one source of truth; every index is derived from it."""

from index.errors import OtherEncoder
from index.storage.articles import ArticlesMixin
from index.storage.blocked_urls import BlockedUrlsMixin
from index.storage.circles import CirclesMixin
from index.storage.places import Place, open_news

ENCODER_KEY = "encoder"  # of `meta`: the fingerprint of the encoder that all vectors are of
UNFINISHED_MARK = " (unfinished)"  # behind the fingerprint while some vectors are of an encoder before


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
        self.place = place

    def check_encoder(self, fingerprint: str) -> None:
        """Raise OtherEncoder unless all vectors are of the encoder with this fingerprint, as long as there are any.

        Inside `transaction()` that stays so to its end. What is committed with numbers before a `watermark` that was read
        earlier is of this encoder, too.
        """
        known = self.meta(ENCODER_KEY)
        if known not in (None, fingerprint):
            raise OtherEncoder(
                f"The index in {self.place} is encoded with another language model since this was started ({known}; here "
                f"it is {fingerprint}). Once `verbatim rebuild` is done, set VERBATIM_MODEL to the other model and start "
                "this again. Until then it takes up no news."
            )
