"""What is measured in a process of its own: `python -m tests.bench.child WHAT ARGUMENTS`; prints JSON."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

_PIECE = 512  # sentences encoded at once, as ingest does


def main(what: str, *arguments: str) -> dict[str, Any]:
    """Measure one thing."""
    deeds = {"nothing": _nothing, "answer": _answer, "rest": _rest, "ingest": _ingest}
    return deeds[what](*arguments)


def _nothing() -> dict[str, float]:
    command = [sys.executable, "-c", "import sentence_transformers"]
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return {"import": time.perf_counter() - begun}


def _answer(folder: str, models: str) -> dict[str, float]:
    """Ask on the command line; whether an article answers does not matter."""
    exports = Path(folder) / "models"
    if not exports.exists():
        exports.symlink_to(Path(models).resolve())
    surroundings = {**os.environ, "VERBATIM_DATA": folder}
    command = [sys.executable, "-m", "bot", "ask", "Did Trump call Putin?"]
    begun = time.perf_counter()
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise RuntimeError(done.stderr)
    return {"seconds": time.perf_counter() - begun}


def _rest(folder: str, models: str) -> dict[str, float]:
    """Open an index as the bot does, with Discord's library loaded, and answer once."""
    import bot.client  # noqa: F401 - what a bot has in memory
    from index.archive import Archive

    begun = time.perf_counter()
    with Archive.open(Path(folder), models=Path(models)) as archive:
        opened = time.perf_counter() - begun
        archive.ask("Did Trump call Putin?")
        return {"open": opened, "resident": _memory("VmRSS")}


def _ingest(folder: str, models: str, data: str, sentences: str) -> dict[str, Any]:
    """Take in real articles; then encode the same sentences again, and some by the reference."""
    from index.archive import Archive
    from index.encoder import ReferenceEncoder, bundled_model, load_encoder
    from tests.bench.corpus import read_corpus

    corpus, encoder = read_corpus(Path(data)), load_encoder(None, Path(models))
    chosen = corpus.first(int(sentences))
    wanted = [text for pieces in corpus.sentences[: len(chosen)] for text in pieces]
    Path(folder).mkdir()
    with Archive(Path(folder), encoder) as archive:
        took = _seconds(lambda: list(archive.add(chosen)))
    peak = _memory("VmHWM")
    own = _seconds(lambda: [encoder.encode(piece) for piece in _pieces(wanted)])
    reference = ReferenceEncoder(str(bundled_model()))
    few = wanted[:_PIECE]
    slow = _seconds(lambda: reference.encode(few))
    count = len(wanted)
    return {
        "encoder": count / own,
        "ingest": count / took,
        "reference": len(few) / slow,
        "peak": peak,
        "sentences": count,
        "corpus": corpus.name,
    }


def _pieces(texts: list[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while piece := list(islice(rest, _PIECE)):
        yield piece


def _seconds(deed: Any) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def _memory(field: str) -> float:
    """Read a figure of this process's memory, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
