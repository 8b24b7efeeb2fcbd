import asyncio
import threading
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.services import backup_task
from bot.services.backup_task import DATABASES, BackupTask
from bot.storage.database import Database
from index import Archive, BackupSchedule, restore_backup
from index.maintenance import backup
from tests.index.conftest import BRIDGE

HOURLY = BackupSchedule(timedelta(hours=1), keep=2)
OFTEN = BackupSchedule(timedelta(seconds=1), keep=2)


@pytest.fixture
def data(tmp_path, encoder):
    folder = tmp_path / "data"
    folder.mkdir()
    with Archive(folder, encoder) as archive:
        archive.add([BRIDGE])
    return folder


def files(folder):
    return sorted(folder.glob("*.zip"))


async def until(condition):
    for _ in range(3000):
        if condition():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it never came")


async def test_a_backup_is_written_when_it_is_due_and_not_again_after_a_restart(data, tmp_path):
    await (await Database.open(data, ())).close()
    for _ in range(2):
        task = BackupTask(data, HOURLY)
        task.start()
        await until(lambda: files(data / "backups"))
        await asyncio.sleep(0.1)
        assert await task.stop(10)
    [written] = files(data / "backups")
    restored = restore_backup(written, tmp_path / "elsewhere", DATABASES, lambda _: None)
    assert (restored.articles, restored.databases) == (1, DATABASES)


async def test_only_so_many_are_kept(data):
    task = BackupTask(data, OFTEN)
    task.start()
    seen = set()
    await until(lambda: seen.update(files(data / "backups")) or len(seen) > 3)
    assert await task.stop(10)
    assert len(files(data / "backups")) == 2


@pytest.mark.parametrize(
    ("obstruct", "why"),
    [
        (lambda folder: folder.write_text("a file in the way"), "disk has room"),
        (lambda folder: folder.symlink_to("too long a name" * 20), "name too long"),
    ],
    ids=["cannot be written to", "cannot be looked into"],
)
async def test_a_backup_that_fails_is_logged_and_tried_again(data, monkeypatch, obstruct, why):
    monkeypatch.setattr(backup_task, "RETRY_DELAY", 0.01)
    obstruct(data / "backups")
    with capture_logs() as logs:
        task = BackupTask(data, HOURLY)
        task.start()
        await until(lambda: len(logs) > 1)
        (data / "backups").unlink()
        await until(lambda: files(data / "backups"))
        assert await task.stop(10)
    assert {entry["event"] for entry in logs[:2]} == {"no backup was written"}
    assert all(why in entry["why"] for entry in logs[:2])


async def test_what_is_being_written_is_given_up_when_the_bot_stops(data, monkeypatch):
    copying, go_on = threading.Event(), threading.Event()
    verified = backup._verified

    def slow(work, names):
        copying.set()
        go_on.wait(30)
        return verified(work, names)

    monkeypatch.setattr(backup, "_verified", slow)
    task = BackupTask(data, HOURLY)
    task.start()
    await asyncio.to_thread(copying.wait, 30)
    assert not await task.stop(0.05)
    go_on.set()
    await until(task._writing.done)


async def test_without_a_schedule_nothing_is_written(data):
    task = BackupTask(data, None)
    task.start()
    await asyncio.sleep(0.05)
    assert await task.stop(1)
    assert not (data / "backups").exists()
