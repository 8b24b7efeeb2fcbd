import pytest

from index.reader.training import public_sets
from index.reader.training.examples import DENIES, NOT_REPORTS, OTHER, REPORTS
from index.reader.training.public_sets import (
    ANSWER_SETS,
    STANCE_SETS,
    public_groups,
    read_rows,
    stance_groups,
)
from tests.index.reader.training.harness import write_rows


def answer_rows(name):
    for number in range(3):
        for label, count in ((1, 5), (0, 9)):
            for place in range(count):
                sentence = f"{name} {number} {label} {place}"
                yield {
                    "qid": f"q{number}",
                    "question": f"Who {number}?",
                    "sentence": sentence,
                    "label": label,
                }


def stance_rows():
    for label in ("supports", "refutes", "neutral"):
        row = {"claim": f"It was {label}.", "sentence": f"This {label}.", "label": label}
        yield {**row, "title": None, "prev": "Before."}
    yield {"claim": "It may hide.", "sentence": "Hidden.", "label": "neutral", "binary": True}


@pytest.fixture
def folder(tmp_path):
    for name in ANSWER_SETS:
        write_rows(tmp_path / f"{name}.jsonl.gz", answer_rows(name))
    for name in STANCE_SETS:
        write_rows(tmp_path / f"{name}.jsonl.gz", stance_rows())
    return tmp_path


def of(source, groups):
    return [group for group in groups if group.source == source]


def test_rows_are_read_in_order(tmp_path):
    write_rows(tmp_path / "a.jsonl.gz", [{"a": 1}, {"a": "ü"}])
    assert list(read_rows(tmp_path / "a.jsonl.gz")) == [{"a": 1}, {"a": "ü"}]


def test_every_set_is_read_with_its_weight(folder):
    groups = list(public_groups(folder, 1))
    assert {group.source for group in groups} == {*ANSWER_SETS, *STANCE_SETS}
    assert {group.weight for group in of("bump-cnndm", groups)} == {1.5}
    assert {group.weight for group in of("multihop-rag-500", groups)} == {0.5}


def test_a_question_comes_with_a_few_sentences_of_both_kinds(folder):
    for group in of("qed-dev", public_groups(folder, 1)):
        answers = [one.answers for one in group.examples]
        assert (answers.count(1.0), answers.count(0.0)) == (3, ANSWER_SETS["qed-dev"][1])


def test_a_question_that_nothing_answers_or_everything_is_left_out(folder):
    rows = [row for row in answer_rows("x") if row["qid"] != "q1" or row["label"]]
    write_rows(folder / "qed-dev.jsonl.gz", rows)
    assert {group.question for group in of("qed-dev", public_groups(folder, 1))} == {"Who 0?", "Who 2?"}


def test_doubtful_answers_and_copies_are_left_out(folder):
    doubtful = [row | {"overlap": 3 if row["qid"] == "q0" else 5} for row in answer_rows("x")]
    write_rows(folder / "realtimeqa-sentences.jsonl.gz", doubtful)
    copies = [row | {"part": "xquad-en" if row["qid"] == "q0" else "squad"} for row in answer_rows("x")]
    write_rows(folder / "as2-from-spans.jsonl.gz", copies)
    groups = list(public_groups(folder, 1))
    for name in ("realtimeqa-sentences", "as2-from-spans"):
        assert {group.question for group in of(name, groups)} == {"Who 1?", "Who 2?"}


def test_labels_become_stances(folder):
    labelled = {
        group.examples[0].passage.sentence: group.examples[0]
        for group in of("vitaminc", public_groups(folder, 1))
    }
    stances = {sentence: (one.stance, one.answers) for sentence, one in labelled.items()}
    assert stances == {
        "This supports.": (REPORTS, 1.0),
        "This refutes.": (DENIES, 1.0),
        "This neutral.": (OTHER, None),
        "Hidden.": (NOT_REPORTS, None),
    }
    assert labelled["This supports."].passage == ("This supports.", "", "Before.")


def test_what_is_not_entailed_in_rte_may_be_denied(folder):
    stances = {group.examples[0].stance for group in of("rte", public_groups(folder, 1))}
    assert stances == {REPORTS, DENIES, NOT_REPORTS}


def test_claims_are_put_as_statements_and_as_questions(folder):
    questions = {group.question for group in public_groups(folder, 1) if group.source in STANCE_SETS}
    assert {"It was supports.", "Was it supports?"} <= questions


def test_the_seed_alone_chooses_the_rows(folder, monkeypatch):
    monkeypatch.setattr(public_sets, "ANSWER_SETS", {"qed-dev": (2, 2, 1.0)})
    monkeypatch.setattr(public_sets, "STANCE_SETS", {"vitaminc": (2, 1.0)})
    drawn = [list(public_groups(folder, seed)) for seed in (1, 1, 2, 3, 4)]
    assert drawn[0] == drawn[1]
    assert any(other != drawn[0] for other in drawn[2:])
    assert [group.source for group in drawn[0]] == ["qed-dev"] * 2 + ["vitaminc"] * 2


def test_contrasts_are_drawn_from_what_tells_refutation_from_silence(folder):
    groups = stance_groups(folder, 1, 1_000)
    assert {group.source for group in groups} == set(STANCE_SETS) - {"rte"}
    assert len(stance_groups(folder, 1, 5)) == 5
    assert stance_groups(folder, 1, 5) == stance_groups(folder, 1, 5)
