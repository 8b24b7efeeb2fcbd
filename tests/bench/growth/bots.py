"""Starts bots and fetchers in processes of their own, lets them begin together, and reads what they found."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from tests.bench.growth.child import Job
from tests.conftest import REPOSITORY

Look = TypeVar("Look")


class Processes:
    """Some processes, each with a job, which begin together."""

    def __init__(self, jobs: Sequence[Job], folder: Path) -> None:
        """Start them, and wait until all are ready. `folder` is for what they are told."""
        self._running = []
        for number, job in enumerate(jobs):
            path = folder / f"job-{number}.json"
            job.write(path)
            command = [sys.executable, "-m", "tests.bench.growth.child", str(path)]
            pipe = subprocess.PIPE
            self._running.append(
                subprocess.Popen(command, cwd=REPOSITORY, stdin=pipe, stdout=pipe, text=True)
            )
        for one in self._running:
            self._read(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._running:
            assert one.stdin
            assert one.stdout
            one.stdin.close()
            one.wait()
            one.stdout.close()

    def begin(self) -> None:
        """Let all begin."""
        for one in self._running:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()

    def found(self) -> list[dict[str, Any]]:
        """Wait for what each found."""
        return [self._read(one) for one in self._running]

    @staticmethod
    def _read(one: subprocess.Popen[str]) -> dict[str, Any]:
        """Read the next line of a process; what libraries print is passed over."""
        assert one.stdout
        for line in one.stdout:
            if line.startswith("{"):
                found: dict[str, Any] = json.loads(line)
                return found
        raise RuntimeError("a measured process has failed; what it said stands above")


def together(
    jobs: Sequence[Job], folder: Path, look: Callable[[], Look]
) -> tuple[list[dict[str, Any]], Look, Look]:
    """Let processes do their jobs at the same time; return what each found, and two looks, at what they begin with and at the end.

    The first is taken when all are ready, so that no start is measured, the second before they close what they have open.
    """
    with Processes(jobs, folder) as running:
        before = look()
        running.begin()
        return running.found(), before, look()
