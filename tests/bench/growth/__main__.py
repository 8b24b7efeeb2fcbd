"""Measures a store on a server: `python -m tests.bench.growth [--sentences 10000] [--json FILE]`; minutes."""

import argparse
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog

from index.encoding.encoder import load_encoder
from index.evaluation.news_qa import read_rows
from tests.bench import report
from tests.bench.built import Place
from tests.bench.clock import Row
from tests.bench.corpus import Corpus, read_corpus
from tests.bench.growth import articles, place, polling, questions
from tests.bench.growth.server import server_version
from tests.conftest import REPOSITORY, SHARED_DATA

KEPT = Path(os.environ.get("VERBATIM_DATA", REPOSITORY / "data"))


def main(arguments: Sequence[str] | None = None) -> list[Row]:
    """Take every measure, show the table, and write JSON if it is wanted."""
    wanted = _options().parse_args(arguments)
    about = report.machine()
    rows: list[Row] = []
    for row in _measured(wanted, about):
        rows.append(row)
        print(f"{row.name}: {row.value:,.2f} {row.unit}", flush=True)  # noqa: T201
    about["load_after"] = round(os.getloadavg()[0], 2)
    report.show(rows, about)
    if wanted.json:
        report.write(rows, about, wanted.json)
    return rows


def _measured(wanted: argparse.Namespace, about: dict[str, Any]) -> Iterator[Row]:
    read, encoder = read_corpus(wanted.data), load_encoder(None, wanted.kept / "models")
    corpus = _answerable(replace(read, questions=read.questions[: wanted.questions]), wanted.data)
    kept = Place(wanted.folder / "growth", wanted.kept / "eval", wanted.kept / "models")
    with (
        place.opened(kept, corpus, encoder, wanted.sentences) as stores,
        TemporaryDirectory() as name,
    ):
        scratch = Path(name)
        about["postgres"] = server_version(stores.address)
        yield from place.room(stores, encoder)
        yield from questions.costs(stores, encoder)
        yield from questions.throughput(stores, wanted.seconds, scratch)
        yield from articles.following(stores, encoder)
        yield from articles.freshness(stores, encoder, wanted.fresh, scratch)
        yield from articles.ingest(stores, wanted.encoded, wanted.stored, scratch)
        yield from polling.polls(stores, wanted.feeds, wanted.rounds)


def _answerable(corpus: Corpus, data: Path) -> Corpus:
    """Return a corpus that begins with the articles that its questions are about: what is silence costs less."""
    questions = data / "news-qa" / "questions.jsonl.gz"
    if not questions.exists():
        return corpus
    asked = {text for text, _ in corpus.questions}
    listed = {url for row in read_rows(questions) if row["question"] in asked for url in row["articles"]}
    return replace(corpus, articles=sorted(corpus.articles, key=lambda one: one.url not in listed))


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    options.add_argument("--sentences", type=int, default=10_000, help="of the index")
    options.add_argument("--questions", type=int, default=60, help="different ones that are asked")
    options.add_argument("--seconds", type=float, default=6.0, help="for which bots are asked")
    options.add_argument("--encoded", type=int, default=32, help="articles that a fetcher takes in")
    options.add_argument("--stored", type=int, default=96, help="articles that a fetcher stores")
    options.add_argument("--fresh", type=int, default=80, help="articles that other bots wait for")
    options.add_argument("--feeds", type=int, default=10_000, help="that are followed")
    options.add_argument("--rounds", type=int, default=15, help="in which a fetcher polls some of them")
    options.add_argument("--data", type=Path, default=SHARED_DATA, help="the folder of evaluation data")
    options.add_argument("--folder", type=Path, default=KEPT / "bench", help="where the index is kept")
    options.add_argument("--kept", type=Path, default=KEPT, help="where encodings and models are kept")
    options.add_argument("--json", type=Path, help="also write everything here")
    return options


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    main()
