"""When to look again: at feeds as often as they change and allow, at what failed less and less often. Pure."""

import math
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR, DAY = 3600.0, 86_400.0
GAPS = 10  # the newest items by which a feed's pace is judged
DAYS = 7  # before today, of which the usual hours of publishing are learned
AHEAD, AROUND = (
    1800.0,
    3600.0,
)  # seconds: a look is planned for the time from `AHEAD - AROUND` to `AHEAD + AROUND`


@dataclass(frozen=True, slots=True)
class PollSchedule:
    """How often anything is looked at; times are in seconds."""

    fastest: float = 45.0  # between two looks at one feed
    slowest: float = 1800.0
    slowest_light: float = 600.0  # where a look that finds nothing new costs next to nothing
    poll_cost_s: float = 4.5  # of a look: how many seconds earlier one article must come for it
    unchanged_poll_cost_s: float = 0.2
    longest_wish: float = DAY  # that a feed's or a server's own wish is heeded for
    back_off: float = 60.0  # after a feed's first failure; doubled with each
    longest_back_off: float = 8 * HOUR
    failures_before_pause: int = 12  # failures in a row until a feed is paused
    paused: float = DAY  # between two looks at a paused feed
    again: float = 120.0  # from one look at a page until a change that its feed announces is looked at
    retries: tuple[float, ...] = (60.0, 600.0, 2 * HOUR)  # after each failure to fetch a page
    missing: float = 300.0  # between the first and the second time that a page is not found
    rechecks: tuple[float, ...] = (
        HOUR,
        8 * HOUR,
        3 * DAY,
    )  # of a page, for corrections its feed does not tell

    def interval(
        self, moments: Sequence[float], now: float, *wishes: float | None, light: bool = False
    ) -> float:
        """Return the seconds to leave a feed alone.

        `moments` are when its newest items came out, in seconds since 1970, newest first; `wishes` for how long
        the feed and its server want it left alone, in seconds, as far as they say. Over a time t, looks every T
        seconds cost t/T prices, and articles every G seconds wait T/2 each, t/G * T/2 in all: least in sum at
        T = sqrt(2 * price * G). That it goes by the root of the rate is found, with the periods of a day, by
        Sia, Cho and Cho: Efficient Monitoring Algorithm for Fast News Alerts, IEEE TKDE 19(7), 2007.
        """
        price, slowest = (
            (self.unchanged_poll_cost_s, self.slowest_light) if light else (self.poll_cost_s, self.slowest)
        )
        ceiling = max(self.fastest, min(slowest, self.slowest))
        paced = min(max(self.fastest, math.sqrt(2 * price * expected_gap(moments, now))), ceiling)
        return max(paced, *(min(wish, self.longest_wish) for wish in wishes if wish), 0.0)

    def back_off_for(self, failures: int, retry_after: float | None = None) -> float:
        """Return the seconds until a feed is tried again that has failed so many times in a row (from 1)."""
        if failures >= self.failures_before_pause:
            return self.paused
        doubled = self.back_off * 2.0 ** min(failures - 1, 30)
        return max(min(doubled, self.longest_back_off), min(retry_after or 0.0, 7 * self.longest_wish))


def expected_gap(moments: Sequence[float], now: float) -> float:
    """Return the seconds between two articles that are to be expected now; infinite when nothing is known.

    `moments` are when the newest came out, newest first. What came lately counts, or what came at this time of
    the days before, whichever is more: a newspaper's morning is not to be slept through.
    """
    moments = [min(moment, now) for moment in moments]
    if not moments:
        return math.inf
    latest = moments[:GAPS]
    days = min(DAYS, int((now + AHEAD - AROUND - moments[-1]) // DAY))
    then = [now + AHEAD - day * DAY for day in range(1, days + 1)]
    usual = sum(abs(moment - time) <= AROUND for moment in moments for time in then)
    return min((now - latest[-1]) / len(latest), days * 2 * AROUND / usual if usual else math.inf)


def jittered(seconds: float) -> float:
    """Return up to a tenth more, so that feeds do not all come due together; never less than was asked for."""
    return seconds * random.uniform(1.0, 1.1)  # noqa: S311 - nothing secret


def open_hour(due: float, skip_hours: Collection[int], skip_days: Collection[int]) -> float:
    """Return the first moment from `due` on that is in no hour (UTC) or day (Monday is 0) to be skipped.

    A feed that skips everything is taken not to mean it.
    """
    if not skip_hours and not skip_days:
        return due
    moment = datetime.fromtimestamp(due, UTC)
    for _ in range(7 * 24):
        if moment.hour not in skip_hours and moment.weekday() not in skip_days:
            return max(due, moment.timestamp())
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
