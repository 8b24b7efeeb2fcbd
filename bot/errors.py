"""The bot's own errors; like every VerbatimError, their text is meant for the person."""

from collections.abc import Sequence

from bot.texts import ENGLISH, Texts
from index import BadQuestion, VerbatimError


class Refused(VerbatimError):  # noqa: N818 - the question was refused, nothing is broken
    """A request that is not carried out; the text `error-<kind>` tells the person why, and what to do."""

    def __init__(self, kind: str, **facts: str | int | Sequence[str]) -> None:
        super().__init__(ENGLISH(f"error-{kind}", **facts), kind, **facts)


class Busy(Refused):
    """The queue of queries is full."""

    def __init__(self) -> None:
        super().__init__("busy")


class TooSlow(Refused):
    """The archive did not answer in time."""

    def __init__(self) -> None:
        super().__init__("too-slow")


class Stopping(Refused):
    """The bot is shutting down."""

    def __init__(self) -> None:
        super().__init__("stopping")


class TooOften(Refused):
    """A person exceeds the rate limit; `seconds` until the next question is allowed."""

    kind = "too-often"

    def __init__(self, seconds: float) -> None:
        super().__init__(self.kind, seconds=max(1, round(seconds + 0.49)))
        self.seconds = seconds


class TooManyClicks(TooOften):
    """A person presses buttons too fast."""

    kind = "too-many-clicks"


class CrowdedServer(TooOften):
    """The people of a server together exceed its rate limit."""

    kind = "crowded-server"


class UnknownOutlet(Refused):
    """The outlet is not indexed, or not allowed on the server; `known` are those that are."""

    def __init__(self, outlet: str, known: Sequence[str]) -> None:
        if known:
            super().__init__("unknown-outlet", outlet=outlet, known=tuple(known))
        else:
            super().__init__("no-outlets", outlet=outlet)


class BadDate(Refused, BadQuestion):
    """A date that cannot be parsed, or two with nothing between them."""


def error_text(error: VerbatimError, texts: Texts) -> str:
    """Return the text of an error in a person's language, in English where there is no other."""
    return texts(f"error-{error.kind}", **error.facts) if error.kind else str(error)
