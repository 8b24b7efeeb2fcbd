"""The harness: starts a process on a data folder, kills it at a random moment, and checks what is left.

What a folder may hold after a kill is known from a plain model: the articles whose change was said to be done, and of
those that were being changed either state, each as a whole.
"""

import asyncio
import multiprocessing
import random
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from index.feeds.worker import FeedWorker
from index.maintenance.backup import restore_backup, write_backup
from index.storage.places import NEWS_FILE
from tests.index.feeds.harness import QUICK
from tests.torture import child
from tests.torture.checks import CLOSED, OPENED, check_folder, check_followed, check_indexes, check_store
from tests.web.newspaper import Newspaper

DEEDS = (
    "add",
    "replace",
    "remove",
    "prune",
    "compact",
    "snapshot",
    "rebuild",
    "backup",
    "restore",
    "migrate",
    "follow",
)
BEFORE_BEGIN = 0.2  # of the kills: at any moment of the start
STEPS = (0, 1, 1, 2, 3, 5, 8, 13)  # messages of a child after which it is killed soon; one is drawn
SOON = 0.4  # seconds
FOLLOWED_FOR = 6.0  # seconds: feeds are polled without a word
MOST_ARTICLES = 40  # beyond which a deed that takes some out comes next, so that checking stays quick
PATIENT = 120.0  # seconds that a child may take to begin
CONTEXT = multiprocessing.get_context("forkserver")

State = dict[int, int]  # the version of each article by number


@dataclass
class Model:
    """What the folder may hold: `now` is certain, `may` are further states of articles, `instead` of all of them."""

    now: State = field(default_factory=dict)
    may: dict[int, int | None] = field(default_factory=dict)
    instead: State | None = None
    folder: str = ""

    def hear(self, kind: str, facts: dict[str, Any]) -> None:
        """Follow what a child says."""
        self.folder = facts.get("folder", self.folder)
        if kind == "begin":
            self.may, self.instead = {**self.may, **facts.get("may", {})}, facts.get("instead")
            return
        if "instead" in facts:
            self.now, self.may, self.instead = dict(facts["instead"]), {}, None
        for number, version in facts.get("now", {}).items():
            self.may.pop(number, None)
            self.now = (
                {**self.now, number: version}
                if version
                else {n: v for n, v in self.now.items() if n != number}
            )

    def accept(self, found: State) -> None:
        """Check that this is one of the states that may be, and take it as the present one."""
        if self.instead is not None and found == self.instead:
            self.now = found
        for number in {*self.now, *found, *self.may}:
            allowed = {self.now.get(number), self.may.get(number, self.now.get(number))}
            assert found.get(number) in allowed, f"{number}: {found.get(number)}, not one of {allowed}"
        self.now, self.may, self.instead = found, {}, None


