from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.rhythm import DAY, HOUR, Rhythm, jittered, open_hour

NOW = datetime(2024, 11, 11, 12, 30, tzinfo=UTC).timestamp()  # a Monday
RHYTHM = Rhythm()


def every(gap: float, since: float = 0.0) -> list[float]:
    return [NOW - since - gap * number for number in range(1, 30)]


def test_a_feed_is_looked_at_ten_times_as_often_as_it_changes() -> None:
    assert RHYTHM.interval(every(HOUR), NOW) == pytest.approx(360, rel=0.1)


def test_there_is_a_fastest_and_a_slowest() -> None:
    assert RHYTHM.interval(every(30), NOW) == RHYTHM.fastest
    assert RHYTHM.interval(every(30 * DAY), NOW) == RHYTHM.slowest
    assert RHYTHM.interval([], NOW) == RHYTHM.slowest


def test_a_feed_that_falls_silent_is_looked_at_less_often() -> None:
    busy, silent = (RHYTHM.interval(every(600, since), NOW) for since in (0, 12 * HOUR))
    assert busy < silent


def test_dates_in_the_future_count_as_now() -> None:
    assert RHYTHM.interval([NOW + DAY] * 3, NOW) == RHYTHM.fastest


def test_wishes_are_heeded_within_reason() -> None:
    assert RHYTHM.interval(every(30), NOW, 900.0, None) == 900.0
    assert RHYTHM.interval(every(30), NOW, 10.0, 600.0) == 600.0
    assert RHYTHM.interval(every(30), NOW, 1e9) == DAY


def test_failures_are_tried_again_less_and_less_often_and_then_daily() -> None:
    waits = [RHYTHM.back_off_for(failures) for failures in range(1, RHYTHM.patience + 1)]
    assert waits[:4] == [60, 120, 240, 480]
    assert waits == sorted(waits)
    assert waits[-1] == RHYTHM.paused
    assert RHYTHM.back_off_for(1, retry_after=5_000) == 5_000
    assert RHYTHM.back_off_for(1, retry_after=1e12) == 7 * DAY


@given(st.floats(0.1, 1e6))
def test_jitter_is_never_earlier_than_asked_for(seconds: float) -> None:
    assert seconds <= jittered(seconds) <= 1.11 * seconds


@pytest.mark.parametrize(
    ("hours", "days", "due"),
    [
        ((), (), NOW),
        ({13}, (), NOW),
        ({12}, (), NOW + HOUR / 2),
        ({12, 13, 14}, (), NOW + 2.5 * HOUR),
        ((), {0}, NOW + 11.5 * HOUR),
        ({0, 1}, {0}, NOW + 13.5 * HOUR),
        (set(range(24)), (), NOW),
        ((), set(range(7)), NOW),
    ],
)
def test_hours_and_days_to_be_skipped_are(hours: set[int], days: set[int], due: float) -> None:
    assert open_hour(NOW, hours, days) == due
