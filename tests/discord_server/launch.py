"""Runs the product's own command line against a local server: `launch.py <base url> [arguments]`.

The base URL is DiscordServer.url; the rest is passed on as it is, `run` when there is nothing.
"""

import sys

from tests.discord_server.aim import aimed_at


def main(arguments: list[str]) -> None:
    """Aim discord.py, then hand over to `bot.cli.app.main`, which reads sys.argv."""
    base, *rest = arguments
    with aimed_at(base):
        from bot.cli.app import main as run  # discord.py must be aimed before the product is imported

        sys.argv = ["verbatim", *(rest or ["run"])]
        run()


if __name__ == "__main__":
    main(sys.argv[1:])
