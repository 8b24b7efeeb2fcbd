import gzip
import json

from index.evaluation.eval_stance import (
    LabelledHeadline,
    count_article_labels,
    fit_factuality,
    precision_at_recall,
)


def test_precision_at_a_recall():
    denials = [(0.9, True), (0.8, True), (0.7, False), (0.7, True), (0.2, False)]
    assert precision_at_recall(0.5, denials, 4) == 1.0
    assert precision_at_recall(0.75, denials, 4) == 0.75  # the two at 0.7 stand or fall together
    assert precision_at_recall(0.9, denials, 4) == 0.0


def test_an_article_disagrees_when_one_of_its_sentences_denies_the_claim(tmp_path):
    bodies = [
        {"id": 1, "text": "Trump called Putin, a paper wrote. The Kremlin denied that Trump called Putin."},
        {"id": 2, "text": "Wheat prices rose by nine percent in October."},
    ]
    pairs = [{"claim": "Trump called Putin", "body": body, "stance": "disagree"} for body in (1, 2)]
    (tmp_path / "stance").mkdir()
    for name, rows in (("fnc-bodies", bodies), ("fnc-pairs", pairs)):
        with gzip.open(tmp_path / "stance" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    assert count_article_labels(tmp_path) == {("disagree", "disagree"): 1, ("disagree", "other"): 1}


def test_weights_tell_reports_from_hedged_headlines():
    claim = "Apple bought a bank"
    headlines = [LabelledHeadline(claim, "Apple bought a bank", "reports")] * 10
    headlines += [LabelledHeadline(claim, "Apple may have bought a bank, rumor says", "neutral")] * 10
    weights = fit_factuality(headlines)
    assert weights
    assert fit_factuality([*headlines, LabelledHeadline(claim, "Apple denies it", "denies")]) == weights
