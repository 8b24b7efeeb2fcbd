import json
import sqlite3
import threading
import time
import zipfile
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.errors import BrokenIndex, BusyIndex
from index.maintenance import backup as backup_module
from index.maintenance.backup import (
    BackupCancelled,
    BadBackup,
    DamagedDatabase,
    read_manifest,
    restore_backup,
    write_backup,
)
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT, article

DATABASES = ("verbatim.db", "bot.db")
BRIDGE_QUESTION = "Why did the harbour bridge in Norwick close?"


def nothing_to_do(_):
    pass


def restored(source, folder):
    return restore_backup(source, folder, DATABASES, nothing_to_do)


def remembered(folder):
    with closing(sqlite3.connect(folder / "bot.db")) as own:
        return own.execute("SELECT number FROM memory").fetchall()


def remember(folder, number):
    with closing(sqlite3.connect(folder / "bot.db", timeout=30)) as own, own:
        own.execute("PRAGMA journal_mode = WAL")
        own.execute("CREATE TABLE IF NOT EXISTS memory (number INTEGER)")
        own.execute("DELETE FROM memory")
        own.execute("INSERT INTO memory VALUES (?)", (number,))


def quotes(archive, question=BRIDGE_QUESTION):
    return [(quote.article.url, quote.text) for quote in archive.ask(question).quotes]


def left_over(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(backup_module.UNFINISHED)]


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def archive(data, encoder):
    with Archive(data, encoder) as opened:
        opened.add([BRIDGE, WHEAT])
        yield opened


def test_a_restored_folder_answers_the_same(archive, data, tmp_path, encoder):
    remember(data, 7)
    written = write_backup(data, DATABASES, tmp_path / "kept.zip")
    assert (written.articles, written.databases, written.damaged) == (2, DATABASES, ())
    assert written.size == (tmp_path / "kept.zip").stat().st_size
    assert (tmp_path / "kept.zip").stat().st_mode & 0o077 == 0
    assert restored(tmp_path / "kept.zip", tmp_path / "elsewhere").taken == written.taken
    assert remembered(tmp_path / "elsewhere") == [(7,)]
    with Archive(tmp_path / "elsewhere", encoder) as again:
        assert quotes(again) == quotes(archive) != []
        assert again.check().is_whole
    assert left_over(tmp_path) == left_over(tmp_path / "elsewhere") == []


def test_what_runs_beside_sees_the_restored_state_at_its_next_question(archive, data, tmp_path, encoder):
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    archive.remove(BRIDGE.url)
    archive.add([article("ship", "A ship of the Norwick line sank in the harbour on Sunday.")])
    assert BRIDGE.url not in dict(quotes(archive))
    restored(tmp_path / "kept.zip", data)
    assert quotes(archive)[0][0] == BRIDGE.url
    assert archive.find_quote("sank in the harbour on Sunday").matches == ()
    assert (
        archive.add([article("barn", "A barn near Norwick burned down on Monday night.")])[0].reason is None
    )
    assert archive.find_quote("burned down on Monday night").matches
    assert (
        archive._indexes.keywords._searcher.num_docs
        == archive.stats().sentences + archive.stats().articles + 1
    )
    with Archive(data, encoder) as other:
        assert quotes(other)[0][0] == BRIDGE.url


def test_no_index_of_the_time_after_a_backup_is_taken_for_one_of_the_restored_state(data, tmp_path, encoder):
    """A snapshot's numbers come to fit again, by other articles."""
    with Archive(data, encoder) as archive:
        archive.add([BRIDGE])
        write_backup(data, DATABASES, tmp_path / "kept.zip")
        archive.add([WHEAT])
        archive._indexes.vectors.save()
    restored(tmp_path / "kept.zip", data)
    barn = article(
        "barn", "A barn near Norwick burned down on Monday night.", "Nobody was hurt in the fire at the barn."
    )
    store = Store(data / "verbatim.db")
    (tmp_path / "other").mkdir()
    with Archive(tmp_path / "other", encoder) as maker:
        maker.add([BRIDGE, barn])
        [_, entry] = maker._store.entries()
        stored = maker._store.get(barn.url)
        with store.transaction():
            store.upsert(barn, stored.spans, maker._store.vectors(entry.first_sentence))
    assert store.watermark().next == 7  # as of the snapshot
    store.close()
    with Archive(data, encoder) as archive:
        [_, entry] = archive._store.entries()
        vectors = archive._indexes.vectors.vectors_of(archive.article_table().first_sentence)
        assert (vectors[1].astype("float16") == archive._store.vectors(entry.first_sentence)[0]).all()
        assert not archive.find_quote("nine percent in October").matches


