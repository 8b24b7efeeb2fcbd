import json
from dataclasses import replace

import numpy as np
import pytest

from index.evaluation.fitting.fit_chances import (
    FALSE_SILENCE,
    FALSE_SILENCE_OF_CLAIMS,
    ReadQuestion,
    chances_to_json,
    fit_claims,
    fit_open,
    out_of_fold_figures,
)
from index.ranking.chances import Chances, ReadCandidates

QUESTIONS, COUNT = 100, 8  # how many, and the candidates of each


def made_up(count, is_claim, seed=0, words=6):
    """Questions whose readings are right up to noise; of one in four nothing answers."""
    random = np.random.default_rng(seed)
    questions = []
    for number in range(count):
        answerable = number % 4 > 0
        kinds = random.integers(0, 4, COUNT) if answerable else np.full(COUNT, 3)
        answer = np.where(kinds < 3, 2.0, -2.0) + random.normal(0, 1, COUNT)
        stance = np.full((COUNT, 4), -3.0)
        stance[np.arange(COUNT), kinds] = -0.2
        stance += random.normal(0, 0.3, stance.shape)
        read = ReadCandidates(
            *(part.astype(np.float32) for part in (answer, stance, answer / 2, np.zeros((COUNT, 3))))
        )
        names = ("reports", "denies", "no_comment", "other") if is_claim else ("2", "2", "1", "0")
        labels = [names[kind] for kind in kinds]
        labels[-1] = ""  # nobody judged it
        questions.append(
            ReadQuestion(
                f"event {number // 2}", is_claim, answerable, read, float(answerable), words, tuple(labels)
            )
        )
    return questions


@pytest.fixture(scope="module")
def claims():
    return fit_claims(made_up(QUESTIONS, is_claim=True))


@pytest.fixture(scope="module")
def open_questions():
    return fit_open(made_up(QUESTIONS, is_claim=False))


def test_chances_tell_right_from_wrong_on_events_that_the_fit_had_not_seen(claims, open_questions):
    figures = out_of_fold_figures(claims)
    assert figures["reports average precision"] > 0.9
    assert figures["denies recall at precision 0.85"] > 0.8
    assert figures["answerable AUC"] > 0.95
    assert out_of_fold_figures(open_questions)["silent at 5% false silence"] > 0.8


def test_chances_are_calibrated(claims):
    for name, chances in claims.out_of_fold.items():
        assert abs(chances.mean() - (claims.labels == name).mean()) < 0.02


def test_candidates_that_nobody_judged_are_not_learned_from(claims):
    assert "" not in claims.labels
    assert len(claims.labels) == QUESTIONS * (COUNT - 1) == len(claims.out_of_fold["denies"])


def test_the_threshold_lets_few_answerable_questions_go_unanswered(claims, open_questions):
    silent = claims.answerable_logits[claims.answerable] < claims.model["threshold"]
    assert silent.mean() == pytest.approx(FALSE_SILENCE_OF_CLAIMS, abs=0.02)
    silent = open_questions.answerable_logits < open_questions.model["threshold"]
    assert silent[open_questions.answerable].mean() == pytest.approx(FALSE_SILENCE, abs=0.02)


def test_the_text_holds_both_models(claims, open_questions):
    text = chances_to_json(claims, open_questions)
    assert json.loads(text) == {"claims": claims.model, "open": open_questions.model}
    loaded = Chances.from_json(text)
    question = made_up(2, is_claim=True, seed=9)[1]
    chances = loaded.claims.candidate_chances(question.read)
    wanted = np.array([label == "reports" for label in question.labels])
    assert chances.reports[wanted].min() > chances.reports[~wanted][:-1].max()
    assert loaded.claims.answerable_logit(question.read, question.search_logit, question.words) > 0


def test_readings_that_say_nothing_make_chances_that_say_nothing():
    questions = made_up(60, is_claim=False)
    mixed = [replace(one, read=questions[0].read, search_logit=0.0) for one in questions]
    assert out_of_fold_figures(fit_open(mixed))["answerable AUC"] < 0.7


def test_a_quiz_teaches_silence_alone(open_questions):
    """Its answerable questions are read as if nothing answered: only the search knows."""
    blind = [
        replace(
            one,
            event=f"quiz {number}",
            words=20,
            search_logit=4.0 if one.answerable else -4.0,
            read=replace(one.read, answer=np.full(COUNT, -2.0, np.float32)),
            labels=("",) * COUNT,
        )
        for number, one in enumerate(made_up(4 * QUESTIONS, is_claim=False, seed=1))
    ]
    taught = fit_open(made_up(QUESTIONS, is_claim=False), blind)
    assert taught.model["candidates"] == open_questions.model["candidates"]
    figures = out_of_fold_figures(taught)
    assert figures["quiz silent"] > 0.9
    assert figures["quiz not falsely silent"] > 0.8
    assert len(taught.answerable_logits) == QUESTIONS
    assert not any(name.startswith("quiz") for name in out_of_fold_figures(open_questions))
