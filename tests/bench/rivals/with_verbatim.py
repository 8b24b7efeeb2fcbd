"""Verbatim: the quotes of its answer. BENCH_MODELS is where its export lies, BENCH_RANKING another ranking,
BENCH_READER the reader as settings name it."""

import os
from datetime import UTC, datetime
from pathlib import Path

from measured import main

from index.ranking import model

if os.environ.get("BENCH_RANKING"):
    other = model.RankingModel.from_json(Path(os.environ["BENCH_RANKING"]).read_text(encoding="utf-8"))
    model.bundled_ranking = lambda: other

from index.archive import Archive
from index.ingest.inputs import read_inputs

MODELS = Path(os.environ["BENCH_MODELS"])


def build(_articles, folder):
    with Archive.open(folder, models=MODELS) as archive:
        archive.add(read_inputs([str(folder.parent / "articles.jsonl")]))


def opened(folder):
    archive = Archive.open(folder, models=MODELS, reader=os.environ.get("BENCH_READER"))

    def ask(question, day):
        now = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
        return [quote.text for quote in archive.ask(question, now=now).quotes]

    return ask


main(build, opened)
