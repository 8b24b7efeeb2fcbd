"""Public sets of answer sentences, and of sentences that support or refute a claim.

Left out are `wikiqa` and `trecqa-train-all`, whose licences are for research only, and what measures the result.
"""

import gzip
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index.reader.passage import Passage
from index.reader.training.examples import (
    DENIES,
    NOT_REPORTS,
    OTHER,
    REPORTS,
    Example,
    ExampleGroup,
    Groups,
)
from index.reader.training.question_forms import as_question

Row = dict[str, Any]

# Words of a RealTime QA question around its answer, below which a label is often wrong; measured.
MIN_OVERLAP = 4
# Rows at most and weight of each set for support and refutation; judged by how near it is to news.
STANCE_SETS = {
    "defacto-xsum": (4_400, 1.3),
    "bump-cnndm": (2_000, 1.5),
    "summedits-news": (900, 1.3),
    "rte": (2_000, 0.5),
    "commitmentbank": (1_200, 1.3),
    "gw-stance-news": (1_000, 0.5),
    "vitaminc": (16_000, 1.0),
    "fever-dev": (3_000, 1.0),
    "fever-sym-adv": (2_400, 1.0),
    "fool-me-twice": (2_500, 1.3),
    "negation-nli": (4_500, 1.3),
    "conjnli": (2_000, 0.7),
    "lingnli": (9_000, 1.0),
    "snli-counterfactual": (2_000, 0.7),
    "snli-dev-test": (1_500, 0.7),
}
# Sets of answer sentences: questions at most, sentences that do not answer at most, weight.
ANSWER_SETS = {
    "realtimeqa-sentences": (1_000, 7, 1.0),
    "multihop-rag-500": (300, 5, 0.5),
    "selqa-dev-test": (1_500, 6, 1.0),
    "qed-dev": (1_000, 4, 1.0),
    "as2-from-spans": (6_000, 5, 1.0),
}
MAX_POSITIVES = 3  # answering sentences taken of one question
STANCE_OF = {"supports": REPORTS, "refutes": DENIES, "neutral": OTHER}
LEFT_OUT_PARTS = frozenset({"squad-du-test", "xquad-en"})  # of as2-from-spans: near copies of another part


def public_groups(folder: Path, seed: int) -> Groups:
    """Yield the groups of all public sets in `folder`; which rows are taken depends on `seed` alone."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    for name, (questions, others, weight) in ANSWER_SETS.items():
        yield from _answer_groups(folder, name, rng, questions, others, weight)
    for name, (rows, weight) in STANCE_SETS.items():
        yield from _stance_groups(folder, name, rng, rows, weight)


def stance_groups(folder: Path, seed: int, most: int) -> list[ExampleGroup]:
    """Return up to `most` groups of the sets of support and refutation in `folder`, drawn by `seed`."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    groups = [
        group
        for name, (rows, weight) in STANCE_SETS.items()
        if name != "rte"  # it does not tell refutation from silence
        for group in _stance_groups(folder, name, rng, rows, weight)
    ]
    return rng.sample(groups, min(most, len(groups)))


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a file of gzip'd JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _answer_groups(
    folder: Path, name: str, rng: random.Random, questions: int, others: int, weight: float
) -> Groups:
    by_question: dict[str, list[Row]] = {}
    for row in read_rows(folder / f"{name}.jsonl.gz"):
        if row.get("part") not in LEFT_OUT_PARTS:
            by_question.setdefault(row["qid"], []).append(row)
    chosen = rng.sample(sorted(by_question), min(questions, len(by_question)))
    for qid in chosen:
        rows = by_question[qid]
        answering = [row for row in rows if row["label"] and row.get("overlap", MIN_OVERLAP) >= MIN_OVERLAP]
        silent = [row for row in rows if not row["label"]]
        if answering and silent:
            rows = answering[:MAX_POSITIVES] + rng.sample(silent, min(others, len(silent)))
            examples = [Example(_passage(row), float(bool(row["label"]))) for row in rows]
            yield ExampleGroup(name, rows[0]["question"], examples, weight)


def _stance_groups(folder: Path, name: str, rng: random.Random, limit: int, weight: float) -> Groups:
    rows = list(read_rows(folder / f"{name}.jsonl.gz"))
    form: Callable[[str], str]
    for row in rng.sample(rows, min(limit, len(rows))):
        stance = STANCE_OF[row["label"]]
        if stance == OTHER and (row.get("binary") or name == "rte"):
            stance = NOT_REPORTS
        form = as_question if rng.random() < 0.5 else str
        answers = 1.0 if stance in (REPORTS, DENIES) else None
        yield ExampleGroup(name, form(row["claim"]), [Example(_passage(row), answers, stance)], weight)


def _passage(row: Row) -> Passage:
    return Passage(row["sentence"], row.get("title") or "", row.get("prev") or "")
