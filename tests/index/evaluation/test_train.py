"""The whole of `run_training` on a few made-up pages, but for the training itself."""

import gzip
import json

import pytest

from index.errors import VerbatimError
from index.evaluation import train
from index.evaluation.own_labels import question_hash, write_own_labels
from index.evaluation.train import TrainSettings, check_training, run_training
from index.ranking.chances import Chances
from index.reader.training import event_split, run
from tests.index.evaluation.fake_reading import BridgeReader

PLACES = ("Norwick", "Aldham", "Bexley", "Corby", "Dunster", "Ely", "Fowey", "Goring")
FIRST, SECOND = "The bridge in {} closed on Monday, the mayor said.", "Ferries in {} carry commuters instead."


def url(place):
    return f"https://news.example.com/{place.lower()}"


def judged(question, place, labels, **others):
    sentences = (FIRST.format(place), SECOND.format(place))
    candidates = [
        {"url": url(place), "title": f"News of {place}", "before": "", "sentence": sentence, "label": label}
        for sentence, label in zip(sentences, labels, strict=True)
    ]
    return {
        "question": question,
        "now": "2025-01-01",
        "candidates": candidates,
        "corpus": "2022+2024",
        **others,
    }


def write_gz(path, rows):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


CLAIMS = [
    judged(f"Did the bridge in {place} close?", place, ("reports" if n % 2 else "other", "denies" if n % 3 else "no_comment"),
           expected="reported" if n % 2 else "nothing")
    for n, place in enumerate(PLACES)
]  # fmt: skip
OPEN = [
    judged(f"What closed in {place}?", place, (2 if n % 2 else 0, 0), answerable=bool(n % 2))
    for n, place in enumerate(PLACES)
]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder of training data, complete; the public sets are empty, for they are not read here."""
    folder = tmp_path / "data"
    folder.mkdir()
    pages = [
        {"url": url(place), "outlet": "News", "title": f"News of {place}", "published": "2022/06/01",
         "text": f"{FIRST.format(place)}\n{SECOND.format(place)}"}
        for place in (*PLACES, "Unnamed")
    ]  # fmt: skip
    write_gz(folder / "news-2022-2024.jsonl.gz", pages)
    kept_aside = judged("Kept aside?", "Unnamed", ("reports", "other"), expected="reported", corpus="2023")
    write_gz(folder / "claims-judged.jsonl.gz", [*CLAIMS, kept_aside])
    write_gz(folder / "open-judged.jsonl.gz", OPEN)
    (folder / "questions-unjudged.txt").write_text("Why did the bridge in Ely close?\n")
    for name in (*train.ANSWER_SETS, *train.STANCE_SETS):
        write_gz(folder / f"{name}.jsonl.gz", [])
    quiz = {
        "qid": "1", "date": "2022-06-02", "question": "The mayor said that a bridge closed. In which town is it?",
        "answer": "Ely", "url": url("Ely"), "label": 1,
    }  # fmt: skip
    write_gz(folder / "realtimeqa-sentences.jsonl.gz", [quiz])
    ours = judged("Why did the bridge in Ely close?", "Ely", (1, 0), answerable=True)
    write_own_labels([ours], tmp_path / "own.gz", {question_hash(ours["question"]): 1})
    monkeypatch.setattr(train, "LABELS_FILE", tmp_path / "own.gz")
    written = judged("Was the bridge in Ely kept open?", "Ely", ("denies", "other"), expected="denied")
    write_own_labels([written], tmp_path / "contrasts.gz", {})
    monkeypatch.setattr(train, "CONTRASTS_FILE", tmp_path / "contrasts.gz")
    return folder


def test_the_whole_training_makes_a_network_chances_and_figures(data, tmp_path, models, monkeypatch):
    given = {}

    def no_training(folder, first, last, contrasts, target, log):
        given.update(first=first, last=last, contrasts=contrasts)
        return target / "network.onnx"

    monkeypatch.setattr(run, "train_reader", no_training)
    monkeypatch.setattr(train, "Reader", BridgeReader)
    monkeypatch.setattr(event_split, "CALIBRATION_SHARE", 101)  # all: eight events are few
    lines = []
    result = run_training(TrainSettings(data, tmp_path / "kept", models), lines.append)
    assert result.network == tmp_path / "kept" / "network.onnx"
    assert given == {"first": [], "last": [], "contrasts": []}
    assert Chances.from_json(result.chances).open_questions.candidates.keys() == {"answers"}
    assert {"claims: denies average precision", "open questions: answerable AUC"} <= result.figures.keys()
    assert all(0 <= figure <= 1 for figure in result.figures.values())
    assert "0 judged questions, 0 of our own and 0 contrasts to train on, 17 to calibrate with" in lines


def test_what_is_trained_on_are_judged_questions_and_our_own(data, tmp_path, models, monkeypatch):
    class EnoughError(Exception):
        pass

    given = {}

    def no_training(folder, first, last, contrasts, target, log):
        given.update(first=first, last=last, contrasts=contrasts)
        raise EnoughError

    monkeypatch.setattr(run, "train_reader", no_training)
    monkeypatch.setattr(event_split, "CALIBRATION_SHARE", 0)
    with pytest.raises(EnoughError):
        run_training(TrainSettings(data, tmp_path / "kept", models), lambda _: None)
    assert [group.question for group in given["first"]] == [row["question"] for row in (*CLAIMS, *OPEN)]
    [contrast] = given["contrasts"]
    assert contrast.question == "Was the bridge in Ely kept open?"
    [own] = given["last"]
    assert own.question == "Why did the bridge in Ely close?"
    assert [(one.passage.sentence, one.answers) for one in own.examples] == [
        (FIRST.format("Ely"), 0.5), (SECOND.format("Ely"), 0.0),
    ]  # fmt: skip


def test_data_that_are_missing_are_named_before_the_work_begins(data, tmp_path, models):
    check_training(data)
    (data / "vitaminc.jsonl.gz").unlink()
    (data / "questions-unjudged.txt").unlink()
    with pytest.raises(VerbatimError, match=r"lacks questions-unjudged.txt, vitaminc.jsonl.gz; .*--data"):
        run_training(TrainSettings(data, tmp_path / "kept", models), lambda _: None)
    assert not (tmp_path / "kept").exists()


def test_own_judgements_that_are_missing_are_told(data, tmp_path):
    (tmp_path / "own.gz").unlink()
    with pytest.raises(VerbatimError, match=r"own judgements are missing: .*own.gz"):
        check_training(data)


def test_a_library_that_is_missing_is_told_with_how_to_get_it(data, monkeypatch):
    monkeypatch.setattr(train, "LIBRARIES", ("numpy", "no_such_library"))
    with pytest.raises(VerbatimError, match=r"needs no_such_library: pip install 'verbatim-news\[eval\]'"):
        check_training(data)
