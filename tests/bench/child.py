"""What is measured in a process of its own: `python -m tests.bench.child WHAT ARGUMENTS`; prints JSON."""

import json
import os
import subprocess
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tests.bench.rivals.measured import memory

_PIECE = 512  # sentences encoded at once, as ingest does
_COMPARED = 1024  # sentences that are encoded by the reference too
_FEW = 30  # articles encoded to see how much memory that takes


def main(what: str, *arguments: str) -> dict[str, Any]:
    """Measure one thing."""
    deeds = {
        "nothing": _nothing,
        "answer": _answer,
        "rest": _rest,
        "asked": _asked,
        "ingest": _ingest,
        "whole": _whole,
    }
    return deeds[what](*arguments)


def _nothing() -> dict[str, float]:
    command = [sys.executable, "-c", "import sentence_transformers"]
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return {"import": time.perf_counter() - begun}


def _answer(folder: str, models: str, reader: str = "") -> dict[str, float]:
    """Ask on the command line; whether an article answers does not matter. `reader` is named as in the settings."""
    exports = Path(folder) / "models"
    if not exports.exists():
        exports.symlink_to(Path(models).resolve())
    surroundings = {**os.environ, "VERBATIM_DATA": folder, "VERBATIM_READER": reader}
    command = [sys.executable, "-m", "bot", "ask", "Did Trump call Putin?"]
    begun = time.perf_counter()
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise RuntimeError(done.stderr)
    return {"seconds": time.perf_counter() - begun}


def _rest(folder: str, models: str, begun: str) -> dict[str, float]:
    """Open an index as the bot does, with all of its code loaded, and answer a few questions.

    `begun` is when this process was started, by the clock that all processes have in common.
    """
    with _quiet():
        import bot.client  # what a bot has in memory

        for name in bot.client.extension_names():
            import_module(name)
    imported = time.perf_counter()
    from index.archive import Archive

    with Archive.open(Path(folder), models=Path(models)) as archive:
        opened = time.perf_counter()
        archive.ask("Did Trump call Putin?")
        answered = time.perf_counter()
        for question in ("Who is the new pope?", "How many people died in the fires of Los Angeles?"):
            archive.ask(question)
        return {
            "ready": opened - float(begun),
            "open": opened - imported,
            "first": answered - opened,
            "resident": memory("VmRSS"),
            "own": memory("RssAnon"),
            "mapped": memory("RssFile"),
        }


def _asked(folder: str, models: str, data: str, often: str, reader: str = "") -> dict[str, float]:
    """Ask all questions several times, the first time before anything counts, and look at time and memory.

    `reader` is named as in the settings.
    """
    from index.archive import Archive
    from tests.bench.corpus import read_corpus

    questions = read_corpus(Path(data)).questions
    before = time.process_time()
    with Archive.open(Path(folder), models=Path(models), reader=reader or None) as archive:
        opened = time.process_time() - before
        for text, now in questions:
            archive.ask(text, now=now)
        begun = time.process_time()
        for text, now in list(questions) * int(often):
            archive.ask(text, now=now)
        took = time.process_time() - begun
        return {
            "open": opened,
            "question": took / (len(questions) * int(often)),
            "resident": memory("VmRSS"),
            "own": memory("RssAnon"),
            "mapped": memory("RssFile"),
        }


def _ingest(folder: str, models: str, data: str, sentences: str, how: str) -> dict[str, Any]:
    """Take in real articles; then encode the same sentences again, and some by the reference. `how` as `_whole` has it."""
    _without_extra(how)
    from index.archive import Archive
    from index.encoding.encoder import ReferenceEncoder, bundled_model_path, load_encoder
    from index.ingest.batches import prepare
    from tests.bench.corpus import read_corpus

    corpus, encoder = read_corpus(Path(data)), load_encoder(None, Path(models))
    chosen = corpus.first(int(sentences))
    wanted = [text for article in chosen for text in prepare(article).texts]
    Path(folder).mkdir()
    with Archive(Path(folder), encoder) as archive:
        took = _seconds(lambda: archive.add(chosen))
        own = _seconds(lambda: [archive._pipeline._encoder.encode(piece) for piece in _pieces(wanted)])
    reference = ReferenceEncoder(str(bundled_model_path()))
    some = wanted[:: max(1, len(wanted) // _COMPARED)]  # from all over: sentences of some articles are longer
    slow = _seconds(lambda: reference.encode(some))
    count = len(wanted)
    return {
        "encoder": count / own,
        "ingest": count / took,
        "reference": len(some) / slow,
        "quick": sys.modules.get("openvino") is not None,
        "sentences": count,
        "corpus": corpus.name,
    }


def _whole(folder: str, models: str, data: str, cache: str, how: str) -> dict[str, Any]:
    """Take in all articles of `news-qa` as `verbatim add` does, from vectors that were kept.

    The encoder runs on some first, so that its memory counts. `how` is `bf16`, or `fp32` as without the extra.
    """
    _without_extra(how)
    from index.archive import Archive
    from index.articles import Article
    from index.encoding.encoder import load_encoder
    from index.encoding.passage_encoder import PassageEncoder
    from index.evaluation.cached_encoder import CachedEncoder
    from index.ingest.inputs import read_inputs
    from tests.bench.corpus import Corpus

    source = str(Path(data) / "news-qa" / "articles.jsonl.gz")
    encoder = PassageEncoder(load_encoder(None, Path(models)), lambda: None)
    first = [one for one in islice(read_inputs([source]), _FEW) if isinstance(one, Article)]
    texts = chain.from_iterable(Corpus(first, (), "its first articles").sentences())
    for piece in _pieces(texts):
        encoder.encode(piece)
    Path(folder).mkdir()
    with Archive(Path(folder), CachedEncoder(encoder, Path(cache))) as archive:
        took = _seconds(lambda: deque(archive.iter_add(read_inputs([source])), maxlen=0))
        return {"seconds": took, "sentences": archive.stats().sentences, "peak": memory("VmHWM")}


def _without_extra(how: str) -> None:
    """Leave out the library for bf16, as if it were not installed."""
    if how == "fp32":
        sys.modules["openvino"] = None  # type: ignore[assignment]


def _pieces(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while piece := list(islice(rest, _PIECE)):
        yield piece


def _seconds(deed: Any) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


@contextmanager
def _quiet() -> Iterator[None]:
    """discord.py imports audioop, which Python 3.11 announces as leaving."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
