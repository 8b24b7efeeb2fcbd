"""The command line: what may be typed, and what each command returns to the shell.

Every command imports what it needs when it runs, so that `verbatim --help` is there at once.
"""

import atexit
import gc
import io
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, NoReturn

import typer

from bot.cli import feeds
from index import VerbatimError

DONE = 0
BAD_INPUT = 2  # what was asked for cannot be done as asked

app = typer.Typer(
    name="verbatim",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit with its code; expected errors are printed as a sentence, with code 2."""
    atexit.register(gc.freeze)  # what is left in memory goes with the process, unsearched
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a letter shows "?" for it
            stream.reconfigure(errors="replace")
    try:
        typer.main.get_command(app)(arguments, prog_name="verbatim")
    except VerbatimError as error:
        _exit_with_error(str(error))
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        _exit_with_error(f"{error.strerror or error}{where}. Run `verbatim doctor` to see what can be done.")
    sys.exit(DONE)


def _exit_with_error(words: str) -> NoReturn:
    """Print what went wrong and exit with code 2."""
    from bot.cli.answer_view import sanitize

    for line in words.splitlines():
        print(f"verbatim: {sanitize(line)}", file=sys.stderr)  # noqa: T201 - the only print: rich may not be loaded
    sys.exit(BAD_INPUT)


def _show_version(wanted: bool) -> None:
    """Print the version and exit."""
    if not wanted:
        return
    try:
        typer.echo(f"verbatim {version('verbatim-news')}")
    except PackageNotFoundError:
        typer.echo("verbatim, not installed: run `make setup`")
    raise typer.Exit(DONE)


app.add_typer(feeds.app, name="feeds")
snapshot = typer.Typer(
    no_args_is_help=True, help="The search indexes in one file, for another bot on the same store."
)
app.add_typer(snapshot, name="snapshot")


@app.callback()
def verbatim(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave."),
    ] = False,
) -> None:
    """Answer questions about the news with word-for-word quotes, in the terminal and on Discord."""


@app.command()
def demo() -> None:
    """Answer "Did Trump call Putin?" from the bundled sample; on a terminal, then answer yours."""
    from bot.cli.ask import run_demo
    from bot.config import load_settings

    raise typer.Exit(run_demo(load_settings()))


@app.command()
def add(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Addresses; HTML, text, Markdown or JSON lines files (also .gz); folders of them; or - for what is piped in.",
        ),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option(help="Its headline. With one input only.")] = None,
    url: Annotated[str | None, typer.Option(help="The address it is read at. With one input only.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was published: 2024-11-10, or in words.")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
) -> None:
    """Put articles into the index. An article that is there already is replaced if it changed."""
    from bot.cli.add import run_add
    from bot.config import load_settings

    overrides = {"outlet": outlet, "title": title, "url": url, "date": date, "author": author}
    raise typer.Exit(run_add(load_settings(), inputs or [], overrides))


@app.command()
def ask(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION...", help="The question, in quotation marks or not.")
    ],
    since: Annotated[
        str | None, typer.Option(help="Only articles from then on: 2024-11-10, or in words.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Only articles up to then, that day included.")] = None,
    outlet: Annotated[
        list[str] | None, typer.Option(help="Only from this outlet; may be given again.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every quote found, not the first three.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Write JSON, in the shape docs/json.md documents.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say of every quote why it was chosen.")] = False,
    server: Annotated[
        int | None,
        typer.Option(
            metavar="ID", min=1, help="As on this Discord server: from the house and its own feeds."
        ),
    ] = None,
) -> None:
    """Answer a question. Leaves with 0 if there is an answer, 1 if not, 2 if it cannot be asked."""
    gc.disable()  # one question leaves little behind; looking for it again and again takes longer
    try:
        from bot.cli.ask import AskOptions, run_ask
        from bot.config import load_settings

        request = AskOptions(
            " ".join(question), since=since, until=until, outlets=tuple(outlet or ()), server=server
        )
        raise typer.Exit(run_ask(load_settings(), request, everything=everything, json=json, explain=explain))
    finally:
        gc.enable()


@app.command()
def run(
    shards: Annotated[
        str | None, typer.Option(metavar="NUMBERS", help="Which shards this process has: 0-3, or 0-3,8.")
    ] = None,
    shard_count: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="How many shards all processes have together.")
    ] = None,
) -> None:
    """Start the Discord bot."""
    from bot.config import load_settings, require_token
    from bot.shutdown import ShutdownSignal

    settings = load_settings(shards=shards, shard_count=shard_count)
    require_token(settings)
    signal = ShutdownSignal()
    with signal.installed():
        from bot.client import run as run_bot  # importing takes a second, in which Ctrl-C must work

        code = run_bot(settings, signal)
    raise typer.Exit(code)


@app.command()
def stats() -> None:
    """Say what is in the index."""
    from bot.cli.maintenance import run_stats
    from bot.config import load_settings

    raise typer.Exit(run_stats(load_settings()))


@app.command()
def feedback(
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line.")] = False,
) -> None:
    """Say what people on Discord thought of the answers."""
    from bot.cli.feedback_report import run_feedback
    from bot.config import load_settings

    raise typer.Exit(run_feedback(load_settings(), as_json=json))


@app.command()
def doctor(
    online: Annotated[
        bool, typer.Option("--online", help="Also ask Discord, and fetch every feed that is followed.")
    ] = False,
) -> None:
    """Check settings, token, data folder, model and index, and say what to fix."""
    from bot.cli.doctor import run_doctor

    raise typer.Exit(run_doctor(online=online))


@app.command()
def remove(
    url: Annotated[str | None, typer.Argument(help="The article's address.")] = None,
    outlet: Annotated[str | None, typer.Option(help="All articles of this outlet.")] = None,
    older_than: Annotated[
        str | None, typer.Option(help="All articles older than 90d, 12w, 6m or 1y; with --outlet only its.")
    ] = None,
) -> None:
    """Take one article, an outlet or old articles out of the index, and out of every answer."""
    from bot.cli.maintenance import run_remove
    from bot.config import load_settings

    raise typer.Exit(run_remove(load_settings(), url, outlet=outlet, older_than=older_than))


@app.command()
def prune() -> None:
    """Remove what VERBATIM_KEEP does not keep, and give the room of all that has gone back to the disk."""
    from bot.cli.maintenance import run_prune
    from bot.config import load_settings

    raise typer.Exit(run_prune(load_settings()))


@app.command()
def rebuild() -> None:
    """Make the index anew from the stored articles: after a change of model, or damage."""
    from bot.cli.maintenance import run_rebuild
    from bot.config import load_settings

    raise typer.Exit(run_rebuild(load_settings()))


@app.command()
def backup(
    file: Annotated[str, typer.Argument(help="Where to write it; an earlier backup is replaced.")],
) -> None:
    """Write all that is stored to one file, verified; beside a running bot too."""
    from pathlib import Path

    from bot.cli.backup import run_backup
    from bot.config import load_settings

    raise typer.Exit(run_backup(load_settings(), Path(file)))


@app.command()
def restore(file: Annotated[str, typer.Argument(help="A file that `verbatim backup` wrote.")]) -> None:
    """Put a backup in the place of what is stored, and keep that as a backup too."""
    from pathlib import Path

    from bot.cli.backup import run_restore
    from bot.config import load_settings

    raise typer.Exit(run_restore(load_settings(), Path(file)))


@app.command()
def migrate(
    to: Annotated[
        str,
        typer.Option(
            metavar="URL|FOLDER",
            help="postgresql://user:password@host/name, or the folder that is to hold it.",
        ),
    ],
) -> None:
    """Move everything that is kept to a PostgreSQL database or to a folder, and compare both."""
    from bot.cli.migrate import run_migrate
    from bot.config import load_settings

    raise typer.Exit(run_migrate(load_settings(), to))


@snapshot.command("save")
def save_snapshot(
    file: Annotated[str, typer.Argument(help="Where to write it; an earlier snapshot is replaced.")],
) -> None:
    """Write the indexes to a file; beside a running bot too."""
    from pathlib import Path

    from bot.cli.maintenance import run_snapshot_save
    from bot.config import load_settings

    raise typer.Exit(run_snapshot_save(load_settings(), Path(file)))


@snapshot.command("load")
def load_snapshot(
    file: Annotated[str, typer.Argument(help="A file that `verbatim snapshot save` wrote.")],
) -> None:
    """Take the indexes from a file instead of making them, into a data folder without any."""
    from pathlib import Path

    from bot.cli.maintenance import run_snapshot_load
    from bot.config import load_settings

    raise typer.Exit(run_snapshot_load(load_settings(), Path(file)))


@app.command("eval")
def measure(
    data: Annotated[str, typer.Option(help="The folder of evaluation data.")] = "../shared/data",
    quick: Annotated[bool, typer.Option("--quick", help="A small part of the same measures.")] = False,
    fit: Annotated[bool, typer.Option("--fit", help="Keep the newly fitted ranking.")] = False,
    pin: Annotated[bool, typer.Option("--pin", help="Raise the floors to the figures.")] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help="With --pin: lower floors where figures fell.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
    store: Annotated[
        str | None, typer.Option(help="An empty PostgreSQL database to keep the corpus in.")
    ] = None,
) -> None:
    """Measure how good the answers are; 1 if a figure is below its floor. For developers."""
    from pathlib import Path

    from bot.cli.evaluate import EvalOptions, run_eval
    from bot.config import load_settings

    options = EvalOptions(
        Path(data), quick=quick, fit=fit, pin=pin, allow_lower=allow_lower, json=json, store=store
    )
    raise typer.Exit(run_eval(load_settings(), options))


@app.command()
def train(
    data: Annotated[str, typer.Option(help="The folder of training data.")] = "../shared/train",
    folder: Annotated[
        str, typer.Option(help="Where the index, checkpoints and the log are kept.")
    ] = "data/reader",
) -> None:
    """Train the reader and fit the chances of what it reads; run it again to go on. For developers."""
    from pathlib import Path

    from bot.cli.train import run_train
    from bot.config import load_settings

    raise typer.Exit(run_train(load_settings(), Path(data), Path(folder)))
