"""Times taken, told as a person reads them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table: what was measured, in which unit, and against what.

    `ratio` is `value` to `base`; `limit` is the most (`at_least`: the least) that it should be.
    """

    name: str
    value: float
    unit: str
    base: float | None = None
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Give the value as a multiple of what it is held against; without that the value itself is held."""
        return self.value / self.base if self.base else None

    @property
    def kept(self) -> bool | None:
        """Say whether the limit is kept; None without one."""
        if self.limit is None:
            return None
        held = self.value if self.ratio is None else self.ratio
        return held >= self.limit if self.at_least else held <= self.limit


def seconds(deed: Callable[[], Any]) -> float:
    """Time one call."""
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def median(times: Sequence[float]) -> float:
    """Give the middle of some times, in milliseconds."""
    return 1000 * float(np.median(times))


def p95(times: Sequence[float]) -> float:
    """Give the time that 95 of 100 keep below, in milliseconds."""
    return 1000 * float(np.percentile(times, 95))
