"""What a question costs with its store on a server, beside the embedded default in the same run."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from index.archive import Archive
from index.encoding.encoder import Encoder
from index.reader.load import load_reader
from index.storage.postgres.dialect import TABLES_LOCK
from tests.bench.clock import Row, median, p95, seconds
from tests.bench.growth.asking import AskingBot, AsOfThen
from tests.bench.growth.bots import together
from tests.bench.growth.place import EMBEDDED, SERVED, Stores
from tests.bench.growth.server import Meter, connections, processor_seconds, timed_turns

SLOWER = 1.3  # times that an answer may take with a server, of what it takes without
_WARM, _ROUNDS = 5, 1
_WAYS = ("a whole question", "an answer", "an answer without the reader")


def costs(stores: Stores, encoder: Encoder) -> Iterator[Row]:
    """Ask every question in turns of both: as a bot does, the index alone, and the index without the reader."""
    meters = {engine: Meter(stores.server, stores.address) for engine in (EMBEDDED, SERVED)}
    times: dict[tuple[str, str], list[float]] = {(way, one): [] for way in _WAYS for one in meters}
    with asyncio.Runner() as loop, _bots(stores, encoder, loop) as (bots, plain), timed_turns() as turns:
        questions = [*stores.questions[:_WARM], *(stores.questions * _ROUNDS)]
        for number, text in enumerate(questions):
            warm = number >= _WARM
            for engine in sorted(meters, reverse=bool(number % 2)):  # whoever is first finds colder caches
                bot = bots[engine]
                deeds = (
                    lambda bot=bot, text=text, number=number: loop.run(bot.ask(number, text)),
                    partial(bot.archive.ask, text),
                    partial(plain[engine].ask, text),
                )
                turns.clear()
                for way, deed in zip(_WAYS, deeds, strict=True):
                    with ExitStack() as counted:
                        if warm and way == _WAYS[0]:
                            counted.enter_context(meters[engine].reading())
                        took = seconds(deed)
                    times[way, engine] += [took] if warm else []
                if warm and engine == SERVED:
                    times.setdefault(("turns", SERVED), []).append(sum(turns[TABLES_LOCK]))
    many = len(times[_WAYS[0], SERVED])
    yield from _compared(times)
    yield from _metered(meters, many)
    yield Row("turns of a question among writers", median(times["turns", SERVED]), "ms")


def _compared(times: dict[tuple[str, str], list[float]]) -> Iterator[Row]:
    for way in _WAYS:
        base = median(times[way, EMBEDDED])
        yield Row(f"{way}, {EMBEDDED}, median", base, "ms")
        yield Row(f"{way}, {SERVED}, median", median(times[way, SERVED]), "ms", base, SLOWER)
        late = p95(times[way, EMBEDDED])
        yield Row(f"{way}, {EMBEDDED}, p95", late, "ms")
        yield Row(f"{way}, {SERVED}, p95", p95(times[way, SERVED]), "ms", late)


def _metered(meters: dict[str, Meter], many: int) -> Iterator[Row]:
    for engine, meter in meters.items():
        yield Row(f"a whole question, {engine}, processor of the bot", 1000 * meter.own / many, "ms")
    served = meters[SERVED]
    yield Row("a whole question, processor of PostgreSQL", 1000 * served.server / many, "ms")
    yield Row("a whole question, write-ahead log", served.log / many, "bytes")


@contextmanager
def _bots(
    stores: Stores, encoder: Encoder, loop: asyncio.Runner
) -> Iterator[tuple[dict[str, AskingBot], dict[str, AsOfThen]]]:
    """Open a bot on each, both with as many answers kept as there may be, and an archive without the reader."""
    with ExitStack() as stack:
        bots, plain, moments = {}, {}, dict(stores.corpus.questions)
        reader = load_reader(None, stores.embedded)
        for engine, folder, store in (
            (EMBEDDED, stores.embedded, None),
            (SERVED, stores.beside, stores.address),
        ):
            opened = stack.enter_context(Archive(folder, encoder, reader=reader, store=store))
            archive = AsOfThen(opened, moments)
            plain[engine] = AsOfThen(stack.enter_context(Archive(folder, encoder, store=store)), moments)
            bot = loop.run(AskingBot.open(archive, folder, store, shared=store is not None))
            stack.callback(lambda bot=bot: loop.run(bot.close()))
            loop.run(bot.fill())
            bots[engine] = bot
        yield bots, plain


def throughput(stores: Stores, taken: float, scratch: Path) -> Iterator[Row]:
    """Ask for some seconds as one bot and as two, each with two questions at once."""
    for engine in (EMBEDDED, SERVED):
        alone = 0.0
        for many in (1, 2):
            jobs = [
                stores.job(
                    "ask",
                    engine,
                    number,
                    questions=stores.questions,
                    moments=[moment.isoformat() for _, moment in stores.corpus.questions],
                    seconds=taken,
                    first=number * 7,
                    shared=engine == SERVED or many > 1,
                )
                for number in range(many)
            ]
            found, (before, _), (after, open_ones) = together(
                jobs, scratch, lambda: (processor_seconds(stores.server), connections(stores.address))
            )
            asked = sum(len(one["times"]) for one in found)
            rate = sum(len(one["times"]) / one["whole"] for one in found)
            name = f"{many} {'bot' if many == 1 else 'bots'}, {engine}"
            yield Row(f"questions, {name}", rate, "questions/s", alone or None)
            yield Row(f"questions, {name}, p95", p95(np.concatenate([one["times"] for one in found])), "ms")
            if many == 1:
                spread = float(np.std(found[0]["times"]) / np.mean(found[0]["times"]))
                yield Row(f"questions, {name}, spread", spread, "", note="standard deviation to mean")
            own = sum(one["own"] for one in found)
            yield Row(f"questions, {name}, processor of the bots", 1000 * own / asked, "ms")
            if engine == SERVED:
                yield Row(
                    f"questions, {name}, processor of PostgreSQL", 1000 * (after - before) / asked, "ms"
                )
                yield Row(f"questions, {name}, connections", open_ones, "")
            alone = rate
