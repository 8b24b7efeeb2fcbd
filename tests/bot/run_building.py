"""`verbatim run` on a local Discord, which makes its indexes when it is let: `run_building.py <base url> <folder>`.

It waits for a file `go` in the folder before it indexes an article.
"""

import sys
import time
from pathlib import Path

from tests.bot.run_probed import widen_limits
from tests.discord_server.aim import aimed_at
from tests.discord_server.launch import main


def hold_back(go: Path) -> None:
    """Let indexes be made in a thread however little is missing, and not before a file is there."""
    from index.retrieval import index_set
    from index.retrieval.keyword_index import KeywordIndex

    index_set.MAX_MISSING = 0
    add = KeywordIndex.add

    def add_when_let(index, *arguments):
        while not go.exists():
            time.sleep(0.02)
        add(index, *arguments)

    KeywordIndex.add = add_when_let


if __name__ == "__main__":
    hold_back(Path(sys.argv[2]) / "go")
    with aimed_at(sys.argv[1]):
        widen_limits()
    main([sys.argv[1], "run"])
