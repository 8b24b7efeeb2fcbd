"""Ingest, start and memory: each in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.reader.load import NO_READER
from tests.bench.built import Built, Place
from tests.bench.clock import Row
from tests.conftest import REPOSITORY

INGEST, START = 0.85, 0.25  # of the encoder's own rate; of the time that importing the reference takes
TWICE, QUICK = 2.0, 3.5  # of the reference's rate: in fp32; in bf16
OPEN = 2.0  # seconds until the bot is ready, but for logging in
REST = ((100_000, 350.0), (1_000_000, 1200.0))  # MB of a bot at rest
PEAK = 700.0  # MB of an ingest
_REPEATS = 3


def ingest(folder: Path, place: Place, data: Path, sentences: int) -> Iterator[Row]:
    """Take in real sentences, against the encoder's own rate and sentence-transformers'; then all of `news-qa`.

    As it is installed by default, and with the extra `bf16` where that is.
    """
    for how, limit in (("fp32", TWICE), ("bf16", QUICK)):
        found = child("ingest", folder / f"some-{how}", place.models, data, sentences, how)
        if how == "bf16" and not found["quick"]:
            return
        own, whole, reference = found["encoder"], found["ingest"], found["reference"]
        note = f"{found['sentences']:,} sentences of {found['corpus']}"
        unit = "sentences/s"
        if how == "fp32":
            yield Row("sentence-transformers, fp32", reference, unit)
        yield Row(f"encoder alone, {how}", own, unit, reference, limit, at_least=True, note=note)
        yield Row(f"ingest, {how}, against the encoder alone", whole, unit, own, INGEST, at_least=True)
        yield Row(
            f"ingest, {how}, against sentence-transformers", whole, unit, reference, limit, at_least=True
        )
        if (data / "news-qa").is_dir():
            all_of_it = child("whole", folder / how, place.models, data, place.cache, how)
            note = f"{all_of_it['sentences']:,} sentences, the encoder loaded and used"
            yield Row(
                f"ingest of all of news-qa, {how}, peak memory",
                all_of_it["peak"],
                "MB",
                limit=PEAK,
                note=note,
            )


def start(built: Built, models: Path) -> Iterator[Row]:
    """Start on an existing index: the command line's whole answer, and the bot up to logging in."""
    bare, asked, unread, rest = [], [], [], []
    for _ in range(_REPEATS):  # in turns, so that all meet the same machine
        bare.append(child("nothing")["import"])
        asked.append(child("answer", built.folder, models)["seconds"])
        unread.append(child("answer", built.folder, models, NO_READER)["seconds"])
        rest.append(child("rest", built.folder, models, time.perf_counter()))
    yield Row("import of sentence_transformers", min(bare), "s", note=f"best of {_REPEATS}")
    note = f"best of {_REPEATS}, with the reader; {min(unread):.2f} s without it, in turns"
    yield Row(f"verbatim ask, cold, {built.size}", min(asked), "s", min(bare), START, note=note)
    for key, name, limit in (
        ("ready", "bot, from nothing to ready but for logging in", OPEN),
        ("open", "bot, of that opening its index", None),
        ("first", "bot, its first answer", None),
    ):
        yield Row(f"{name}, {built.size}", min(one[key] for one in rest), "s", limit=limit)
    least = min(rest, key=lambda one: one["resident"])
    limit = next((most for many, most in REST if abs(built.sentences - many) < many / 20), None)
    note = f"{least['own']:.0f} MB its own, {least['mapped']:.0f} MB mapped files, after three answers"
    yield Row(f"bot at rest, {built.size}", least["resident"], "MB", limit=limit, note=note)


def child(what: str, *arguments: object) -> dict[str, Any]:
    """Run `tests.bench.child` and read what it prints."""
    command = [sys.executable, "-m", "tests.bench.child", what, *map(str, arguments)]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
