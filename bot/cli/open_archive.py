"""The archive, opened for a command, with words on the screen while that takes long."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bot.config import Settings
from index import Archive


def stderr_console() -> Console:
    """Give the console for what is not the answer: progress, notes."""
    return Console(stderr=True, highlight=False)


def stdout_console() -> Console:
    """Give the console for what was asked for."""
    return Console(highlight=False)


def models_folder(settings: Settings) -> Path:
    """Give the folder of prepared models: one for every index under the data folder."""
    return settings.data / "models"


@contextmanager
def open_archive(settings: Settings, folder: Path | None = None) -> Iterator[Archive]:
    """Open the archive of the settings, or the one in `folder`, and close it in the end.

    Raises BrokenIndex when it cannot be used as it is.
    """
    console = stderr_console()
    with console.status("Opening the index ...") as status:

        def tell(words: str) -> None:
            status.update(words)
            if not console.is_terminal:
                console.print(words, markup=False)

        archive = Archive.open(
            folder or settings.data,
            model=settings.model or None,
            models=models_folder(settings),
            progress=tell,
            retention=settings.retention,
        )
    with archive:
        yield archive
