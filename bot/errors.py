"""The bot's own refusals; like every VerbatimError, their text is meant for the person."""

from collections.abc import Sequence

from bot.texts import ENGLISH, Texts
from index import BadQuestion, VerbatimError


class Refused(VerbatimError):  # noqa: N818 - the question was refused, nothing is broken
    """Something that was not done as asked, and what to do; worded by the text `error-<kind>`."""

    def __init__(self, kind: str, **facts: str | int | Sequence[str]) -> None:
        super().__init__(ENGLISH(f"error-{kind}", **facts), kind, **facts)


class Busy(Refused):
    """The queue in front of the archive is full."""

    def __init__(self) -> None:
        super().__init__("busy")


class TooSlow(Refused):
    """The archive did not answer in time."""

    def __init__(self) -> None:
        super().__init__("too-slow")


class Stopping(Refused):
    """The bot is on its way down."""

    def __init__(self) -> None:
        super().__init__("stopping")


class TooOften(Refused):
    """One person asks faster than is fair to the others; `seconds` until the next question may be asked."""

    kind = "too-often"

    def __init__(self, seconds: float) -> None:
        super().__init__(self.kind, seconds=max(1, round(seconds + 0.49)))
        self.seconds = seconds


class CrowdedServer(TooOften):
    """A server's people together ask more than is fair to the other servers."""

    kind = "crowded-server"


class UnknownOutlet(Refused):
    """No article is from the outlet that was asked for; `known` are those there are."""

    def __init__(self, outlet: str, known: Sequence[str]) -> None:
        if known:
            super().__init__("unknown-outlet", outlet=outlet, known=tuple(known))
        else:
            super().__init__("no-outlets", outlet=outlet)


class BadDate(Refused, BadQuestion):
    """A date that cannot be read, or two that leave nothing between them."""


def told(error: VerbatimError, texts: Texts) -> str:
    """Word an error in a person's language; what only has English words keeps them."""
    return texts(f"error-{error.kind}", **error.facts) if error.kind else str(error)
