"""Bots beside each other: each has indexes of its own, derived from one database."""

import time

import psycopg
import pytest

from index.archive import Archive
from index.errors import BrokenIndex
from index.maintenance.retention import RetentionPolicy, parse_retention
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.maintenance.test_pruning import CheapEncoder, many
from tests.postgres import PASSWORD

PATIENCE = 60  # seconds until a test gives up; how long it takes is not what is tested


@pytest.fixture
def bots(postgres_address, tmp_path):
    with (
        Archive(tmp_path / "one", CheapEncoder(), store=postgres_address) as one,
        Archive(tmp_path / "two", CheapEncoder(), store=postgres_address) as two,
    ):
        yield one, two


def seen(archive):
    """What a question finds: the articles of all indexes, which must be the same."""
    archive._indexes.refresh()
    with archive._indexes._sync_lock:  # another thread may be at it, and is waited for
        firsts = archive.article_table().first_sentence.tolist()
        assert archive._indexes.keywords._searcher.num_docs == len(archive._indexes.vectors) + 1
    return {one.article.url for one in archive._store.get_many(firsts).values()}


def wait_for(archive, urls):
    deadline = time.monotonic() + PATIENCE
    while seen(archive) != urls and time.monotonic() < deadline:
        time.sleep(0.01)
    assert seen(archive) == urls


def test_what_one_bot_commits_is_in_the_answers_of_the_other(bots):
    one, two = bots
    one.add([BRIDGE])
    wait_for(two, {BRIDGE.url})
    two.add([WHEAT])
    wait_for(one, {BRIDGE.url, WHEAT.url})
    one.remove(BRIDGE.url)
    wait_for(two, {WHEAT.url})
    assert two.article_table().first_sentence.tolist() == one.article_table().first_sentence.tolist()


def test_a_bot_goes_on_hearing_after_its_connections_were_lost(bots, postgres):
    one, two = bots
    one.add([BRIDGE])
    wait_for(two, {BRIDGE.url})
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'verbatim'"
    )
    one.add([WHEAT])
    wait_for(two, {BRIDGE.url, WHEAT.url})


def test_a_bot_that_cannot_listen_looks_for_what_is_committed(bots, postgres, monkeypatch):
    one, two = bots
    one.add([BRIDGE])
    wait_for(two, {BRIDGE.url})
    listener = two._store._engine._listener

    def cannot():
        raise psycopg.OperationalError("no connection to listen on")

    monkeypatch.setattr(listener, "_connect", cannot)
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1'"
    )
    one.add([WHEAT])
    wait_for(two, {BRIDGE.url, WHEAT.url})
    one.remove(BRIDGE.url)
    wait_for(two, {WHEAT.url})


def test_a_bot_with_an_empty_folder_derives_everything(bots, postgres_address, tmp_path):
    one, _ = bots
    one.add([BRIDGE, WHEAT])
    with Archive(tmp_path / "three", CheapEncoder(), store=postgres_address) as three:
        assert seen(three) == {BRIDGE.url, WHEAT.url}
    assert not list((tmp_path / "three").glob("verbatim.db*"))


def test_what_is_not_kept_leaves_all_bots_and_the_rest_stays(bots, postgres_address, tmp_path):
    one, _ = bots
    one.add(many(6))
    size = one._store.stored_bytes()
    assert (one.stats().articles, one.stats().added is not None) == (6, True)
    with Archive(tmp_path / "three", CheapEncoder(), parse_retention("3"), store=postgres_address) as three:
        assert three.prune(full=True).articles == 3
        assert len(seen(three)) == 3
    wait_for(one, {stored.article.url for stored in one._store.get_many(range(10_000)).values()})
    assert one.stats().articles == 3
    assert one.remove_all("OUTLET 1").articles == 2  # of three, in whatever case
    assert one._store.stored_bytes() < size < one.stats().bytes_on_disk


def test_room_is_bounded_by_what_is_kept(postgres_address, tmp_path):
    with Archive(tmp_path, CheapEncoder(), store=postgres_address) as archive:
        archive.add(many(12))
        bound = archive._pruner.size() * 3 // 4
    with Archive(
        tmp_path, CheapEncoder(), RetentionPolicy(max_bytes=bound), store=postgres_address
    ) as archive:
        assert 0 < archive.prune().articles < 12
        assert archive._pruner.size() <= bound


class OtherEncoder(CheapEncoder):
    fingerprint = "another one"


def test_a_bot_of_another_model_is_refused_in_words(bots, postgres_address, tmp_path):
    with pytest.raises(BrokenIndex, match="another language model") as refused:
        Archive(tmp_path / "other", OtherEncoder(), store=postgres_address)
    assert str(postgres_address) in str(refused.value)
    assert PASSWORD not in str(refused.value)
