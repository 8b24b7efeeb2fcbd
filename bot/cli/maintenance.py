"""`verbatim stats`, `remove`, `prune`, `rebuild` and `snapshot`: the commands that maintain the index."""

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from bot.cli.answer_view import format_day, sanitize
from bot.cli.open_archive import models_folder, open_archive, stderr_console, stdout_console
from bot.config import Settings
from index import (
    NEWS_FILE,
    Archive,
    IndexStats,
    PruneResult,
    SnapshotInfo,
    VerbatimError,
    load_snapshot,
    parse_age,
)

MAX_OUTLETS_PRINTED = 40  # judged: about a screen


class BadSelection(VerbatimError):  # noqa: N818 - it is the selection that is bad
    """Neither an address nor a selection of articles was named, or both were."""


def run_stats(settings: Settings) -> int:
    """Print what is in the index."""
    with open_archive(settings) as archive:
        print_stats(archive.stats(), stdout_console())
    return 0


def print_stats(stats: IndexStats, console: Console) -> None:
    """Print two tables: the whole, and its outlets with most articles."""
    table = Table.grid(padding=(0, 2))
    for name, value in _facts(stats):
        table.add_row(name, Text(value))
    console.print(table)
    if not stats.articles:
        console.print("The index is empty. Put articles in: verbatim add INPUT...")
        return
    outlets = Table("Outlet", "Articles", "Oldest", "Newest", box=None, padding=(0, 2, 0, 0))
    for outlet in stats.outlets[:MAX_OUTLETS_PRINTED]:
        outlets.add_row(
            Text(sanitize(outlet.name)),
            f"{outlet.articles:,}",
            format_day(outlet.oldest),
            format_day(outlet.newest),
        )
    console.print()
    console.print(outlets)
    if len(stats.outlets) > MAX_OUTLETS_PRINTED:
        console.print(f"and {len(stats.outlets) - MAX_OUTLETS_PRINTED:,} more outlets")


def run_remove(
    settings: Settings, url: str | None, *, outlet: str | None = None, older_than: str | None = None
) -> int:
    """Remove one article, or all of an outlet, of an age, or of both; return 1 when there was none."""
    if bool(url) == bool(outlet or older_than):
        raise BadSelection("Name one address, or say with --outlet or --older-than what is to be removed.")
    if url:
        with open_archive(settings) as archive:
            removed = archive.remove(url)
        return (
            _print_done(f"removed: {sanitize(url)}")
            if removed
            else _print_not_found(f"with this address: {sanitize(url)}")
        )
    before = datetime.now(UTC) - parse_age(older_than) if older_than else None
    with open_archive(settings) as archive:
        pruned = archive.remove_all(outlet, before)
        known = archive.outlets()
    if pruned.articles:
        return _print_done(f"removed: {_pruned_summary(pruned)}")
    if outlet and outlet.casefold() not in map(str.casefold, known):
        return _print_not_found(f"from “{sanitize(outlet)}”; `verbatim stats` names the outlets")
    return _print_not_found("that old")


def run_prune(settings: Settings) -> int:
    """Remove what the retention policy does not keep, and return the freed space to the disk."""
    with open_archive(settings) as archive, stderr_console().status("Pruning ..."):
        for name in sorted(set(settings.retention.outlets).difference(archive.outlets())):
            stderr_console().print(
                f"VERBATIM_KEEP names “{sanitize(name)}”, of which no article is in the index", markup=False
            )
        pruned = archive.prune(full=True)
    return _print_done(f"pruned: {_pruned_summary(pruned)}")


def run_snapshot_save(settings: Settings, target: Path) -> int:
    """Write the indexes to a file and say what is in it."""
    with open_archive(settings) as archive, stderr_console().status("Writing the snapshot ..."):
        saved = archive.save_snapshot(target)
    stdout_console().print(f"saved: {_snapshot_facts(saved)}", markup=False)
    return 0


def run_snapshot_load(settings: Settings, source: Path) -> int:
    """Put the indexes of a snapshot into a folder without any, bring them up to date and say what was in it."""
    with stderr_console().status("Unpacking ..."):
        loaded = load_snapshot(source, settings.data, settings.postgres or settings.data / NEWS_FILE)
    with open_archive(settings):  # adds what the store has got since
        pass
    stdout_console().print(f"loaded: {_snapshot_facts(loaded)}; brought up to date", markup=False)
    return 0


def _snapshot_facts(snapshot: SnapshotInfo) -> str:
    return (
        f"{snapshot.articles:,} articles, {snapshot.sentences:,} sentences, {snapshot.size / 1e6:,.1f} MB, "
        f"{sanitize(str(snapshot.path))}"
    )


def run_rebuild(settings: Settings) -> int:
    """Encode everything anew with the model of the settings, showing how far it is."""
    console = stderr_console()
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Rebuilding", total=None)
        Archive.rebuild(
            settings.data,
            model=settings.model or None,
            models=models_folder(settings),
            progress=lambda done, total: progress.update(task, completed=done, total=total),
            store=settings.postgres,
        )
    with open_archive(settings) as archive:
        stats = archive.stats()
    facts = f"{stats.articles:,} articles, {stats.sentences:,} sentences, model {sanitize(stats.model)}"
    stdout_console().print(f"rebuilt: {facts}", markup=False)
    return 0


def _pruned_summary(pruned: PruneResult) -> str:
    count = f"{pruned.articles:,} {'article' if pruned.articles == 1 else 'articles'}"
    return f"{count}, {pruned.bytes_freed / 1e6:,.1f} MB given back"


def _print_done(message: str) -> int:
    stdout_console().print(message, markup=False)
    return 0


def _print_not_found(description: str) -> int:
    stderr_console().print(f"No article is in the index {description}", markup=False)
    return 1


def _facts(stats: IndexStats) -> list[tuple[str, str]]:
    """Return the index in figures."""
    return [
        ("articles", f"{stats.articles:,}"),
        ("sentences", f"{stats.sentences:,}"),
        (
            "published",
            f"{format_day(stats.oldest)} to {format_day(stats.newest)}" if stats.newest else format_day(None),
        ),
        ("last change", f"{stats.added:%Y-%m-%d %H:%M} UTC" if stats.added else "never"),
        ("model", sanitize(stats.model)),
        ("on disk", f"{stats.bytes_on_disk / 1e6:,.1f} MB"),
    ]
