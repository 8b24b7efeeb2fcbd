"""What became of the articles, told in lines; how many to expect; stopping in between."""

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.add import MAX_REFUSALS_PRINTED, IngestTally, add_all, count_articles, expand_folders
from index.ingest.pipeline import IngestOutcome, IngestResult


def refused(number, reason="it is not JSON"):
    return IngestResult(
        f"https://x.example.com/{number}", "T", IngestOutcome.REFUSED, f"rows.jsonl, line {number}: {reason}"
    )


def added(number=0):
    return IngestResult(f"https://x.example.com/{number}", "T", IngestOutcome.ADDED, None, 7)


def told(outcomes):
    tally = IngestTally()
    for outcome in outcomes:
        tally.count(outcome)
    return list(tally.lines())


def silent():
    return Console(file=io.StringIO())


def test_the_counts_are_told_last():
    lines = told(
        [
            added(1),
            added(2),
            IngestResult("u", "t", IngestOutcome.UNCHANGED),
            IngestResult("u", "t", IngestOutcome.REPLACED, None, 3),
        ]
    )
    assert lines == ["2 added, 1 unchanged, 1 replaced, 0 refused · 17 sentences"]


def test_the_first_refusals_are_told_in_full_and_the_rest_by_reason():
    lines = told(
        [
            *map(refused, range(MAX_REFUSALS_PRINTED + 3)),
            refused(99, "it has no text"),
            refused(100, "it has no text"),
        ]
    )
    assert lines[0] == "refused: https://x.example.com/0: rows.jsonl, line 0: it is not JSON"
    assert lines[MAX_REFUSALS_PRINTED:-1] == [
        "refused: 3 more: it is not JSON",
        "refused: 2 more: it has no text",
    ]
    assert lines[-1].startswith(f"0 added, 0 unchanged, 0 replaced, {MAX_REFUSALS_PRINTED + 5} refused")


def test_an_address_is_not_told_twice():
    outcome = IngestResult(
        "https://x.example.com/1", "", IngestOutcome.REFUSED, "https://x.example.com/1: not found (404)"
    )
    assert told([outcome])[0] == "refused: https://x.example.com/1: not found (404)"


def test_hostile_reasons_cannot_steer_the_terminal():
    lines = told(
        [IngestResult("https://x/\x1b[2J", "\x1b", IngestOutcome.REFUSED, "\x1b]0;x\x07bad\nline")]
        * (MAX_REFUSALS_PRINTED + 1)
    )
    assert not any(letter in line for line in lines for letter in "\x1b\x07\n")


@given(st.lists(st.sampled_from([added(), refused(1), IngestResult("u", "t", IngestOutcome.UNCHANGED)])))
def test_every_article_is_counted_once(outcomes):
    tally = IngestTally()
    for outcome in outcomes:
        tally.count(outcome)
    assert tally.results.total() == len(outcomes)
    assert len(tally.refused) <= MAX_REFUSALS_PRINTED
    assert tally.more_refused.total() + len(tally.refused) == tally.results[IngestOutcome.REFUSED]


def test_expected_articles_counts_lines_of_rows_and_one_for_each_other(tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text("{}\n{}\n{}\n")
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(b"{}\n" * 5))
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(b"\x1f\x8bnot really")
    damaged = tmp_path / "damaged.jsonl.gz"
    damaged.write_bytes(gzip.compress(b"{}\n" * 5)[:10] + b"\xff" * 20)
    missing = tmp_path / "missing.jsonl"
    files = [str(path) for path in (rows, packed, broken, damaged, missing)]
    assert count_articles([*files, "https://example.com/a", "page.html"]) == 3 + 5 + 1 + 1 + 1 + 1 + 1


def test_nobody_knows_how_much_is_piped_in():
    assert count_articles(["-"]) is None


def test_stopping_keeps_the_count_of_what_was_taken_in():
    def outcomes():
        yield added(1)
        raise KeyboardInterrupt

    tally = IngestTally()
    assert not add_all(outcomes(), tally, console=silent(), expected=None)
    assert tally.results[IngestOutcome.ADDED] == 1


def test_progress_shows_count_and_rate_on_a_terminal_only():
    outcomes = [added(number) for number in range(3)]
    stream = io.StringIO()
    shown = Console(file=stream, force_terminal=True, width=120)
    assert add_all(outcomes, IngestTally(), console=shown, expected=3)
    assert "3/3" in stream.getvalue()
    hidden = silent()
    assert add_all(outcomes, IngestTally(), console=hidden, expected=3)
    assert hidden.file.getvalue().strip() == ""


def test_a_folder_stands_for_the_files_below_it(tmp_path):
    for name in ("b.html", "a.txt", "sub/c.md", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = expand_folders(["-", str(tmp_path), "https://example.com/a", "missing.txt"])
    below = [str(tmp_path / name) for name in ("a.txt", "b.html", "sub/c.md")]
    assert found == ["-", *below, "https://example.com/a", "missing.txt"]
