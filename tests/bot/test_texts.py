"""Sentences a person reads, put together from parts."""

from datetime import timedelta

import pytest
from hypothesis import given

from bot import texts
from index.question import SmallTalk
from index.quotes import Outcome, Stance
from tests.bot.samples import NOW, answer, answers, article, call_answer, nothing, question, quote

MIDNIGHT = NOW.replace(hour=0)


def test_a_disagreement_names_both_sides():
    assert texts.summary(call_answer()) == (
        "Sources disagree. Reported by The Evening Post; denied by Ivan Petrov."
    )


def test_one_side_alone_is_not_called_a_disagreement():
    one = answer((Stance.DENIED, quote("No.", Stance.DENIED)), denied_by=("A", "B"))
    assert texts.summary(one) == "Denied by A and B."


def test_without_sides_the_outlets_are_named():
    made = answer((None, *(quote("Words.", outlet=name) for name in ("A", "B", "A", "C", "D", "E"))))
    assert texts.summary(made) == "Found in A, B, C and 2 more."


def test_silence_is_not_a_no_and_an_empty_archive_is_said():
    assert texts.summary(nothing()) == "I found no article that answers this."
    assert (
        texts.summary(answer(outcome=Outcome.NOTHING, articles=0)) == "There are no articles to search yet."
    )


@pytest.mark.parametrize("kind", SmallTalk)
def test_every_kind_of_small_talk_has_its_reply(kind):
    made = answer(outcome=Outcome.REPLY, asked=question("Hi", small_talk=kind))
    assert texts.summary(made) not in {texts.NOTHING, texts.NO_ARTICLES, ""}


def test_how_much_was_searched():
    assert texts.searched(call_answer()) == "3 of 41,212 articles · newest 11 Nov 2024"
    assert texts.searched(nothing()) == "41,212 articles · newest 11 Nov 2024"
    assert texts.searched(answer(articles=1, newest=None)) == "1 article"


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (MIDNIGHT, MIDNIGHT + timedelta(days=1), "12 Nov 2024"),
        (MIDNIGHT - timedelta(days=11), MIDNIGHT - timedelta(days=4), "1–7 Nov 2024"),
        (MIDNIGHT - timedelta(days=30), MIDNIGHT, "13 Oct 2024 – 11 Nov 2024"),
        (MIDNIGHT, None, "since 12 Nov 2024"),
        (None, MIDNIGHT, "until 11 Nov 2024"),
        (NOW, None, "since 12 Nov 2024 15:00 UTC"),
        (None, NOW, "until 12 Nov 2024 15:00 UTC"),
    ],
)
def test_the_period_that_was_searched(since, until, said):
    assert texts.filters(question(since=since, until=until)) == f"Searched: {said}"
    assert texts.filters(question(since=since, until=until, outlets=("CNN",))) == f"Searched: CNN · {said}"


def test_no_filters_no_words():
    assert texts.filters(question()) is None


def test_dropped_filters_are_told():
    asked = question(read_from_text=("last week", "according to CNN"))
    assert texts.unmatched(asked) == (
        "Nothing matched “last week” and “according to CNN”, so every article was searched."
    )


def test_other_outlets_are_counted_once_and_without_its_own():
    also = tuple(article("x", outlet=name) for name in ("B", "B", "A"))
    assert texts.also_in(quote("Words.", outlet="A", also=also)) == "also in 1 outlet"
    assert texts.also_in(quote("Words.", outlet="A")) == ""


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.01, "1 second."), (1.2, "2 seconds."), (29.0, "29 seconds.")]
)
def test_the_time_to_wait_is_never_too_short(seconds, said):
    assert texts.wait(seconds).endswith(said)


def test_an_unknown_outlet_is_told_with_what_there_is():
    assert texts.unknown_outlet("Xyz", ("A", "B")) == (
        "I have no articles from “Xyz”. I have A and B; the list under outlet shows all."
    )
    assert texts.unknown_outlet("Xyz", ()).endswith(texts.NO_ARTICLES)


@given(answers)
def test_any_answer_can_be_put_into_words(made):
    assert texts.summary(made)
    assert texts.searched(made)
    texts.filters(made.question)
    texts.unmatched(made.question)
