"""The measuring measures, on a handful of sentences and a real server; what it finds is nobody's business here."""

import time

import psycopg
import pytest

from index.storage.postgres.dialect import NEWS_LOCK, TABLES_LOCK
from index.storage.store import Store
from tests.bench.built import Place
from tests.bench.corpus import read_corpus
from tests.bench.growth import articles, child, place, polling, questions
from tests.bench.growth.server import connections, log_position, processor_seconds, timed_turns


@pytest.fixture(scope="module")
def stores(models, encoder, tmp_path_factory):
    """An index of the sample and some made-up sentences, in a folder and on a server."""
    folder = tmp_path_factory.mktemp("growth")
    (folder / "cache").mkdir()
    corpus = read_corpus(folder)  # where no evaluation data is
    with place.opened(Place(folder, folder / "cache", models), corpus, encoder, 400) as made:
        rows = {row.name: row for row in place.room(made, encoder)}
        assert rows["room on the server"].value > rows["of that, texts and vectors"].value > 400
        assert rows["room on a bot"].value > 0
        yield made


def test_the_servers_processor_and_log_are_counted(stores):
    with psycopg.connect(stores.address.url, autocommit=True) as db:
        before, log = processor_seconds(stores.server), log_position(stores.address)
        begun = time.process_time()
        db.execute("SELECT sum(n) FROM generate_series(1, 2000000) AS n")
        assert processor_seconds(stores.server) - before > 0.02
        assert time.process_time() - begun < 0.02  # which is not the server's
        db.execute("CREATE TABLE verbatim.much AS SELECT repeat('x', 500) FROM generate_series(1, 1000)")
        assert log_position(stores.address) - log > 500_000
        db.execute("DROP TABLE verbatim.much")


def test_turns_are_timed_from_when_they_begin(stores):
    store = Store(stores.address)
    with timed_turns() as turns:
        with store.transaction():
            time.sleep(0.02)
        with store.side_transaction():
            pass
        assert connections(stores.address) >= 1
    store.close()
    assert len(turns[NEWS_LOCK]) == len(turns[None]) == 1
    assert turns[NEWS_LOCK][0] >= 0.02
    assert not turns[TABLES_LOCK]


def test_questions_and_articles_are_measured(stores, encoder, monkeypatch, tmp_path):
    monkeypatch.setattr(articles, "COMMITS", ((1, 2), (16, 1)))
    monkeypatch.setattr(questions, "_WARM", 1)
    rows = [
        *questions.costs(stores, encoder),
        *articles.following(stores, encoder),
        *articles.freshness(stores, encoder, 2, tmp_path),
        *polling.polls(stores, 50, 1),
    ]
    found = {row.name: row for row in rows}
    assert len(found) == len(rows)
    # of so little work the processor's clock, which ticks every 10 ms, may say nothing, and a bot may find an article
    # before who committed it has looked at the time
    coarse = ("processor", "answerable")
    assert not [row for row in rows if row.value <= 0 and not any(word in row.name for word in coarse)]
    served = found["an answer, PostgreSQL, median"]
    assert served.base == found["an answer, embedded, median"].value
    assert served.limit == questions.SLOWER
    assert found["a whole question, write-ahead log"].value > 100
    median, longest = (
        found[f"from commit to answerable on another bot, {one}"] for one in ("p50", "longest")
    )
    assert -1000 < median.value <= longest.value < 1000 * child.FOUND_WITHIN


def test_bots_and_fetchers_in_processes_of_their_own_are_measured(stores, tmp_path):
    rows = [*questions.throughput(stores, 0.3, tmp_path), *articles.ingest(stores, 1, 2, tmp_path)]
    found = {row.name: row for row in rows}
    assert len(found) == len(rows)
    assert found["questions, 2 bots, PostgreSQL, connections"].value >= 2
    assert found["articles taken in, 1 fetcher, PostgreSQL, write-ahead log"].value > 1000
    assert (
        found["articles stored, 2 fetchers, PostgreSQL"].base
        == found["articles stored, 1 fetcher, PostgreSQL"].value
    )
