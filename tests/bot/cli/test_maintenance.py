"""What is in the index, in tables."""

import io
from datetime import UTC, datetime

from rich.console import Console

from bot.cli.maintenance import MAX_OUTLETS_PRINTED, print_stats
from index import Archive
from index.maintenance.stats import IndexStats, OutletSummary
from tests.index.conftest import BRIDGE, WHEAT

OLD, NEW = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 11, 12, 9, 30, tzinfo=UTC)


def shown(stats, width=100):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_stats(stats, console)
    return console.file.getvalue()


def stats(outlets=(), articles=1234):
    return IndexStats(articles, 56789, tuple(outlets), OLD, NEW, NEW, "abc:fp32", 7_654_321)


def test_figures_and_outlets_are_shown():
    text = shown(
        stats([OutletSummary("Sample Wire", 1200, OLD, NEW), OutletSummary("Other", 34, None, None)])
    )
    for part in (
        "1,234",
        "56,789",
        "1 May 2024 to 12 Nov 2024",
        "2024-11-12 09:30 UTC",
        "abc:fp32",
        "7.7 MB",
    ):
        assert part in text
    assert "Sample Wire  1,200     1 May 2024  12 Nov 2024" in text
    assert "no date" in text


def test_an_empty_index_says_what_to_do():
    empty = IndexStats(0, 0, (), None, None, None, "abc:fp32", 0)
    assert "verbatim add" in shown(empty)
    assert "never" in shown(empty)


def test_very_many_outlets_are_counted():
    outlets = [OutletSummary(f"Outlet {number}", 1, OLD, NEW) for number in range(MAX_OUTLETS_PRINTED + 5)]
    text = shown(stats(outlets))
    assert "and 5 more outlets" in text
    assert f"Outlet {MAX_OUTLETS_PRINTED}" not in text


def test_a_hostile_name_cannot_steer_the_terminal():
    text = shown(stats([OutletSummary("\x1b[2J[red]x[/red]\x07", 1, OLD, NEW)]))
    assert "\x1b" not in text
    assert "[red]x[/red]" in text


def test_a_snapshot_goes_from_one_folder_to_another(run, folder, monkeypatch):
    with Archive.open(folder / "data") as archive:
        archive.add([BRIDGE, WHEAT])
    saved = run("snapshot", "save", "indexes")
    assert saved.code == 0
    assert "saved: 2 articles, 5 sentences" in saved.out
    refused = run("snapshot", "load", "indexes")
    assert refused.code == 2
    assert "has indexes already" in refused.err
    for derived in [*(folder / "data").glob("words-*"), *(folder / "data").glob("vectors")]:
        derived.rename(folder / f"away-{derived.name}")
    loaded = run("snapshot", "load", "indexes")
    assert loaded.code == 0
    assert "loaded: 2 articles, 5 sentences" in loaded.out
