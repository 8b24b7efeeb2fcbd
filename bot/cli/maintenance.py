"""`verbatim stats`, `remove`, `prune` and `rebuild`: looking after the index."""

from datetime import UTC, datetime

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from bot.cli.answer_view import day, plain
from bot.cli.open_archive import models, notes, opened, output
from bot.config import Settings
from index import Archive, IndexStats, PruneResult, VerbatimError, parse_age

OUTLETS_SHOWN = 40


class BadSelection(VerbatimError):  # noqa: N818 - it is the selection that is bad
    """What was to be removed was not said, or said twice."""


def run_stats(settings: Settings) -> int:
    """Print what is in the index."""
    with opened(settings) as archive:
        show_stats(archive.stats(), output())
    return 0


def show_stats(stats: IndexStats, console: Console) -> None:
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


def run_remove(
    settings: Settings, url: str | None, *, outlet: str | None = None, older_than: str | None = None
) -> int:
    """Take one article out, or all of an outlet, of an age, or of both; 1 when there was none."""
    if bool(url) == bool(outlet or older_than):
        raise BadSelection("Name one address, or say with --outlet or --older-than what is to be removed.")
    if url:
        with opened(settings) as archive:
            removed = archive.remove(url)
        return _told(f"removed: {plain(url)}") if removed else _none(f"with this address: {plain(url)}")
    before = datetime.now(UTC) - parse_age(older_than) if older_than else None
    with opened(settings) as archive:
        pruned = archive.remove_all(outlet, before)
        known = archive.outlets()
    if pruned.articles:
        return _told(f"removed: {_freed(pruned)}")
    if outlet and outlet.casefold() not in map(str.casefold, known):
        return _none(f"from “{plain(outlet)}”; `verbatim stats` names the outlets")
    return _none("that old")


def run_prune(settings: Settings) -> int:
    """Remove what is not to be kept, and give the room of all that has gone back to the disk."""
    with opened(settings) as archive, notes().status("Pruning ..."):
        for name in sorted(set(settings.retention.outlets).difference(archive.outlets())):
            notes().print(
                f"VERBATIM_KEEP names “{plain(name)}”, of which no article is in the index", markup=False
            )
        pruned = archive.prune(full=True)
    return _told(f"pruned: {_freed(pruned)}")


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


def _freed(pruned: PruneResult) -> str:
    count = f"{pruned.articles:,} {'article' if pruned.articles == 1 else 'articles'}"
    return f"{count}, {pruned.bytes_freed / 1e6:,.1f} MB given back"


def _told(words: str) -> int:
    output().print(words, markup=False)
    return 0


def _none(which: str) -> int:
    notes().print(f"No article is in the index {which}", markup=False)
    return 1


def _facts(stats: IndexStats) -> list[tuple[str, str]]:
    """Give the index in figures."""
    return [
        ("articles", f"{stats.articles:,}"),
        ("sentences", f"{stats.sentences:,}"),
        ("published", f"{day(stats.oldest)} to {day(stats.newest)}" if stats.newest else day(None)),
        ("last change", f"{stats.added:%Y-%m-%d %H:%M} UTC" if stats.added else "never"),
        ("model", plain(stats.model)),
        ("on disk", f"{stats.bytes_on_disk / 1e6:,.1f} MB"),
    ]
