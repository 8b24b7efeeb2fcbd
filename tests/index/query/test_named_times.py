"""Names of times: the last of a name, and how they lie within a wider time."""

from datetime import UTC, datetime

import pytest

from index.query.calendar_stretches import around
from index.query.named_times import Kind, NamedTimes
from index.query.time_tokens import tokenize

SATURDAY = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)


def names(text):
    return NamedTimes(tokenize(text), SATURDAY, day_first=None)


@pytest.mark.parametrize(
    ("text", "start", "kind"),
    [
        ("yesterday evening", "2026-11-27", Kind.NOW),
        ("last Friday", "2026-11-27", Kind.NOW),
        ("Friday", "2026-11-27", Kind.BARE),
        ("5 November", "2026-11-05", Kind.DATE),
        ("Nov. 5, 2025", "2025-11-05", Kind.DATE),
        ("3. November 2025", "2025-11-03", Kind.DATE),
        ("29 February", "2024-02-29", Kind.DATE),
        ("2026-W47", "2026-11-16", Kind.DATE),
        ("11/2025", "2025-11-01", Kind.DATE),
        ("2026 Q2", "2026-04-01", Kind.DATE),
        ("winter 2025/26", "2025-12-01", Kind.DATE),
        ("the summer", "2026-06-01", Kind.BARE),
    ],
)
def test_a_name_is_read_to_its_end(text, start, kind):
    read = names(text).named(0)
    assert (f"{read.stretch.start:%Y-%m-%d}", read.kind) == (start, kind)
    assert read.end == len(tokenize(text))


@pytest.mark.parametrize("text", ["fall", "9/11", "Lent", "Mondays", "Q7", ""])
def test_what_names_no_time(text):
    assert names(text).named(0) is None


@pytest.mark.parametrize(
    ("name", "count", "start"),
    [("friday", 2, "2026-11-20"), ("weeks", 1, "2026-11-16"), ("novembers", 1, "2025-11-01")],
)
def test_the_last_of_a_name_and_those_before(name, count, start):
    assert f"{names('').named_last(name, count).start:%Y-%m-%d}" == start
    assert names("").named_last("lents", 1) is None


def test_a_name_lies_within_a_wider_time():
    march = names("March").named(0).within(around(SATURDAY.replace(year=2020), "year"))
    assert (march.start.year, march.start.month) == (2020, 3)
    assert names("Friday").named(0).within(around(SATURDAY, "month")) is None
