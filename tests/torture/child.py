"""The process that is killed: it does one kind of deed without end, and says what it is about to do, and has done.

It is forked from a server that has imported everything and loaded the encoder once, so that a start costs little.
"""

import asyncio
import logging
import random
import sys
import tarfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog

from index.archive import Archive
from index.encoding.encoder import Encoder, load_encoder
from index.feeds.subscriptions import Subscriptions
from index.feeds.worker import FeedWorker
from index.fetching.settings import FetchSettings
from index.ingest.rebuild import rebuild
from index.maintenance.backup import restore_backup, write_backup
from index.maintenance.retention import KEEP_EVERYTHING, RetentionPolicy
from index.storage.places import NEWS_FILE
from index.storage.store import UNFINISHED_MARK, Store
from tests.conftest import MODELS, REPOSITORY
from tests.index.feeds.harness import QUICK
from tests.torture.stories import OUTLETS, number_of, question_of, story, url_of

ENCODER = load_encoder(None, MODELS)
DATABASES = (NEWS_FILE, "bot.db")
KEEP = 25  # articles that pruning leaves
FOLDERS = sorted((REPOSITORY / "tests" / "data_folders").glob("*.tar.xz"))


class Renamed:
    """The encoder under another name: an index of the one is refused with the other until it is rebuilt."""

    fingerprint = "renamed"

    def __init__(self, encoder: Encoder) -> None:
        self.dimensions, self.encode = encoder.dimensions, encoder.encode


def encoder_named(name: str) -> Encoder:
    """Return the encoder that a store was made with, or is being rebuilt with."""
    return Renamed(ENCODER) if name.removesuffix(UNFINISHED_MARK) == Renamed.fingerprint else ENCODER


