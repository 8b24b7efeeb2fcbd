"""Many questions at the same moment, alone and while a feed comes in."""

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import Busy, TooSlow
from bot.services.query_service import Limits, QueryRequest, QueryService
from index.archive import Archive
from index.encoding.encoder import Encoder
from tests.bench.built import Built, Place, storing
from tests.bench.clock import Row, p95
from tests.bench.corpus import Corpus

AT_ONCE, COMING_IN, SLOWER = 50, 1000, 2.0
_SENTENCES = 25  # of an article that comes in
_STORED = 10_000  # sentences that are stored to see how long it takes


def at_once(built: Built, corpus: Corpus, encoder: Encoder, place: Place) -> Iterator[Row]:
    """Put 50 questions at the same moment, alone and while 1,000 articles come in; then only take articles in."""
    with place.copy(built) as copy:
        with Archive(copy.folder, encoder) as archive:
            asyncio.run(_crowd(archive, corpus))
            alone = asyncio.run(_crowd(archive, corpus))
            yield from _told(f"{AT_ONCE} questions at once, {built.size}", alone, None)
            coming = list(corpus.made_up(COMING_IN * _SENTENCES, seed=3))
            feed = threading.Thread(target=lambda: archive.add(coming))
            feed.start()
            beside = asyncio.run(_crowd(archive, corpus))
            note = "" if feed.is_alive() else "the articles were in before the answers were"
            feed.join()
        yield from _told(f"the same while articles come in, {built.size}", beside, p95(alone.times), note)
        rate = storing(copy, corpus, encoder, _STORED)
        yield Row(f"storing without encoding, {built.size}", rate, "sentences/s")


@dataclass(frozen=True, slots=True)
class _Crowd:
    times: list[float]
    lost: int
    whole: float


async def _crowd(archive: Archive, corpus: Corpus) -> _Crowd:
    """Ask as 50 people do, each once; what is refused or given up is counted, never raised."""
    service = QueryService(archive, Limits(queue=AT_ONCE, answer=600.0))
    begun, times, lost = time.perf_counter(), [], 0

    async def one(person: int) -> None:
        nonlocal lost
        try:
            await service.ask(QueryRequest(person, corpus.questions[person % len(corpus.questions)][0]))
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
