"""`verbatim add`: articles into the index, with progress, and at the end the counts of each outcome."""

import gzip
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bot.cli.answer_view import sanitize
from bot.cli.open_archive import open_archive, stderr_console, stdout_console
from bot.config import Settings
from index import IngestOutcome, IngestResult, MetadataOverrides, VerbatimError, read_inputs

MAX_REFUSALS_PRINTED = 10  # refusals printed one by one; the rest is counted; judged
_JSON_LINES_SUFFIXES = tuple(
    f".{name}{packed}" for name in ("jsonl", "ndjson", "json") for packed in ("", ".gz")
)


class BadInput(VerbatimError):  # noqa: N818 - it is the input that is bad
    """Nothing that could be added, and what to write."""


@dataclass(slots=True)
class IngestTally:
    """What became of the articles so far: how many of each result, and the reasons of those refused."""

    results: Counter[IngestOutcome] = field(default_factory=Counter)
    sentences: int = 0
    refused: list[IngestResult] = field(default_factory=list)
    more_refused: Counter[str] = field(default_factory=Counter)

    def count(self, result: IngestResult) -> None:
        """Count one article. Memory stays small however many are refused."""
        self.results[result.outcome] += 1
        self.sentences += result.sentences
        if result.outcome is not IngestOutcome.REFUSED:
            return
        if len(self.refused) < MAX_REFUSALS_PRINTED:
            self.refused.append(result)
        else:
            self.more_refused[_reason_without_place(result.reason)] += 1

    def lines(self) -> Iterator[str]:
        """Yield the lines to print: first the refusals, last the counts."""
        for result in self.refused:
            yield f"refused: {_address_prefix(result)}{sanitize(result.reason or 'no reason was given')}"
        for reason, number in self.more_refused.most_common(MAX_REFUSALS_PRINTED):
            yield f"refused: {number:,} more: {sanitize(reason)}"
        counts = [f"{self.results[result]:,} {result.value}" for result in IngestOutcome]
        yield f"{', '.join(counts)} · {self.sentences:,} sentences"


def run_add(settings: Settings, inputs: Sequence[str], overrides: Mapping[str, str | None]) -> int:
    """Add every input; give 0 when all went in, 1 when some were refused, 130 after Ctrl-C."""
    names = expand_folders(inputs or ([] if sys.stdin.isatty() else ["-"]))
    if not names:
        raise BadInput(
            "Nothing to add. Name addresses, files or folders that hold some, or pipe something in."
        )
    items = read_inputs(
        names, MetadataOverrides(**overrides), fetching=settings.fetching, stdin=sys.stdin.buffer
    )
    tally = IngestTally()
    with open_archive(settings) as archive:
        finished = add_all(
            archive.iter_add(items), tally, console=stderr_console(), expected=count_articles(names)
        )
    for line in tally.lines():
        stdout_console().print(line, markup=False, soft_wrap=True)
    if not finished:
        stderr_console().print(
            "Stopped. What is counted above is in the index; run the same again to add the rest."
        )
        return 130
    return 1 if tally.results[IngestOutcome.REFUSED] else 0


def add_all(
    outcomes: Iterable[IngestResult], tally: IngestTally, *, console: Console, expected: int | None
) -> bool:
    """Count what becomes of every article, showing progress on a terminal; False when stopped by Ctrl-C."""
    with _progress(console, expected) as advance:
        try:
            for outcome in outcomes:
                tally.count(outcome)
                advance()
        except KeyboardInterrupt:
            return False
    return True


def expand_folders(inputs: Iterable[str]) -> list[str]:
    """Return the inputs with every folder replaced by the files below it, sorted, without hidden ones."""
    names: list[str] = []
    for name in inputs:
        folder = Path(name)
        if name == "-" or not folder.is_dir():
            names.append(name)
            continue
        below = (path for path in sorted(folder.rglob("*")) if path.is_file())
        names += [str(path) for path in below if not _is_hidden(path.relative_to(folder))]
    return names


def count_articles(inputs: Sequence[str]) -> int | None:
    """Return how many articles the inputs hold, for the progress bar; None when it cannot be known.

    JSON lines are counted by their lines, anything else is one article. A file that cannot be read counts
    as one too: reading it will say why.
    """
    total = 0
    for name in inputs:
        if name == "-":
            return None
        total += _count_lines(Path(name)) if name.endswith(_JSON_LINES_SUFFIXES) else 1
    return total


def _is_hidden(path: Path) -> bool:
    """Return True if a path leads through a hidden folder or to a hidden file."""
    return any(part.startswith(".") for part in path.parts)


def _count_lines(path: Path) -> int:
    """Count the lines of a plain or gzip'd file, without holding it in memory."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b"")) or 1
    except (OSError, EOFError, zlib.error):
        return 1


@contextmanager
def _progress(console: Console, expected: int | None) -> Iterator[Callable[[], None]]:
    """Show a bar with count, rate and time left while the block runs; nothing when not on a terminal."""
    with Progress(
        SpinnerColumn(),
        TextColumn("Adding"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task("add", total=expected, rate="")

        def advance() -> None:
            progress.advance(task)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{speed:,.1f}/s" if speed else "")

        yield advance


def _reason_without_place(reason: str | None) -> str:
    """Return a refusal's reason without the place it was met at, so that equal ones are counted together."""
    return (reason or "no reason was given").rsplit(": ", 1)[-1]


def _address_prefix(result: IngestResult) -> str:
    """Name the refused article by its address, where the reason does not name it already."""
    address = sanitize(result.url)
    return f"{address}: " if address and address not in (result.reason or "") else ""