def test_both_databases_are_of_one_moment_while_others_write(archive, data, tmp_path):
    remember(data, 0)
    stop, faults = threading.Event(), []

    def write():  # the bot's number never falls behind that of the index, and is at most one ahead
        number = 0
        other = Store(data / "verbatim.db")
        while not stop.is_set():
            number += 1
            remember(data, number)
            other.set_meta("number", str(number))
        other.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for attempt in range(8):
            write_backup(data, DATABASES, tmp_path / "kept.zip")
            restored(tmp_path / "kept.zip", tmp_path / f"{attempt}")
            store = Store(tmp_path / f"{attempt}" / "verbatim.db")
            [(own,)], theirs = remembered(tmp_path / f"{attempt}"), int(store.meta("number") or 0)
            store.close()
            faults += [] if own - theirs in (0, 1) else [(own, theirs)]
    finally:
        stop.set()
        writer.join()
    assert not faults


def test_an_index_without_a_bot_is_backed_up_alone(archive, data, tmp_path):
    assert write_backup(data, DATABASES, tmp_path / "kept.zip").databases == ("verbatim.db",)
    remember(data, 3)
    restored(tmp_path / "kept.zip", data)
    assert remembered(data) == [(3,)]
    with pytest.raises(BadBackup, match="no index"):
        write_backup(tmp_path, DATABASES, tmp_path / "other.zip")


