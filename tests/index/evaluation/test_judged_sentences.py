import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from index.evaluation.judged_sentences import newsqa_stories, score_trecqa, span_hits
from index.evaluation.news_qa import FOLDS
from index.ranking.model import bundled_ranking
from index.ranking.tree_ensemble import TreeEnsemble
from tests.index.evaluation.fake_reading import word_reader


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


def test_trecqa_is_in_the_order_shown_and_keeps_the_figures_of_the_trees(judged, encoder):
    def measured(word):
        trees = TreeEnsemble.from_nodes(
            [[["covered", 0.1, 1, 2], [0.0], [0.5]]]
        )  # of less weight than the reader
        return score_trecqa(judged, encoder, replace(bundled_ranking(), trees=trees), word_reader(word))

    of_trees = {"trees trecqa map": 1.0, "trees trecqa mrr": 1.0}
    assert measured("written") == of_trees | {"trecqa map": 1.0, "trecqa mrr": 1.0}
    assert measured("dollars") == of_trees | {"trecqa map": 0.5, "trecqa mrr": 0.5}
