import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import psycopg
import pytest

from index.archive import Archive
from index.maintenance import integrity
from index.maintenance.integrity import IntegrityReport
from tests.conftest import MODELS
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.conftest import open_archive
from tests.index.storage.test_circles import ONE, TWO, announce, follow

HARMS = {
    "text": "UPDATE bodies SET text = replace(text, 'cracks', 'crocks')",
    "letter": "UPDATE bodies SET text = CAST(replace(text, 'cracks', CAST(x'6372ffff6b73' AS TEXT)) AS TEXT)",
    "title": "UPDATE articles SET title = title || '.'",
    "outlet": "UPDATE articles SET outlet = 'Another'",
    "spans": "UPDATE bodies SET spans = zeroblob(length(spans))",
    "kind": "UPDATE articles SET kind = 'strange'",
    "time": "UPDATE articles SET published = 9223372036854775807",
}


ZEROS = {
    "spans": "decode(repeat('00', length(spans)), 'hex')",
    "vectors": "decode(repeat('00', length(vectors)), 'hex')",
}


def harm(place, statement):
    """Change what is stored of the first article behind the store's back."""
    statement = f"{statement} WHERE first = 0"
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as database, database:
            database.execute(statement)
        return
    for column, zeros in ZEROS.items():
        statement = statement.replace(f"zeroblob(length({column}))", zeros)
    if "ffff" in statement:
        pytest.skip("a server keeps no text that is none in UTF-8")
    with psycopg.connect(place.url, options="-c search_path=verbatim") as database:
        database.execute(statement)


def found_urls(archive):
    asked = archive.ask("Why did the harbour bridge in Norwick close?")
    urls = {quote.article.url for quote in asked.quotes}
    return urls | {match.quote.article.url for match in archive.find_quote("carry commuters across").matches}


@pytest.mark.parametrize("how", HARMS)
@pytest.mark.parametrize("when", ["while it is open", "before it is opened"])
def test_an_article_that_a_disk_has_changed_is_in_no_answer_and_is_named(place, tmp_path, encoder, how, when):
    with open_archive(place, encoder, tmp_path) as archive:
        archive.add([BRIDGE, WHEAT])
        if when == "while it is open":
            harm(place, HARMS[how])
            assert BRIDGE.url not in found_urls(archive)
            assert archive.article(BRIDGE.url) is None
            assert archive.check() == IntegrityReport(texts=(BRIDGE.url,))
    if when == "before it is opened":
        harm(place, HARMS[how])
    with open_archive(place, encoder, tmp_path) as archive:
        assert BRIDGE.url not in found_urls(archive)
        assert archive.check() == IntegrityReport(texts=(BRIDGE.url,))
        assert archive.ask("What did the statistics office report about wheat prices?").quotes
        archive.remove(BRIDGE.url)
        archive.add([BRIDGE])
        assert archive.check().is_whole
        assert BRIDGE.url in found_urls(archive)


def test_a_damaged_article_that_comes_again_is_in_the_circles_that_it_was_in(place, tmp_path, encoder):
    with open_archive(place, encoder, tmp_path) as archive:
        one, two, three = (
            follow(archive, f"https://{name}.example/feed", circle)
            for name, circle in (("one", ONE), ("two", TWO), ("three", "guild:3"))
        )
        for feed in (one, two, three):
            announce(archive, feed, BRIDGE)
        harm(place, HARMS["text"])
        assert archive.article(BRIDGE.url, TWO) is None
        archive.forget_feeds(BRIDGE.url, {three})
        announce(archive, one, BRIDGE)
        assert archive.check().is_whole
        assert archive.article(BRIDGE.url, ONE) == archive.article(BRIDGE.url, TWO) == BRIDGE
        assert archive.article(BRIDGE.url, "guild:3") is None
        assert [archive.stats(circle).articles for circle in (ONE, TWO, "guild:3")] == [1, 1, 0]


def test_damaged_vectors_are_not_searched_and_a_rebuild_mends_them(place, tmp_path, encoder):
    with open_archive(place, encoder, tmp_path) as archive:
        archive.add([BRIDGE, WHEAT])
    harm(place, "UPDATE bodies SET vectors = zeroblob(length(vectors))")
    with open_archive(place, encoder, tmp_path) as archive:
        assert archive.check() == IntegrityReport(vectors=(BRIDGE.url,))
        assert not archive._indexes.vectors.vectors_of(np.arange(4)).any()
        assert BRIDGE.url in found_urls(archive)  # by its words
    Archive.rebuild(tmp_path, models=MODELS, store=None if isinstance(place, Path) else place)
    with open_archive(place, encoder, tmp_path) as archive:
        assert archive.check().is_whole
        assert archive.stats().articles == 2


def test_a_rebuild_drops_what_cannot_be_read(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE, WHEAT])
    harm(tmp_path / "verbatim.db", HARMS["text"])
    Archive.rebuild(tmp_path, models=MODELS)
    with Archive(tmp_path, encoder) as archive:
        assert archive.check().is_whole
        assert archive.outlets() == (WHEAT.outlet,)


def test_articles_of_an_earlier_version_get_their_checksums(place, tmp_path, encoder):
    with open_archive(place, encoder, tmp_path) as archive:
        archive.add([BRIDGE, WHEAT])
        before = archive._store.query("SELECT * FROM checksums ORDER BY first")
        with archive._store.transaction():
            archive._store.execute("DELETE FROM checksums WHERE first = 0")
        assert archive.check().is_whole  # nothing is known of it
        integrity.backfill(archive._store)
        assert archive._store.query("SELECT * FROM checksums ORDER BY first") == before


def test_a_damaged_file_is_told_and_not_raised(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE, WHEAT])
        archive._store.query("PRAGMA wal_checkpoint(TRUNCATE)")
        with (tmp_path / "verbatim.db").open("r+b") as file:
            file.seek(4096 * 4)
            file.write(b"\xff" * 4096 * 8)
        with closing(sqlite3.connect(tmp_path / "verbatim.db")) as other, other:
            other.execute("INSERT INTO meta VALUES ('changed', '1')")  # so that what is cached is read anew
        assert archive.check().file
