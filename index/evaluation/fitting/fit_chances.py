"""Fit the chances that reading leaves, cross-validated over events: no event is on both sides."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.ranking.chances import (
    READ_FEATURES,
    SET_READ_FEATURES,
    ReadCandidates,
    read_features,
    set_read_features,
)

FOLDS = 5  # judged
RIDGE = 0.3  # inverse strength of the penalty on squared weights of standardised features; judged
# What each chance is of, and the label that makes it true.
CLAIM_TARGETS = {"reports": "reports", "denies": "denies", "no_comment": "no_comment"}
OPEN_TARGETS = {"answers": "2"}
# What the search thought adds nothing to claims that were read, and misleads in an index of few articles; nor does length.
LEFT_OUT_OF_CLAIMS = frozenset(
    {"score", "score_gap", "score first", "score few", "search", "words", "words search"}
)
PRECISIONS = (0.8, 0.85)  # at which recall is told; the second is what a heading promises
LEAST_CHANCE = 1e-6  # below which, or as near to 1, log odds say nothing
FALSE_SILENCE = 0.05  # share of the questions with a full answer that may be met with silence; judged
# The same of claims: here silence and the nearest headlines are a right answer two times in five; judged.
FALSE_SILENCE_OF_CLAIMS = 0.15
# What a question of a quiz counts beside one that a person typed and whose sentences were judged. Between .1 and .3 nothing
# changes out of fold that is more than chance; with less, answers are missed, with more, fewer of the others are met with silence.
QUIZ_WEIGHT = 0.25

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question of so many `words` as it was read: `labels` of its candidates ("" where nobody judged), what is expected."""

    event: str
    is_claim: bool
    answerable: bool
    read: ReadCandidates
    search_logit: float
    words: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FittedChances:
    """One model as `chances.json` holds it, and what it gave to questions that its parts had not seen.

    `out_of_fold` are the chances of the judged candidates by target, (n,) each, beside their `labels`, (n,);
    `answerable_logits` the log odds that anything answers, (questions,), beside whether it does, `answerable`; the same of
    questions of a quiz.
    """

    model: dict[str, Any]
    targets: Mapping[str, str]
    out_of_fold: dict[str, Floats]
    labels: NDArray[np.str_]
    answerable_logits: Floats
    answerable: NDArray[np.bool_]
    quiz_logits: Floats
    quiz_answerable: NDArray[np.bool_]


def fit_claims(questions: Sequence[ReadQuestion]) -> FittedChances:
    """Return the model of claims; its threshold lets FALSE_SILENCE_OF_CLAIMS of the settled ones go unanswered.

    It is fitted on all that was read, and on the judged candidates alone: an index may hold few articles.
    """
    return _fit(questions, (), CLAIM_TARGETS, FALSE_SILENCE_OF_CLAIMS, LEFT_OUT_OF_CLAIMS)


def fit_open(questions: Sequence[ReadQuestion], quiz: Sequence[ReadQuestion] = ()) -> FittedChances:
    """Return the model of open questions; its threshold lets FALSE_SILENCE of the answerable ones go unanswered.

    When to be silent is learned from the questions of a `quiz` as well, which are longer and whose sentences nobody judged.
    """
    return _fit(questions, quiz, OPEN_TARGETS, FALSE_SILENCE)


def out_of_fold_figures(fitted: FittedChances) -> dict[str, float]:
    """Return how good the chances are on questions that the fit had not seen, by name, each from 0 to 1."""
    figures = {}
    for name, wanted in fitted.targets.items():
        true, chances = fitted.labels == wanted, fitted.out_of_fold[name]
        figures[f"{name} average precision"] = float(average_precision_score(true, chances))
        precision, recall, _ = precision_recall_curve(true, chances)
        for least in PRECISIONS:
            figures[f"{name} recall at precision {least:.2f}"] = float(recall[precision >= least].max())
    logits, answerable = fitted.answerable_logits, fitted.answerable
    figures["answerable AUC"] = float(roc_auc_score(answerable, logits))
    limit = np.quantile(logits[answerable], FALSE_SILENCE)
    figures[f"silent at {FALSE_SILENCE:.0%} false silence"] = float((logits[~answerable] < limit).mean())
    silent, answered = fitted.quiz_logits < fitted.model["threshold"], fitted.quiz_answerable
    if (~answered).any():
        figures["quiz silent"] = float(silent[~answered].mean())
    if answered.any():
        figures["quiz not falsely silent"] = float(1.0 - silent[answered].mean())
    return figures


