"""Measures: `python -m tests.bench [--sizes 10000 100000] [--ingest 5000] [--data FOLDER] [--json FILE]`."""

import argparse
import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from index.encoder import load_encoder
from tests.bench import cold, report, warm
from tests.bench.clock import Row
from tests.bench.corpus import read_corpus
from tests.conftest import MODELS, SHARED_DATA


def main(arguments: Sequence[str] | None = None) -> list[Row]:
    """Take every measure, show the table, and write JSON if it is wanted."""
    wanted = _options().parse_args(arguments)
    about = report.machine()
    rows: list[Row] = []
    for row in _measured(wanted):
        rows.append(row)
        print(f"{row.name}: {row.value:,.1f} {row.unit}", flush=True)  # noqa: T201
    report.show(rows, about)
    if wanted.json:
        report.write(rows, about, wanted.json)
    return rows


def _measured(wanted: argparse.Namespace) -> Iterator[Row]:
    corpus, encoder = read_corpus(wanted.data), load_encoder(None, MODELS)
    with tempfile.TemporaryDirectory(dir=wanted.folder) as place:
        for size in wanted.sizes:
            built, rows = warm.build(corpus, encoder, size, Path(place, str(size)))
            yield from rows
            yield from warm.answers(built, corpus, encoder)
            yield from warm.at_once(built, corpus)
            built.archive.close()
            if not wanted.warm:
                yield from cold.start(built.folder, MODELS, built.sentences)
        if not wanted.warm:
            yield from cold.ingest(Path(place, "ingest"), MODELS, wanted.data, wanted.ingest)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument(
        "--sizes", type=int, nargs="+", default=[10_000, 100_000], help="of the indexes, in sentences"
    )
    options.add_argument("--ingest", type=int, default=5_000, help="real sentences that are taken in")
    options.add_argument("--data", type=Path, default=SHARED_DATA, help="the folder of evaluation data")
    options.add_argument(
        "--folder", type=Path, help="where indexes are built meanwhile; the system's if not given"
    )
    options.add_argument("--warm", action="store_true", help="only what needs no further process")
    options.add_argument("--json", type=Path, help="also write everything here")
    return options


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    main()
