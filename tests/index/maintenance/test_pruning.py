import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from index.archive import Archive
from index.errors import BusyIndex
from index.ingest.pipeline import IngestOutcome
from index.maintenance.pruning import Pruner
from index.maintenance.retention import RetentionPolicy
from index.storage.store import Store
from tests.index.conftest import BRIDGE, WHEAT, article

LONG_AGO = article("old", "The old harbour bridge in Norwick was opened by the king.", day=1)
LONG_AGO = replace(LONG_AGO, published=datetime(1950, 6, 1, tzinfo=UTC))


class CheapEncoder:
    """Vectors at no cost: what is measured here is room, not meaning."""

    fingerprint = "cheap"
    dimensions = 384

    def encode(self, texts):
        rows = np.random.default_rng(len(texts)).normal(size=(len(texts), 384)).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def many(count, start=0):
    for number in range(start, start + count):
        story = article(
            f"n{number}",
            *(
                f"Councillor {number} of Norwick said {line} ships sail to port {number * line}."
                for line in range(30)
            ),
            outlet=f"Outlet {number % 2}",
        )
        yield replace(story, published=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number))


def filled(folder, keep=None, count=120):
    archive = Archive(folder, CheapEncoder(), keep or RetentionPolicy())
    archive.add(many(count))
    archive._indexes.vectors.save()
    return archive


def sizes(folder):
    patterns = {"database": "verbatim.db*", "vectors": "vectors/*/*", "words": "words-*/*"}
    return {
        name: sum(path.stat().st_size for path in folder.glob(pattern)) for name, pattern in patterns.items()
    }


def test_what_an_owner_removes_gives_its_room_back(tmp_path):
    with filled(tmp_path) as archive:
        before = sizes(tmp_path)
        pruned = archive.remove_all("outlet 1")
        after = sizes(tmp_path)
        assert pruned.articles == 60
        assert pruned.bytes_freed == pytest.approx(sum(before.values()) - sum(after.values()), rel=0.05)
        for part in before:
            assert after[part] < 0.7 * before[part], part
        assert archive.remove_all(before=datetime(2024, 2, 1, tzinfo=UTC)).articles == 16
        assert archive.stats().articles == 44
        assert len(archive._indexes.vectors) == 44 * 31
        assert archive._indexes.keywords._searcher.num_docs == 44 * 31 + 1


