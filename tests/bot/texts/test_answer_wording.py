"""Sentences a person reads, put together from parts."""

from datetime import timedelta

import pytest
from hypothesis import given

from bot.texts import ENGLISH, LANGUAGES, Texts, answer_wording
from index.answering.answers import AnswerOutcome
from index.query.question import SmallTalk
from index.retrieval.keyword_index import SearchFilter
from index.stance.judgement import Stance
from tests.bot.samples import NOW, answer, answers, article, call_answer, nothing, question, quote

MIDNIGHT = NOW.replace(hour=0)


def test_a_disagreement_names_both_sides():
    assert answer_wording.summary(call_answer(), ENGLISH) == (
        "Sources disagree. Reported by The Evening Post; denied by Ivan Petrov."
    )


def test_one_side_alone_is_not_called_a_disagreement():
    one = answer((Stance.DENIED, quote("No.", Stance.DENIED)), denied_by=("A", "B"))
    assert answer_wording.summary(one, ENGLISH) == "Denied by A and B."


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_english_article_stays_before_a_name_in_english_only(language):
    one = answer((Stance.DENIED, quote("No.", Stance.DENIED)), denied_by=("the Kremlin", "The Guardian"))
    said = answer_wording.summary(one, Texts(language))
    assert ("the Kremlin" in said) is (language == "en")
    assert "Kremlin" in said
    assert "The Guardian" in said


def test_without_sides_the_outlets_are_named():
    made = answer((None, *(quote("Words.", outlet=name) for name in ("A", "B", "A", "C", "D", "E"))))
    assert answer_wording.summary(made, ENGLISH) == "Found in A, B, C and 2 more."


def test_silence_is_not_a_no_and_an_empty_archive_is_said():
    assert answer_wording.summary(nothing(), ENGLISH) == "I found no article that answers this."
    assert (
        answer_wording.summary(answer(outcome=AnswerOutcome.NOTHING, searched_articles=0), ENGLISH)
        == "There are no articles to search yet."
    )


def test_an_empty_time_is_not_told_as_an_empty_archive():
    def said(asked, newest=NOW):
        made = answer(
            outcome=AnswerOutcome.NOTHING,
            asked=asked,
            searched_articles=0,
            indexed_articles=9,
            newest_of_outlets=newest,
        )
        return answer_wording.summary(made, ENGLISH)

    assert said(question(since=NOW)) == (
        "I have no articles of that time. The newest I have is of 12 Nov 2024."
    )
    assert said(question(since=NOW, outlets=("CNN",))) == (
        "I have no articles of that time from CNN. The newest from there is of 12 Nov 2024."
    )
    assert said(question(outlets=("CNN",)), None) == ENGLISH("none-as-narrowed")


def test_a_time_that_was_not_understood_is_told():
    asked = question(unread_times=("three Lents ago", "31/31/2025"))
    assert answer_wording.unread_times(asked, ENGLISH) == (
        "I did not understand “three Lents ago” and “31/31/2025” as a time, so I searched without it."
    )
    assert answer_wording.unread_times(question(), ENGLISH) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_read_as_others_are_told(language):
    asked = question(corrections=(("earthqauke", "earthquake"), ("Moroco", "Morocco")))
    line = answer_wording.corrections(asked, Texts(language)) or ""
    assert all(word in line for pair in asked.corrections for word in pair)
    assert answer_wording.corrections(question(), Texts(language)) is None
    assert answer_wording.corrections(asked, ENGLISH) == (
        "Read “earthqauke” as “earthquake” and “Moroco” as “Morocco”."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_where_only_the_first_question_was_read(language):
    assert answer_wording.left_out(question(is_first_of_several=True), Texts(language))
    assert answer_wording.left_out(question(), Texts(language)) is None


@pytest.mark.parametrize("kind", SmallTalk)
def test_every_kind_of_small_talk_has_its_reply(kind):
    made = answer(outcome=AnswerOutcome.REPLY, asked=question("Hi", small_talk=kind))
    assert answer_wording.summary(made, ENGLISH) not in {ENGLISH("nothing"), ENGLISH("no-articles"), ""}


def test_how_much_was_searched():
    assert (
        answer_wording.search_scope(call_answer(), ENGLISH)
        == "quotes from 3 of 41,212 articles · newest article 11 Nov 2024"
    )
    assert answer_wording.search_scope(nothing(), ENGLISH) == "41,212 articles · newest article 11 Nov 2024"
    assert (
        answer_wording.search_scope(answer(searched_articles=1, newest_published=None), ENGLISH)
        == "1 article"
    )


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (MIDNIGHT, MIDNIGHT + timedelta(days=1), "12 Nov 2024"),
        (MIDNIGHT - timedelta(days=11), MIDNIGHT - timedelta(days=4), "1–7 Nov 2024"),
        (MIDNIGHT - timedelta(days=30), MIDNIGHT, "13 Oct – 11 Nov 2024"),
        (MIDNIGHT, None, "since 12 Nov 2024"),
        (None, MIDNIGHT, "until 11 Nov 2024"),
        (NOW, None, "since 12 Nov 2024 15:00 UTC"),
        (None, NOW, "until 12 Nov 2024 15:00 UTC"),
    ],
)
def test_the_period_that_was_searched(since, until, said):
    assert answer_wording.filters_used(question(since=since, until=until), ENGLISH) == f"Searched: {said}"
    narrowed = question(since=since, until=until, outlets=("CNN",))
    assert answer_wording.filters_used(narrowed, ENGLISH) == f"Searched: CNN · {said}"


def test_no_filters_no_words():
    assert answer_wording.filters_used(question(), ENGLISH) is None


def test_dropped_filters_are_told():
    asked = question(filter_phrases=("last week", "according to CNN"))
    assert answer_wording.filters_dropped(asked, ENGLISH) == (
        "Nothing matched “last week” and “according to CNN”, so every article was searched."
    )


def test_what_was_dropped_is_not_said_to_leave_every_article_where_a_chosen_outlet_stays():
    asked = question(filter_phrases=("last week",), options=SearchFilter(outlets=("CNN",)))
    assert "every article" not in answer_wording.filters_dropped(asked, ENGLISH)
    assert "“last week”" in answer_wording.filters_dropped(asked, ENGLISH)


def test_other_outlets_are_counted_once_and_without_its_own():
    also = tuple(article("x", outlet=name) for name in ("B", "B", "A"))
    assert (
        answer_wording.duplicate_count(quote("Words.", outlet="A", duplicates=also), ENGLISH)
        == "also in 1 outlet"
    )
    assert answer_wording.duplicate_count(quote("Words.", outlet="A"), ENGLISH) == ""


@given(answers)
def test_any_answer_can_be_put_into_words(made):
    for language in LANGUAGES:
        texts = Texts(language)
        assert answer_wording.summary(made, texts)
        assert bool(answer_wording.search_scope(made, texts)) == bool(made.searched_articles)
        answer_wording.filters_used(made.question, texts)
        answer_wording.filters_dropped(made.question, texts)
