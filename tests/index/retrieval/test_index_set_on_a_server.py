"""Bots beside each other: each has indexes of its own, derived from one database."""

import time

import pytest

from index.archive import Archive
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.maintenance.test_pruning import CheapEncoder

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


def test_a_bot_with_an_empty_folder_derives_everything(bots, postgres_address, tmp_path):
    one, _ = bots
    one.add([BRIDGE, WHEAT])
    with Archive(tmp_path / "three", CheapEncoder(), store=postgres_address) as three:
        assert seen(three) == {BRIDGE.url, WHEAT.url}
    assert not list((tmp_path / "three").glob("verbatim.db*"))
