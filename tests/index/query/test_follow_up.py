"""Key words, and questions that lean on the one before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.follow_up import is_followup, is_fragment, keywords, rewrite_with_history


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("Did Trump call Putin?", ("Trump", "call", "Putin")),
        (
            "What did the Kremlin’s spokesman say about the U.S. call?",
            ("Kremlin", "spokesman", "say", "U.S", "call"),
        ),
        ("How many of the 67 people aboard died?", ("67", "people", "aboard", "died")),
        ("Notre-Dame or notre-dame?", ("Notre-Dame",)),
        ("Who is he?", ()),
        ("", ()),
    ],
)
def test_key_words_are_the_content_words_in_order(topic, words):
    assert keywords(topic) == words


@pytest.mark.parametrize(
    "topic",
    [
        "why?",
        "when?",
        "since when?",
        "how many?",
        "and Ukraine?",
        "and in Bangkok?",
        "what about the Kremlin?",
        "what did he say then?",
        "What did he say about the call?",
        "is it true?",
        "who denied it?",
        "Did they speak?",
        "what else?",
        "what happened next?",
        "How did she react to this?",
        "are you sure?",
        "anything newer?",
        "how many people died there?",
        "in Los Angeles?",
        "about Gaza",
        "why did the Kremlin deny it?",
        "?",
    ],
)
def test_a_question_that_leans(topic):
    assert is_followup(topic)


@pytest.mark.parametrize(
    "topic",
    [
        "Who won the Super Bowl?",
        "Did Trump say he will run again?",
        "What do doctors say they need?",
        "Is it raining in Paris?",
        "What is the Kremlin and who runs it?",
        "Is there a ceasefire there?",
        "Who was the king and who killed him when he said that?",
        "Is it true that Notre-Dame reopened?",
        "How many people died in Myanmar?",
        "what did the Kremlin say?",
        "And who is the prime minister of Japan now that Kishida has gone?",
        "Is there a ceasefire in Gaza?",
        "In which river did the bridge of Baltimore fall?",
        "Of the Kremlin, who speaks?",
        "That bridge in Baltimore fell into which river on Tuesday?",
    ],
)
def test_a_question_that_stands_for_itself(topic):
    assert not is_followup(topic)


def test_a_time_can_be_all_that_a_question_is_about():
    assert is_followup("What happened?")
    assert not is_followup("What happened?", dated=True)
    assert is_followup("And what happened?", dated=True)


@pytest.mark.parametrize(
    ("topic", "previous", "whole"),
    [
        ("and Ukraine?", "Did Trump call Putin?", "Trump call Putin Ukraine?"),
        ("and in Los Angeles?", "How many died in Myanmar?", "How many died in Los Angeles?"),
        ("what about Los Angeles?", "How many died in Myanmar?", "How many died in Los Angeles?"),
        ("and how many in Los Angeles?", "How many died in Myanmar?", "died how many in Los Angeles?"),
        ("and in Bangkok?", "How many died in Myanmar in March?", "How many died in Bangkok in March?"),
        ("and about Gaza?", "What did Macron say about Ukraine?", "What did Macron say about Gaza?"),
        ("and at Heathrow?", "How many left in Paris?", "How many left at Heathrow?"),
        ("and with Zelensky?", "Did Trump speak with Putin?", "Did Trump speak with Zelensky?"),
        ("in Los Angeles?", "How many died in Myanmar?", "How many died in Los Angeles?"),
        ("and the mayor of Paris?", "Did the mayor of Lyon resign?", "Did the mayor of Paris resign?"),
        ("and Paris?", "Did the mayor of Lyon resign?", "Did the mayor of Paris resign?"),
        ("and the head of Ajax?", "Did the mayor of Lyon resign?", "mayor resign the head of Ajax?"),
        ("What did he say?", "Who is Peskov?", "Peskov What did he say?"),
        ("why did Putin?", "Did Trump call Putin?", "Trump call why did Putin?"),
        ("what about?", "Did Trump call Putin?", "Trump call Putin"),
        ("why?", "Who is he?", None),
    ],
)
def test_it_is_completed_with_the_content_words_before(topic, previous, whole):
    assert rewrite_with_history(topic, previous) == whole


def test_only_so_many_words_are_carried():
    previous = " ".join(f"word{number}" for number in range(300))
    assert len(rewrite_with_history("why?", previous).split()) < 20


@pytest.mark.parametrize(
    ("topic", "bare"),
    [("and Ukraine?", True), ("what about Gaza?", True), ("and why?", False), ("why?", False)],
)
def test_a_question_without_a_form_of_its_own(topic, bare):
    assert is_fragment(topic) is bare


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_texts_are_read_without_error(topic, previous):
    whole = rewrite_with_history(topic, previous)
    assert isinstance(is_followup(topic), bool)
    assert whole is None or whole.strip()
