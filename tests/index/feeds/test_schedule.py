from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.feeds.schedule import DAY, HOUR, PollSchedule, expected_gap, jittered, next_allowed_time

NOW = datetime(2024, 11, 11, 12, 30, tzinfo=UTC).timestamp()  # a Monday
SCHEDULE = PollSchedule()


def every(gap: float, since: float = 0.0) -> list[float]:
    return [NOW - since - gap * number for number in range(1, 30)]


def nightly(days: int, hour: int) -> list[float]:
    """One article a day, at an hour (UTC), newest first; the last of them yesterday."""
    midnight = NOW - NOW % DAY
    return [midnight + hour * HOUR - day * DAY for day in range(1, days + 1)]


def test_the_rate_of_polls_goes_by_the_root_of_the_rate_of_articles() -> None:
    assert SCHEDULE.poll_interval(every(HOUR), NOW) == pytest.approx(180, rel=0.01)
    assert SCHEDULE.poll_interval(every(5 * HOUR), NOW) == pytest.approx(180 * 5**0.5, rel=0.01)


@pytest.mark.parametrize("usual", [60.0, HOUR, 5 * HOUR])
@pytest.mark.parametrize("conditional", [True, False])
def test_no_other_interval_costs_less(usual: float, conditional: bool) -> None:
    """Polls and waiting weighed by brute force, from the shortest interval to the longest."""
    cost_of_a_poll = SCHEDULE.conditional_poll_cost if conditional else SCHEDULE.poll_cost

    def cost(interval: int) -> float:
        return cost_of_a_poll / interval + interval / 2 / usual

    best = min(range(45, 601), key=cost)
    assert SCHEDULE.poll_interval(every(usual), NOW, conditional=conditional) == pytest.approx(best, abs=1)


def test_a_feed_answered_not_modified_is_polled_every_minute() -> None:
    assert SCHEDULE.poll_interval(every(HOUR), NOW, conditional=True) == SCHEDULE.min_interval
    assert SCHEDULE.poll_interval(every(2 * HOUR), NOW, conditional=True) < 60


@pytest.mark.parametrize("conditional", [True, False])
def test_there_is_a_shortest_and_a_longest_interval(conditional: bool) -> None:
    longest = SCHEDULE.max_interval_conditional if conditional else SCHEDULE.max_interval
    assert SCHEDULE.poll_interval(every(30), NOW, conditional=conditional) == SCHEDULE.min_interval
    assert SCHEDULE.poll_interval(every(300 * DAY), NOW, conditional=conditional) == longest
    assert SCHEDULE.poll_interval([], NOW, conditional=conditional) == longest


def test_a_feed_that_falls_silent_is_polled_less_often() -> None:
    busy, silent = (SCHEDULE.poll_interval(every(600, since), NOW) for since in (0, 12 * HOUR))
    assert busy < silent


def test_more_is_expected_at_the_hours_of_the_days_before() -> None:
    """A paper of one article a day, at half past twelve or at three in the morning, half past twelve now."""
    expected, quiet = expected_gap(nightly(9, 12), NOW), expected_gap(nightly(9, 3), NOW)
    assert expected == 2 * HOUR
    assert quiet > 0.9 * DAY


def test_what_came_lately_outweighs_a_quiet_hour() -> None:
    assert expected_gap([*every(60)[:10], *nightly(9, 3)], NOW) < 120


def test_hours_are_not_learned_from_before_a_feed_was_known() -> None:
    assert expected_gap([NOW - DAY, NOW - DAY - 60], NOW) == pytest.approx((DAY + 60) / 2)


def test_dates_in_the_future_count_as_now() -> None:
    assert SCHEDULE.poll_interval([NOW + DAY] * 3, NOW) == SCHEDULE.min_interval


def test_requested_intervals_are_granted_up_to_a_day() -> None:
    assert SCHEDULE.poll_interval(every(30), NOW, 900.0, None) == 900.0
    assert SCHEDULE.poll_interval(every(30), NOW, 10.0, 600.0) == 600.0
    assert SCHEDULE.poll_interval(every(30), NOW, 1e9) == DAY


def test_failures_are_tried_again_less_and_less_often_and_then_daily() -> None:
    waits = [SCHEDULE.back_off_for(failures) for failures in range(1, SCHEDULE.failures_before_pause + 1)]
    assert waits[:4] == [60, 120, 240, 480]
    assert waits == sorted(waits)
    assert waits[-1] == SCHEDULE.paused_interval
    assert SCHEDULE.back_off_for(1, retry_after=5_000) == 5_000
    assert SCHEDULE.back_off_for(1, retry_after=1e12) == 7 * DAY


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
    assert next_allowed_time(NOW, hours, days) == due
