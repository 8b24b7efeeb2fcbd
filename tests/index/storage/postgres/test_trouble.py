"""A server in trouble, for real: a full disk, a database of another model or a newer version, lost connections."""

import logging
import threading
import traceback
from dataclasses import replace

import pytest

from index.archive import Archive
from index.errors import BrokenIndex, BusyIndex
from index.storage.migrations import VERSION_KEY
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.conftest import put
from tests.index.storage.postgres.test_database import drop_connections
from tests.postgres import PASSWORD

SECRETS = (PASSWORD, "p@ss-of-the-tests")
CORRECTED = replace(BRIDGE, text=f"{BRIDGE.text} This is a correction.")


@pytest.fixture
def told(caplog, capfd):
    """All that was said, in logs, on the screen, and by errors with their tracebacks."""
    caplog.set_level(logging.DEBUG)
    errors = []
    yield errors.append
    said = "".join("".join(traceback.format_exception(error)) for error in errors)
    said += caplog.text + "".join(capfd.readouterr())
    assert errors
    assert not any(secret in said for secret in SECRETS)


def test_a_full_disk_is_told_and_nothing_is_lost(postgres, postgres_address, told):
    store = Store(postgres_address)
    put(store, BRIDGE)
    with postgres.full_disk(postgres_address, "revisions"):  # where an earlier text is kept
        with pytest.raises(BusyIndex, match="disk is full") as refused:
            put(store, CORRECTED)
        assert store.get(BRIDGE.url).article == BRIDGE
    told(refused.value)
    drop_connections(postgres)  # which have the full disk's file open
    put(store, CORRECTED)
    assert store.get(BRIDGE.url).article.text == CORRECTED.text
    store.close()


def test_a_database_of_another_model_is_refused(postgres_address, encoder, tmp_path, told):
    with Archive(tmp_path, encoder, store=postgres_address) as archive:
        archive.add([BRIDGE])
        archive._store.set_meta("encoder", "another-model")
    with pytest.raises(BrokenIndex, match="another language model") as refused:
        Archive(tmp_path / "other", encoder, store=postgres_address)
    told(refused.value)


def test_a_database_of_a_newer_version_is_refused(postgres_address, encoder, tmp_path, told):
    store = Store(postgres_address)
    store.set_meta(VERSION_KEY, "999")
    store.close()
    with pytest.raises(BrokenIndex, match="update Verbatim") as refused:
        Archive(tmp_path, encoder, store=postgres_address)
    told(refused.value)


def test_a_question_is_answered_though_its_connections_are_lost_all_the_time(
    postgres, postgres_address, encoder, tmp_path
):
    with Archive(tmp_path, encoder, store=postgres_address) as archive:
        archive.add([BRIDGE, WHEAT])
        stopped = threading.Event()

        def cut():
            while not stopped.wait(0.02):
                drop_connections(postgres)

        cutting = threading.Thread(target=cut)
        cutting.start()
        try:
            for _ in range(10):
                answer = archive.ask("Why did the harbour bridge in Norwick close?")
                assert "cracks in two of its cables" in " ".join(quote.text for quote in answer.quotes)
        finally:
            stopped.set()
            cutting.join()
