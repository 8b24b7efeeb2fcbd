"""What the bot counts and times, for Prometheus: closed sets of labels, nothing of people or of their words."""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Histogram

from bot.errors import Busy, Refused, Stopping, TooOften, TooSlow
from index import AnswerOutcome, BadQuestion, Stage

QUEUE_STAGE, SEARCH_STAGE = "queue", "search"  # waiting for a thread, and all that is done in it
SERVED = "served"  # the outcome of what is no question: a brief, a search for words, a button
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
# Seconds; judged: a question takes some 0.1, and is given up after 10.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Surface(StrEnum):
    """Where on Discord something was asked for."""

    COMMAND = "command"  # /ask
    MESSAGE = "message"  # in private, by mention, in a reply
    CHECK = "check"  # the claims of a message
    FOLLOW = "follow"  # a question that is to be followed
    QUOTE = "quote"
    BRIEF = "brief"
    BUTTON = "button"


class RefusalReason(StrEnum):
    """Why something was not answered."""

    BUSY = "busy"
    TOO_SLOW = "too-slow"
    STOPPING = "stopping"
    TOO_OFTEN = "too-often"  # a person, or a server
    BAD_REQUEST = "bad-request"  # a question, date or outlet that cannot be searched for
    FAULT = "fault"  # not foreseen: a fault of the program


_REASONS = (
    (Busy, RefusalReason.BUSY),
    (TooSlow, RefusalReason.TOO_SLOW),
    (Stopping, RefusalReason.STOPPING),
    (TooOften, RefusalReason.TOO_OFTEN),
    (Refused, RefusalReason.BAD_REQUEST),
    (BadQuestion, RefusalReason.BAD_REQUEST),
)


class Metrics:
    """The counters and histograms of one bot, in a registry of their own. Any thread may use them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "verbatim_answers", "Answers.", ("surface", "outcome"), registry=self.registry
        )
        self._refusals = Counter(
            "verbatim_refusals", "What was not answered.", ("surface", "reason"), registry=self.registry
        )
        self._answer_seconds = Histogram(
            "verbatim_answer_seconds",
            "Seconds from asking to the answer, waiting included.",
            ("surface",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._stage_seconds = Histogram(
            "verbatim_stage_seconds",
            "Seconds that each stage of a question took.",
            ("stage",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._log_lines = Counter(
            "verbatim_log_lines", "Lines of the bot's own log.", ("level",), registry=self.registry
        )
        self._disconnects = Counter(
            "verbatim_gateway_disconnects", "Connections to Discord that ended.", registry=self.registry
        )
        self._begin_at_zero()

    def count_answer(self, surface: Surface, outcome: AnswerOutcome | None, seconds: float) -> None:
        """Count an answer that took so many seconds; `outcome` is None for what is no question."""
        self._answers.labels(surface.value, outcome.value if outcome else SERVED).inc()
        self._answer_seconds.labels(surface.value).observe(seconds)

    def count_refusal(self, surface: Surface, error: BaseException) -> None:
        """Count what was not answered because of an error."""
        self._refusals.labels(surface.value, refusal_reason(error).value).inc()

    def time_stages(self, waited: float, searched: float, stages: dict[Stage, float]) -> None:
        """Record the seconds that a query waited for a thread and took in it, and those of its stages."""
        self._stage_seconds.labels(QUEUE_STAGE).observe(waited)
        self._stage_seconds.labels(SEARCH_STAGE).observe(searched)
        for stage, seconds in stages.items():
            self._stage_seconds.labels(stage.value).observe(seconds)

    def count_disconnect(self) -> None:
        """Count a connection to Discord that ended."""
        self._disconnects.inc()

    def count_log_line(self, level: str) -> None:
        """Count a line of the log."""
        if level in LOG_LEVELS:
            self._log_lines.labels(level).inc()

    def _begin_at_zero(self) -> None:
        """Make every series, so that the first event of a kind is an increase that an alert can see."""
        for surface in Surface:
            self._answer_seconds.labels(surface.value)
            for outcome in outcomes_of(surface):
                self._answers.labels(surface.value, outcome)
            for reason in RefusalReason:
                self._refusals.labels(surface.value, reason.value)
        for stage in (QUEUE_STAGE, SEARCH_STAGE, *(one.value for one in Stage)):
            self._stage_seconds.labels(stage)
        for level in LOG_LEVELS[1:]:
            self._log_lines.labels(level)


def outcomes_of(surface: Surface) -> tuple[str, ...]:
    """Return the outcomes that answers on a surface may have."""
    if surface in {Surface.QUOTE, Surface.BRIEF, Surface.BUTTON}:
        return (SERVED,)
    return tuple(outcome.value for outcome in AnswerOutcome)


def refusal_reason(error: BaseException) -> RefusalReason:
    """Return the reason that an error stands for; what no person and no load causes is a fault."""
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return RefusalReason.FAULT
