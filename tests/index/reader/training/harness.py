"""Made-up groups of examples, and files of them, for the tests of the training."""

import gzip
import json

import numpy as np

from index.reader.training.batches import TokenGroup


def write_rows(path, rows):
    """Write rows as a gzip'd file of JSON lines."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def candidate(url, label, sentence="It rained.", title="Rain", before=""):
    return {"url": url, "sentence": sentence, "title": title, "before": before, "label": label}


def claim(question, *labelled, expected="reported", **others):
    """A judged claim; `labelled` are (address, label)."""
    rows = [candidate(url, label) for url, label in labelled]
    return {"question": question, "candidates": rows, "expected": expected, "corpus": "2022+2024", **others}


def open_question(question, *labelled, answerable=True, **others):
    """A judged open question; `labelled` are (address, label)."""
    rows = [candidate(url, label) for url, label in labelled]
    return {
        "question": question, "candidates": rows, "answerable": answerable, "corpus": "2022+2024", **others,
    }  # fmt: skip


def token_group(first, answers, length=6, weight=1.0):
    """A group whose sentences begin with tokens of their own: `first`, `first` + 1 and so on."""
    none = np.empty(0, np.uint16)
    passages = [
        (np.array([first + place, *[7] * length], np.uint16), np.array([8], np.uint16), none)
        for place in range(len(answers))
    ]
    return TokenGroup(
        (np.array([5], np.uint16), np.array([5, 6], np.uint16)),
        tuple(passages),
        np.array(answers, np.float32),
        np.array([place % 4 for place in range(len(answers))], np.int64),
        weight,
    )
