"""What a server adds to the contract: connections that are lost, time-outs, words for the owner."""

import logging
import signal
import threading
import traceback

import pytest

from index.errors import BrokenIndex, BusyIndex, StoreAway
from index.storage.postgres import connections, database, preparation
from index.storage.postgres.address import PostgresAddress
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.conftest import put
from tests.postgres import PASSWORD, PostgresServer


@pytest.fixture
def store(postgres_address):
    opened = Store(postgres_address)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def own_server():
    """A server that a test may stop."""
    server = PostgresServer()
    yield server
    server.close()


def drop_connections(postgres):
    postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'verbatim'"
    )


def test_what_reads_and_writes_goes_on_after_its_connections_were_lost(store, postgres):
    put(store, BRIDGE)
    for _ in range(2):
        drop_connections(postgres)
        assert len(store.entries()) == 1
        drop_connections(postgres)
        put(store, BRIDGE)
    assert store.watermark().next == 9


def lose_half_way(store, postgres):
    with store.transaction():
        store.execute("DELETE FROM articles")
        drop_connections(postgres)
        store.execute("DELETE FROM bodies")


def test_a_transaction_that_loses_its_connection_did_nothing_and_says_so(store, postgres):
    put(store, BRIDGE)
    with pytest.raises(StoreAway, match="cannot be reached"):
        lose_half_way(store, postgres)
    assert store.get(BRIDGE.url).article == BRIDGE
    put(store, WHEAT)


def test_a_change_needs_a_transaction_and_no_second_one(store):
    with pytest.raises(RuntimeError, match="needs a transaction"):
        store.execute("DELETE FROM articles")
    with store.transaction(), pytest.raises(RuntimeError, match="inside"):
        store.set_meta("a", "b")


def test_a_statement_ends_in_time(store, postgres_address, monkeypatch):
    monkeypatch.setattr(connections, "STATEMENT_TIMEOUT", 0.05)
    hurried = Store(postgres_address)
    with pytest.raises(BusyIndex, match="in time"):
        hurried.query("SELECT pg_sleep(60)")
    hurried.close()


def test_threads_read_while_one_of_them_writes(store):
    put(store, BRIDGE)
    found = []
    with store.transaction():
        store.remove(BRIDGE.url)
        reader = threading.Thread(target=lambda: found.append(len(store.entries())))
        reader.start()
        reader.join(30)
        assert store.entries() == []
    assert found == [1]


def test_several_processes_make_the_tables_at_once(postgres_address):
    opened, failed = [], []

    def open_one():
        try:
            opened.append(Store(postgres_address))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test fails
            failed.append(error)

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(opened), failed) == (4, [])
    for store in opened:
        store.close()


def put_when_it_can_be(store, article):
    for _ in range(60):  # a slow machine may need several seconds for a connection
        try:
            put(store, article)
        except BusyIndex:
            continue
        return


def test_a_server_that_is_away_is_told_in_words_and_its_return_is_noticed(own_server, monkeypatch):
    monkeypatch.setattr(connections, "CONNECT_TIMEOUT", 1)
    monkeypatch.setattr(database, "WRITE_PATIENCE", 1.0)
    store = Store(own_server.new_database())
    put(store, BRIDGE)
    store.data_version()
    own_server.stop(signal.SIGQUIT)
    for attempt in (store.entries, lambda: put(store, WHEAT)):
        with pytest.raises(BusyIndex, match="cannot be reached"):
            attempt()
    before = store.data_version()
    own_server.start()
    put_when_it_can_be(store, WHEAT)
    assert len(store.entries()) == 2
    for _ in range(600):
        if store.data_version() > before + 1:
            break
        threading.Event().wait(0.05)
    assert store.data_version() > before + 1
    store.close()


def address_of(postgres, kind):
    """Addresses that cannot be used, by what is wrong with them."""
    name = postgres.new_database().url.rpartition("/")[2]
    return PostgresAddress.parse(
        {
            "password": postgres.url(name, password="another-s3cret"),
            "user": postgres.url(name, user="nobody_here"),
            "database": postgres.url("nowhere"),
            "server": f"postgresql://owner:{PASSWORD}@127.0.0.1:1/{name}",
            "option": postgres.url(name) + "?sslmode=perhaps",
        }[kind]
    )


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("password", BrokenIndex, "does not let Verbatim in"),
        ("user", BrokenIndex, "does not let Verbatim in"),
        ("database", BrokenIndex, "no such database"),
        ("server", BusyIndex, "cannot be reached"),
        ("option", BrokenIndex, "VERBATIM_STORE cannot be used"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_in_words_without_its_password(
    postgres, kind, error, words, caplog, capfd
):
    caplog.set_level(logging.DEBUG)
    address = address_of(postgres, kind)
    with pytest.raises(error, match=words) as refused:
        Store(address)
    told = "".join(traceback.format_exception(refused.value)) + caplog.text + "".join(capfd.readouterr())
    assert all(secret not in told for secret in (PASSWORD, "p@ss-of-the-tests", "another-s3cret"))


def test_a_user_without_rights_is_told_which_are_needed(postgres):
    address = postgres.new_database()
    postgres.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    guest = PostgresAddress.parse(postgres.url(address.url.rpartition("/")[2], "guest", "guest"))
    with pytest.raises(BrokenIndex, match="owner"):
        Store(guest)
    Store(address).close()
    with pytest.raises(BrokenIndex, match="owner"):
        Store(guest)


def test_an_older_server_is_refused(postgres_address, monkeypatch):
    monkeypatch.setattr(preparation, "LEAST_VERSION", 990_000)
    with pytest.raises(BrokenIndex, match="needs 99 or newer"):
        Store(postgres_address)


def test_a_database_that_can_only_be_read_says_so(postgres, postgres_address, monkeypatch):
    monkeypatch.setattr(database, "WRITE_PATIENCE", 0.0)
    store = Store(postgres_address)
    put(store, BRIDGE)
    name = postgres_address.url.rpartition("/")[2]
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    drop_connections(postgres)
    assert len(store.entries()) == 1
    with pytest.raises(BusyIndex, match="only be read"):
        put(store, WHEAT)