def chances_to_json(claims: FittedChances, open_questions: FittedChances) -> str:
    """Return both models as the text of `chances.json`."""
    return json.dumps({"claims": claims.model, "open": open_questions.model}, indent=1) + "\n"


def _fit(
    questions: Sequence[ReadQuestion],
    quiz: Sequence[ReadQuestion],
    targets: Mapping[str, str],
    false_silence: float,
    left_out: frozenset[str] = frozenset(),
) -> FittedChances:
    known = [*questions, *quiz, *map(judged_only, filter(_is_judged, questions))]
    matrix = np.concatenate([read_features(question.read) for question in known])
    labels = np.array([label for question in known for label in question.labels])
    events = np.array([question.event for question in known for _ in question.labels])
    judged = labels != ""
    measured = sum(label != "" for question in questions for label in question.labels)
    models, out_of_fold = {}, {}
    for name, wanted in targets.items():
        target = labels[judged] == wanted
        models[name], chances = _logistic(matrix[judged], target, events[judged], READ_FEATURES, left_out)
        out_of_fold[name] = chances[:measured]
    labels = labels[judged][:measured]
    sets = np.stack([set_read_features(one.read, one.search_logit, one.words) for one in known])
    weights = np.ones(len(known))
    of_quiz = slice(len(questions), len(questions) + len(quiz))
    weights[of_quiz] = QUIZ_WEIGHT
    is_answerable = np.array([question.answerable for question in known])
    names = np.array([question.event for question in known])
    answerable_model, set_chances = _logistic(
        sets, is_answerable, names, SET_READ_FEATURES, left_out, weights
    )
    set_chances = np.clip(set_chances, LEAST_CHANCE, 1 - LEAST_CHANCE)
    set_logits = np.log(set_chances / (1 - set_chances))
    logits, answerable = set_logits[: len(questions)], is_answerable[: len(questions)]
    threshold = float(np.quantile(logits[answerable], false_silence))
    model = {"candidates": models, "answerable": answerable_model, "threshold": round(threshold, 5)}
    return FittedChances(
        model, targets, out_of_fold, labels, logits, answerable, set_logits[of_quiz], is_answerable[of_quiz]
    )


def judged_only(question: ReadQuestion) -> ReadQuestion:
    """Return a question as if only its judged candidates had been found, as in an index of few articles."""
    judged = np.array([label != "" for label in question.labels])
    read = question.read
    kept = ReadCandidates(read.answer[judged], read.stance[judged], read.score[judged], read.cues[judged])
    return replace(question, read=kept, labels=tuple(label for label in question.labels if label))


def _is_judged(question: ReadQuestion) -> bool:
    return any(question.labels)


def _logistic(
    matrix: NDArray[np.float32],
    target: NDArray[np.bool_],
    events: NDArray[np.str_],
    names: Sequence[str],
    left_out: frozenset[str],
    weights: Floats | None = None,
) -> tuple[dict[str, float], Floats]:
    """Return the weights of a ridge-penalised logistic regression by name, and the out-of-fold chances, (n,).

    The columns named in `left_out` are not looked at; `weights`, (n,), say what each row counts, by default all the same.
    """
    counts = np.ones(len(matrix)) if weights is None else weights
    matrix = matrix[:, [name not in left_out for name in names]]
    names = [name for name in names if name not in left_out]
    chances = np.zeros(len(matrix))
    for known, new in GroupKFold(FOLDS).split(matrix, groups=events):
        model = _regression().fit(
            matrix[known], target[known], logisticregression__sample_weight=counts[known]
        )
        chances[new] = model.predict_proba(matrix[new])[:, 1]
    scaler, regression = _regression().fit(matrix, target, logisticregression__sample_weight=counts).steps
    slopes = regression[1].coef_[0] / scaler[1].scale_
    constant = float(regression[1].intercept_[0] - slopes @ scaler[1].mean_)
    by_name = {name: round(float(slope), 5) for name, slope in zip(names, slopes, strict=True)}
    return {"constant": round(constant, 5), **by_name}, chances


def _regression() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=RIDGE, max_iter=1000))
