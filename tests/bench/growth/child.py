"""A bot or a fetcher in a process of its own: `python -m tests.bench.growth.child JOB`, a file of JSON.

It says that it is ready, begins when it is told to, prints what it found, and ends when its input does.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from index.archive import Archive
from index.articles import Article
from index.encoding.encoder import Encoder, load_encoder
from index.encoding.onnx_session import Vectors
from index.reader.load import load_reader
from index.storage.postgres.address import PostgresAddress
from index.storage.postgres.dialect import NEWS_LOCK
from tests.bench.growth.asking import AskingBot, AsOfThen, ask_for
from tests.bench.growth.server import timed_turns

BATCH = 16  # articles that a fetcher adds together
FOUND_WITHIN = 10.0  # seconds in which an article has to be answerable
LOOK_AGAIN = 0.1  # seconds after which it is looked for once more


@dataclass(frozen=True, slots=True)
class Job:
    """What a process is to do. `store` is None for a file in `folder`."""

    what: str
    folder: str
    models: str
    store: str | None = None
    shared: bool = False
    questions: Sequence[str] = ()
    moments: Sequence[str] = ()  # at which they were asked
    seconds: float = 0.0
    at_once: int = 2
    first: int = 0
    articles: Sequence[dict[str, Any]] = ()
    encoded: bool = True

    def write(self, path: Path) -> None:
        """Write it to a file."""
        path.write_text(json.dumps(asdict(self)), "utf-8")

    @property
    def address(self) -> PostgresAddress | None:
        """Return where the store is, None for the folder."""
        return PostgresAddress.parse(self.store) if self.store else None


class RandomVectors:
    """Stands in for the encoder where what it costs is left out; it has the encoder's fingerprint."""

    def __init__(self, encoder: Encoder) -> None:
        self._dice = np.random.default_rng(1)
        self.fingerprint, self.dimensions = encoder.fingerprint, encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors that have nothing to do with the texts."""
        drawn = self._dice.standard_normal((len(texts), self.dimensions), dtype=np.float32)
        unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
        return unit


def packed(article: Article) -> dict[str, Any]:
    """Return what is needed of an article to make it again in another process."""
    return {
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat() if article.published else None,
    }


def unpacked(found: dict[str, Any]) -> Article:
    """Return the article."""
    made = Article(found["url"], found["outlet"], found["title"], found["text"])
    return replace(made, published=datetime.fromisoformat(found["published"]) if found["published"] else None)


def main(path: str) -> None:
    """Do the job."""
    job = Job(**json.loads(Path(path).read_text("utf-8")))
    deeds = {"ask": _ask, "add": _add, "follow": _follow}
    deeds[job.what](job, _start)
    sys.stdin.read()


def _start() -> None:
    """Say that all is ready, and wait until all others are."""
    _say({"ready": True})
    sys.stdin.readline()


def _say(found: dict[str, Any]) -> None:
    print(json.dumps(found), flush=True)  # noqa: T201


def _archive(job: Job, *, encoded: bool = True, reading: bool = True) -> Archive:
    encoder = load_encoder(None, Path(job.models))
    reader = load_reader(None, Path(job.folder)) if reading else None
    Path(job.folder).mkdir(exist_ok=True)
    return Archive(
        Path(job.folder), encoder if encoded else RandomVectors(encoder), reader=reader, store=job.address
    )


def _ask(job: Job, start: Callable[[], None]) -> None:
    """Ask for some seconds as a bot does."""
    with _archive(job) as archive:
        moments = map(datetime.fromisoformat, job.moments)
        then = AsOfThen(archive, dict(zip(job.questions, moments, strict=True)))

        async def asked() -> None:
            bot = await AskingBot.open(then, Path(job.folder), job.address, shared=job.shared)
            await ask_for(bot, job.questions, 1.0, job.at_once, job.first)
            start()
            before = time.process_time()
            times, whole = await ask_for(bot, job.questions, job.seconds, job.at_once, job.first)
            _say({"times": times, "whole": whole, "own": time.process_time() - before})
            await asyncio.to_thread(sys.stdin.read)  # what is open is looked at
            await bot.close()

        asyncio.run(asked())


def _add(job: Job, start: Callable[[], None]) -> None:
    """Take articles in, batch after batch as a fetcher does."""
    coming = list(map(unpacked, job.articles))
    with _archive(job, encoded=job.encoded, reading=False) as archive, ExitStack() as stack:
        turns = stack.enter_context(timed_turns())
        archive.ask("What happened?")
        start()
        before, begun = time.process_time(), time.perf_counter()
        sentences = 0
        for number in range(0, len(coming), BATCH):
            sentences += sum(one.sentences for one in archive.add(coming[number : number + BATCH]))
        whole, own = time.perf_counter() - begun, time.process_time() - before
        _say({"whole": whole, "own": own, "sentences": sentences, "turns": turns[NEWS_LOCK]})


def _follow(job: Job, start: Callable[[], None]) -> None:
    """Find each of the articles, which another process adds in this order, as soon as it is told of a commit."""
    with _archive(job, reading=False) as archive:
        archive.find_quote(job.questions[0])
        start()
        known = archive._store.data_version()
        for sentence, article in zip(job.questions, job.articles, strict=True):
            found, deadline = None, time.perf_counter() + FOUND_WITHIN
            while found is None and time.perf_counter() < deadline:
                known = _told(archive, known)
                matches = archive.find_quote(sentence).matches
                if any(match.quote.article.url == article["url"] for match in matches):
                    found = time.perf_counter()
            _say({"found": found})


def _told(archive: Archive, known: int) -> int:
    """Wait until others have committed something since `known`, LOOK_AGAIN at most; return what is known then.

    Who asks while the bot itself is just following a commit is answered without it, and asks again.
    """
    deadline = time.perf_counter() + LOOK_AGAIN
    while (version := archive._store.data_version()) == known and time.perf_counter() < deadline:
        time.sleep(0.0005)
    return version


if __name__ == "__main__":
    main(*sys.argv[1:])
