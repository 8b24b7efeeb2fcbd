"""A command of `verbatim`, aimed at a local Discord, in a hurry: it polls, posts and tries again within a second."""

import sys
from functools import partial

from tests.bot.run_probed import widen_limits
from tests.discord_server.aim import aimed_at


def main(base: str, *arguments: str) -> None:
    """Run until a signal comes."""
    with aimed_at(base):
        from bot import config
        from bot.cli import app
        from bot.exts.follow import FollowCog
        from index.feeds import leases, worker
        from index.feeds.schedule import PollSchedule

        widen_limits()
        quick = PollSchedule(min_interval=0.3, max_interval=0.3, min_refetch_delay=0.0, initial_back_off=0.3)
        worker.PollSchedule, worker.RETRY_DELAY = lambda: quick, 0.5
        leases.LEASE_SECONDS, leases.RENEW_SECONDS = 5.0, 1.0
        config.FetchSettings = partial(config.FetchSettings, min_crawl_delay=0.0)
        FollowCog.update.change_interval(seconds=0.5)
        app.main(list(arguments))


if __name__ == "__main__":
    main(*sys.argv[1:])
