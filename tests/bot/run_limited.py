"""`verbatim run` with made-up news and small budgets: `run_limited.py <base url> <folder> <token> <spacing> <refused>`.

Requests of all processes are `spacing` seconds apart; after so many that were `refused` no more are sent for a while.
"""

import sys

from tests.bot import run_bot
from tests.bot.run_probed import widen_limits
from tests.discord_server.aim import aimed_at


def main(base: str, folder: str, token: str, spacing: str, refused: str, *options: str) -> None:
    """Run until a signal comes."""
    with aimed_at(base):
        from bot.gateway import request_budget

        request_budget.SPACING, request_budget.MAX_REFUSED = float(spacing), int(refused)
        widen_limits()
    run_bot.main(base, folder, token, "", *options)


if __name__ == "__main__":
    main(*sys.argv[1:])
