"""`verbatim run`, which looks at what is followed twice a second and waits five seconds for a killed process."""

import sys

from tests.discord_server.aim import aimed_at


def main(base: str, *options: str) -> None:
    """Run until a signal comes."""
    with aimed_at(base):
        from bot.cli import app
        from bot.exts.follow import FollowCog
        from bot.services import peers

        peers.POSTING_SECONDS, peers.RENEW_EVERY = 5.0, 0.5
        FollowCog.update.change_interval(seconds=0.5)
        app.main(["run", *options])


if __name__ == "__main__":
    main(*sys.argv[1:])
