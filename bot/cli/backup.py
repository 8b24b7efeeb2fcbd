"""`verbatim backup` and `verbatim restore`: all that is stored in one file, and back."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.answer_view import sanitize
from bot.cli.open_archive import open_archive, stderr_console, stdout_console
from bot.config import Settings
from bot.context import TABLES
from bot.services.backup_task import DATABASES
from bot.storage.database import Database
from index import (
    BackupInfo,
    DamagedDatabase,
    PostgresAddress,
    VerbatimError,
    backup_name,
    restore_backup,
    write_backup,
)

KEPT_FOLDER = "backups"  # in the data folder: where what a restored backup replaces is kept


class BackedUpElsewhere(VerbatimError):  # noqa: N818 - nothing went wrong
    """A store on a server, of which no file of ours is a backup, and what makes one."""


def run_backup(settings: Settings, target: Path) -> int:
    """Write a backup and say what is in it."""
    _refuse_server(settings.postgres, "pg_dump --format=custom --schema=verbatim --file=FILE")
    with stderr_console().status("Backing up ..."):
        backup = write_backup(settings.data, DATABASES, target)
    stdout_console().print(
        f"backed up: {_facts(backup)}, {backup.size / 1e6:,.1f} MB, verified", markup=False
    )
    _warn_of_damage(backup)
    return 0


def run_restore(settings: Settings, source: Path) -> int:
    """Keep what is stored as a backup, restore the named one, and say what is in it."""
    _refuse_server(
        settings.postgres, "pg_restore --clean --if-exists --single-transaction --dbname=NAME FILE"
    )
    console = stdout_console()
    with stderr_console().status("Restoring ..."):
        kept = _keep_present_state(settings.data)
        backup = restore_backup(source, settings.data, DATABASES, _bring_up_to_date)
    console.print(f"restored: {_facts(backup)}, from {backup.taken:%Y-%m-%d %H:%M} UTC", markup=False)
    if kept:
        console.print(f"what was there before is kept as {sanitize(str(kept))}", markup=False)
    _warn_of_damage(backup)
    with open_archive(settings):  # makes the indexes anew, or says what else is to be done
        pass
    console.print(
        "A bot that is running answers from it already; restart it, so that it reads its settings anew."
    )
    return 0


def _refuse_server(store: PostgresAddress | None, command: str) -> None:
    """Raise BackedUpElsewhere where all is on a server: one tool's copy of another's database helps nobody."""
    if store:
        raise BackedUpElsewhere(
            f"Everything is kept in {store}, and PostgreSQL's own tools back it up and restore it: `{command}`, or what "
            "the server's operator uses already. docs/growth.md says more."
        )


def _keep_present_state(data: Path) -> Path | None:
    """Keep what a restored backup will replace: as a backup, or file by file where it is damaged; None for nothing."""
    if not (data / DATABASES[0]).exists():
        return None
    target = _free(data / KEPT_FOLDER / f"replaced-{backup_name(datetime.now(UTC))}")
    try:
        return write_backup(data, DATABASES, target).path
    except DamagedDatabase:
        copies = target.with_suffix("")
        copies.mkdir(parents=True, mode=0o700)
        for path in (path for name in DATABASES for path in data.glob(f"{name}*")):
            shutil.copy2(path, copies)
        return copies


def _free(path: Path) -> Path:
    """Return a name like `path` that nothing has: what was kept within the same second is not written over."""
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 1_000)))
    return next(name for name in names if not name.exists() and not name.with_suffix("").exists())


def _bring_up_to_date(folder: Path) -> None:
    """Migrate the bot's own database in a folder, if there is one. Raise BrokenDatabase when it is of a newer version."""

    async def migrate() -> None:
        await (await Database.open(folder, TABLES)).close()

    if (folder / DATABASES[1]).exists():
        asyncio.run(migrate())


def _warn_of_damage(backup: BackupInfo) -> None:
    if backup.damaged:
        stderr_console().print(
            f"{len(backup.damaged):,} articles in it are damaged and in no answer; `verbatim doctor` names them.",
            markup=False,
        )


def _facts(backup: BackupInfo) -> str:
    count = f"{backup.articles:,} {'article' if backup.articles == 1 else 'articles'}"
    own = " and what the bot remembers" if len(backup.databases) > 1 else ""
    return f"{count}{own}, {sanitize(str(backup.path))}"
