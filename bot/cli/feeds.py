"""`verbatim feeds`: the feeds that are followed, from the terminal."""

from typing import Annotated

import typer

ServerOption = Annotated[
    int | None, typer.Option("--server", metavar="ID", min=1, help="A Discord server, by its ID.")
]

app = typer.Typer(
    no_args_is_help=True, help="The feeds of outlets: name them once, and their articles arrive."
)


@app.command()
def add(
    urls: Annotated[
        list[str], typer.Argument(metavar="URL...", help="Addresses of feeds, or of sites that name theirs.")
    ],
    server: ServerOption = None,
) -> None:
    """Follow feeds: RSS, Atom, JSON Feed, news sitemaps, or what a site names as its feed.

    They are the house's, which answers everywhere; with --server that server's alone.
    """
    from bot.cli.feeds_output import run_add
    from bot.config import load_settings

    raise typer.Exit(run_add(load_settings(), urls, server))


@app.command("list")
def show(server: ServerOption = None) -> None:
    """List the feeds that are followed, how often each is looked at, whose it is, and what is wrong with it.

    With --server those that answer on that server.
    """
    from bot.cli.feeds_output import run_list
    from bot.config import load_settings

    raise typer.Exit(run_list(load_settings(), server))


@app.command()
def accept(url: Annotated[str, typer.Argument(help="The feed's address, as `list` shows it.")]) -> None:
    """Lift a server's feed into the house: its articles answer everywhere."""
    from bot.cli.feeds_output import run_accept
    from bot.config import load_settings

    raise typer.Exit(run_accept(load_settings(), url))


@app.command()
def remove(
    url: Annotated[str, typer.Argument(help="The feed's address, as `list` shows it.")],
    server: ServerOption = None,
) -> None:
    """Follow a feed no more. What it brought into the house stays; what it brought to a server goes.

    With --server it is taken from that server alone.
    """
    from bot.cli.feeds_output import run_remove
    from bot.config import load_settings

    raise typer.Exit(run_remove(load_settings(), url, server))


@app.command()
def check(
    urls: Annotated[
        list[str] | None, typer.Argument(metavar="[URL...]", help="Addresses; all that are followed if none.")
    ] = None,
) -> None:
    """Look at feeds now, and say in words what is wrong. Changes nothing."""
    from bot.cli.feeds_output import run_check
    from bot.config import load_settings

    raise typer.Exit(run_check(load_settings(), urls or []))


@app.command("import")
def take_over(
    file: Annotated[
        str, typer.Argument(help="An OPML file, as feed readers write them; - for what is piped in.")
    ],
) -> None:
    """Follow every feed of an OPML list."""
    from bot.cli.feeds_output import run_import
    from bot.config import load_settings

    raise typer.Exit(run_import(load_settings(), file))


@app.command()
def export() -> None:
    """Write the feeds that are followed as an OPML list."""
    from bot.cli.feeds_output import run_export
    from bot.config import load_settings

    raise typer.Exit(run_export(load_settings()))


@app.command()
def watch() -> None:
    """Follow the feeds without Discord, until Ctrl-C. `verbatim run` does it by itself."""
    from bot.cli.feeds_output import run_watch
    from bot.config import load_settings

    raise typer.Exit(run_watch(load_settings()))
