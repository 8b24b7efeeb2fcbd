"""What is counted, under which labels."""

import pytest

from bot.errors import BadDate, Busy, CrowdedServer, Stopping, TooManyClicks, TooOften, TooSlow, UnknownOutlet
from bot.metrics import Metrics, RefusalReason, Surface, refusal_reason
from index.answering.answers import AnswerOutcome
from index.errors import BadQuestion, BrokenIndex
from index.stages import Stage


def value(metrics, name, **labels):
    return metrics.registry.get_sample_value(name, labels)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Busy(), RefusalReason.BUSY),
        (TooSlow(), RefusalReason.TOO_SLOW),
        (Stopping(), RefusalReason.STOPPING),
        (TooOften(3), RefusalReason.TOO_OFTEN),
        (TooManyClicks(3), RefusalReason.TOO_OFTEN),
        (CrowdedServer(3), RefusalReason.TOO_OFTEN),
        (UnknownOutlet("Nowhere", ()), RefusalReason.BAD_REQUEST),
        (BadDate("since-unreadable", date="x"), RefusalReason.BAD_REQUEST),
        (BadQuestion("no words"), RefusalReason.BAD_REQUEST),
        (BrokenIndex("damaged"), RefusalReason.FAULT),
        (ZeroDivisionError(), RefusalReason.FAULT),
    ],
)
def test_every_error_has_its_reason(error, reason):
    metrics = Metrics()
    metrics.count_refusal(Surface.CHECK, error)
    assert refusal_reason(error) is reason
    assert value(metrics, "verbatim_refusals_total", surface="check", reason=reason.value) == 1


def test_answers_are_counted_by_surface_and_outcome():
    metrics = Metrics()
    metrics.count_answer(Surface.COMMAND, AnswerOutcome.DISAGREE, 0.2)
    metrics.count_answer(Surface.BRIEF, None, 3.0)
    assert value(metrics, "verbatim_answers_total", surface="command", outcome="disagree") == 1
    assert value(metrics, "verbatim_answers_total", surface="brief", outcome="served") == 1
    assert value(metrics, "verbatim_answer_seconds_bucket", surface="command", le="0.25") == 1
    assert value(metrics, "verbatim_answer_seconds_sum", surface="brief") == 3.0


def test_everything_begins_at_zero_so_that_the_first_event_is_an_increase():
    metrics = Metrics()
    for stage in ("queue", "search", *Stage):
        assert value(metrics, "verbatim_stage_seconds_count", stage=str(stage)) == 0
    for reason in RefusalReason:
        assert value(metrics, "verbatim_refusals_total", surface="message", reason=reason.value) == 0
    assert value(metrics, "verbatim_answers_total", surface="follow", outcome="nothing") == 0
    assert value(metrics, "verbatim_answers_total", surface="quote", outcome="nothing") is None
    assert value(metrics, "verbatim_gateway_disconnects_total") == 0
    assert value(metrics, "verbatim_log_lines_total", level="error") == 0


def test_the_time_of_every_stage_is_kept_that_of_a_reader_too():
    metrics = Metrics()
    metrics.time_stages(0.5, 2.0, {Stage.READING: 1.5})
    seconds = {
        stage: value(metrics, "verbatim_stage_seconds_sum", stage=stage) for stage in ("queue", "search")
    }
    assert seconds == {"queue": 0.5, "search": 2.0}
    assert value(metrics, "verbatim_stage_seconds_sum", stage="reading") == 1.5
    assert value(metrics, "verbatim_stage_seconds_count", stage="retrieval") == 0


def test_lines_of_the_log_are_counted_by_known_levels_alone():
    metrics = Metrics()
    for level in ("error", "error", "made up"):
        metrics.count_log_line(level)
    assert value(metrics, "verbatim_log_lines_total", level="error") == 2
    assert value(metrics, "verbatim_log_lines_total", level="made up") is None


def test_each_bot_counts_for_itself():
    first, second = Metrics(), Metrics()
    first.count_disconnect()
    assert value(second, "verbatim_gateway_disconnects_total") == 0
