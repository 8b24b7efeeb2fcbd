"""What an article costs with its store on a server: to whoever takes it in, to every bot, and until it is in answers."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from index.archive import Archive
from index.articles import Article
from index.encoding.encoder import Encoder
from index.errors import RefusedArticle
from index.ingest.batches import prepare
from tests.bench.clock import Row, median
from tests.bench.growth.bots import Processes, together
from tests.bench.growth.child import Job, RandomVectors, packed
from tests.bench.growth.place import EMBEDDED, SERVED, Stores
from tests.bench.growth.server import Meter, log_position, processor_seconds

COMMITS = ((1, 20), (16, 5))  # articles in each, and how many
_BETWEEN = (
    0.15  # seconds after which the next article comes, when all have had the time to find the one before
)
_TOLD_WITHIN = 10.0  # seconds in which a commit has to be heard of
_LONG = 100  # characters of a sentence at least that is looked for word for word; at most twice as many


def ingest(stores: Stores, encoded: int, stored: int, scratch: Path) -> Iterator[Row]:
    """Take articles in as one fetcher and as two, with encoding and without."""
    start = 0
    for what, number in (("taken in", encoded), ("stored", stored)):
        for engine in (EMBEDDED, SERVED):
            alone = 0.0
            for many in (1, 2):
                start += 2 * number
                parts = [stores.coming(number, start + part * number) for part in range(many)]
                jobs = [
                    stores.job(
                        "add", engine, at, articles=list(map(packed, part)), encoded=what == "taken in"
                    )
                    for at, part in enumerate(parts)
                ]
                name = f"{what}, {many} {'fetcher' if many == 1 else 'fetchers'}, {engine}"
                rows = list(_ingested(stores, name, jobs, many * number, alone, scratch))
                alone = rows[0].value
                yield from rows


def _ingested(
    stores: Stores, name: str, jobs: Sequence[Job], many: int, alone: float, scratch: Path
) -> Iterator[Row]:
    found, before, after = together(
        jobs, scratch, lambda: (processor_seconds(stores.server), log_position(stores.address))
    )
    server, log = (end - begin for begin, end in zip(before, after, strict=True))
    each = many / len(jobs)
    yield Row(f"articles {name}", sum(each / one["whole"] for one in found), "articles/s", alone or None)
    yield Row(
        f"articles {name}, sentences", sum(one["sentences"] / one["whole"] for one in found), "sentences/s"
    )
    own = sum(one["own"] for one in found)
    yield Row(f"articles {name}, processor of the fetchers", 1000 * own / many, "ms an article")
    if name.endswith(SERVED):
        yield Row(f"articles {name}, processor of PostgreSQL", 1000 * server / many, "ms an article")
        yield Row(f"articles {name}, write-ahead log", log / many, "bytes an article")
        turns = sum(sum(one["turns"]) for one in found)
        yield Row(f"articles {name}, turn among writers", 1000 * turns / many, "ms an article")


def following(stores: Stores, encoder: Encoder) -> Iterator[Row]:
    """Let a bot follow what another process commits: one article a commit, and sixteen."""
    writer_folder = stores.beside.with_name("writer")
    with (
        Archive(writer_folder, RandomVectors(encoder), store=stores.address) as writer,
        Archive(stores.beside, encoder, store=stores.address) as follower,
    ):
        follower._indexes.sync()
        for size, times in COMMITS:
            meter, took = Meter(stores.server, stores.address), []
            articles = stores.coming(size * times, 1500 + 10 * size)
            for number in range(times):
                known = follower._store.data_version()
                writer.add(articles[number * size : (number + 1) * size])
                _wait(lambda: follower._store.data_version() != known)  # noqa: B023
                time.sleep(0.05)  # until the server has nothing to do
                with meter.reading():
                    begun = time.perf_counter()
                    follower._indexes.sync()
                    took.append(time.perf_counter() - begun)
            of = f"a bot follows a commit of {size}"
            yield Row(f"{of}, median", median(took), "ms a commit")
            yield Row(f"{of}, processor of the bot", 1000 * meter.own / times, "ms a commit")
            yield Row(f"{of}, processor of PostgreSQL", 1000 * meter.server / times, "ms a commit")


def freshness(stores: Stores, encoder: Encoder, number: int, scratch: Path) -> Iterator[Row]:
    """Add articles one by one; two bots look each up by its words as soon as they are told of a commit."""
    articles = [one for one in stores.coming(2 * number, 2000) if _sentence(one)][:number]
    sentences = [_sentence(one) for one in articles]
    jobs = [
        stores.job("follow", SERVED, at, questions=sentences, articles=list(map(packed, articles)))
        for at in range(2)
    ]
    committed: list[float] = []
    folder = stores.beside.with_name("writer")
    with (
        Archive(folder, encoder, store=stores.address) as archive,
        Processes(jobs, scratch) as bots,
    ):
        follow = archive._pipeline._on_commit

        def stamped() -> None:
            committed.append(time.perf_counter())
            follow()

        archive._pipeline._on_commit = stamped
        bots.begin()
        waits = []
        for article in articles:
            archive.add([article])
            waits += [one["found"] - committed[-1] for one in bots.found() if one["found"]]
    lost = 2 * len(articles) - len(waits)
    note = f"{len(waits)} times" + (f"; {lost} times a sentence was not found by its words" if lost else "")
    for share in (50, 99):
        yield Row(
            f"from commit to answerable on another bot, p{share}",
            1000 * float(np.percentile(waits, share)),
            "ms",
            note=note,
        )
    yield Row("from commit to answerable on another bot, longest", 1000 * max(waits), "ms", note=note)


def _sentence(article: Article) -> str:
    """Return a sentence that only this article has, as good as surely; "" without one that can be quoted."""
    with suppress(RefusedArticle):
        fitting = [one for one in prepare(article).texts[1:] if _LONG <= len(one) <= 2 * _LONG]
        return max(fitting, key=len, default="")
    return ""


def _wait(ready: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + _TOLD_WITHIN
    while not ready():
        if time.perf_counter() > deadline:
            raise TimeoutError("nobody was told of a commit")
        time.sleep(0.001)
