"""`verbatim migrate`: the whole store, the bot's own tables included, to a server of PostgreSQL or back to a folder."""

import asyncio
from pathlib import Path

from rich.progress import Progress

from bot.cli.open_archive import open_archive, stderr_console, stdout_console
from bot.config import Settings
from bot.context import TABLES
from bot.storage.database import DATABASE_FILE, Database
from index import NEWS_FILE, Place, PostgresAddress, VerbatimError, move_store


class BadDestination(VerbatimError):  # noqa: N818 - it is the destination that is bad
    """Where the store is to go is no place for it, or where it is already."""


def run_migrate(settings: Settings, to: str) -> int:
    """Move the store to an address or a folder, and compare both; it can be interrupted and run again."""
    target = _destination(to)
    if target in (settings.postgres, settings.data):
        raise BadDestination(f"The index is in {target} already.")
    with open_archive(settings) as archive:  # brought up to date, and of the model of the settings
        stats = archive.stats()
    source = settings.postgres or settings.data
    for place in (source, target):
        asyncio.run(_make_tables(place))
    console = stderr_console()
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Moving", total=None)
        move_store(
            _databases(source),
            _databases(target),
            {table.name: table.migrations for table in TABLES},
            lambda table, done, total: progress.update(task, description=table, completed=done, total=total),
        )
    name = "VERBATIM_DATA" if isinstance(target, Path) else "VERBATIM_STORE"
    stdout_console().print(
        f"moved: {stats.articles:,} articles, {stats.sentences:,} sentences; every row was compared. Set {name} to "
        f"{target}, and start Verbatim again.",
        markup=False,
    )
    return 0


def _destination(to: str) -> Place:
    """Return the address or the folder that is meant. Raise BadDestination."""
    if "://" not in to:
        return Path(to).expanduser()
    try:
        return PostgresAddress.parse(to)
    except VerbatimError as error:
        raise BadDestination(f"--to is not the address of a database: {error}.") from None


async def _make_tables(place: Place) -> None:
    """Make the bot's own tables, or bring them up to date."""
    folder, store = (place, None) if isinstance(place, Path) else (Path(), place)
    await (await Database.open(folder, TABLES, store)).close()


def _databases(place: Place) -> tuple[Place, Place]:
    """Return where the news is and where the bot's own tables are."""
    return (place / NEWS_FILE, place / DATABASE_FILE) if isinstance(place, Path) else (place, place)
