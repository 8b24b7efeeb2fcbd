"""The same index twice: in a folder, and on a server with a bot's folder beside it."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.context import TABLES
from bot.storage.database import DATABASE_FILE, Database
from index.archive import Archive
from index.articles import Article
from index.encoding.encoder import Encoder
from index.storage.places import NEWS_FILE
from index.storage.postgres.address import PostgresAddress
from index.storage.transfer import move_store
from tests.bench.built import Built, Place
from tests.bench.clock import Row, seconds
from tests.bench.corpus import Corpus
from tests.bench.growth.child import Job
from tests.bench.growth.server import server, stored_bytes
from tests.postgres import PostgresServer

_TABLES = {
    "texts and vectors": ("articles", "bodies"),
    "words": ("forward",),
    "lines": ("lines", "line_counts"),
}
EMBEDDED, SERVED = "embedded", "PostgreSQL"


@dataclass(frozen=True)
class Stores:
    """Both, what they were made from, and where processes that are started find what they need."""

    folder: Path
    models: Path
    embedded: Path
    beside: Path
    server: PostgresServer
    address: PostgresAddress
    corpus: Corpus
    built: Built

    @property
    def questions(self) -> list[str]:
        """Return the questions that are asked."""
        return [text for text, _ in self.corpus.questions]

    def job(self, what: str, engine: str, number: int, **more: object) -> Job:
        """Return a job on one of the two for the process of a number, which has a folder of its own on a server."""
        if engine == EMBEDDED:
            return Job(what, str(self.embedded), str(self.models), **more)  # type: ignore[arg-type]
        folder = self.beside.with_name(f"{self.beside.name}-{number}")
        if not folder.exists():
            shutil.copytree(self.beside, folder)
        return Job(what, str(folder), str(self.models), self.address.url, **more)  # type: ignore[arg-type]

    def coming(self, number: int, start: int) -> list[Article]:
        """Return articles that neither has: real ones from the end of the corpus, made up where those are few."""
        real = self.corpus.articles
        if len(real) > 10 * number:
            return list(real[len(real) - start - number : len(real) - start])
        return list(self.corpus.made_up(number * 25, seed=1000 + start))


@contextmanager
def opened(place: Place, corpus: Corpus, encoder: Encoder, sentences: int) -> Iterator[Stores]:
    """Make both; the server and all that is changed are gone afterwards."""
    built = place.built(corpus, encoder, sentences)
    with server() as running, TemporaryDirectory(dir=place.folder) as name:
        folder, address = Path(name), running.new_database()
        embedded = folder / "embedded"
        shutil.copytree(built.folder, embedded)
        for where, store in ((embedded, None), (Path(), address)):
            asyncio.run(_make_tables(where, store))
        move_store(
            (embedded / NEWS_FILE, embedded / DATABASE_FILE),
            (address, address),
            {table.name: table.migrations for table in TABLES},
            lambda *_: None,
        )
        running.execute("VACUUM ANALYZE", address.url.rpartition("/")[2])
        (folder / "beside").mkdir()
        yield Stores(folder, place.models, embedded, folder / "beside", running, address, corpus, built)


async def _make_tables(folder: Path, store: PostgresAddress | None) -> None:
    await (await Database.open(folder, TABLES, store)).close()


def room(stores: Stores, encoder: Encoder) -> Iterator[Row]:
    """Start a bot with an empty folder, and tell what room sentences take there and on the server."""
    took = seconds(lambda: Archive(stores.beside, encoder, store=stores.address).close())
    many = stores.built.sentences
    yield Row("start of a bot with an empty folder", many / took, "sentences/s")
    whole = stored_bytes(stores.address)
    yield Row("room on the server", whole / many, "bytes a sentence")
    for name, tables in _TABLES.items():
        yield Row(f"of that, {name}", stored_bytes(stores.address, tables) / many, "bytes a sentence")
    yield Row("room on a bot", _size(stores.beside) / many, "bytes a sentence")
    yield Row("room embedded", _size(stores.embedded) / many, "bytes a sentence")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
