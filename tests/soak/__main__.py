"""`python -m tests.soak`: an hour of 10,000 questions from 500 people, or as much as is wanted."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from index.encoding.encoder import load_encoder
from tests.conftest import MODELS
from tests.soak.run import Load, soak


def main() -> int:
    """Print the report; return 1 if a question was lost or doubled, if something grew, or the bot had a fault."""
    usual = Load()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=usual.questions)
    parser.add_argument("--rate", type=float, default=usual.rate, help="questions a second")
    parser.add_argument("--people", type=int, default=usual.people)
    parser.add_argument(
        "--at-once", type=int, default=usual.at_once, help="questions at the same moment, at the end"
    )
    asked = parser.parse_args()
    load = Load(questions=asked.questions, rate=asked.rate, people=asked.people, at_once=asked.at_once)
    load_encoder(None, MODELS)
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(soak(Path(folder), MODELS, load))
    print("\n".join(report.lines()))  # noqa: T201 - what the command is for
    wrong = [*report.bad, *report.grown]
    print(f"NOT in order: {'; '.join(wrong)}" if wrong else "in order")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
