"""The errors that a person can cause. Their text is meant for that person: what happened, what to do."""

from collections.abc import Sequence


class VerbatimError(Exception):
    """What went wrong, as an English message that can be shown as it is.

    `kind` is the key of its translations and `facts` are their variables; an error without a kind has only its
    English message.
    """

    def __init__(self, message: str = "", kind: str = "", **facts: str | int | Sequence[str]) -> None:
        super().__init__(message)
        self.kind = kind
        self.facts = facts


class RefusedArticle(VerbatimError):  # noqa: N818 - it is the article that was refused
    """An article that cannot enter the index, and why; `url` and `title` as far as they are known."""

    def __init__(self, reason: str, *, url: str = "", title: str = "") -> None:
        super().__init__(reason)
        self.url = url
        self.title = title


class FetchError(VerbatimError):
    """A page that could not be fetched.

    `status` is the HTTP status of the response when there was one, `retry_after` the seconds it asked us to wait.
    """

    def __init__(
        self,
        reason: str,
        kind: str = "",
        *,
        url: str,
        status: int | None = None,
        retry_after: float | None = None,
        **facts: str | int | Sequence[str],
    ) -> None:
        super().__init__(reason, kind, **facts)
        self.url = url
        self.status = status
        self.retry_after = retry_after


class BadFeed(VerbatimError):  # noqa: N818 - it is the feed that is bad
    """A document that is no feed, or a list of feeds that is none, and why."""


class NoParser(VerbatimError):  # noqa: N818 - names what is missing
    """The program that reads pages and feeds cannot be started at the moment; it is nobody's page's fault."""

    def __init__(self) -> None:
        super().__init__("the program that reads it cannot be started just now")


class BadQuestion(VerbatimError):  # noqa: N818 - the question is bad, not the program
    """A question that cannot be searched for: empty, too long, no words in it."""


class BrokenIndex(VerbatimError):  # noqa: N818 - names the state a person must mend
    """A data folder or index that cannot be used as it is, and the command that mends it: words for its owner."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "index-broken")


class OtherEncoder(BrokenIndex):
    """A store whose vectors are another encoder's by now, or about to be; what to do, for its owner."""


class UnfinishedIndex(VerbatimError):  # noqa: N818 - names what a person must wait for
    """Indexes that are being made from the store, of which so many percent are done; no question is answered yet."""

    def __init__(self, percent: int) -> None:
        super().__init__(
            f"The indexes are being made from the stored articles: {percent} % are done. Ask again in a while.",
            "index-unfinished",
            percent=percent,
        )


class BusyIndex(VerbatimError):  # noqa: N818 - names what a person must wait for
    """An index that cannot be read or written to at the moment, and why: words for its owner. Nothing was lost."""

    def __init__(self, message: str, kind: str = "index-busy") -> None:
        super().__init__(message, kind)


class StoreAway(BusyIndex):
    """A change that was not made, since the server that can be written to is out of reach; why, for its owner."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "store-away")


class OutdatedVersion(StoreAway):
    """What this version of Verbatim cannot do any more, since a newer one has changed the tables; nothing was done."""


class UnconfirmedChange(BusyIndex):
    """A change that may have been made, and may not: the server that was to confirm it did not answer in time."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "store-unconfirmed")
