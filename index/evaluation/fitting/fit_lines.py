"""Fit and measure the line classifier (`index.furniture.line_model`) on lines that people labelled.

The labels are kept without the texts: `line_labels.jsonl.gz` holds the hash of each line and its letter, s for a
sentence of the article, q for a question or heading, f for furniture, m for a sentence with furniture glued to it.
The lines are found again in the corpus by their hashes.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from index.furniture.line_features import Values, is_word_feature, line_features
from index.furniture.line_model import REPEATED_PLAIN, repetition_features
from index.retrieval.line_table import isolated_count, line_hashes, window_of
from index.storage.records import StoredArticle

LINE_LABELS = "line_labels.jsonl.gz"
FOLDS = 10  # of articles; judged
MIN_WORD_LINES = 12  # labelled lines that hold a word which gets a weight; 6 and 25 were no better
# Of the inverse strength of the ridge penalty 0.03, 0.1 and 0.3, the best by average precision in cross-validation.
INVERSE_PENALTY = 0.3
# Of the labelled sentences, the share that may be taken for furniture, out of fold. Judged: the labelled lines were
# chosen among the doubtful ones, so that of all sentences far fewer are lost.
MAX_LOST_SHARE = 0.02
# Of a plain sentence that the outlet prints again ("Nobody was hurt."); judged: they are few among the labels, and many
# in an index that grows.
COMMON_WEIGHT = 8.0
DECIMALS = 3  # of a weight; judged


@dataclass(frozen=True, slots=True)
class LineExamples:
    """n labelled lines: their features, whether each is furniture, and their articles and outlets, (n,) each."""

    values: list[Values]
    furniture: NDArray[np.bool_]
    urls: list[str]
    outlets: list[str]


@dataclass(frozen=True, slots=True)
class FittedLines:
    """The model as `line_model.json` holds it, and its figures out of fold."""

    model: dict[str, Any]
    figures: dict[str, float]


def label_key(url: str, line: str) -> str:
    """Return the name under which the label of a line of an article is kept."""
    return hashlib.sha256(f"{url}\n{line}".encode()).hexdigest()[:16]


def article_key(url: str) -> str:
    """Return the name under which it is kept that an article has labelled lines."""
    return hashlib.sha256(url.encode()).hexdigest()[:8]


def read_labels(name: str = LINE_LABELS) -> dict[str, str]:
    """Return the letters of all labelled lines of a file by `label_key`."""
    return {row["line"]: row["label"] for row in _label_rows(name)}


def labelled_articles() -> frozenset[str]:
    """Return the `article_key` of every article with labelled lines."""
    return frozenset(row["article"] for row in _label_rows(LINE_LABELS))


def _label_rows(name: str) -> Iterator[dict[str, str]]:
    packed = (files("index.evaluation") / name).read_bytes()
    yield from map(json.loads, gzip.decompress(packed).decode("ascii").splitlines())


def collect_examples(articles: Sequence[StoredArticle], labels: Mapping[str, str]) -> LineExamples:
    """Return the labelled lines that are among the quotable ones of some articles.

    The articles are all of the corpus, over which repetitions are counted.
    """
    counts = count_lines(articles)
    found = [example for stored in articles for example in _examples_of(stored, labels, counts)]
    values, letters, urls, outlets = (list(column) for column in zip(*found, strict=True))
    furniture = [_is_furniture(letter, one) for letter, one in zip(letters, values, strict=True)]
    return LineExamples(values, np.array(furniture), urls, outlets)


def count_lines(articles: Sequence[StoredArticle]) -> Counter[int]:
    """Return on how many articles each line stands, by its hash."""
    return Counter(line for stored in articles for line in np.unique(_hashes(stored)).tolist())


def isolated_repetitions(stored: StoredArticle, counts: Mapping[int, int]) -> list[float]:
    """Return for each line of an article on how many it stands, beyond the lines around it (`isolated_count`)."""
    repeated = np.array([counts[line] for line in _hashes(stored).tolist()])
    windows = [window_of(at, len(repeated)) for at in range(len(repeated))]
    return [isolated_count(repeated[around], at - around.start) for at, around in enumerate(windows)]


def fit_lines(examples: LineExamples) -> FittedLines:
    """Return the model fitted on all examples, its threshold and figures by cross-validation over articles."""
    logits = _out_of_fold(examples, examples.urls, FOLDS)
    threshold = _threshold(logits, examples.furniture)
    elsewhere = _out_of_fold(examples, examples.outlets, len(set(examples.outlets)))
    figures = _figures("furniture", logits, examples.furniture, threshold) | _figures(
        "furniture elsewhere", elsewhere, examples.furniture, threshold
    )
    constant, weights = _fit(examples.values, examples.furniture)
    model = {
        "constant": round(constant, DECIMALS),
        "threshold": round(threshold, DECIMALS),
        "weights": {name: round(weight, DECIMALS) for name, weight in sorted(weights.items())},
    }
    return FittedLines(model, figures)


def line_model_to_json(model: Mapping[str, Any]) -> str:
    """Return a model as the text of `line_model.json`: one weight a line."""
    return json.dumps(model, indent=1, ensure_ascii=False) + "\n"


def _examples_of(
    stored: StoredArticle, labels: Mapping[str, str], counts: Mapping[int, int]
) -> Iterator[tuple[Values, str, str, str]]:
    """Yield (features, letter, address, outlet) of an article's labelled lines."""
    article, lines = stored.article, stored.spans[1:]
    letters = [labels.get(label_key(article.url, article.text[start:end])) for start, end in lines]
    if not any(letters):
        return
    judged = zip(letters, isolated_repetitions(stored, counts), line_features(article, lines), strict=True)
    for letter, isolated, values in judged:
        if letter:
            yield repetition_features(isolated, values), letter, article.url, article.outlet


