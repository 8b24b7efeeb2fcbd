"""`python -m tests.torture [ROUNDS] [SEED]`: kill a process so many times (200), and say what was found."""

import json
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.harness import Torture

ROUNDS = 200


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 10**6
    torture = Torture(Path(tempfile.mkdtemp(prefix="torture-")), seed)
    began = time.monotonic()
    print(f"seed {seed}, {rounds} rounds in {torture.work}", flush=True)  # noqa: T201
    for turn, killed in enumerate(torture.run(rounds), 1):
        print(f"{turn:4} {killed}, {len(torture.model.now)} articles", flush=True)  # noqa: T201
    minutes = round((time.monotonic() - began) / 60, 1)
    print(json.dumps({"seed": seed, "kills": dict(torture.kills), "minutes": minutes}))  # noqa: T201


if __name__ == "__main__":
    main()
