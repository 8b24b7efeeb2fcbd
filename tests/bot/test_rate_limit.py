"""Uses that are counted for each key."""

import pytest

from bot.errors import TooOften
from bot.rate_limit import RateLimiter


def test_so_many_uses_are_allowed_and_refused_ones_do_not_count():
    now = [100.0]
    limiter = RateLimiter(2, 30.0, lambda: now[0])
    limiter.acquire(1)
    limiter.acquire(1)
    for _ in range(3):
        with pytest.raises(TooOften) as refused:
            limiter.acquire(1)
        assert refused.value.seconds == pytest.approx(30.0)
    now[0] += 30.1
    limiter.acquire(1)


def test_each_key_is_counted_by_itself():
    limiter = RateLimiter(1, 30.0, lambda: 100.0)
    limiter.acquire(1)
    limiter.acquire(2)
    with pytest.raises(TooOften):
        limiter.acquire(1)