def _hashes(stored: StoredArticle) -> NDArray[np.int64]:
    return line_hashes(stored.article.outlet, stored.sentences()[1:])


def _is_furniture(letter: str, values: Values) -> bool:
    """Return True for what is never to be an answer.

    A question outside of anybody's quotation is none, whoever asks it; what is glued to a sentence makes it one that
    cannot be shown where it is a picture's credit, while datelines are left out of quotes.
    """
    return letter in {"f", "q"} or values["asks"] > 0 or (letter == "m" and values["slashed_names"] > 0)


def _out_of_fold(examples: LineExamples, groups: Sequence[str], folds: int) -> NDArray[np.float64]:
    """Return the log odds of each line, (n,), from a model that saw none of its group."""
    logits = np.zeros(len(examples.values))
    for known, new in GroupKFold(folds).split(logits, groups=groups):
        constant, weights = _fit([examples.values[place] for place in known], examples.furniture[known])
        for place in new:
            values = examples.values[place]
            logits[place] = constant + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return logits


def _fit(values: Sequence[Values], furniture: NDArray[np.bool_]) -> tuple[float, dict[str, float]]:
    """Return the constant and the weights of a logistic regression over features that are made comparable."""
    held = Counter(name for one in values for name in one if is_word_feature(name))
    names = sorted(
        {name for one in values for name in one if not is_word_feature(name) or held[name] >= MIN_WORD_LINES}
    )
    columns = {name: place for place, name in enumerate(names)}
    design = np.zeros((len(values), len(names)))
    for row, one in enumerate(values):
        for name, value in one.items():
            if name in columns:
                design[row, columns[name]] = value
    words = np.array([is_word_feature(name) for name in names])
    mean = np.where(words, 0.0, design.mean(axis=0))
    scale = np.where(words, 1.0, design.std(axis=0) + 1e-9)
    common = [not bad and one[REPEATED_PLAIN] > 0 for one, bad in zip(values, furniture, strict=True)]
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=3000)
    model.fit((design - mean) / scale, furniture, np.where(common, COMMON_WEIGHT, 1.0))
    slopes = model.coef_[0] / scale
    slopes[~words & (design.std(axis=0) == 0)] = 0.0
    return float(model.intercept_[0] - slopes @ mean), dict(zip(names, slopes.tolist(), strict=True))


def _threshold(logits: NDArray[np.float64], furniture: NDArray[np.bool_]) -> float:
    """Return the lowest log odds from which on at most MAX_LOST_SHARE of the sentences are taken for furniture."""
    sentences = np.sort(logits[~furniture])[::-1]
    return float(sentences[int(MAX_LOST_SHARE * len(sentences))]) + 10.0**-DECIMALS


def _figures(
    name: str, logits: NDArray[np.float64], furniture: NDArray[np.bool_], threshold: float
) -> dict[str, float]:
    taken = logits >= threshold
    return {
        f"{name} precision": float(furniture[taken].mean()),
        f"{name} recall": float(taken[furniture].mean()),
    }
