"""Measures: `python -m tests.bench [--sizes 10000 100000 1000000] [--rivals] [--json FILE]`."""

import argparse
import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from index.archive import Archive
from index.encoding.encoder import load_encoder
from tests.bench import circles, cold, crowd, millions, reader_cost, report, warm
from tests.bench.built import Place
from tests.bench.clock import Row
from tests.bench.corpus import read_corpus
from tests.bench.rivals import run
from tests.conftest import REPOSITORY, SHARED_DATA

KEPT = Path(os.environ.get("VERBATIM_DATA", REPOSITORY / "data"))  # where `verbatim eval` keeps its encodings


def main(arguments: Sequence[str] | None = None) -> list[Row]:
    """Take every measure, show the table, and write JSON if it is wanted."""
    wanted = _options().parse_args(arguments)
    place = Place(wanted.folder, wanted.kept / "eval", wanted.kept / "models")
    about = report.machine()
    rows: list[Row] = []
    for row in _measured(wanted, place):
        rows.append(row)
        print(f"{row.name}: {row.value:,.2f} {row.unit}", flush=True)  # noqa: T201
    report.show(rows, about)
    if wanted.json:
        report.write(rows, about, wanted.json)
    return rows


def _measured(wanted: argparse.Namespace, place: Place) -> Iterator[Row]:
    corpus, encoder = read_corpus(wanted.data), load_encoder(None, place.models)
    for size in wanted.sizes:
        built = place.built(corpus, encoder, size)
        with Archive(built.folder, encoder) as archive:
            yield from warm.answers(built, archive, corpus, encoder)
            yield from warm.shares(built, archive, corpus)
            yield from warm.recall(built, archive, corpus, encoder)
            yield from millions.lists_of(built, archive, corpus, encoder, place)
        yield from crowd.at_once(built, corpus, encoder, place)
        yield from reader_cost.reader_cost(built, corpus, encoder)
        yield from circles.with_circles(built, corpus, encoder, place)
        if not wanted.warm:
            yield from reader_cost.memory(built, place, wanted.data)
            yield from cold.start(built, place.models)
    if wanted.times:
        built = place.built(corpus, encoder, wanted.multiplied)
        yield from millions.millions(built, wanted.times, corpus, encoder, place, wanted.data)
    if wanted.ingest and not wanted.warm:
        with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
            yield from cold.ingest(Path(folder), place, wanted.data, wanted.ingest)
    if wanted.rivals:
        yield from run.measured(place, wanted.data)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[10_000, 100_000, 1_000_000],
        help="of the indexes, in sentences",
    )
    options.add_argument(
        "--ingest", type=int, default=12_000, help="real sentences that are taken in; 0: none"
    )
    options.add_argument(
        "--times",
        type=int,
        default=0,
        help="also an index of the one that --multiplied names, so many times over: 10 is ten millions",
    )
    options.add_argument(
        "--multiplied", type=int, default=1_000_000, help="the size of the index that --times takes"
    )
    options.add_argument("--rivals", action="store_true", help="also what a person would build otherwise")
    options.add_argument("--data", type=Path, default=SHARED_DATA, help="the folder of evaluation data")
    options.add_argument(
        "--folder",
        type=Path,
        default=KEPT / "bench",
        help="where indexes and environments are built and kept",
    )
    options.add_argument("--kept", type=Path, default=KEPT, help="where encodings and models are kept")
    options.add_argument("--warm", action="store_true", help="only what needs no further process")
    options.add_argument("--json", type=Path, help="also write everything here")
    return options


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    main()
