from index.reader.training.examples import DENIES, NO_COMMENT, OTHER, REPORTS, UNKNOWN
from index.reader.training.judged_questions import deciding_pages, events_of, judged_groups, judged_rows
from tests.index.reader.training.harness import claim, open_question, write_rows

CLAIM = claim("Did it rain?", ("a", "reports"), ("b", "denies"), ("c", "no_comment"), ("d", "other"))
OPEN = open_question("Where?", ("a", 2), ("b", 1), ("c", 0))


def test_the_files_of_a_folder_are_read_claims_first(tmp_path):
    write_rows(tmp_path / "open-judged.jsonl.gz", [OPEN])
    write_rows(tmp_path / "claims-judged.jsonl.gz", [CLAIM])
    write_rows(tmp_path / "claims-more.jsonl.gz", [claim("Else?", ("e", "other"))])
    write_rows(tmp_path / "other.jsonl.gz", [{}])
    assert [row["question"] for row in judged_rows(tmp_path)] == ["Did it rain?", "Else?", "Where?"]


def test_claims_have_stances_and_open_questions_answers():
    claims, open_group = judged_groups([CLAIM, OPEN])
    assert [(one.stance, one.answers) for one in claims.examples] == [
        (REPORTS, 1.0), (DENIES, 1.0), (NO_COMMENT, 1.0), (OTHER, 0.0),
    ]  # fmt: skip
    assert [(one.stance, one.answers) for one in open_group.examples] == [
        (UNKNOWN, 1.0), (UNKNOWN, 0.5), (UNKNOWN, 0.0),
    ]  # fmt: skip
    assert (claims.source, open_group.source) == ("claims", "open")
    assert claims.examples[0].passage == ("It rained.", "Rain", "")


def test_older_names_of_other_and_missing_parts_are_understood():
    row = claim("Did it rain?", ("a", "related"), ("b", "unrelated"))
    row["candidates"][0] |= {"title": None, "before": None}
    [group] = judged_groups([row])
    assert [one.stance for one in group.examples] == [OTHER, OTHER]
    assert group.examples[0].passage == ("It rained.", "", "")


def test_pages_that_answer_at_all_decide():
    assert deciding_pages(CLAIM) == ["a", "b", "c"]
    assert deciding_pages(OPEN) == ["a", "b"]


def test_questions_that_share_deciding_pages_are_of_one_event():
    rows = [
        open_question("One?", ("a", 2)),
        open_question("Two?", ("b", 2)),
        open_question("Three?", ("b", 1), ("a", 2)),
        open_question("Four?", ("c", 2), ("a", 0)),
    ]
    events = events_of(rows)
    assert events[0] == events[1] == events[2] != events[3]


def test_a_question_that_nothing_decides_is_an_event_of_its_own():
    events = events_of([open_question(text, ("a", 0)) for text in ("One?", "Two?")])
    assert events == ["nothing:One?", "nothing:Two?"]
