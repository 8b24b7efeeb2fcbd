"""`verbatim ask` and `verbatim demo`: a question, and its answer on the screen."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from importlib.resources import as_file, files

from babel import default_locale
from rich.console import Console

from bot.circles import server_circle
from bot.cli.answer_json import answer_to_json
from bot.cli.answer_view import MAX_QUOTES, print_answer, sanitize
from bot.cli.open_archive import open_archive, stderr_console, stdout_console
from bot.config import Settings
from bot.services.date_input import read_range
from bot.texts import writes_day_first
from index import Answer, AnswerOutcome, Archive, BadQuestion, VerbatimError

DEMO_QUESTION = "Did Trump call Putin?"


@dataclass(frozen=True, slots=True)
class AskOptions:
    """A question and its filters as they were typed; as on `server`, None as the owner of everything."""

    question: str
    since: str | None = None
    until: str | None = None
    outlets: tuple[str, ...] = ()
    server: int | None = None


def run_ask(
    settings: Settings,
    request: AskOptions,
    *,
    everything: bool = False,
    json: bool = False,
    explain: bool = False,
) -> int:
    """Print the answer as a card or as JSON; give 0 when there is one, 1 when nothing was found.

    `everything` shows all quotes on the card; JSON has them always.
    """
    now = datetime.now(UTC)
    since, until = read_range(request.since, request.until, now=now, day_first=terminal_day_first())
    with open_archive(settings) as archive:
        circle = server_circle(request.server) if request.server else None
        outlets = resolve_outlets(request.outlets, archive.outlets(circle))
        answer = archive.ask(
            request.question,
            now=now,
            since=since,
            until=until,
            outlets=outlets,
            circle=circle,
            day_first=terminal_day_first(),
        )
        if json:
            print(answer_to_json(answer, explain=explain))  # noqa: T201 - rich would wrap it
        else:
            print_answer(answer, stdout_console(), limit=None if everything else MAX_QUOTES, explain=explain)
        if not answer.searched_articles and not archive.stats().articles:
            stderr_console().print("The index is empty. Put articles in: verbatim add INPUT...")
    return 1 if answer.outcome is AnswerOutcome.NOTHING else 0


def terminal_day_first() -> bool | None:
    """Return whether the terminal's locale writes days before months; None where it says nothing ("C")."""
    locale = default_locale("LC_TIME") or ""
    return None if locale.endswith("POSIX") else writes_day_first(locale.replace("_", "-"))


def resolve_outlets(names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return outlets as they are indexed, however they were capitalised; raise BadQuestion for one that is not."""
    by_folded = {name.casefold(): name for name in known}
    found = []
    for name in names:
        folded = name.strip().casefold()
        if folded not in by_folded:
            similar = get_close_matches(folded, by_folded, n=3, cutoff=0.5)
            suggestion = f" Did you mean {' or '.join(by_folded[one] for one in similar)}?" if similar else ""
            raise BadQuestion(
                f'No article is from "{name[:80]}".{suggestion} `verbatim stats` lists the outlets.'
            )
        found.append(by_folded[folded])
    return tuple(found)


def run_demo(settings: Settings) -> int:
    """Index the bundled sample where it is not yet, answer the question of the demo, then those of a person."""
    console = stdout_console()
    with open_archive(settings, settings.data / "demo") as archive:
        _add_sample(archive)
        answer = archive.ask(DEMO_QUESTION)
        print_answer(answer, console)
        if sys.stdin.isatty():
            _run_prompt(archive, console)
    return 0


def _add_sample(archive: Archive) -> None:
    """Add the sample's articles; those that are indexed already cost nothing."""
    from index import read_inputs  # with what reads pages: only the demo needs it

    with as_file(files("index") / "sample") as folder, stderr_console().status("Indexing the sample ..."):
        rows = sorted(str(path) for path in folder.glob("*.jsonl"))
        for added in archive.add(read_inputs(rows)):
            if added.reason:
                raise VerbatimError(f"The sample is damaged, install Verbatim anew: {added.reason}")


def _run_prompt(archive: Archive, console: Console) -> None:
    """Answer questions until an empty line, the end of input or Ctrl-C."""
    outlets = ", ".join(sanitize(name) for name in archive.outlets())
    console.print(f"\nAsk the sample yourself ({outlets}). An empty line ends it.", markup=False)
    previous = DEMO_QUESTION
    try:
        while question := console.input("[bold]> [/bold]").strip():
            if _ask_and_print(archive, question, previous, console):
                previous = question
    except (EOFError, KeyboardInterrupt):
        console.print()


def _ask_and_print(archive: Archive, question: str, previous: str, console: Console) -> Answer | None:
    """Print the answer to one question, or why it cannot be asked."""
    try:
        answer = archive.ask(question, previous=previous, day_first=terminal_day_first())
    except BadQuestion as bad:
        console.print(sanitize(str(bad)), markup=False)
        return None
    print_answer(answer, console)
    return answer
