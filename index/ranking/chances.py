"""What was read, as calibrated chances: that a candidate answers, that it reports or denies, that anything answers."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from index.arrays import FloatArray

# The columns that `read_features` makes, by their names in `chances.json`.
READ_FEATURES = (
    "answer",
    "reports",
    "denies",
    "no_comment",
    "other",
    "sides",
    "answer_gap",
    "answer_best",
    "reports_best",
    "denies_best",
    "reports_few",
    "denies_few",
    "score",
    "score_gap",
    "cue_reports",
    "cue_denies",
    "cue_no_comment",
)
TOP_READ = 5  # candidates that stand for what would be shown; judged
# The columns that `set_read_features` makes.
SET_READ_FEATURES = (
    "first answer",
    "second answer",
    "few answer",
    "all answer",
    "reports first",
    "reports second",
    "denies first",
    "denies second",
    "other least",
    "score first",
    "score few",
    "search",
    "words",
    "words search",
)


@dataclass(frozen=True, slots=True)
class ReadCandidates:
    """What is known of n candidates that were read, each array (n,) or (n, columns) float32.

    `answer` are log odds, `stance` the logarithms of the chances of the reader's stances (n, 4), `score` the trees'
    scores, `cues` how surely the words of the sentence report, deny, or withhold comment (n, 3), 0 to 1.
    """

    answer: FloatArray
    stance: FloatArray
    score: FloatArray
    cues: FloatArray


@dataclass(frozen=True, slots=True)
class CandidateChances:
    """For each of n candidates the chance, 0 to 1, that it answers, reports, denies or withholds comment, (n,) each."""

    answers: FloatArray
    reports: FloatArray
    denies: FloatArray
    no_comment: FloatArray


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A logistic regression: `weights`, (k,), of k features, and the `constant` added to their sum."""

    weights: FloatArray
    constant: float

    @classmethod
    def from_json(cls, fitted: Mapping[str, float], names: Sequence[str]) -> "LogisticModel":
        """Return the model of weights by name, over features in the order of `names`; one without weight counts nothing.

        Raise KeyError for a weight of no such feature, and without a constant.
        """
        if unknown := fitted.keys() - {"constant", *names}:
            raise KeyError(*sorted(unknown))
        return cls(np.array([fitted.get(name, 0.0) for name in names], np.float32), fitted["constant"])

    def logit(self, features: FloatArray) -> FloatArray:
        """Return the log odds of rows of features, (n, k), as (n,) float32."""
        logit: FloatArray = features @ self.weights + np.float32(self.constant)
        return logit

    def chance(self, features: FloatArray) -> FloatArray:
        """Return the chance, 0 to 1, of rows of features, (n, k), as (n,) float32."""
        chance: FloatArray = (1.0 / (1.0 + np.exp(-np.clip(self.logit(features), -50.0, 50.0)))).astype(
            np.float32
        )
        return chance


@dataclass(frozen=True, slots=True)
class ChanceModel:
    """What makes chances of what was read; one for claims, one for open questions.

    `answerable` scores the log odds that anything answers, which must reach `threshold`.
    """

    candidates: dict[str, LogisticModel]
    answerable: LogisticModel
    threshold: float

    def candidate_chances(self, read: ReadCandidates) -> CandidateChances:
        """Return the chances of n candidates; n is at least 1."""
        features = read_features(read)
        nothing = np.zeros(len(features), np.float32)
        chances = {name: model.chance(features) for name, model in self.candidates.items()}
        return CandidateChances(
            **{name: chances.get(name, nothing) for name in ("answers", "reports", "denies", "no_comment")}
        )

    def answerable_logit(self, read: ReadCandidates, search_logit: float, words: int) -> float:
        """Return how sure it is that anything answers a question of so many `words`, as log odds.

        `search_logit` is how sure the search was.
        """
        return float(self.answerable.logit(set_read_features(read, search_logit, words)[None])[0])


@dataclass(frozen=True, slots=True)
class Chances:
    """The models for claims and for open questions, as `verbatim train` writes them."""

    claims: ChanceModel
    open_questions: ChanceModel

    @classmethod
    def from_json(cls, text: str) -> "Chances":
        """Return the models in a text. Raise KeyError when a part is missing."""
        fitted = json.loads(text)
        return cls(_model(fitted["claims"]), _model(fitted["open"]))


def _model(fitted: dict[str, Any]) -> ChanceModel:
    return ChanceModel(
        {name: LogisticModel.from_json(one, READ_FEATURES) for name, one in fitted["candidates"].items()},
        LogisticModel.from_json(fitted["answerable"], SET_READ_FEATURES),
        fitted["threshold"],
    )


def read_features(read: ReadCandidates) -> FloatArray:
    """Return the features of n candidates, n at least 1, as (n, len(READ_FEATURES)) float32.

    A sentence is judged beside the others that were read: "gap" is its distance from the best, "best" the best of
    them, "few" the mean of the TOP_READ best.
    """
    reports, denies = read.stance[:, 0], read.stance[:, 1]
    few = np.argsort(-read.answer, kind="stable")[:TOP_READ]
    columns = [
        read.answer,
        *read.stance.T,
        reports - denies,
        read.answer.max() - read.answer,
        np.full_like(read.answer, read.answer.max()),
        np.full_like(read.answer, reports.max()),
        np.full_like(read.answer, denies.max()),
        np.full_like(read.answer, reports[few].mean()),
        np.full_like(read.answer, denies[few].mean()),
        read.score,
        read.score.max() - read.score,
        *read.cues.T,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def set_read_features(read: ReadCandidates, search_logit: float, words: int) -> FloatArray:
    """Return what all candidates read show together, (len(SET_READ_FEATURES),) float32; n is at least 1.

    `words` is how many the question has: of a long one the search knows more, and reading was taught less.
    """
    answer = -np.sort(-read.answer)
    reports, denies = -np.sort(-read.stance[:, 0]), -np.sort(-read.stance[:, 1])
    score = -np.sort(-read.score)
    length = math.log(max(1, words))
    second = min(1, len(answer) - 1)
    values = [
        answer[0],
        answer[second],
        answer[:TOP_READ].mean(),
        answer.mean(),
        reports[0],
        reports[second],
        denies[0],
        denies[second],
        read.stance[:, 3].min(),
        score[0],
        score[:TOP_READ].mean(),
        search_logit,
        length,
        length * search_logit,
    ]
    return np.array(values, dtype=np.float32)


@cache
def bundled_chances() -> Chances:
    """Return the models that come with Verbatim."""
    return Chances.from_json((files("index.ranking") / "chances.json").read_text("utf-8"))
