"""The bot's own refusals; like every VerbatimError, their text is meant for the person."""

from bot import texts
from index.errors import VerbatimError


class Refused(VerbatimError):  # noqa: N818 - the question was refused, nothing is broken
    """A question that was not put to the archive, or not long enough, and what to do."""


class Busy(Refused):
    """The queue in front of the archive is full."""

    def __init__(self) -> None:
        super().__init__(texts.BUSY)


class TooSlow(Refused):
    """The archive did not answer in time."""

    def __init__(self) -> None:
        super().__init__(texts.TOO_SLOW)


class Stopping(Refused):
    """The bot is on its way down."""

    def __init__(self) -> None:
        super().__init__(texts.STOPPING)


class TooOften(Refused):
    """One person asks faster than is fair to the others; `seconds` until the next question may be asked."""

    def __init__(self, seconds: float) -> None:
        super().__init__(texts.wait(seconds))
        self.seconds = seconds


class UnknownOutlet(Refused):
    """No article is from the outlet that was asked for."""
