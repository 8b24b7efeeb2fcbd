"""Plays a year, or measures what following costs: `python -m tests.bench.follows QUESTIONS --index FOLDER [--out FILE]`."""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from index.archive import Archive
from tests.bench import report
from tests.bench.corpus import read_corpus
from tests.bench.follows.cost import cost
from tests.bench.follows.year import play
from tests.conftest import SHARED_DATA


def main(arguments: Sequence[str] | None = None) -> None:
    """Write each quote that is posted as a line of JSON, or show the table of costs where no file is named."""
    wanted = _options().parse_args(arguments)
    lines = wanted.questions.read_text("utf-8").splitlines()
    questions = [line.strip() for line in lines if line.strip()]
    with Archive.open(wanted.index, models=wanted.models) as archive:
        if wanted.out:
            asyncio.run(_write(archive, questions, wanted))
            return
        asked = [text for text, _ in read_corpus(wanted.data).questions]
        about = report.machine()
        report.show(list(cost(archive, questions, asked, wanted.year)), about)


async def _write(archive: Archive, questions: Sequence[str], wanted: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder, wanted.out.open("w", encoding="utf-8") as out:
        async for quote in play(archive, questions, wanted.year, Path(folder)):
            print(json.dumps(asdict(quote), ensure_ascii=False), file=out, flush=True)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.follows", description=__doc__)
    options.add_argument("questions", type=Path, help="a file of followed questions, one on a line")
    options.add_argument("--index", type=Path, required=True, help="the data folder that holds the year")
    options.add_argument(
        "--out", type=Path, help="where posted quotes are written; without it costs are measured"
    )
    options.add_argument("--models", type=Path, help="the folder of the encoder's export")
    options.add_argument("--data", type=Path, default=SHARED_DATA, help="the folder of evaluation data")
    options.add_argument("--year", type=int, default=2023)
    return options


if __name__ == "__main__":
    main()