def test_nothing_but_a_backup_is_written_over(archive, data, tmp_path):
    (tmp_path / "notes.txt").write_text("my notes")
    with pytest.raises(BadBackup, match="not a backup"):
        write_backup(data, DATABASES, tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "my notes"
    for _ in range(2):
        write_backup(data, DATABASES, tmp_path / "kept.zip")


@pytest.mark.parametrize("part", range(16))
def test_a_backup_of_which_a_byte_has_changed_gives_back_what_was_kept_or_is_refused(
    archive, data, tmp_path, part
):
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    content = bytearray((tmp_path / "kept.zip").read_bytes())
    place = len(content) * part // 16
    content[place] ^= 1 << part % 8
    (tmp_path / "kept.zip").write_bytes(content)
    archive.remove(WHEAT.url)
    try:
        restored(tmp_path / "kept.zip", data)
    except BadBackup:
        assert archive.stats().articles == 1
    else:  # nothing reads that byte: a ZIP file says when its parts were made, and much of it twice
        assert archive.article(WHEAT.url) == WHEAT


def test_a_backup_whose_database_has_changed_is_refused_and_changes_nothing(archive, data, tmp_path):
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    content = bytearray((tmp_path / "kept.zip").read_bytes())
    with zipfile.ZipFile(tmp_path / "kept.zip") as packed:
        member = packed.getinfo("verbatim.db")
    content[member.header_offset + 60 + member.compress_size // 2] ^= 4
    (tmp_path / "kept.zip").write_bytes(content)
    archive.remove(WHEAT.url)
    with pytest.raises(BadBackup, match="damaged"):
        restored(tmp_path / "kept.zip", data)
    assert archive.stats().articles == 1


@pytest.mark.parametrize("rest", [0, 1, 100, 2000])
def test_a_backup_cut_short_is_refused(archive, data, tmp_path, rest):
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    (tmp_path / "kept.zip").write_bytes((tmp_path / "kept.zip").read_bytes()[:rest])
    with pytest.raises(BadBackup, match="not a backup"):
        restored(tmp_path / "kept.zip", data)


def test_a_backup_of_a_newer_version_is_refused_in_words(archive, data, tmp_path):
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    facts = read_manifest(tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "newer.zip", "w") as packed:
        packed.writestr(backup_module.MANIFEST, json.dumps(facts | {"format": 99}))
    with pytest.raises(BadBackup, match="newer version"):
        restored(tmp_path / "newer.zip", data)
    with closing(Store(data / "verbatim.db")) as store:
        store.set_meta("schema", "99")
    with pytest.raises(BrokenIndex, match="another version"):
        write_backup(data, DATABASES, tmp_path / "later.zip")


def test_a_damaged_database_takes_the_place_of_no_good_backup(data, tmp_path, encoder):
    with Archive(data, encoder) as archive:
        archive.add([BRIDGE, WHEAT])
        write_backup(data, DATABASES, tmp_path / "kept.zip")
    good = (tmp_path / "kept.zip").read_bytes()
    content = bytearray((data / "verbatim.db").read_bytes())
    content[4096 * 3 : 4096 * 12] = b"\xff" * (4096 * 9)
    (data / "verbatim.db").write_bytes(content)
    with pytest.raises(DamagedDatabase, match="verbatim restore"):
        write_backup(data, DATABASES, tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").read_bytes() == good
    restored(tmp_path / "kept.zip", data)
    with Archive(data, encoder) as archive:
        assert archive.check().is_whole
        assert quotes(archive)[0][0] == BRIDGE.url


def test_a_file_that_is_no_database_any_more_is_put_aside(archive, data, tmp_path, encoder):
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    other = tmp_path / "other"
    other.mkdir()
    (other / "verbatim.db").write_bytes(b"something else" * 1000)
    restored(tmp_path / "kept.zip", other)
    with Archive(other, encoder) as again:
        assert quotes(again)[0][0] == BRIDGE.url
    assert [path.read_bytes()[:14] for path in other.glob("damaged-*-verbatim.db")] == [b"something else"]


def test_a_backup_can_be_given_up_and_leaves_nothing(archive, data, tmp_path):
    with pytest.raises(BackupCancelled):
        write_backup(data, DATABASES, tmp_path / "kept.zip", lambda: True)
    assert not (tmp_path / "kept.zip").exists()
    assert left_over(tmp_path) == []


def test_what_a_killed_process_left_is_cleared_away(archive, data, tmp_path, monkeypatch):
    left = tmp_path / f"{backup_module.UNFINISHED}abc"
    left.mkdir()
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    assert left.exists()  # it may be another process at work
    monkeypatch.setattr(backup_module, "UNFINISHED_AFTER", -1.0)
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    assert not left.exists()


def test_a_busy_database_is_told_in_words(archive, data, tmp_path, monkeypatch):
    write_backup(data, DATABASES, tmp_path / "kept.zip")
    monkeypatch.setattr(backup_module, "LOCK_TIMEOUT", 0.1)
    with closing(sqlite3.connect(data / "verbatim.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyIndex, match="another Verbatim"):
            write_backup(data, DATABASES, tmp_path / "later.zip")
        began = time.monotonic()
        with pytest.raises(BusyIndex, match="restore it when"):
            restored(tmp_path / "kept.zip", data)
        assert time.monotonic() > began
    assert archive.stats().articles == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.dictionaries(
        st.sampled_from(["backup.json", "verbatim.db", "../bot.db"]), st.binary(max_size=60), max_size=3
    )
    | st.fixed_dictionaries(
        {"backup.json": st.sampled_from([b"[]", b"{}", b'{"format": "1"}', b'{"format": 1}', b"null"])}
    )
)
def test_any_file_is_a_backup_or_refused_in_words(tmp_path, content):
    path, folder = tmp_path / "any.zip", tmp_path / "any"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as packed:
            for name, held in content.items():
                packed.writestr(name, held)
    with pytest.raises(BadBackup):
        restored(path, folder)
    assert not list(tmp_path.rglob("*.db"))
