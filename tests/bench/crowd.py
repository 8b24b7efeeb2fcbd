"""Many questions at the same moment, alone and while a feed comes in."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
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
            asyncio.run(ask_at_once(archive, corpus))
            alone = asyncio.run(ask_at_once(archive, corpus))
            yield from told(f"{AT_ONCE} questions at once, {built.size}", alone)
            coming = list(corpus.made_up(COMING_IN * _SENTENCES, seed=3))
            feed = threading.Thread(target=lambda: archive.add(coming))
            feed.start()
            beside = asyncio.run(ask_at_once(archive, corpus))
            note = "" if feed.is_alive() else "the articles were in before the answers were"
            feed.join()
        name = f"the same while articles come in, {built.size}"
        yield from told(name, beside, p95(alone.times), SLOWER, note)
        rate = storing(copy, corpus, encoder, _STORED)
        yield Row(f"storing without encoding, {built.size}", rate, "sentences/s")


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of many questions: seconds until each answer, how many got none, and seconds in all."""

    times: list[float]
    lost: int
    whole: float


async def ask_at_once(archive: Archive, corpus: Corpus) -> Crowd:
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
    return Crowd(times, lost, whole)


def together(crowds: Sequence[Crowd]) -> Crowd:
    """Take several crowds that came one after the other for one."""
    return Crowd(
        [took for one in crowds for took in one.times],
        sum(one.lost for one in crowds),
        sum(one.whole for one in crowds),
    )


def told(
    name: str, crowd: Crowd, base: float | None = None, limit: float | None = None, note: str = ""
) -> Iterator[Row]:
    """Give the figures of a crowd; `base` is the 95th percentile of another, `limit` how many times that is kept."""
    yield Row(f"{name}, p95", p95(crowd.times), "ms", base, limit, note=note)
    yield Row(f"{name}, throughput", len(crowd.times) / crowd.whole, "answers/s")
    yield Row(f"{name}, lost", crowd.lost, "questions", limit=0)
