"""Which of the bot's connections to Discord a process has.

Discord sends what happens on a server to shard `(server >> 22) % count`, and what happens in private to shard 0
(Discord developer documentation, Gateway, Sharding).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

MAX_SHARDS = 10_000  # in all; judged: enough for 25 million servers
_PART = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Shards:
    """The numbers `ids`, rising, out of `count` shards that all processes of the bot have together."""

    ids: tuple[int, ...]
    count: int

    @property
    def has_first(self) -> bool:
        """Return True for the one process that registers commands and gets direct messages."""
        return 0 in self.ids

    def __str__(self) -> str:
        return f"{number_ranges(self.ids)} of {self.count}"


def parse_shards(numbers: str, count: int) -> Shards:
    """Return the shards written as numbers and ranges, `0-3, 8`; all of them where nothing is written.

    Raise ValueError that says what is wrong, in words for whoever wrote it.
    """
    if not numbers.strip():
        return Shards(tuple(range(count)), count)
    ids = sorted(number for part in numbers.split(",") for number in _numbers(part))
    for one, following in pairwise(ids):
        if one == following:
            raise ValueError(f"shard {one} is named twice; name each once")
    if ids[-1] >= count:
        every = (
            f"there are {count} shards, numbered from 0 to {count - 1}"
            if count > 1
            else "there is only shard 0"
        )
        raise ValueError(f"shard {ids[-1]} does not exist: {every}")
    return Shards(tuple(ids), count)


def _numbers(part: str) -> Iterator[int]:
    found = _PART.fullmatch(part.strip())
    if found is None:
        raise ValueError("write numbers and ranges of them, parted by commas: 0-3, 8")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise ValueError(f"write the smaller number of a range first: {last}-{first}")
    if last >= MAX_SHARDS:
        raise ValueError(f"shard {last} does not exist: there are at most {MAX_SHARDS:,}")
    yield from range(first, last + 1)


def number_ranges(numbers: Collection[int]) -> str:
    """Write numbers as a person would: `0-3, 8`."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ", ".join("-".join(map(str, bounds)) for bounds in ranges)
