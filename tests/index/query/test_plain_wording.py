"""Negated questions ask about the same event as plain ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.plain_wording import affirmative, with_apostrophes


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Didn't Roe call the mayor?", "Did Roe call the mayor?"),
        ("Hasn’t the toll risen?", "Has the toll risen?"),
        ("isnt it true that Roe resigned", "Roe resigned"),
        ("Is it false that Roe resigned?", "Roe resigned?"),
        ("So is it a lie that Roe resigned?", "Roe resigned?"),
        ("It's not true that Roe resigned", "Roe resigned"),
        ("Roe never called the mayor", "Roe called the mayor"),
        ("Won't the bridge open?", "Will the bridge open?"),
        ("Roe cannot run again", "Roe can run again"),
        ("Did that man not resign?", "Did that man resign?"),
    ],
)
def test_what_negates_the_whole_question_goes(asked: str, plain: str) -> None:
    assert affirmative(asked) == plain


@pytest.mark.parametrize(
    "asked",
    [
        "Did Roe call the mayor?",
        "Was Roe found not guilty?",
        "Did Roe say that he would under no circumstances ever accept what the court did not allow?",
        "Is it true that Roe resigned?",
        "Did Roe say she would not run again?",
        "Did Roe say she didn't call?",
        "Did Roe decide not to run?",
        "Did the country agree never to build it?",
        "Did the court rule that Roe must not be deported?",
    ],
)
def test_other_questions_stay_as_they_are(asked: str) -> None:
    assert affirmative(asked) in (asked, asked.removeprefix("Is it true that "))


POSITIVE = {"didn't": "did", "didnt": "did", "isn’t": "is", "hasn't": "has", "won't": "will", "cannot": "can"}
WORDS = [
    *POSITIVE, "Is", "it", "true", "false", "not", "never", "that", "Roe", "called", "the mayor", "say",
    "did", "resign", "really", "only", "a lie", "said", "?", ",",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join) | st.text(max_size=300))
def test_no_word_is_invented_but_the_auxiliary_without_its_not(text: str) -> None:
    assert len(affirmative(text)) <= len(text) + 1
    words = set(text.lower().split())
    rewritten = {POSITIVE[word] for word in words & POSITIVE.keys()}
    assert set(affirmative(text).lower().split()) <= words | rewritten


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("didnt ada resign", "didn't ada resign"),
        ("Whats new?", "What's new?"),
        ("WHOS THE POPE", "WHO'S THE POPE"),
        ("they wont, they cant", "they won't, they can't"),
        ("why hasnt it rained, hows that", "why hasn't it rained, how's that"),
        ("what's new", "what's new"),
        ("the shows, the wants and the pants of Kant", "the shows, the wants and the pants of Kant"),
        ("its own", "its own"),
    ],
)
def test_an_apostrophe_is_put_where_one_was_left_out(typed, meant):
    assert with_apostrophes(typed) == meant


@given(st.text())
def test_nothing_but_apostrophes_is_added(text):
    assert with_apostrophes(text).replace("'", "") == text.replace("'", "")
    assert with_apostrophes(with_apostrophes(text)) == with_apostrophes(text)
