"""When to poll feeds and fetch pages: poll intervals, exponential back-off, jitter, hours to be skipped.

Pure functions of what is known. All times are in seconds since 1970, all durations in seconds.
"""

import math
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR, DAY = 3600.0, 86_400.0
WEEK_HOURS = 7 * 24
# The next four are judged; the latencies in docs/feeds.md were measured with these values.
RECENT_ITEMS = 10  # newest items of a feed that give its present rate
LEARNED_DAYS = 7  # days before today of which the usual hours of publishing are learned
# Seconds: a poll is planned for what is published from `WINDOW_OFFSET - WINDOW_RADIUS` to
# `WINDOW_OFFSET + WINDOW_RADIUS` from now. The offset is the default `max_interval`, the longest wait.
WINDOW_OFFSET, WINDOW_RADIUS = 1800.0, 3600.0
JITTER = 0.1  # largest share by which a wait is prolonged, to part feeds that were added together; judged
MAX_DOUBLINGS = 30  # of a back-off: keeps a float finite; `max_back_off` is reached long before


@dataclass(frozen=True, slots=True)
class PollSchedule:
    """How often feeds are polled and pages fetched. All durations are in seconds.

    Where nothing else is said a value is judged: what a newspaper's server will not mind. What the bounds on
    the interval and the two costs lead to was measured in a simulation of newspapers' days and weeks; the
    latencies below and more of them are in docs/feeds.md.
    """

    # Between two polls of one feed. Measured: of a feed with 10 articles a day 98 % are seen within a minute.
    min_interval: float = 45.0
    # Measured: of a feed sent whole, with one article a day, half are seen in 6 minutes, nearly all in 15.
    max_interval: float = 1800.0
    # Measured: with 304, one article a day, half are seen within 94 s, nearly all within 4 minutes.
    max_interval_conditional: float = 600.0  # of a feed whose server answers "304 Not Modified"
    # Seconds that an article must be seen earlier for one more poll to pay. Judged: so a feed that is sent
    # whole, with an article an hour, is polled every 3 minutes, sqrt(2 * 4.5 * 3600) = 180.
    poll_cost: float = 4.5
    conditional_poll_cost: float = 0.2  # of a poll answered "304 Not Modified": headers alone; judged
    max_requested_interval: float = DAY  # that a feed's ttl or a server's max-age is granted
    initial_back_off: float = 60.0  # after a feed's first failure; doubles with each
    max_back_off: float = 8 * HOUR
    max_retry_after: float = 7 * DAY  # that a failing feed's Retry-After is granted (RFC 9110, 10.2.3)
    failures_before_pause: int = 12  # failures in a row until a feed is paused: about a day of trying
    paused_interval: float = DAY  # between two polls of a paused feed
    min_refetch_delay: float = 120.0  # between two fetches of a page whose feed announces changes
    retry_delays: tuple[float, ...] = (60.0, 600.0, 2 * HOUR)  # after each failure in a row to fetch a page
    not_found_recheck_delay: float = 300.0  # between the first and second request that find no page
    # After which a stored page is fetched again, for corrections that its feed does not announce.
    recheck_delays: tuple[float, ...] = (HOUR, 8 * HOUR, 3 * DAY)

    def poll_interval(
        self,
        publication_times: Sequence[float],
        now: float,
        *requested_intervals: float | None,
        conditional: bool = False,
    ) -> float:
        """Return the seconds from a successful poll of a feed to the next.

        `publication_times` are those of its newest items, newest first. `requested_intervals` are what the
        feed (ttl) and its server (max-age) ask for, None where they do not. `conditional`: its server answers
        conditional requests with "304 Not Modified" (RFC 9110, section 13).

        Over a time t, polls every T seconds cost t/T times `poll_cost`, and articles every G seconds wait T/2
        each, t/G * T/2 in all: the sum is least at T = sqrt(2 * cost * G). That the best rate of polls goes
        by the square root of the rate of articles, with the periods of a day, is from Sia, Cho and Cho,
        Efficient Monitoring Algorithm for Fast News Alerts, IEEE TKDE 19(7), 2007.
        """
        if conditional:
            cost, longest = self.conditional_poll_cost, min(self.max_interval_conditional, self.max_interval)
        else:
            cost, longest = self.poll_cost, self.max_interval
        best = math.sqrt(2 * cost * expected_gap(publication_times, now))
        bounded = min(max(self.min_interval, best), max(self.min_interval, longest))
        granted = (
            min(requested, self.max_requested_interval) for requested in requested_intervals if requested
        )
        return max(bounded, *granted, 0.0)

    def back_off_for(self, failures: int, retry_after: float | None = None) -> float:
        """Return the seconds until a feed is polled again that failed `failures` (1 or more) times in a row.

        The wait doubles with each failure (exponential back-off) and is not shorter than the server's
        `retry_after`, up to `max_retry_after`. From `failures_before_pause` failures on it is `paused_interval`.
        """
        if failures >= self.failures_before_pause:
            return self.paused_interval
        doubled = self.initial_back_off * 2.0 ** min(failures - 1, MAX_DOUBLINGS)
        return max(min(doubled, self.max_back_off), min(retry_after or 0.0, self.max_retry_after))


def expected_gap(publication_times: Sequence[float], now: float) -> float:
    """Return the seconds between two articles expected at present; infinite when none is known.

    `publication_times` are newest first. The smaller counts of two gaps: that of the newest items, and that
    at the same time of the days before, so that a feed is polled often again when its newsroom's day begins.
    """
    times = [min(time, now) for time in publication_times]
    if not times:
        return math.inf
    recent = times[:RECENT_ITEMS]
    days = min(LEARNED_DAYS, int((now + WINDOW_OFFSET - WINDOW_RADIUS - times[-1]) // DAY))
    centres = [now + WINDOW_OFFSET - day * DAY for day in range(1, days + 1)]
    usual = sum(abs(time - centre) <= WINDOW_RADIUS for time in times for centre in centres)
    return min((now - recent[-1]) / len(recent), days * 2 * WINDOW_RADIUS / usual if usual else math.inf)


def jittered(seconds: float) -> float:
    """Return `seconds` prolonged by a random share up to `JITTER`, so that feeds come due apart."""
    return seconds * random.uniform(1.0, 1.0 + JITTER)  # noqa: S311 - nothing secret


def next_allowed_time(due: float, skip_hours: Collection[int], skip_days: Collection[int]) -> float:
    """Return the first time from `due` on in no hour (0-23, UTC) and no day (Monday is 0) to be skipped.

    A feed that skips every hour of the week contradicts itself: `due` is returned. The two lists are RSS
    2.0's skipHours and skipDays.
    """
    if not skip_hours and not skip_days:
        return due
    moment = datetime.fromtimestamp(due, UTC)
    for _ in range(WEEK_HOURS):
        if moment.hour not in skip_hours and moment.weekday() not in skip_days:
            return max(due, moment.timestamp())
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
