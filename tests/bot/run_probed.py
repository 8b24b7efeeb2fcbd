"""`verbatim run` on a local Discord, with a probe in it: `run_probed.py <base url> <folder of the probe>`.

Its limits are wide: how fast a person may ask, and how long an answer may take, is not what is looked at.
"""

import sys
from functools import partial
from pathlib import Path

from tests.bot.live_memory import Probe
from tests.discord_server.aim import aimed_at
from tests.discord_server.launch import main


def widen_limits() -> None:
    """Let one person ask often, and answers take long; only now may the bot be imported, aimed and on the probe's clock."""
    from bot import client
    from bot.services.query_service import Limits, QueryService

    wide = Limits(questions=1000, server=1000, clicks=1000, answer=600.0)
    client.QueryService = partial(QueryService, limits=wide)


if __name__ == "__main__":
    probe = Probe(Path(sys.argv[2]))
    with aimed_at(sys.argv[1]):
        widen_limits()
    main([sys.argv[1], "run"])
