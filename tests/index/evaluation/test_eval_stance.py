import gzip
import json

import pytest

from index.evaluation.eval_stance import (
    LabelledHeadline,
    count_read_articles,
    fit_factuality,
    label_read_headlines,
    precision_at_recall,
    score_read_stance,
)
from tests.index.evaluation.fake_reading import word_reader


def test_precision_at_a_recall():
    denials = [(0.9, True), (0.8, True), (0.7, False), (0.7, True), (0.2, False)]
    assert precision_at_recall(0.5, denials, 4) == 1.0
    assert precision_at_recall(0.75, denials, 4) == 0.75  # the two at 0.7 stand or fall together
    assert precision_at_recall(0.9, denials, 4) == 0.0


def test_weights_tell_reports_from_hedged_headlines():
    claim = "Apple bought a bank"
    headlines = [LabelledHeadline(claim, "Apple bought a bank", "reports")] * 10
    headlines += [LabelledHeadline(claim, "Apple may have bought a bank, rumor says", "neutral")] * 10
    weights = fit_factuality(headlines)
    assert weights
    assert fit_factuality([*headlines, LabelledHeadline(claim, "Apple denies it", "denies")]) == weights


def headlines(words):
    """Headlines of ten claims, whose label can be told by a word that stands for nothing."""
    return [
        LabelledHeadline(f"Norwick sold {number} ships", f"Norwick story {number} {word}", label)
        for number in range(10)
        for word, label in [*words.items()][number % 3 :] + [*words.items()][: number % 3]
    ]


READ_WORDS = {"alpha": "reports", "beta": "denies", "gamma": "neutral"}


def test_what_was_read_labels_headlines_of_claims_not_seen_before():
    reader = word_reader("gamma", reports="alpha", denies="beta")
    labels, denials = label_read_headlines(headlines(READ_WORDS), reader)
    assert labels == [one.label for one in headlines(READ_WORDS)]
    assert [chance > 0.5 for chance in denials] == [label == "denies" for label in labels]
    assert reader.reader.heard[0][0] == "Norwick sold 0 ships"
    blind, _ = label_read_headlines(headlines(READ_WORDS), word_reader("nowhere"))
    assert sum(one == two for one, two in zip(blind, labels, strict=True)) <= 20


def write(folder, name, rows):
    (folder / "stance").mkdir(exist_ok=True)
    with gzip.open(folder / "stance" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def fnc(tmp_path):
    bodies = [
        "The alpha of Norwick was sold. A beta in Norwick spoke of it at length.",
        "A gamma of Norwick was sold. A beta in Norwick spoke of it at length.",
        "A gamma of Norwick was sold. Nobody in Norwick spoke of it at length.",
        "The alpha and the beta in Norwick spoke of it at length.",
        "A gamma of Norwick was sold. " * 12 + "A beta in Norwick spoke of it at length.",
    ]
    pairs = [("agree", 0), ("unrelated", 1), ("disagree", 1), ("discuss", 2), ("discuss", 3), ("disagree", 4)]
    write(tmp_path, "fnc-bodies", [{"id": n, "text": text} for n, text in enumerate(bodies)])
    write(tmp_path, "fnc-pairs", [{"claim": "Norwick sold a ship", "body": n, "stance": s} for s, n in pairs])
    return tmp_path


def test_an_article_is_settled_by_the_surest_of_its_first_sentences(fnc):
    reader = word_reader("", reports="alpha", denies="beta")
    assert count_read_articles(fnc, reader) == {
        ("agree", "other"): 1,  # both are as sure: the first stands
        ("disagree", "disagree"): 1,
        ("discuss", "other"): 2,  # in one a sentence does both
        ("disagree", "other"): 1,  # denied too far down
    }
    question, passages = reader.reader.heard[1]
    assert question == "Norwick sold a ship"
    assert passages[1].headline == passages[1].before == "A gamma of Norwick was sold."
    assert count_read_articles(fnc, reader, pairs=2).total() == 2


def test_the_figures_with_a_reader_come_by_name(fnc):
    rows = [
        {"claim": one.claim, "sentence": one.sentence, "stance": one.label} for one in headlines(READ_WORDS)
    ]
    write(fnc, "emergent", rows)
    assert score_read_stance(fnc, word_reader("gamma", reports="alpha", denies="beta")) == {
        "read stance accuracy": 1.0,
        "read stance denies precision": 1.0,
        "read disagree f1": pytest.approx(2 / 3),
    }
