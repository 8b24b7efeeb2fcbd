"""What the reader costs: the same questions, asked in turns with it and without, so that both meet the same machine."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.encoding.encoder import Encoder
from index.reader.load import NO_READER, bundled_reader
from index.stages import Stage, record_stages
from tests.bench import crowd, warm
from tests.bench.built import Built, Place
from tests.bench.clock import Row, median, p95, seconds
from tests.bench.cold import child
from tests.bench.corpus import Corpus

ADDED, ADDED_P95 = 160.0, 320.0  # ms that reading may add to an answer
AIM, AIM_P95 = 70.0, 140.0  # ms that it had better add
CROWDED = 4.0  # times the 95th percentile of many at once without it
MEMORY = 60.0  # MB that it may add
WITH = "with the reader"
BUNDLED = ""  # the name under which settings know the reader that comes with Verbatim
_ROUNDS, _WARM = 3, 5  # each question; questions before anything counts
_TURNS = 3  # crowds, and processes, of either kind


def reader_cost(built: Built, corpus: Corpus, encoder: Encoder) -> Iterator[Row]:
    """Ask one by one and many at once, in turns without the reader and with it; then tell each stage's share."""
    with (
        Archive(built.folder, encoder) as without,
        Archive(built.folder, encoder, reader=bundled_reader()) as reading,
    ):
        yield from _one_by_one(built, without, reading, corpus)
        yield from _at_once(built, without, reading, corpus)
        yield from warm.shares(built, reading, corpus, WITH)


def memory(built: Built, place: Place, data: Path) -> Iterator[Row]:
    """Ask all questions in processes of their own, in turns without the reader and with it."""
    found: dict[str, list[dict[str, Any]]] = {NO_READER: [], BUNDLED: []}
    for _ in range(_TURNS):
        for name, taken in found.items():
            taken.append(child("asked", built.folder, place.models, data, 1, name))
    without, reading = (min(taken, key=lambda one: one["resident"]) for taken in found.values())
    spent = [1000 * min(one["question"] for one in taken) for taken in found.values()]
    yield Row(f"answer {WITH}, processor time, {built.size}, mean", spent[1], "ms", spent[0])
    yield Row(
        f"memory that the reader adds, {built.size}",
        reading["resident"] - without["resident"],
        "MB",
        limit=MEMORY,
        note=f"{reading['resident']:.0f} MB with it, {without['resident']:.0f} without, after all questions; "
        f"of it {reading['own'] - without['own']:.0f} MB its own",
    )


def _one_by_one(built: Built, without: Archive, reading: Archive, corpus: Corpus) -> Iterator[Row]:
    times: tuple[list[float], list[float]] = ([], [])
    read = []
    for number, (text, now) in enumerate([*corpus.questions[:_WARM], *(corpus.questions * _ROUNDS)]):
        for archive, taken in zip((without, reading), times, strict=True):
            with record_stages() as spent:
                took = seconds(partial(archive.ask, text, now=now))
            taken += [took][: number >= _WARM]
        read.append(Stage.READING in spent)
    many = f"{sum(read[_WARM:]) // _ROUNDS} of {len(corpus.questions)} questions were worth reading for"
    for measure, name, most, aim in ((median, "median", ADDED, AIM), (p95, "p95", ADDED_P95, AIM_P95)):
        plain, whole = map(measure, times)
        yield Row(f"answer {WITH}, {built.size}, {name}", whole, "ms", plain, note=many)
        yield Row(
            f"what the reader adds, {built.size}, {name}",
            whole - plain,
            "ms",
            limit=most,
            note=f"{plain:.1f} ms without it, in turns; the aim is {aim:g}",
        )


def _at_once(built: Built, without: Archive, reading: Archive, corpus: Corpus) -> Iterator[Row]:
    for archive in (without, reading):  # before anything counts
        asyncio.run(crowd.ask_at_once(archive, corpus))
    turns = [
        [asyncio.run(crowd.ask_at_once(archive, corpus)) for archive in (without, reading)]
        for _ in range(_TURNS)
    ]
    plain, whole = (crowd.together(list(one)) for one in zip(*turns, strict=True))
    base = p95(plain.times)
    note = f"against {base:,.0f} ms without it, in turns"
    yield from crowd.told(
        f"{crowd.AT_ONCE} questions at once {WITH}, {built.size}", whole, base, CROWDED, note
    )
