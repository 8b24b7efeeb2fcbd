"""What a person asked last, and how a chain of follow-ups is told."""

from dataclasses import replace

from bot.services.conversation import Conversation
from index.query.follow_up import is_followup
from index.query.question import parse_question
from tests.bot.samples import NOW, answer, nothing

ASKED = ("Did Trump call Putin?", "why?", "and who denied it?")


def test_a_chain_of_follow_ups_is_told_by_the_words_it_began_with():
    conversation, told = Conversation(), []
    for words in ASKED:
        question = parse_question(words, now=NOW, previous=conversation.previous(1))
        assert is_followup(words) is (words != ASKED[0])
        shown = conversation.remember(1, replace(answer(), question=question))
        told.append(shown.question.completed_from)
    assert told == [None, ASKED[0], ASKED[0]]
    assert "Putin" in conversation.previous(1)


def test_silence_is_remembered_too_and_nobody_elses_question():
    conversation = Conversation()
    conversation.remember(1, replace(nothing(), question=parse_question(ASKED[0], now=NOW)))
    assert conversation.previous(1)
    assert conversation.previous(2) is None
