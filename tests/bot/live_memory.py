"""What this process holds in memory: every live string and number that anything refers to.

What is looked for is given in pieces, so that the search does not find itself.
"""

import gc
import json
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

Pieces = Sequence[str]
_ID = re.compile(r"(?<!\d)\d{17,20}(?!\d)")  # as ids of Discord are


def held_texts(pieces: Pieces) -> list[str]:
    """Return the live strings that hold the text made of these pieces, whatever the case; it is never put together."""
    return look([pieces], [])[0][0]


def look(texts: Sequence[Pieces], numbers: Sequence[Sequence[int]]) -> tuple[list[list[str]], list[int]]:
    """Return for each text the live strings that hold it, and for each number how often it is held.

    A number is given as its halves of 32 bits; it is looked for as a number, and in digits in strings.
    """
    marks = [[piece.rstrip("?？").lower() for piece in pieces] for pieces in texts]
    found: list[list[str]] = [[] for _ in texts]
    counts = [0] * len(numbers)
    for value in live_values():
        if isinstance(value, str):
            lowered = value.lower()
            for held, mark in zip(found, marks, strict=True):
                if holds(lowered, mark):
                    held.append(value)
            values = [int(run) for run in _ID.findall(value)]
        else:
            values = [value]
        for one in values:
            for place, (high, low) in enumerate(numbers):
                counts[place] += one >> 32 == high and one & 0xFFFFFFFF == low
    return found, counts


def holds(text: str, marks: Sequence[str]) -> bool:
    at = text.find(marks[0])
    for mark in marks:
        if at < 0 or not text.startswith(mark, at):
            return False
        at += len(mark)
    return True


def live_values() -> Iterator[str | int]:
    """Yield each string and number that anything in the process refers to, the frames of all threads included."""
    gc.collect()
    objects: list[object] = [*gc.get_objects(), *frame_locals()]
    seen: set[int] = set()
    while objects:
        found: list[object] = []
        for start in range(0, len(objects), 10_000):
            for one in gc.get_referents(*objects[start : start + 10_000]):
                # what the collector tracks is in the list already
                if type(one) not in {str, int, tuple, dict} or gc.is_tracked(one) or id(one) in seen:
                    continue
                seen.add(id(one))
                if isinstance(one, str | int):
                    yield one
                else:
                    found.append(one)
        objects = found


def frame_locals() -> Iterator[object]:
    for frame in sys._current_frames().values():
        while frame.f_back:
            frame = frame.f_back
            yield list(frame.f_locals.values())


class Probe:
    """Lets another process look into this one, and put its clock forward.

    On SIGUSR1 it reads `marks.json` in the folder, {"texts": [[piece, ...], ...], "numbers": [[high, low], ...]}, and
    writes `found.json`. On SIGUSR2 the clock goes on by what stands in `seconds`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ahead = 0.0
        self._clock = time.monotonic
        time.monotonic = self._now  # before anything takes it: the event loop and the caches go by it
        signal.signal(signal.SIGUSR1, self._look)
        signal.signal(signal.SIGUSR2, self._go_on)

    def _now(self) -> float:
        return self._clock() + self._ahead

    def _go_on(self, *_: object) -> None:
        self._ahead += float((self._folder / "seconds").read_text())
        (self._folder / "seconds").unlink()

    def _look(self, *_: object) -> None:
        marks = json.loads((self._folder / "marks.json").read_text())
        texts, numbers = look(marks["texts"], marks["numbers"])
        found = {"texts": [[text[:300] for text in held] for held in texts], "numbers": numbers}
        part = self._folder / "found.part"
        part.write_text(json.dumps(found))
        part.replace(self._folder / "found.json")
