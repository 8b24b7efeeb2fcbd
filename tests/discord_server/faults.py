"""Switches that make the REST side misbehave, each for a number of requests."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server.clock import Clock


@dataclass
class Fault:
    """What to do to requests whose method and path match.

    `works` tells whether the request is carried out, `delay` how many seconds before. The answer is replaced by
    `status` and `body`, kept when `status` is None, or never arrives when the fault `breaks` the connection.
    """

    method: str
    path: str
    times: int
    works: bool
    status: int | None = None
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    breaks: bool = False
    delay: float = 0.0
    gate: asyncio.Event | None = None
    gate_after: bool = False
    used: int = 0

    async def hold_up(self, clock: Clock, *, after: bool = False) -> None:
        """Wait as long as the fault wants before the work, or after it."""
        if not after:
            await clock.sleep(self.delay)
        if self.gate is not None and self.gate_after is after:
            await self.gate.wait()

    def release(self) -> None:
        """Let go the requests that `Faults.hold` holds."""
        if self.gate is not None:
            self.gate.set()

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

    def clear(self) -> None:
        """Let everything work again."""
        self._faults.clear()

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
            return self._add(Fault(method, path, times, False, 429, None, headers))
        return self._add(Fault(method, path, times, False, 429, body, headers | {"Via": "1.1 google"}))

    def error(self, method: str, path: str, *, status: int = 500, code: int = 0, times: int = 1) -> Fault:
        """Answer an error without doing the work."""
        body = {"message": f"{status}: as the test wished", "code": code}
        return self._add(Fault(method, path, times, False, status, body))

    def lose_answer(self, method: str, path: str, *, status: int | None = None, times: int = 1) -> Fault:
        """Do the work, but break the connection, or answer `status` (such as 502) instead."""
        body = None if status is None else {"message": f"{status}: answer lost", "code": 0}
        return self._add(Fault(method, path, times, True, status, body, breaks=status is None))

    def drop(self, method: str, path: str, *, times: int = 1) -> Fault:
        """Break the connection without doing the work."""
        return self._add(Fault(method, path, times, False, breaks=True))

    def slow(self, method: str, path: str, *, seconds: float, times: int = 1) -> Fault:
        """Wait, then do the work and answer as usual."""
        return self._add(Fault(method, path, times, True, delay=seconds))

    def hold(self, method: str, path: str, *, times: int = 1, after: bool = False) -> Fault:
        """Wait until the fault's `release`, then do the work and answer as usual; `after` the work is done at once."""
        return self._add(Fault(method, path, times, True, gate=asyncio.Event(), gate_after=after))

    def exhaust(self, method: str, path: str, *, reset_after: float, times: int = 1) -> Fault:
        """Answer as usual, but say that the rate limit's bucket is now empty for so many seconds."""
        headers = {
            "X-RateLimit-Limit": "1",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(time.time() + reset_after),
            "X-RateLimit-Reset-After": str(reset_after),
            "X-RateLimit-Bucket": "local",
        }
        return self._add(Fault(method, path, times, True, headers=headers))
