"""`verbatim run` as a process of its own, with made-up news behind it.

`run_bot.py <base url> <data folder> <token> <mode> [options of verbatim run]`
"""

import os
import sys
import time
from pathlib import Path

from tests.discord_server.aim import aimed_at


def main(base: str, folder: str, token: str, mode: str = "", *options: str) -> None:
    """Run until a signal comes. `slow` makes opening the archive take for ever."""
    with aimed_at(base):
        from bot import client
        from bot.cli import app
        from tests.bot.newsroom import News

        class Slow(News):
            place = Path(folder, "verbatim.db")

            def ask(self, text, **how):
                time.sleep({"slow": 1.0, "stuck": 600.0}.get(text.split()[0], 0))
                return super().ask(text, **how)

            def close(self):
                Path(folder, "closed").touch()

        def open_archive(settings):
            Path(folder, "opening").touch()
            time.sleep(600 if mode == "slow" else 0)
            return Slow()

        client._open = open_archive
        os.environ |= {"DISCORD_TOKEN": token, "VERBATIM_DATA": folder}
        app.main(["run", *options])


if __name__ == "__main__":
    main(*sys.argv[1:])
