"""Following a store: nothing is kept of a file, a copy of a server, which is brought up to date without being asked."""

from pathlib import Path

import pytest

from index.errors import UnfinishedIndex
from index.storage import store_follower
from index.storage.news_copy import COPY_FILE
from index.storage.store import Store
from index.storage.store_follower import StoreFollower
from tests.index.conftest import BRIDGE
from tests.index.storage.conftest import put
from tests.postgres import wait_until


@pytest.fixture
def follower(store, tmp_path, monkeypatch):
    monkeypatch.setattr(store_follower, "FOLLOW_EVERY", 0.01)
    made = StoreFollower(tmp_path / "data", store, "any")
    yield made
    made.stop()


def test_a_copy_is_kept_of_a_server_alone(store, place, follower, tmp_path):
    put(store, BRIDGE)
    follower.sync_copy()
    assert (tmp_path / "data" / COPY_FILE).exists() is not isinstance(place, Path)
    assert follower.watermark() == store.watermark()


def test_it_looks_by_itself_and_goes_on_after_an_error(postgres_address, tmp_path, monkeypatch):
    monkeypatch.setattr(store_follower, "FOLLOW_EVERY", 0.01)
    store = Store(postgres_address)
    follower, calls = StoreFollower(tmp_path, store, "any"), []

    def refresh():
        calls.append(None)
        raise UnfinishedIndex(3)

    follower.start(refresh)
    wait_until(lambda: len(calls) > 2)
    follower.stop()
    store.close()


def test_much_is_copied_while_nobody_waits(postgres_address, tmp_path, monkeypatch):
    monkeypatch.setattr(store_follower, "MAX_COPIED", 0)
    store = Store(postgres_address)
    put(store, BRIDGE)
    follower = StoreFollower(tmp_path, store, "any")
    follower.sync_copy()
    wait_until(lambda: follower._copy.query("SELECT url FROM articles", ()) == [(BRIDGE.url,)])
    follower.stop()
    store.close()
