"""Which articles are near-copies of each other: wire stories as several outlets carry them.

MinHash (Broder 1997) over shingles of three words, and its bands to find what is alike without comparing all.
"""

import json
import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from index.storage.store import Store

SHINGLE = 3  # words
HASHES = 64
BANDS = 32  # of two hashes each: copies at ALIKE are met with a probability above 0.999
MIN_JACCARD = 0.45  # of two articles' shingles are the same
AT_ONCE = 20  # articles linked in one transaction: others are not kept waiting
LONGEST = 100_000  # characters that are compared

_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # spreads bits: Knuth's multiplicative hashing

Signature = NDArray[np.uint32]


def signature(text: str) -> Signature:
    """Return HASHES numbers whose share of equal ones estimates how much two texts have in common."""
    words = _WORD.findall(text[:LONGEST].casefold())
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    found = RMinHash(num_perm=HASHES, seed=1)
    found.update(list(shingles))
    return np.array(found.digest(), dtype=np.uint32)


def bands(signed: Signature) -> list[int]:
    """Return BANDS numbers; near-copies have at least one of them in common."""
    pairs = signed.astype(np.uint64).reshape(BANDS, -1)
    mixed = (pairs[:, 0] * _FACTOR) ^ pairs[:, 1] ^ (np.arange(BANDS, dtype=np.uint64) << np.uint64(56))
    numbers: list[int] = (mixed * _FACTOR).view(np.int64).tolist()
    return numbers


def is_near_duplicate(one: str, other: str) -> bool:
    """Say whether two texts are near-copies of each other."""
    return one == other or float(np.mean(signature(one) == signature(other))) >= MIN_JACCARD


def assign_cluster(store: Store, firsts: Iterable[int]) -> None:
    """Give every article whose sentences start at `firsts` the story of its nearest copy, or a new one.

    Call it inside `store.transaction()`.
    """
    for first in firsts:
        rows = store.query("SELECT text FROM bodies WHERE first = ?", first)
        if not rows:
            continue
        signed = signature(rows[0][0])
        story = _story(store, first, signed)
        store.execute(
            "UPDATE articles SET story = ? WHERE first = ?", first if story is None else story, first
        )
        store.execute(
            "UPDATE bodies SET signature = ? WHERE first = ?", signed.astype("<u4").tobytes(), first
        )
        for band in bands(signed):
            store.execute("INSERT OR IGNORE INTO copies VALUES (?, ?)", band, first)


def assign_missing_clusters(store: Store, most: int) -> None:
    """Link up to `most` articles that came in before copies were looked for. Raises BusyIndex."""
    rows = store.query("SELECT first FROM articles WHERE story IS NULL ORDER BY first LIMIT ?", most)
    for start in range(0, len(rows), AT_ONCE):
        with store.transaction():
            assign_cluster(store, [row[0] for row in rows[start : start + AT_ONCE]])


def _story(store: Store, first: int, signed: Signature) -> int | None:
    """Return the story of the article that is most alike, None when none is alike enough."""
    rows = store.query(
        "SELECT signature, story FROM articles JOIN bodies USING (first)"
        " WHERE first != ? AND signature IS NOT NULL AND first IN"
        " (SELECT first FROM copies WHERE band IN (SELECT value FROM json_each(?)))",
        first,
        json.dumps(bands(signed)),
    )
    best, story = MIN_JACCARD, None
    for other, told in rows:
        alike = float(np.mean(np.frombuffer(other, dtype="<u4") == signed))
        if alike >= best:
            best, story = alike, told
    return story
