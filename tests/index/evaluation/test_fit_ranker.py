"""Fitting on made-up questions whose answers are known: what is learned, and that no figure has seen its question."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from index.evaluation.fit_answerability import build_examples, label_cases
from index.evaluation.fit_query_adapter import fit_query_adapter
from index.evaluation.fit_ranker import fit_ranking, model_to_json
from index.evaluation.judged_sentences import newsqa_stories, score_trecqa, span_hits
from index.evaluation.news_qa import FOLDS, RankingCase, fold_of, hit_rates
from index.ranking.answerability import SET_FEATURES
from index.ranking.features import FEATURE_NAMES
from index.ranking.model import RankingModel, bundled_ranking
from index.ranking.tree_ensemble import TreeEnsemble

WIDE = 16


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def made_up(count, kind="q", answerable=True, seed=0):
    """Questions whose answer lies where the question's vector points when its halves change places."""
    random = np.random.default_rng(seed)
    cases = []
    for place in range(count):
        query = unit(random.normal(size=WIDE)).astype(np.float32)
        vectors = unit(random.normal(size=(12, WIDE))).astype(np.float32)
        vectors[3] = unit(np.roll(query, WIDE // 2) + 0.1 * random.normal(size=WIDE))
        matrix = random.uniform(size=(12, len(FEATURE_NAMES))).astype(np.float32) * 0.2
        relevant = np.zeros(12, dtype=np.bool_)
        if answerable:
            matrix[3, FEATURE_NAMES.index("covered")] = 0.9
            relevant[3] = True
        number = f"{kind}{place}"
        articles = tuple(range(12))
        cases.append(
            RankingCase(
                number, fold_of(number), query, matrix, relevant, vectors.astype(np.float16), articles
            )
        )
    return cases


def first(cases, aim):
    return np.mean(
        [np.argmax(case.vectors.astype(np.float32) @ aim.transform(case.query)) == 3 for case in cases]
    )


def test_the_aim_learns_where_answers_lie_and_keeps_it_for_new_questions():
    aim = fit_query_adapter(made_up(400), "m")
    strangers = made_up(100, seed=1)
    assert first(strangers, aim) > 0.5
    chance = fit_query_adapter(made_up(5), "m")
    assert first(strangers, aim) > first(strangers, chance)


def test_a_fitted_model_reads_back_and_its_figures_are_of_unseen_questions():
    known, told = made_up(120), made_up(40, "n", seed=2)
    part = made_up(60, "q", seed=6) + made_up(60, "u", answerable=False, seed=7)
    fitted = fit_ranking(
        known, made_up(60, "u", answerable=False, seed=3), told, [part], fit_query_adapter(known, "m")
    )
    assert fitted.figures["hit@1"] > 0.95
    assert fitted.figures["newsqa span@1"] > 0.95
    assert fitted.figures["auroc"] > 0.95
    model = RankingModel.from_json(model_to_json(fitted.model))
    assert model.adapter.model == "m"
    assert model.adapter.left.shape[0] == WIDE
    scores = {case.question_id: model.trees.score(case.matrix) for case in known}
    assert hit_rates(known, scores)["hit@1"] > 0.95
    assert model_to_json(fitted.model) == model_to_json(json.loads(model_to_json(fitted.model)))


def test_what_has_its_answer_far_down_is_no_example_of_silence():
    [right, wrong, deep] = made_up(2) + made_up(1, "d", seed=1)
    wrong.relevant[:] = False
    scores = {case.question_id: np.arange(12, dtype=np.float32)[::-1] for case in (right, wrong)}
    scores["d0"] = np.where(deep.relevant, -1.0, 1.0).astype(np.float32)
    told = label_cases([right, wrong, deep], scores)
    assert [(case.question_id, answers) for case, answers in told] == [("q0", True), ("q1", False)]


def test_every_example_is_seen_once_more_as_if_asked_later():
    cases = [(case, True) for case in made_up(3)]
    known = build_examples([cases], [{case.question_id: np.zeros(12, np.float32) for case, _ in cases}])
    age = SET_FEATURES.index("few age")
    assert known.kinds.tolist() == [0, 0, 0, 1, 1, 1]
    assert (known.features[3:, age] > known.features[:3, age] + 4).all()
    others = [place for place, name in enumerate(SET_FEATURES) if not name.endswith(" age")]
    assert known.features[3:, others] == pytest.approx(known.features[:3, others])


def test_what_cannot_be_learned_is_not_found_out_of_fold():
    random = np.random.default_rng(5)
    known = made_up(120)
    blind = [
        RankingCase(
            c.question_id, c.fold, c.query, c.matrix, random.permutation(c.relevant), c.vectors, c.articles
        )
        for c in known
    ]
    fitted = fit_ranking(
        blind, made_up(60, "u", answerable=False), blind[:20], [], fit_query_adapter(known, "m")
    )
    assert fitted.figures["hit@1"] < 0.4


def test_every_fold_has_its_questions():
    counts = np.bincount([fold_of(str(number)) for number in range(500)], minlength=FOLDS)
    assert counts.min() > 60


@pytest.fixture
def judged(tmp_path):
    stories = [
        {
            "text": "The bridge was closed on Monday. Engineers found cracks in two cables. It will open in May.",
            "questions": [
                {
                    "id": "1",
                    "question": "What did engineers find?",
                    "answers": [{"text": "cracks", "answer_start": 49}],
                },
                {
                    "id": "2",
                    "question": "When was the bridge closed?",
                    "answers": [{"text": "Monday", "answer_start": 25}],
                },
            ],
        }
    ]
    rows = [
        {
            "qid": 1,
            "question": "Who wrote the opera?",
            "sentence": "The opera was written by Ada Roth .",
            "label": 1,
        },
        {"qid": 1, "question": "Who wrote the opera?", "sentence": "Tickets cost ten dollars .", "label": 0},
        {"qid": 2, "question": "Who sang?", "sentence": "Nobody sang .", "label": 0},
    ]
    for name, lines in (("newsqa", stories), ("trecqa", rows)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    return tmp_path


def test_spans_are_looked_for_in_their_own_story(judged, encoder):
    model, heard = bundled_ranking(), []
    with newsqa_stories(judged, encoder) as stories:
        cases = stories.ranking_cases(
            [model.adapter] * FOLDS, lambda done, total: heard.append((done, total))
        )
    assert heard == [(0, 1)]
    assert [case.relevant.sum() for case in cases] == [1, 1]
    assert len({case.fold for case in cases}) == 1
    best = {case.question_id: np.where(case.relevant, 1.0, 0.0).astype(np.float32) for case in cases}
    assert span_hits(cases, best) == {"newsqa span@1": 1.0, "newsqa span@3": 1.0}
    worst = {number: -scores for number, scores in best.items()}
    assert span_hits(cases, worst) == {"newsqa span@1": 0.0, "newsqa span@3": 1.0}


def test_trecqa_leaves_out_what_has_only_one_label_and_follows_the_ranking(judged, encoder):
    def reading(sign):
        model = bundled_ranking()
        trees = TreeEnsemble.from_nodes([[["covered", 0.1, 1, 2], [0.0], [sign]]])
        return replace(model, trees=trees)

    assert score_trecqa(judged, encoder, reading(1.0)) == {"trecqa map": 1.0, "trecqa mrr": 1.0}
    assert score_trecqa(judged, encoder, reading(-1.0)) == {"trecqa map": 0.5, "trecqa mrr": 0.5}
