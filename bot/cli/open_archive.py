"""Opening the archive for a command, with progress on the screen; the consoles of all commands."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog
from rich.console import Console

from bot import logs
from bot.circles import circle_name
from bot.config import Settings
from index import Archive, VerbatimError


def stderr_console() -> Console:
    """Return the console for what is not the answer: progress, notes."""
    return Console(stderr=True, highlight=False)


def stdout_console() -> Console:
    """Return the console for what was asked for."""
    return Console(highlight=False)


def models_folder(settings: Settings) -> Path:
    """Return the folder of prepared models: one for every index under the data folder."""
    return settings.data / "models"


def upgrade_lines(counts: Mapping[str, int]) -> list[str]:
    """Return what an earlier version's articles became, in words; nothing when there were none."""
    return [f"{number:,} articles now answer for {circle_name(key)}" for key, number in counts.items()]


def require_checkout(targets: Iterable[Path], command: str) -> None:
    """Raise VerbatimError when the folder of a file that `command` is to write is not here."""
    for target in targets:
        if not target.parent.is_dir():
            raise VerbatimError(
                f"There is no {target.parent} here: run `verbatim {command}` in a checkout of the project."
            )


def log_warnings() -> None:
    """Log on standard error what a command has to warn of, unless its log was set up: standard output is its answer."""
    if not structlog.is_configured():
        logs.configure_logging("WARNING")


@contextmanager
def open_archive(settings: Settings, folder: Path | None = None) -> Iterator[Archive]:
    """Open the archive of the settings, or the one in `folder`, and close it at the end.

    Raise BrokenIndex when it cannot be used as it is.
    """
    log_warnings()
    console = stderr_console()
    with console.status("Opening the index ...") as status:

        def show_progress(message: str) -> None:
            status.update(message)
            if not console.is_terminal:
                console.print(message, markup=False)

        archive = Archive.open(
            folder or settings.data,
            model=settings.model or None,
            models=models_folder(settings),
            progress=show_progress,
            retention=settings.retention,
            reader=settings.reader or None,
            outlet_names=settings.outlet_names,
            store=None if folder else settings.postgres,
        )
    for line in upgrade_lines(archive.take_upgrade_counts()):
        console.print(line, markup=False)
    with archive:
        yield archive
