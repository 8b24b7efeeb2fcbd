"""The line classifier: which lines of an article are no sentence of it, by a fitted logistic regression."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from index.arrays import ByteArray
from index.articles import Article, Span
from index.furniture.correction_notices import notice_mask
from index.furniture.line_features import Values, line_features

# Other articles beyond this many say nothing more; judged: furniture is on far fewer pages of a small index.
MAX_REPETITIONS = 16
RULES_VERSION = (
    1  # of what decides beside the weights: raise it when that changes, so that lines are judged anew
)
NEVER = 255  # in what `furniture_counts` returns: however often the line is repeated, it is a sentence
REPEATED = "repeated"  # the feature of `repetition`
REPEATED_PLAIN = (
    "repeated_plain"  # the same for a line that reads like a sentence, which weighs less: "Nobody was hurt."
)


@dataclass(frozen=True, slots=True)
class LineModel:
    """A logistic regression over the features of a line (`index.furniture.line_features`).

    A line is furniture when the log odds, `constant` and the weighted features, reach `threshold`.
    `form` names these weights and the rules beside them: what was computed with others is computed anew.
    """

    constant: float
    threshold: float
    weights: Mapping[str, float]
    form: int

    @classmethod
    def from_json(cls, text: str) -> "LineModel":
        """Return a model as `verbatim eval --fit` writes it. Raise KeyError when a part is missing."""
        fitted = json.loads(text)
        named = f"{RULES_VERSION}\n{text}".encode()
        form = int.from_bytes(hashlib.sha256(named).digest()[:4], "big")
        return cls(fitted["constant"], fitted["threshold"], fitted["weights"], form)

    def logit(self, values: Values) -> float:
        """Return the log odds that a line with these features is furniture."""
        weights = self.weights
        return self.constant + sum(weights.get(name, 0.0) * value for name, value in values.items())

    def furniture_counts(self, article: Article, lines: Sequence[Span]) -> ByteArray:
        """Return for each line of an article on how many of the outlet's articles it has to stand, (n,) uint8.

        On that many it is furniture, on fewer a sentence: 1 for what is furniture on sight, NEVER for what no
        repetition makes furniture. How often a line is repeated is known only when a question is asked, so
        that a line which is repeated later leaves the quotes of earlier articles as well. A question that
        nobody is quoted with is no answer, whatever its odds, nor is a notice on the article itself.
        """
        judged = zip(line_features(article, lines), notice_mask(article, lines), strict=True)
        return np.array(
            [
                1
                if values["asks"] or is_notice
                else self._count_for(self.threshold - self.logit(values), plainness(values))
                for values, is_notice in judged
            ],
            dtype=np.uint8,
        )

    def _count_for(self, missing: float, plain: float) -> int:
        """Return the number of articles whose `repetition` adds what is missing to the threshold."""
        if missing <= 0:
            return 1
        weight = self.weights.get(REPEATED, 0.0) + plain * self.weights.get(REPEATED_PLAIN, 0.0)
        if weight <= 0 or missing > weight * repetition(MAX_REPETITIONS):
            return NEVER
        return max(2, math.ceil(math.exp2(missing / weight) - 1e-9))


def repetition(articles: float) -> float:
    """Return the feature REPEATED of a line that stands on so many of its outlet's articles: 0 for one."""
    return math.log2(min(max(articles, 1.0), MAX_REPETITIONS))


def repetition_features(articles: float, values: Values) -> Values:
    """Return a line's features with those of its repetition."""
    feature = repetition(articles)
    return values | {REPEATED: feature, REPEATED_PLAIN: feature * plainness(values)}


def plainness(values: Values) -> float:
    """Return 1 for a finished sentence with a verb and nothing unusual in its wording, else 0.

    The news repeat such sentences too: "Nobody was hurt."
    """
    return values["plain"] * values["ends_period"] * values["finite_verb"]


@cache
def bundled_line_model() -> LineModel:
    """Return the model that comes with Verbatim."""
    return LineModel.from_json((files("index.furniture") / "line_model.json").read_text("utf-8"))
