"""More sentences than can be read through for each question: what lists of vectors find, take and save."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np

from index.archive import Archive
from index.arrays import BoolArray, FloatArray
from index.encoding.encoder import Encoder
from index.retrieval.quantized_vectors import CHUNK_ROWS
from index.retrieval.vector_index import VectorIndex
from index.retrieval.vectors import merging
from tests.bench.built import Built, Place
from tests.bench.clock import Row, median, p95, seconds
from tests.bench.cold import child
from tests.bench.corpus import Corpus
from tests.bench.multiplied import multiplied
from tests.bench.warm import RECALL, SAME

TIMES_MILLION = 3.0  # a question's time at a million that it may take at ten millions
READY = 3.0  # seconds until a bot is ready
_NEAREST, _ROUNDS, _OFTEN, _WARM = 10, 2, 3, 5
_SHARES = (0.1, 0.01)  # of the sentences that a circle sees
_SAID = 60.0  # seconds that questions are asked while lists are made


def recall_by_lists(vectors: VectorIndex, asked: FloatArray, size: str, folder: Path) -> Iterator[Row]:
    """Sort copies of real vectors into lists, and hold what those find against what `vectors` finds exactly."""
    numbers = np.concatenate([part.sentences[part.alive] for part in vectors._segments])
    index = VectorIndex(folder / "vectors", vectors.fingerprint, vectors.dimensions)
    for start in range(0, len(numbers), CHUNK_ROWS):
        chunk = numbers[start : start + CHUNK_ROWS]
        breaks = np.flatnonzero(np.diff(chunk) > 1) + 1
        for run in np.split(chunk, breaks):
            index.add(int(run[0]), vectors.vectors_of(run).astype(np.float16))
    with patch.object(merging, "MANY_ROWS", 1):
        took = seconds(index.merge)
    lists = index._segments[0].coarse
    note = f"{lists.lists} lists, a question looks into {lists.index.nprobe}; against all vectors"
    dice = np.random.default_rng(1)
    yield Row(f"recall@10 by lists, {size}", _recall(index, vectors, asked), "", None, RECALL, True, note)
    for share in _SHARES:
        allowed = dice.random(int(numbers[-1]) + 1) < share
        found = _recall(index, vectors, asked, allowed)
        yield Row(f"recall@10 by lists within {share:.0%}, {size}", found, "", None, RECALL, True)
    yield Row(f"making lists, {size}", took, "s")


def _recall(
    index: VectorIndex, exact: VectorIndex, asked: FloatArray, allowed: BoolArray | None = None
) -> float:
    """Return the share of the exactly nearest that is found; of sentences with the same words any will do."""
    shares = []
    for one in asked:
        right, found = (which.search(one, _NEAREST, allowed) for which in (exact, index))
        as_near = exact.vectors_of(found) @ one >= (exact.vectors_of(right) @ one).min() - SAME
        shares.append(as_near.sum() / len(right))
    return float(np.mean(shares))


def lists_of(built: Built, archive: Archive, corpus: Corpus, encoder: Encoder, place: Place) -> Iterator[Row]:
    """Measure recall by lists on an index of real sentences, by real questions."""
    if built.made_up:
        return
    retriever = archive.retriever
    queries = encoder.encode([text for text, _ in corpus.questions])
    asked = np.stack([retriever._adapter.transform(query) for query in queries])
    with TemporaryDirectory(dir=place.folder) as folder:
        yield from recall_by_lists(retriever._vectors, asked, built.size, Path(folder))


def millions(
    one: Built, times: int, corpus: Corpus, encoder: Encoder, place: Place, data: Path
) -> Iterator[Row]:
    """Make an index of one, so many times over, sort its vectors into lists, and ask both in turns."""
    with place.copy(one) as small, TemporaryDirectory(dir=place.folder) as folder:
        begun = time.perf_counter()
        large = multiplied(small, times, Path(folder, "large"), corpus, encoder)
        yield Row(f"making the index, {large.size}", time.perf_counter() - begun, "s", note=large.note)
        with Archive(small.folder, encoder) as few, Archive(large.folder, encoder) as many:
            yield from _in_turns(few, many, corpus, f"{large.size}, flat", None)
            yield from _while_lists_are_made(many, corpus, large)
            yield from _in_turns(few, many, corpus, large.size, TIMES_MILLION)
        yield from _started(small, large, place, data)


def _in_turns(few: Archive, many: Archive, corpus: Corpus, size: str, limit: float | None) -> Iterator[Row]:
    """Ask every question of both in turns, so that both meet the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    searches: tuple[list[float], list[float]] = ([], [])
    for number, (text, now) in enumerate([*corpus.questions[:_WARM], *(corpus.questions * _ROUNDS)]):
        for archive, taken, searched in zip((few, many), times, searches, strict=True):
            whole = seconds(partial(archive.ask, text, now=now))
            query = archive.retriever._encoder.encode([text])[0]
            alone = seconds(partial(archive.retriever._vectors.search, query, 200))
            if number >= _WARM:
                taken.append(whole)
                searched.append(alone)
    note = "against a million, in turns"
    yield Row(f"answer, {size}, median", median(times[1]), "ms", median(times[0]), limit, note=note)
    yield Row(f"answer, {size}, p95", p95(times[1]), "ms", p95(times[0]), note=note)
    yield Row(f"nearest vectors, {size}, median", median(searches[1]), "ms", median(searches[0]), note=note)


def _while_lists_are_made(many: Archive, corpus: Corpus, large: Built) -> Iterator[Row]:
    """Let lists be made in the background and ask meanwhile."""
    vectors = many.retriever._vectors
    begun, taken = time.perf_counter(), []
    with patch.object(merging, "MANY_ROWS", min(merging.MANY_ROWS, len(vectors))):
        vectors.begin_merging()
        merger = vectors._merger
        while merger and merger.is_alive() and time.perf_counter() - begun < _SAID:
            for text, now in corpus.questions[:_WARM]:
                taken.append(seconds(partial(many.ask, text, now=now)))
        if merger:
            merger.join()
    lists = vectors._segments[0].coarse
    note = f"{lists.lists} lists, a question looks into {lists.index.nprobe}"
    yield Row(f"making lists in the background, {large.size}", time.perf_counter() - begun, "s", note=note)
    yield Row(f"answer while lists are made, {large.size}, median", median(taken), "ms")


def _started(small: Built, large: Built, place: Place, data: Path) -> Iterator[Row]:
    """Start on both, and ask; processor time says what other work on the machine does not change."""
    rest = [child("rest", large.folder, place.models, time.perf_counter()) for _ in range(_OFTEN)]
    for key, name, limit in (
        ("ready", "bot, from nothing to ready but for logging in", READY),
        ("open", "bot, of that opening its index", None),
        ("first", "bot, its first answer", None),
    ):
        yield Row(f"{name}, {large.size}", min(one[key] for one in rest), "s", limit=limit)
    few, many = (child("asked", one.folder, place.models, data, _OFTEN) for one in (small, large))
    yield Row(f"opening, processor time, {large.size}", many["open"], "s", few["open"])
    yield Row(
        f"answer, processor time, {large.size}, mean",
        1000 * many["question"],
        "ms",
        1000 * few["question"],
        TIMES_MILLION,
        note="against a million",
    )
    for what, found in ((small, few), (large, many)):
        note = f"{found['own']:.0f} MB its own, {found['mapped']:.0f} MB mapped files, after all questions"
        yield Row(f"bot after questions, {what.size}", found["resident"], "MB", note=note)
