from hypothesis import given
from hypothesis import strategies as st

from index.reader.training import event_split
from index.reader.training.event_split import CALIBRATION_SHARE, LARGE_EVENT, apart_from, split_by_event
from index.reader.training.judged_questions import deciding_pages
from tests.index.reader.training.harness import open_question

# Few pages for many questions, so that events meet.
QUESTIONS = st.lists(
    st.builds(
        lambda number, labelled, corpus: open_question(f"Q{number}?", *labelled, corpus=corpus),
        st.integers(0, 30),
        st.lists(st.tuples(st.integers(0, 40).map(str), st.sampled_from([0, 1, 2])), min_size=1, max_size=3),
        st.sampled_from(["2022+2024", "2022+2024", "2022+2024", "2023"]),
    ),
    max_size=25,
)


def pages(rows):
    return {page for row in rows for page in deciding_pages(row)}


@given(judged=QUESTIONS, own=QUESTIONS)
def test_no_deciding_page_is_on_both_sides(judged, own):
    split = split_by_event(judged, own)
    training = pages(split.training) | pages(split.own_training)
    assert training.isdisjoint(pages(split.calibration))


@given(judged=QUESTIONS, own=QUESTIONS)
def test_every_judged_question_is_on_one_side_but_those_kept_aside(judged, own):
    split = split_by_event(judged, own)
    kept = [id(row) for row in judged if row["corpus"] != "2023"]
    ours = {id(row) for row in own}
    sides = [id(row) for row in (*split.training, *split.calibration) if id(row) not in ours]
    assert sorted(sides) == sorted(kept)
    assert {id(row) for row in split.own_training} <= ours


@given(judged=QUESTIONS, own=QUESTIONS)
def test_what_stands_apart_shares_no_page_with_the_calibration(judged, own):
    apart = apart_from(own, judged)
    assert {one["url"] for row in apart for one in row["candidates"]}.isdisjoint(pages(judged))
    shared = [row for row in own if row not in apart]
    assert all({one["url"] for one in row["candidates"]} & pages(judged) for row in shared)


def drawn(wanted):
    """Return names of pages that are, or are not, in the share for calibration."""
    return [name for name in map(str, range(100)) if event_split._is_drawn(name) == wanted]


def test_about_the_share_of_the_events_is_for_calibration():
    rows = [open_question(f"Q{number}?", (f"page {number}", 2)) for number in range(2_000)]
    split = split_by_event(rows, [])
    assert abs(len(split.calibration) / 20 - CALIBRATION_SHARE) < 3
    assert split_by_event(rows, []) == split


def test_own_questions_follow_the_judged_ones_with_which_they_share_pages():
    [drawn_page, other_drawn, *_], [page, other, *_] = drawn(True), drawn(False)
    judged = [open_question("A?", (drawn_page, 2)), open_question("B?", (page, 2))]
    own = [
        open_question("calibration", (other, 2), (drawn_page, 1)),
        open_question("training", (other_drawn, 2), (page, 2)),
        open_question("both", (page, 2), (drawn_page, 2)),
    ]
    split = split_by_event(judged, own)
    assert [row["question"] for row in split.calibration] == ["A?", "calibration"]
    assert [row["question"] for row in split.own_training] == ["training"]


def test_own_questions_to_train_on_give_way_to_those_to_calibrate_with():
    [drawn_page, *_], [page, *_] = drawn(True), drawn(False)
    own = [open_question("first", (page, 2), (drawn_page, 2)), open_question("second", (drawn_page, 2))]
    split = split_by_event([], own)
    assert (split.own_training, [row["question"] for row in split.calibration]) == ([], ["second"])


def test_a_large_event_is_for_training():
    [page, *_] = drawn(True)
    rows = [open_question(f"Q{number}?", (page, 2)) for number in range(LARGE_EVENT)]
    assert len(split_by_event(rows, []).training) == LARGE_EVENT
    assert len(split_by_event(rows[1:], []).calibration) == LARGE_EVENT - 1
