"""The task that writes scheduled backups, in a thread of its own: one takes minutes where the index is large."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bot.storage.database import DATABASE_FILE as BOT_DATABASE
from index import (
    NEWS_FILE,
    BackupCancelled,
    BackupInfo,
    BackupSchedule,
    VerbatimError,
    backup_name,
    drop_old_backups,
    next_backup,
    report_fault,
    write_backup,
)

DATABASES = (NEWS_FILE, BOT_DATABASE)  # the index's first
MAX_SLEEP = 600.0  # seconds until the clock is looked at again: it may have been set; judged
RETRY_DELAY = 900.0  # seconds after a backup that failed; judged
log = structlog.get_logger(__name__)


class BackupTask:
    """Writes backups of the folder `data` as `schedule` says, from `start` to `stop`; never without a schedule.

    When the next one is due is read from the files that there are, so that a restart changes nothing.
    """

    def __init__(self, data: Path, schedule: BackupSchedule | None) -> None:
        self._data = data
        self._schedule = schedule
        self._executor = ThreadPoolExecutor(1, "backup")
        self._cancelled = threading.Event()
        self._task: asyncio.Task[None] | None = None
        self._writing: asyncio.Future[BackupInfo] | None = None

    def start(self) -> None:
        """Start, on this event loop."""
        if self._schedule:
            self._task = asyncio.create_task(self._run(self._schedule))

    async def stop(self, timeout: float) -> bool:  # noqa: ASYNC109 - of a thread
        """Give up what is being written, and end; return False if it is still being written after `timeout` seconds."""
        self._cancelled.set()
        if self._task:
            self._task.cancel()
        if self._writing:
            await asyncio.wait({self._writing}, timeout=timeout)
            if self._writing.done() and not self._writing.cancelled():
                self._writing.exception()  # it is known: what is not asked for is logged as lost
        self._executor.shutdown(wait=False)
        return self._writing is None or self._writing.done()

    async def _run(self, schedule: BackupSchedule) -> None:
        while True:
            try:
                pause = await self._back_up_if_due(schedule)
            except BackupCancelled:
                pause = RETRY_DELAY
            except (VerbatimError, OSError) as error:
                log.error("no backup was written", why=str(error))  # noqa: TRY400 - the words say it all
                pause = RETRY_DELAY
            except Exception as error:  # noqa: BLE001 - whatever it was, the next one is tried
                report_fault(error, "backing up")
                pause = RETRY_DELAY
            await asyncio.sleep(pause)

    async def _back_up_if_due(self, schedule: BackupSchedule) -> float:
        """Back up where it is time to; return the seconds until the next look. Raise whatever keeps it from being done."""
        due = await asyncio.get_running_loop().run_in_executor(
            self._executor, next_backup, schedule, self._data, datetime.now(UTC)
        )
        wait = (due - datetime.now(UTC)).total_seconds()
        if wait > 0:
            return min(wait, MAX_SLEEP)
        await self._back_up(schedule)
        return 0.0

    async def _back_up(self, schedule: BackupSchedule) -> None:
        """Write one backup and drop those that are too old."""
        self._writing = asyncio.get_running_loop().run_in_executor(self._executor, self._write, schedule)
        backup = await asyncio.shield(self._writing)
        log.info(
            "backed up",
            articles=backup.articles,
            megabytes=round(backup.size / 1e6, 1),
            file=str(backup.path),
        )
        if backup.damaged:
            log.warning("articles in the index are damaged", articles=len(backup.damaged))

    def _write(self, schedule: BackupSchedule) -> BackupInfo:
        target = schedule.folder_in(self._data) / backup_name(datetime.now(UTC))
        backup = write_backup(self._data, DATABASES, target, self._cancelled.is_set)
        drop_old_backups(schedule, self._data)
        return backup
