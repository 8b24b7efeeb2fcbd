"""Switches that make the REST side misbehave, each for a number of requests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fault:
    """What to do to requests whose method and path match; `done` tells whether the work is done before.

    `status` None means no HTTP answer at all: the connection breaks. `delay` is in seconds, before the work.
    """

    method: str
    path: str
    times: int
    status: int | None = 200
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    done: bool = False
    delay: float = 0.0
    used: int = 0

    def fits(self, method: str, path: str) -> bool:
        return self.used < self.times and self.method == method and re.search(self.path, path) is not None


class Faults:
    """The faults to come. `path` is a regular expression searched in the path after /api/v10."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def _add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault that fits, used up by one."""
        for fault in self._faults:
            if fault.fits(method, path):
                fault.used += 1
                return fault
        return None

    def rate_limit(
        self,
        method: str,
        path: str,
        *,
        retry_after: float = 0.05,
        times: int = 1,
        everywhere: bool = False,
        by_proxy: bool = False,
    ) -> Fault:
        """Answer 429. `by_proxy` is the ban in front of Discord: no `Via` header, no JSON."""
        headers = {"Retry-After": str(retry_after), "X-RateLimit-Scope": "global" if everywhere else "user"}
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        if by_proxy:
            return self._add(Fault(method, path, times, 429, None, headers))
        return self._add(Fault(method, path, times, 429, body, headers | {"Via": "1.1 google"}))

    def error(self, method: str, path: str, *, status: int = 500, code: int = 0, times: int = 1) -> Fault:
        """Answer an error without doing the work."""
        body = {"message": f"{status}: as the test wished", "code": code}
        return self._add(Fault(method, path, times, status, body))

    def lose_answer(self, method: str, path: str, *, status: int | None = None, times: int = 1) -> Fault:
        """Do the work, but break the connection, or answer `status` (such as 502) instead."""
        body = None if status is None else {"message": f"{status}: answer lost", "code": 0}
        return self._add(Fault(method, path, times, status, body, done=True))

    def drop(self, method: str, path: str, *, times: int = 1) -> Fault:
        """Break the connection without doing the work."""
        return self._add(Fault(method, path, times, None))

    def slow(self, method: str, path: str, *, seconds: float, times: int = 1) -> Fault:
        """Wait, then do the work and answer as usual."""
        return self._add(Fault(method, path, times, delay=seconds))