@dataclass
class Torture:
    """One folder, tortured round by round. `kills` counts what was being done."""

    work: Path
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    model: Model = field(default_factory=Model)
    next_number: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        CONTEXT.set_forkserver_preload(["tests.torture.child"])
        self.folder, self._feeds = self.work / "data", self.work / "feeds"
        self.folder.mkdir(parents=True)
        self._feeds.mkdir()
        self._backup, self._backed_up = self.work / "backup.zip", State()
        with closing(sqlite3.connect(self.folder / "bot.db")) as own:
            own.execute("CREATE TABLE tables (name TEXT PRIMARY KEY, steps INTEGER NOT NULL) WITHOUT ROWID")

    def run(self, rounds: int) -> Iterator[str]:
        """Torture so many rounds; yield what was killed in each. Raise AssertionError for what is not as it must be."""
        with Newspaper() as paper:
            for turn in range(rounds):
                deed = self._next_deed(turn)
                try:
                    moment = self._round(deed, paper)
                except BaseException as error:
                    error.add_note(f"in round {turn} of seed {self.seed}, {deed}; the folder is {self.work}")
                    raise
                self.kills[deed] += 1
                yield f"{deed}: {moment}"
            if self.kills["follow"]:
                self._follow_to_the_end(paper)

    def _next_deed(self, turn: int) -> str:
        deed = DEEDS[turn % len(DEEDS)]
        if deed in ("add", "replace", "snapshot") and len(self.model.now) > MOST_ARTICLES:
            return "prune"
        return deed

    def _round(self, deed: str, paper: Newspaper) -> str:
        if deed == "follow":
            return self._follow_round(paper)
        if deed == "migrate":
            return self._migrate_round()
        if deed in ("backup", "restore"):
            self._back_up()
        moment = self._kill(deed, self.folder, self.model)
        self._keep_what_was_found(check_folder(self.folder, self._encoder(), self._random.randrange(10**6)))
        if deed == "backup":
            self._check_backup()
        return moment

    def _keep_what_was_found(self, found: State) -> None:
        self.next_number = max([self.next_number - 1, *found, *self.model.may, *self.model.now]) + 1
        self.model.accept(found)

    def _migrate_round(self) -> str:
        folder, model = self.work / "earlier", Model()
        folder.mkdir()
        moment = self._kill("migrate", folder, model)
        with child.Archive(Path(model.folder), child.ENCODER) as archive:
            assert archive.stats().articles == 8
            assert archive.ask("Did Trump call Putin?").quotes
            check_store(archive._store)
            check_indexes(archive)
        shutil.rmtree(folder)
        return moment

    def _follow_round(self, paper: Newspaper) -> str:
        for _ in range(3):
            name = f"dam-{len(paper.press.articles)}"
            paper.press.publish(name, OPENED.format(name))
        changed = self._random.choice(sorted(paper.press.articles))
        paper.press.correct(changed, CLOSED.format(changed))
        facts = {"settings": paper.settings(), "feed": paper.press.feed()}
        moment = self._kill("follow", self._feeds, Model(), **facts)
        check_followed(self._feeds, child.ENCODER, paper)
        return moment

    def _follow_to_the_end(self, paper: Newspaper) -> None:
        """Whatever was killed, each article of the paper comes in, as it is in the paper by now."""
        expected = {paper.press.url(name): one.paragraphs[0] for name, one in paper.press.articles.items()}
        with child.Archive(self._feeds, child.ENCODER) as archive:
            worker = FeedWorker(archive, self._feeds, paper.settings(), QUICK)
            worker.start()
            deadline, there = time.monotonic() + PATIENT, dict[str, str]()
            while there != expected:
                assert time.monotonic() < deadline, f"not there: {dict(expected.items() - there.items())}"
                time.sleep(0.2)
                stored = [one.article for one in archive.stored_articles().values()]
                there = {one.url: one.text.split("\n")[0] for one in stored}
            assert asyncio.run(worker.stop(PATIENT))

    def _back_up(self) -> None:
        write_backup(self.folder, child.DATABASES, self._backup)
        self._backed_up = dict(self.model.now)

    def _check_backup(self) -> None:
        """The file that was being written over is whole: what is in it answers the same."""
        again = self.work / "again"
        restore_backup(self._backup, again, child.DATABASES, lambda _: None)
        assert check_folder(again, self._encoder()) == self._backed_up
        shutil.rmtree(again)

    def _encoder(self) -> Any:
        """The encoder with which the folder was made, or is being rebuilt."""
        try:
            with closing(sqlite3.connect(self.folder / NEWS_FILE)) as database:
                row = database.execute("SELECT value FROM meta WHERE key = 'encoder'").fetchone()
        except sqlite3.OperationalError:
            row = None
        return child.encoder_named(row[0] if row else "")

    def _kill(self, deed: str, folder: Path, model: Model, **facts: Any) -> str:
        """Let a child do a deed, kill it, and follow what it said until then."""
        encoder = self._encoder() if folder == self.folder else child.ENCODER
        facts |= {"known": dict(model.now), "next": self.next_number, "encoder": encoder.fingerprint}
        facts |= {"backup": str(self._backup), "backed_up": dict(self._backed_up)}
        heard, say = CONTEXT.Pipe(duplex=False)
        seed = self._random.randrange(10**6)
        process = CONTEXT.Process(target=child.work, args=(say, deed, str(folder), seed, facts))
        process.start()
        say.close()
        early = self._random.random() < BEFORE_BEGIN and deed != "migrate"
        steps = 0 if early else 1 + self._random.choice(STEPS) if deed != "follow" else 1
        said = []
        while len(said) < steps and (not said or said[-1][0] != "failed"):
            assert heard.poll(PATIENT), f"nothing is heard after {len(said)} messages"
            said.append(heard.recv())
        time.sleep(self._random.uniform(0.0, FOLLOWED_FOR if deed == "follow" else SOON))
        process.kill()
        process.join()
        said += _messages(heard)
        failed = [facts for kind, facts in said if kind == "failed"]
        assert not failed, f"it failed by itself: {failed}"
        for kind, told in said:
            model.hear(kind, told)
        return f"{len(said)} messages"


def _messages(heard: Connection) -> Iterator[Any]:
    """Everything that a dead child has said, but for what it was saying."""
    with heard:
        while True:
            try:
                yield heard.recv()
            except (EOFError, OSError):
                return
