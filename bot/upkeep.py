"""`verbatim stats`, `remove` and `rebuild`: looking after the index."""

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from bot.config import Settings
from bot.opening import models, notes, opened, output
from bot.terminal import day, plain
from index.archive import Archive, Stats

OUTLETS_SHOWN = 40


def run_stats(settings: Settings) -> int:
    """Print what is in the index."""
    with opened(settings) as archive:
        show_stats(archive.stats(), output())
    return 0


def show_stats(stats: Stats, console: Console) -> None:
    """Print two tables: the whole, and its outlets with most articles."""
    table = Table.grid(padding=(0, 2))
    for name, value in _facts(stats):
        table.add_row(name, Text(value))
    console.print(table)
    if not stats.articles:
        console.print("The index is empty. Put articles in: verbatim add INPUT...")
        return
    outlets = Table("Outlet", "Articles", "Oldest", "Newest", box=None, padding=(0, 2, 0, 0))
    for outlet in stats.outlets[:OUTLETS_SHOWN]:
        outlets.add_row(
            Text(plain(outlet.name)), f"{outlet.articles:,}", day(outlet.oldest), day(outlet.newest)
        )
    console.print()
    console.print(outlets)
    if len(stats.outlets) > OUTLETS_SHOWN:
        console.print(f"and {len(stats.outlets) - OUTLETS_SHOWN:,} more outlets")


def run_remove(settings: Settings, url: str) -> int:
    """Take one article out; 1 when it was not there."""
    with opened(settings) as archive:
        removed = archive.remove(url)
    if removed:
        output().print(f"removed: {plain(url)}", markup=False)
        return 0
    notes().print(f"No article with this address is in the index: {plain(url)}", markup=False)
    return 1


def run_rebuild(settings: Settings) -> int:
    """Encode everything anew with the model of the settings, showing how far it is."""
    console = notes()
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Rebuilding", total=None)
        Archive.rebuild(
            settings.data,
            model=settings.model or None,
            models=models(settings),
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    with opened(settings) as archive:
        stats = archive.stats()
    facts = f"{stats.articles:,} articles, {stats.sentences:,} sentences, model {plain(stats.model)}"
    output().print(f"rebuilt: {facts}", markup=False)
    return 0


def _facts(stats: Stats) -> list[tuple[str, str]]:
    """Give the index in figures."""
    return [
        ("articles", f"{stats.articles:,}"),
        ("sentences", f"{stats.sentences:,}"),
        ("published", f"{day(stats.oldest)} to {day(stats.newest)}"),
        ("last change", f"{stats.added:%Y-%m-%d %H:%M} UTC" if stats.added else "never"),
        ("model", plain(stats.model)),
        ("on disk", f"{stats.bytes_on_disk / 1e6:,.1f} MB"),
    ]
