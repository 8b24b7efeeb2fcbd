"""Warm answers, against the bare cost of encoding a question and searching exactly once."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import faiss
import numpy as np

from index.archive import Archive
from index.arrays import FloatArray, IntArray
from index.encoding.encoder import Encoder
from index.retrieval.quantized_vectors import CHUNK_ROWS
from index.retrieval.vector_index import VectorIndex
from tests.bench import stages
from tests.bench.built import Built
from tests.bench.clock import Row, median, p95, seconds
from tests.bench.corpus import Corpus

LIMITS = ((100_000, 2.0), (1_000_000, 3.0))  # multiples of the bare cost that an answer may take
NO_SLOWER = 1.05  # with a filter than without, and what two runs may differ by
SHARE = 0.3  # of an answer's time that one stage may take
RECALL = 0.97  # of the ten exactly nearest
SAME = 1e-6  # a difference in similarity that is one of rounding
_ROUNDS = 3  # each question, in turns with the bare cost
_WARM, _K, _NEAREST = 5, 100, 10
_ENCODED = 20_000  # sentences at most that are encoded anew
_LATELY = timedelta(days=365)


def answers(built: Built, archive: Archive, corpus: Corpus, encoder: Encoder) -> Iterator[Row]:
    """Ask every question some times in turns with the bare cost, so that both meet the same machine."""
    bare = _exact(archive, encoder)
    outlet = archive.outlets()[:1]
    times: dict[str, list[float]] = {"bare": [], "ask": [], "outlet": [], "dates": []}
    for number, (text, now) in enumerate([*corpus.questions[:_WARM], *(corpus.questions * _ROUNDS)]):
        deeds = {
            "bare": lambda: bare.search(encoder.encode([text]), _K),  # noqa: B023
            "ask": partial(archive.ask, text, now=now),
            "outlet": partial(archive.ask, text, now=now, outlets=outlet),
            "dates": partial(archive.ask, text, now=now, since=now - _LATELY, until=now),
        }
        for name, deed in deeds.items():
            times[name] += [seconds(deed)] if number >= _WARM else []
    floor, asked = median(times["bare"]), median(times["ask"])
    limit = next((most for size, most in LIMITS if abs(built.sentences - size) < size / 20), None)
    yield Row(f"bare encoding and search, {built.size}", floor, "ms", note=built.note)
    yield Row(f"answer, {built.size}, median", asked, "ms", floor, limit, note=built.note)
    yield Row(f"answer, {built.size}, p95", p95(times["ask"]), "ms", floor, note="against the bare median")
    for name, words in (("outlet", "from one outlet"), ("dates", "from one year")):
        yield Row(
            f"answer {words}, {built.size}, median",
            median(times[name]),
            "ms",
            asked,
            NO_SLOWER,
            note=built.note,
        )


def shares(built: Built, archive: Archive, corpus: Corpus, how: str = "") -> Iterator[Row]:
    """Tell each stage's share of an answer; one that is given in another way, `how`, has no limits."""
    asked = [partial(Archive.ask, text=text, now=now) for text, now in corpus.questions]
    spent = stages.spent(archive, asked)
    whole, many = sum(spent.values()), len(corpus.questions)
    for stage, took in sorted(spent.items(), key=lambda item: -item[1]):
        limit, note = (None, "the network's own time") if stage == stages.ENCODING else (SHARE, "")
        name = f"stage: {stage}, {built.size} {how}".rstrip()
        yield Row(name, 1000 * took / many, "ms", 1000 * whole / many, None if how else limit, note=note)


def recall(built: Built, archive: Archive, corpus: Corpus, encoder: Encoder) -> Iterator[Row]:
    """Compare the ten nearest that the index gives with the exact ones, in single precision.

    A small index of real sentences is encoded anew for it: its vectors were never in half precision.
    """
    served = archive.retriever._vectors
    asked = encoder.encode([text for text, _ in corpus.questions])
    table = archive.article_table()
    numbers = np.concatenate(
        [np.arange(*span) for span in zip(table.first_sentence, table.end_sentence, strict=True)]
    )
    anew = built.made_up == 0 and len(numbers) <= _ENCODED
    exact = faiss.IndexFlatIP(encoder.dimensions)
    if anew:
        exact.add(encoder.encode(_texts(archive)))
    for start in range(0, 0 if anew else len(numbers), CHUNK_ROWS):
        exact.add(served.vectors_of(numbers[start : start + CHUNK_ROWS]))
    nearest = numbers[exact.search(asked, _NEAREST)[1]]
    found = [_share(served, one, right) for one, right in zip(asked, nearest, strict=True)]
    note = "against vectors encoded anew" if anew else "against single precision over the stored vectors"
    yield Row(
        f"recall@{_NEAREST}, {built.size}", float(np.mean(found)), "", limit=RECALL, at_least=True, note=note
    )


def _share(served: VectorIndex, asked: FloatArray, right: IntArray) -> float:
    """Return the share of the nearest that is found; of sentences with the same words any will do."""
    found = served.search(asked, len(right))
    as_near = served.vectors_of(found) @ asked >= (served.vectors_of(right) @ asked).min() - SAME
    return float((np.isin(found, right) | as_near).mean())


def _texts(archive: Archive) -> list[str]:
    """Return every sentence, headlines included, in the order of their numbers."""
    stored = sorted(archive.stored_articles().values(), key=lambda one: one.first_sentence)
    return [text for one in stored for text in one.sentences()]


def _exact(archive: Archive, encoder: Encoder) -> faiss.Index:
    """Put the vectors of the whole index into one exact one."""
    exact = faiss.IndexScalarQuantizer(
        encoder.dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    vectors = archive.retriever._vectors
    for start in range(0, len(vectors), CHUNK_ROWS):
        exact.add(vectors.vectors_of(np.arange(start, min(start + CHUNK_ROWS, len(vectors)))))
    return exact
