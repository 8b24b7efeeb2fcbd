"""`verbatim doctor`: checks of everything the bot needs, and what to fix."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dotenv import dotenv_values
from rich.table import Table
from rich.text import Text

from bot import logs
from bot.cli.answer_view import sanitize
from bot.cli.open_archive import models_folder, open_archive, stdout_console
from bot.config import BadSettings, Settings, load_settings, token_problem, unknown_variables
from index import Archive, Article, IntegrityReport, VerbatimError

MIN_FREE_BYTES = 500_000_000  # bytes, judged: the exported model and some ten thousand articles
MAX_DAMAGED_NAMED = 5  # addresses of damaged articles; judged
_PROBE = Article(
    url="https://example.com/doctor",
    outlet="Doctor",
    title="The lighthouse keeper counted the ships",
    text="The lighthouse keeper counted eleven ships before breakfast on Tuesday.",
)


class CheckStatus(StrEnum):
    """The outcome of one check."""

    OK = "ok"
    NOTE = "note"
    FIX = "fix"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check: of what, the outcome, and what to do."""

    subject: str
    status: CheckStatus
    message: str


def run_doctor(*, online: bool = False) -> int:
    """Print one line for each check, with `online` also of those that need the network; return 1 when something must be fixed."""
    if online:
        logs.configure_logging("ERROR")  # what discord.py notes of itself is no finding
    table = Table.grid(padding=(0, 2))
    colours = {CheckStatus.OK: "green", CheckStatus.NOTE: "yellow", CheckStatus.FIX: "bold red"}
    exit_code = 0
    for finding in run_checks(online=online):
        message = Text(sanitize(finding.message))
        table.add_row(Text(finding.status.value, style=colours[finding.status]), finding.subject, message)
        exit_code = max(exit_code, int(finding.status is CheckStatus.FIX))
    console = stdout_console()
    console.print(table)
    console.print(
        "Fix what is marked, then run `verbatim doctor` again." if exit_code else "Everything is fine."
    )
    return exit_code


def run_checks(*, online: bool = False) -> Iterator[CheckResult]:
    """Yield the result of each check, in the order in which to fix them; only settings errors if there are any."""
    try:
        settings = load_settings()
    except BadSettings as bad:
        for line in str(bad).splitlines():
            yield CheckResult("settings", CheckStatus.FIX, line)
        return
    yield _check_settings()
    yield _check_token(settings)
    folder = _check_folder(settings.data)
    yield folder
    if folder.status is not CheckStatus.FIX:
        yield _check_model(settings)
        index = _check_index(settings)
        yield index
        if online and index.status is not CheckStatus.FIX:
            from bot.cli.doctor_online import check_online  # discord.py takes a second to import

            yield from check_online(settings)


def _check_settings() -> CheckResult:
    """Warn of variables that begin with VERBATIM_ and are no setting."""
    written = dotenv_values(".env", interpolate=False) if Path(".env").is_file() else {}
    unknown = unknown_variables([*os.environ, *written])
    if unknown:
        message = f"{', '.join(unknown)}: no such setting; look for a typing error, docs/settings.md lists them all."
        return CheckResult("settings", CheckStatus.NOTE, message)
    source = "the environment and .env" if written else "the environment; there is no .env here"
    return CheckResult("settings", CheckStatus.OK, f"read from {source}")


def _check_token(settings: Settings) -> CheckResult:
    """Check the token's form; only Discord knows whether it is valid."""
    problem = token_problem(settings.discord_token.get_secret_value() if settings.discord_token else "")
    return CheckResult(
        "token", CheckStatus.FIX if problem else CheckStatus.OK, problem or "has the form of a bot token"
    )


def _check_folder(folder: Path) -> CheckResult:
    """Write and read a file in the data folder, and check the free space."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"probe")
            file.seek(0)
            file.read()
        next(folder.iterdir(), None)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        message = f"{folder} cannot be used: {error.strerror}. Make it a folder you may write to, or set VERBATIM_DATA."
        return CheckResult("data folder", CheckStatus.FIX, message)
    space = f"{folder.resolve()}, {free / 1e9:,.1f} GB free"
    if free < MIN_FREE_BYTES:
        return CheckResult(
            "data folder", CheckStatus.FIX, f"{space}: make room, or set VERBATIM_DATA to another disk."
        )
    return CheckResult("data folder", CheckStatus.OK, space)


def _check_model(settings: Settings) -> CheckResult:
    """Index one sentence in a temporary folder and ask for it, which needs every part of the pipeline."""
    name = settings.model or "the bundled model"
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            Archive.open(
                Path(folder), model=settings.model or None, models=models_folder(settings)
            ) as archive,
        ):
            refused = [added.reason for added in archive.add([_PROBE]) if added.reason]
            found = archive.ask("How many ships did the lighthouse keeper count?").quotes
    except VerbatimError as error:
        return CheckResult("model", CheckStatus.FIX, str(error))
    if refused or not found:
        message = f"{name} does not find a sentence put before it. Leave VERBATIM_MODEL empty for the bundled model."
        return CheckResult("model", CheckStatus.FIX, message)
    return CheckResult("model", CheckStatus.OK, f"{name} loads and finds a sentence again")


def _damage_message(damage: IntegrityReport) -> str:
    """Say what of the index is damaged, and what to do."""
    if damage.file:
        return f"the file is damaged ({damage.file}). Stop the bot, and restore a backup: `verbatim restore FILE`."
    said, urls = [], (*damage.texts, *damage.vectors)
    if urls:
        said.append(
            f"{len(urls):,} articles were changed by a fault of the disk ({_first_of(urls)}). Add them again; or restore "
            "a backup; or run `verbatim rebuild`, which drops those that cannot be read."
        )
    if damage.places:
        said.append(
            f"Whose news {len(damage.places):,} of these are was changed by a fault of the disk, and nobody is shown them: "
            f"{_first_of(damage.places)}. Restore a backup; or run `verbatim rebuild`, then add the feeds again."
        )
    return " ".join(said)


def _first_of(names: Sequence[str]) -> str:
    """List the first of many names."""
    return ", ".join(names[:MAX_DAMAGED_NAMED]) + (" and more" if len(names) > MAX_DAMAGED_NAMED else "")


def _check_index(settings: Settings) -> CheckResult:
    """Open the index with the model of the settings, and read all of it: checksums tell what a disk has changed."""
    try:
        with open_archive(settings) as archive:
            stats, damage = archive.stats(), archive.check()
    except VerbatimError as error:
        return CheckResult("index", CheckStatus.FIX, str(error))
    if not damage.is_whole:
        return CheckResult("index", CheckStatus.FIX, _damage_message(damage))
    if not stats.articles:
        return CheckResult("index", CheckStatus.NOTE, "empty; put articles in: verbatim add INPUT...")
    return CheckResult("index", CheckStatus.OK, f"{stats.articles:,} articles, {stats.sentences:,} sentences")
