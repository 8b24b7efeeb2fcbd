"""Ingest, start and memory: each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.clock import Row
from tests.conftest import REPOSITORY

INGEST, TWICE, START = 0.85, 2.0, 0.25  # of the encoder's own rate; of the reference's rate; of its import
OPEN = 2.0  # seconds until the bot is ready, but for logging in
REST = ((100_000, 350.0), (1_000_000, 1200.0))  # MB of a bot at rest
PEAK = 700.0  # MB of an ingest
_REPEATS = 3


def ingest(folder: Path, models: Path, data: Path, sentences: int) -> Iterator[Row]:
    """Take in real sentences, against the encoder's own rate and sentence-transformers', in turns."""
    found = _child("ingest", folder, models, data, sentences)
    own, whole, reference = found["encoder"], found["ingest"], found["reference"]
    yield Row(
        "encoder alone", own, "sentences/s", note=f"{found['sentences']:,} sentences of {found['corpus']}"
    )
    yield Row("ingest, to answerable", whole, "sentences/s", own, INGEST, at_least=True)
    yield Row(
        "ingest against sentence-transformers, fp32", whole, "sentences/s", reference, TWICE, at_least=True
    )
    yield Row("ingest, peak memory", found["peak"], "MB", limit=PEAK, note="without sentence-transformers")


def start(folder: Path, models: Path, sentences: int) -> Iterator[Row]:
    """Start on an existing index: the command line's whole answer, and the bot up to logging in."""
    size = f"{sentences:,} sentences"
    bare = min(_child("nothing")["import"] for _ in range(_REPEATS))
    asked = min(_child("answer", folder, models)["seconds"] for _ in range(_REPEATS))
    yield Row("import of sentence_transformers", bare, "s", note=f"best of {_REPEATS}")
    yield Row(f"verbatim ask, cold, {size}", asked, "s", bare, START, note=f"best of {_REPEATS}")
    rest = [_child("rest", folder, models) for _ in range(_REPEATS)]
    yield Row(f"bot, opening its index, {size}", min(one["open"] for one in rest), "s", limit=OPEN)
    memory = min(one["resident"] for one in rest)
    limit = next((most for many, most in REST if abs(sentences - many) < many / 20), None)
    yield Row(f"bot at rest, {size}", memory, "MB", limit=limit, note="after one answer")


def _child(what: str, *arguments: object) -> dict[str, float]:
    """Run `tests.bench.child` and read what it prints."""
    command = [sys.executable, "-m", "tests.bench.child", what, *map(str, arguments)]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
