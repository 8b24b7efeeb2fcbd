"""What tests of the index share: an empty archive, and small articles."""

import zlib
from datetime import UTC, datetime

import pytest

from index.archive import Archive
from index.articles import Article
from index.reader.load import bundled_reader
from index.storage.store import Store


@pytest.fixture(scope="session")
def reader():
    return bundled_reader()


@pytest.fixture
def archive(tmp_path, encoder):
    with Archive(tmp_path, encoder) as opened:
        yield opened


@pytest.fixture
def read_archive(tmp_path, encoder, reader):
    """An empty archive whose candidates are read."""
    with Archive(tmp_path, encoder, reader=reader) as opened:
        yield opened


def article(name: str, *sentences: str, outlet: str = "Sample Wire", day: int = 1) -> Article:
    return Article(
        f"https://wire.example.com/{name}",
        outlet,
        f"The story of {name}",
        "\n".join(sentences),
        published=datetime(2024, 11, day, 12, tzinfo=UTC),
    )


BRIDGE = article(
    "bridge",
    "The harbour bridge in Norwick closed on Monday after engineers found cracks in two of its cables.",
    "Mayor Ada Fenn said the repairs would take six weeks and cost four million pounds.",
    "Ferries will carry commuters across the harbour until the bridge opens again.",
)
WHEAT = article(
    "wheat",
    "Wheat prices rose by nine percent in October, the national statistics office reported on Friday.",
    "Bakers warned that a loaf of bread could cost more by Christmas.",
    outlet="The Sample Post",
    day=9,
)


def earlier_texts(store: Store, url: str) -> list[str]:
    """The texts that were replaced by corrections, the last first."""
    rows = store.query("SELECT text FROM revisions WHERE url = ? ORDER BY replaced DESC", url)
    return [zlib.decompress(row[0]).decode() for row in rows]
