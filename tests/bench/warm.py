"""Warm answers, against the bare cost of encoding a question and searching exactly once."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from bot.errors import Busy, TooSlow
from bot.service import Asked, Limits, Service
from index.archive import Archive
from index.articles import Article
from index.encoder import Encoder
from index.evaluation.cached import CachedEncoder
from tests.bench.clock import Row, median, p95, seconds
from tests.bench.corpus import Corpus, Mixing
from tests.conftest import REPOSITORY

LIMITS = ((100_000, 2.0), (1_000_000, 3.0))  # multiples of the bare cost that an answer may take
NO_SLOWER = 1.05  # with a filter than without, and what two runs may differ by
AT_ONCE, COMING_IN, SLOWER = 50, 1000, 2.0
CACHE = REPOSITORY / "data" / "eval"  # where `verbatim eval` keeps its encodings
_WARM, _K, _CHUNK = 5, 100, 20_000


@dataclass(frozen=True, slots=True)
class Built:
    """An index to measure: how many sentences it has, and how many of them are made up."""

    folder: Path
    archive: Archive
    sentences: int
    made_up: int

    @property
    def size(self) -> str:
        """Say how large it is."""
        return f"{self.sentences:,} sentences"

    @property
    def note(self) -> str:
        """Say what is not real in it."""
        return f"{self.made_up:,} of them made up, with mixed vectors" if self.made_up else ""


def build(corpus: Corpus, encoder: Encoder, wanted: int, folder: Path) -> tuple[Built, list[Row]]:
    """Fill a new index with real articles and, where they do not suffice, made-up ones; time the latter's storing."""
    folder.mkdir()
    cached = CachedEncoder(encoder, CACHE)
    with Archive(folder, cached) as archive:
        list(archive.add(corpus.first(wanted)))
        real = archive.stats().sentences
    cached.close()
    rows, missing = [], wanted - real
    if missing > 0:
        with Archive(folder, Mixing(encoder, corpus.sentences[0] + corpus.sentences[-1])) as archive:
            rates = [_rate(archive, corpus.made_up(missing // 2, seed), missing // 2) for seed in (1, 2)]
        rows.append(Row(f"storing without encoding, up to {wanted:,} sentences", rates[1], "sentences/s", rates[0],
                        note="the second half against the first"))  # fmt: skip
    archive = Archive(folder, encoder)
    return Built(folder, archive, archive.stats().sentences, max(0, missing)), rows


def _rate(archive: Archive, articles: Sequence[Article], sentences: int) -> float:
    return sentences / seconds(lambda: list(archive.add(articles)))


def answers(built: Built, corpus: Corpus, encoder: Encoder) -> Iterator[Row]:
    """Ask every question twice in turns with the bare cost, so that both meet the same machine."""
    bare = _exact(built.archive, encoder)
    outlet = built.archive.outlets()[:1]
    times: dict[str, list[float]] = {"bare": [], "ask": [], "filtered": []}
    for number, (text, now) in enumerate([*corpus.questions[:_WARM], *corpus.questions, *corpus.questions]):
        took = {
            "bare": seconds(lambda: bare.search(encoder.encode([text]), _K)),  # noqa: B023
            "ask": seconds(lambda: built.archive.ask(text, now=now)),  # noqa: B023
            "filtered": seconds(lambda: built.archive.ask(text, now=now, outlets=outlet)),  # noqa: B023
        }
        for name, one in took.items():
            times[name] += [one] if number >= _WARM else []
    floor, asked = median(times["bare"]), median(times["ask"])
    limit = next((most for size, most in LIMITS if abs(built.sentences - size) < size / 20), None)
    yield Row(f"bare encoding and search, {built.size}", floor, "ms", note=built.note)
    yield Row(f"answer, {built.size}, median", asked, "ms", floor, limit, note=built.note)
    yield Row(f"answer, {built.size}, p95", p95(times["ask"]), "ms", floor, note="against the bare median")
    one = median(times["filtered"])
    yield Row(f"answer from one outlet, {built.size}, median", one, "ms", asked, NO_SLOWER)


def _exact(archive: Archive, encoder: Encoder) -> faiss.Index:
    """Put the vectors of the whole index into one exact one."""
    exact = faiss.IndexScalarQuantizer(
        encoder.dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    vectors = archive.finder._vectors
    for start in range(0, len(vectors), _CHUNK):
        exact.add(vectors.rows(np.arange(start, min(start + _CHUNK, len(vectors)))))
    return exact


def at_once(built: Built, corpus: Corpus) -> Iterator[Row]:
    """Put 50 questions at the same moment, alone and while 1,000 articles come in."""
    alone = asyncio.run(_crowd(built.archive, corpus))
    yield from _told(f"{AT_ONCE} questions at once, {built.size}", alone, None)
    coming = corpus.made_up(COMING_IN * 25, seed=3)
    feed = threading.Thread(target=lambda: list(built.archive.add(coming)))
    feed.start()
    beside = asyncio.run(_crowd(built.archive, corpus))
    still = feed.is_alive()
    feed.join()
    name = f"the same while articles come in, {built.size}"
    yield from _told(
        name, beside, p95(alone.times), "" if still else "the articles were in before the answers were"
    )


@dataclass(frozen=True, slots=True)
class _Crowd:
    times: list[float]
    lost: int
    whole: float


async def _crowd(archive: Archive, corpus: Corpus) -> _Crowd:
    """Ask as 50 people do, each once; what is refused or given up is counted, never raised."""
    service = Service(archive, Limits(queue=AT_ONCE, answer=600.0))
    begun, times, lost = time.perf_counter(), [], 0

    async def one(person: int) -> None:
        nonlocal lost
        try:
            await service.ask(Asked(person, corpus.questions[person % len(corpus.questions)][0]))
            times.append(time.perf_counter() - begun)
        except (Busy, TooSlow):
            lost += 1

    await asyncio.gather(*(one(person) for person in range(AT_ONCE)))
    whole = time.perf_counter() - begun
    await service.stop(5)
    return _Crowd(times, lost, whole)


def _told(name: str, crowd: _Crowd, base: float | None, note: str = "") -> Iterator[Row]:
    yield Row(f"{name}, p95", p95(crowd.times), "ms", base, SLOWER if base else None, note=note)
    yield Row(f"{name}, throughput", len(crowd.times) / crowd.whole, "answers/s")
    yield Row(f"{name}, lost", crowd.lost, "questions", limit=0)
