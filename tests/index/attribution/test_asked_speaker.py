import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.asked_speaker import asked_speaker, is_named
from index.attribution.speaker import Speaker


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Emmanuel Macron say about the strike?", "macron"),
        ("what did shawn fain say about the strike", "fain"),
        ("How did the White House respond to the report?", "house"),
        ("What has the mayor of Norwick said?", "norwick"),
        ("What is Jane Roe saying about it?", "roe"),
        ("What's Zelenskyy saying about Mariupol?", "zelenskyy"),
        ("What did Roe's lawyer tell the court?", "lawyer"),
        ("What does Jane Roe think of the plan?", "roe"),
        ("What did O’Neill's say?", "neill"),
    ],
)
def test_a_question_may_ask_for_somebodys_words(question, name):
    assert asked_speaker(question) == name


@pytest.mark.parametrize(
    "question",
    [
        "What did they say about the strike?",
        "Who said the bridge would close?",
        "Why did the bridge close?",
        "Did Macron say that the strike was over?",
        "What did the storm destroy in Norwick?",
        "What do people think of it?",
        "What did the storm do to the report?",
        "What did the storm that came in from the sea at night say?",
        "",
    ],
)
def test_most_questions_ask_for_nobodys_words(question):
    assert asked_speaker(question) == ""


WORDS = st.sampled_from(
    ["What", "did", "how", "is", "’s", "Jane", "Roe", "say", "saying", "about", "?", ",", "they"]
)


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_the_name_is_a_word_of_the_question(question):
    name = asked_speaker(question)
    assert name in question.lower()
    assert " " not in name


def test_a_speaker_is_named_by_a_word_of_name_or_role():
    speaker = Speaker("Jane Roe", "the mayor of Norwick")
    assert [is_named(word, speaker) for word in ("roe", "mayor", "ro", "fenn")] == [True, True, False, False]
    assert not is_named("roe", Speaker("Monroe"))