class Worker:
    """One child at work in `folder`, whose articles are `known`: the version of each number."""

    def __init__(self, say: Connection, folder: Path, seed: int, facts: dict[str, Any]) -> None:
        self._say = say
        self._folder = folder
        self._random = random.Random(seed)
        self._facts = facts
        self._known: dict[int, int] = dict(facts.get("known", {}))
        self._encoder = encoder_named(facts.get("encoder", ""))

    def begin(self, **options: object) -> None:
        """Say what may be from now on: `may` has the further states of articles by number, None for gone."""
        self._say.send(("begin", options))

    def done(self, **facts: object) -> None:
        """Say what is so: `now` has the states of articles by number."""
        now = facts.get("now", {})
        self._known = {**self._known, **now}
        self._known = {number: version for number, version in self._known.items() if version}
        self._say.send(("done", facts))

    def add(self) -> None:
        with self._open() as archive:
            while True:
                self._put_in(archive, dict.fromkeys(self._fresh(self._random.randint(1, 25)), 1))

    def replace(self) -> None:
        with self._open() as archive:
            while True:
                chosen = self._some(self._random.randint(1, 12)) or self._fresh(5)
                self._put_in(archive, {number: self._known.get(number, 0) + 1 for number in chosen})

    def remove(self) -> None:
        with self._open() as archive:
            while True:
                self._keep_enough(archive, 10)
                if self._random.random() < 0.1:
                    outlet = self._random.choice(OUTLETS)
                    gone = {n: None for n in self._known if story(n, 1).outlet == outlet}
                    self.begin(may=gone)
                    archive.remove_all(outlet)
                else:
                    gone = dict.fromkeys(self._some(1))
                    self.begin(may=gone)
                    archive.remove(url_of(*gone))
                self.done(now=gone)

    def prune(self) -> None:
        with self._open(RetentionPolicy(max_articles=KEEP)) as archive:
            while True:
                self._keep_enough(archive, KEEP + 10)
                gone = dict.fromkeys(sorted(self._known)[:-KEEP])
                self.begin(may=gone)
                archive.prune(full=self._random.random() < 0.5)
                self.done(now=gone)

    def compact(self) -> None:
        with self._open() as archive:
            while True:
                self._keep_enough(archive, 12)
                gone = dict.fromkeys(self._some(6))
                self.begin(may=gone)
                for number in gone:
                    archive.remove(url_of(number))
                self.done(now=gone)
                self.begin()
                archive.prune(full=True)
                self.done()

    def snapshot(self) -> None:
        with self._open() as archive:
            while True:
                self._put_in(archive, dict.fromkeys(self._fresh(1), 1))
                for _ in range(5):
                    self.begin()
                    archive._indexes.vectors.save()
                    self.done()

    def rebuild(self) -> None:
        names = [Renamed.fingerprint, ENCODER.fingerprint]
        if self._facts["encoder"] == Renamed.fingerprint:
            names.reverse()
        while True:
            for name in names:
                store = Store(self._folder / NEWS_FILE)
                self.begin()
                rebuild(store, encoder_named(name))
                self.done()
                store.close()

    def backup(self) -> None:
        while True:
            self.begin()
            write_backup(self._folder, DATABASES, Path(self._facts["backup"]))
            self.done()

    def restore(self) -> None:
        backed_up = self._facts["backed_up"]
        while True:
            self.begin(instead=backed_up)
            restore_backup(Path(self._facts["backup"]), self._folder, DATABASES, lambda _: None)
            self.done(instead=backed_up)
            self._known = dict(backed_up)
            with self._open() as archive:
                self._put_in(archive, dict.fromkeys(self._fresh(self._random.randint(1, 5)), 1))

    def migrate(self) -> None:
        for attempt in range(10_000):
            folder = self._folder / f"{attempt}"
            with tarfile.open(self._random.choice(FOLDERS)) as packed:
                packed.extractall(folder, filter="data")
            self.begin(folder=str(folder))
            with Archive(folder, ENCODER):
                self.done()

    def follow(self) -> None:
        settings: FetchSettings = self._facts["settings"]
        with self._open() as archive, Subscriptions(self._folder / NEWS_FILE, QUICK) as subscriptions:
            subscriptions.add(self._facts["feed"], 0.0)
            self.begin()
            asyncio.run(self._follow(archive, settings))

    async def _follow(self, archive: Archive, settings: FetchSettings) -> None:
        FeedWorker(archive, self._folder, settings, QUICK).start()
        await asyncio.Event().wait()

    def _open(self, keep: RetentionPolicy = KEEP_EVERYTHING) -> Archive:
        return Archive(self._folder, self._encoder, keep)

    def _put_in(self, archive: Archive, versions: dict[int, int]) -> None:
        self.begin(may=versions)
        for result in archive.iter_add(story(*one) for one in versions.items()):
            number = number_of(result.url)
            self.done(now={number: versions[number]})

    def _keep_enough(self, archive: Archive, count: int) -> None:
        if len(self._known) < count:
            self._put_in(archive, dict.fromkeys(self._fresh(count - len(self._known)), 1))

    def _some(self, count: int) -> list[int]:
        return self._random.sample(sorted(self._known), min(count, len(self._known)))

    def _fresh(self, count: int) -> Iterator[int] | list[int]:
        first = max([self._facts["next"] - 1, *self._known]) + 1
        self._facts["next"] = first + count
        return list(range(first, first + count))


def work(say: Connection, deed: str, folder: str, seed: int, facts: dict[str, Any]) -> None:
    """Do one kind of deed without end. What goes wrong is said too."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    try:
        getattr(Worker(say, Path(folder), seed, facts), deed)()
    except BaseException as error:
        say.send(("failed", f"{type(error).__name__}: {error}"))
        raise
    finally:
        sys.stderr.flush()


def serve(asked: Connection, folder: str) -> None:
    """Do what is asked for in an archive of its own, as another process would; say when each is done."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with Archive(Path(folder), ENCODER) as archive:
        while True:
            what, numbers = asked.recv()
            if what == "add":
                asked.send([result.outcome.value for result in archive.add(story(*one) for one in numbers)])
            elif what == "remove":
                asked.send([archive.remove(url_of(number)) for number, _ in numbers])
            else:
                asked.send([archive.ask(question_of(number)).quotes[:1] for number, _ in numbers])