def test_a_bound_on_room_takes_the_oldest(tmp_path):
    with filled(tmp_path) as archive:
        taken = archive._pruner.size()
    keep = RetentionPolicy(max_bytes=taken // 2)
    with Archive(tmp_path, CheapEncoder(), keep) as archive:
        pruned = archive.prune()
        assert 0 < pruned.articles < 120
        assert archive._pruner.size() <= taken // 2
        left = {fresh.article.url for fresh in archive.latest(datetime(2020, 1, 1, tzinfo=UTC), limit=200)}
        newest = [one.url for one in many(120)][-len(left) :]
        assert left == set(newest)
        assert archive.prune().articles == 0


@contextmanager
def too_large_beside_a_copy(folder, monkeypatch):
    """An index a third too large, a connection that may read it as a backup does, and its bound in bytes."""
    monkeypatch.setattr("index.storage.sqlite_database.CHECKPOINT_TIMEOUT", 0.02)
    with filled(folder, count=30) as archive:
        bound = archive._pruner.size() * 3 // 4
    with (
        Archive(folder, CheapEncoder(), RetentionPolicy(max_bytes=bound)) as archive,
        closing(sqlite3.connect(folder / "verbatim.db", isolation_level=None)) as copying,
    ):
        yield archive, copying, bound


def begin_reading(connection):
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM articles").fetchall()


def test_a_bound_on_room_takes_nothing_in_vain_while_a_backup_is_copied(tmp_path, monkeypatch):
    with too_large_beside_a_copy(tmp_path, monkeypatch) as (archive, copying, bound):
        begin_reading(copying)
        archive.remove(next(many(1)).url)  # so that something waits to be given back
        assert archive.prune().articles == 0
        copying.execute("ROLLBACK")
        assert 0 < archive.prune().articles < 15
        assert archive._pruner.size() <= bound


def test_a_bound_on_room_stops_when_a_backup_begins_meanwhile(tmp_path, monkeypatch):
    with too_large_beside_a_copy(tmp_path, monkeypatch) as (archive, copying, _):
        remove = Pruner.remove

        def remove_beside_a_backup(self, urls, **options):
            if urls and not copying.in_transaction:
                begin_reading(copying)
            return remove(self, urls, **options)

        monkeypatch.setattr(Pruner, "remove", remove_beside_a_backup)
        assert 0 < archive.prune().articles < 15


def test_a_bound_on_room_stops_when_nothing_becomes_smaller(tmp_path, monkeypatch):
    with filled(tmp_path, count=20) as archive:
        bound = archive._pruner.size() * 3 // 4
    monkeypatch.setattr("index.maintenance.pruning.compact", lambda *_, **__: True)
    with Archive(tmp_path, CheapEncoder(), RetentionPolicy(max_bytes=bound)) as archive:
        assert 0 < archive.prune().articles < 10


def test_room_for_nothing_ends_with_an_empty_index(tmp_path):
    with filled(tmp_path, RetentionPolicy(max_bytes=1), count=3) as archive:
        assert archive.prune().articles == 3
        assert archive.stats().articles == 0
        assert archive.prune().articles == 0


def pages(archive):
    return archive._store.query("PRAGMA page_count")[0][0]


def test_a_file_of_an_older_kind_gives_its_room_back_to_a_command_only(tmp_path):
    database = sqlite3.connect(tmp_path / "verbatim.db")
    database.execute("CREATE TABLE other (x)")  # once a page is written auto_vacuum cannot be set
    database.close()
    with filled(tmp_path, RetentionPolicy(max_articles=10)) as archive:
        full = pages(archive)
        archive.prune()
        assert pages(archive) == full
        archive.prune(full=True)
        assert pages(archive) < 0.3 * full
        assert archive.stats().articles == 10


def test_a_file_of_an_older_kind_loses_no_more_than_its_room_asks(tmp_path):
    database = sqlite3.connect(tmp_path / "verbatim.db")
    database.execute("CREATE TABLE other (x)")
    database.close()
    with filled(tmp_path) as archive:
        bound = archive._pruner.size() // 2
    with Archive(tmp_path, CheapEncoder(), RetentionPolicy(max_bytes=bound)) as archive:
        full = pages(archive)
        assert 0 < archive.prune().articles < 120
        assert pages(archive) == full  # nothing was given back, and so
        assert archive.prune().articles == 0  # what is free does not count again
        archive.add([BRIDGE])
        assert pages(archive) == full


def test_what_an_owner_removed_comes_back_by_wish_only(archive):
    archive.add([BRIDGE, WHEAT])
    archive.remove(BRIDGE.url)
    assert not archive.accepts(BRIDGE.url + "?utm_source=feed")
    assert archive.accepts(WHEAT.url)
    [found] = archive.add([BRIDGE], requested=False)
    assert (found.outcome, "removed it" in found.reason) == (IngestOutcome.REFUSED, True)
    [given] = archive.add([BRIDGE])
    assert given.outcome is IngestOutcome.ADDED
    assert archive.accepts(BRIDGE.url)
    assert archive.remove("https://wire.example.com/none") is False
    assert archive.accepts("https://wire.example.com/none")


def test_what_has_gone_or_was_pruned_may_come_back(tmp_path, encoder):
    with Archive(tmp_path, encoder, RetentionPolicy(max_articles=1)) as archive:
        archive.add([BRIDGE, WHEAT])
        assert archive.prune().articles == 1
        assert archive.count_not_found(WHEAT.url) is False
        assert archive.count_not_found(WHEAT.url) is True
        assert archive.accepts(BRIDGE.url)
        assert archive.accepts(WHEAT.url)


def test_what_is_too_old_to_be_kept_does_not_come_in_unasked(tmp_path, encoder):
    with Archive(tmp_path, encoder, RetentionPolicy(timedelta(days=3650))) as archive:
        [found] = archive.add([LONG_AGO], requested=False)
        assert found.outcome is IngestOutcome.REFUSED
        assert not archive.accepts(LONG_AGO.url, LONG_AGO.outlet, LONG_AGO.published)
        [given] = archive.add([LONG_AGO])
        assert given.outcome is IngestOutcome.ADDED


def test_questions_and_another_process_go_on_while_it_prunes(tmp_path, encoder):
    with (
        Archive(tmp_path, encoder) as bot,
        Archive(tmp_path, encoder, RetentionPolicy(max_articles=1)) as command,
    ):
        bot.add([BRIDGE, WHEAT])
        assert "found cracks" in bot.ask("Why did the harbour bridge in Norwick close?").quotes[0].text
        assert command.prune(full=True).articles == 1
        assert not bot.ask("Why did the harbour bridge in Norwick close?").quotes
        assert bot.ask("What did the statistics office report about wheat prices?").quotes
        bot.add([BRIDGE])
        assert command.stats().articles == 2


def test_a_pruning_that_cannot_write_says_so_and_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("index.storage.sqlite_database.BUSY_TIMEOUT", 0.05)
    with filled(tmp_path, RetentionPolicy(max_articles=1), count=5) as archive:
        other = Store(tmp_path / "verbatim.db")
        with other.transaction(), pytest.raises(BusyIndex):
            archive.prune()
        other.close()
        assert archive.prune().articles == 4


KILLED = """
    import sys
    from pathlib import Path
    from tests.index.maintenance.test_pruning import CheapEncoder, RetentionPolicy, many
    from index.archive import Archive

    archive = Archive(Path(sys.argv[1]), CheapEncoder(), RetentionPolicy(max_articles=40))
    print("ready", flush=True)
    while True:
        archive.prune(full=True)
        archive.add(many(120))
"""


def test_a_killed_pruning_leaves_a_whole_index(tmp_path):
    filled(tmp_path).close()
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        try:
            process.wait(0.35)  # wherever it is then
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()
        with Archive(tmp_path, CheapEncoder()) as archive:
            entries = archive._store.entries()
            sentences = sum(entry.last_sentence - entry.first_sentence for entry in entries)
            assert len(entries) >= 40
            assert all(len(archive._store.vectors(entry.first_sentence)) == 31 for entry in entries)
            assert len(archive._indexes.vectors) == sentences
            assert archive._indexes.keywords._searcher.num_docs == sentences + 1
            assert archive._store.query("PRAGMA integrity_check") == [("ok",)]
