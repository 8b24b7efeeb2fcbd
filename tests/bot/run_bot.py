"""The bot as a process of its own: `run_bot.py <base url> <data folder> [slow]`, with made-up news behind it."""

import sys
import time
from pathlib import Path

from pydantic import SecretStr

from tests.discord_server.aim import aimed_at


def main(base: str, folder: str, token: str, mode: str = "") -> int:
    """Run until a signal comes. `slow` makes opening the archive take for ever."""
    with aimed_at(base):
        from bot import client
        from bot.config import Settings
        from tests.bot.newsroom import News

        class Slow(News):
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
        return client.run(Settings(discord_token=SecretStr(token), data=Path(folder)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
