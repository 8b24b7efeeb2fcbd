"""From what was found to an answer: quotes that stand alone, who says them, filters that give way."""

from datetime import UTC, datetime

import numpy as np
import pytest

from index.answering.answerer import Answerer
from index.answering.answers import AnswerOutcome
from index.parsing.build_article import make_article
from index.query.question import parse_question
from index.stance.judgement import Stance
from index.text.context_dependence import needs_previous_sentence
from tests.index.conftest import BRIDGE, WHEAT

NOW = datetime(2024, 11, 13, 12, tzinfo=UTC)
URL = "https://wire.example.com/call"
TEXT = """OSLO, Nov. 11 (Sample Wire) — The harbour of Norwick will be sold to the Acme company, Mayor Ada Fenn said.
Read more: What Acme wants
However, the Acme company quickly rejected this, with its spokesman Bo Lind calling the report “false.”
It said the harbour of Norwick was never for sale.
Advertisement
"""


@pytest.fixture
def answer(archive):
    archive.add(
        [make_article(url=URL, text=TEXT, title="Norwick harbour", outlet="Sample Wire", published=NOW)]
    )
    return archive.ask("Will Norwick sell its harbour to Acme?", now=NOW)


def quote_of(answer, words):
    return next(quote for quote in answer.quotes if words in quote.text)


def test_a_quote_that_leans_takes_the_sentence_before_along(archive, answer):
    leaning = archive.ask("What did Bo Lind call the report?", now=NOW).quotes[0]
    assert "quickly rejected" in leaning.text
    assert needs_previous_sentence(leaning.text)
    assert "will be sold" in leaning.context_text
    assert quote_of(answer, "will be sold").context is None
    assert quote_of(answer, "quickly rejected").context is None  # it stands above


def test_a_quote_starts_behind_the_dateline_and_furniture_is_none(answer):
    assert quote_of(answer, "will be sold").text.startswith("The harbour")
    assert not any("Read more" in quote.text or "Advertisement" in quote.text for quote in answer.quotes)


def test_each_quote_says_who_says_it_and_what_it_does(read_archive):
    read_archive.add(
        [make_article(url=URL, text=TEXT, title="Norwick harbour", outlet="Sample Wire", published=NOW)]
    )
    answer = read_archive.ask("Will Norwick sell its harbour to Acme?", now=NOW)
    assert quote_of(answer, "will be sold").stance is Stance.REPORTED
    assert quote_of(answer, "quickly rejected").stance is Stance.DENIED
    assert str(quote_of(answer, "will be sold").speaker) == "Ada Fenn, Mayor"


CATHEDRAL = """The cathedral of Notre-Dame in Paris reopened on Saturday, five years after a fire, the archbishop said.
The archbishop knocked three times with his staff. The choir sang in answer, and the doors opened.
Workers rebuilt the spire with oak from a thousand trees."""


@pytest.mark.parametrize(
    "question", ["is notre dame open", "Is Notre-Dame open?", "Has Notre-Dame reopened?"]
)
def test_what_only_has_words_of_the_question_stands_under_no_heading(read_archive, question):
    read_archive.add(
        [make_article(url=URL, text=CATHEDRAL, title="Notre-Dame reopens", outlet="Wire", published=NOW)]
    )
    quotes = read_archive.ask(question, now=NOW).quotes
    assert len(quotes) > 1
    assert "reopened on Saturday" in quotes[0].text
    assert {quote.stance for quote in quotes[1:]} <= {Stance.BACKGROUND}


def test_without_a_reader_no_quote_takes_a_side(answer):
    assert {quote.stance for quote in answer.quotes} == {Stance.BACKGROUND}


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("What did the mayor of Norwick say in March 2020?", "in March 2020"),
        ("What was said about the harbour of Norwick since yesterday?", "since yesterday"),
    ],
)
def test_filters_read_from_a_question_give_way_and_the_answer_says_which(archive, question, phrase):
    old = datetime(2024, 6, 1, tzinfo=UTC)
    archive.add([make_article(url=URL, text=TEXT, title="Norwick harbour", outlet="Wire", published=old)])
    found = archive.ask(question, now=NOW)
    assert found.outcome is AnswerOutcome.QUOTES
    assert found.filters_dropped
    assert found.question.filter_phrases == (phrase,)


def test_a_follow_up_is_answered_about_what_was_asked_before(archive, answer):
    found = archive.ask("what did he say then?", previous="Who is Bo Lind of the Acme company?", now=NOW)
    assert found.question.completed_from
    assert quote_of(found, "quickly rejected")


@pytest.mark.parametrize(
    "question", ["Will Norwick win the harbour case?", "Will the Kelheim bridge toll rise?"]
)
def test_a_question_about_the_future_is_refused_only_where_the_index_is_silent(archive, question):
    archive.add([BRIDGE, WHEAT])
    assert archive.ask(question, now=NOW).outcome is AnswerOutcome.REPLY
    text = (
        "The toll of the Kelheim bridge will rise in spring, the road office said on Monday.\n"
        "Norwick will win the harbour case, its lawyer Ada Fenn said on Monday."
    )
    archive.add([make_article(url=URL, text=text, title="Tolls", outlet="Sample Wire", published=NOW)])
    found = archive.ask(question, now=NOW)
    assert found.outcome is AnswerOutcome.QUOTES
    assert found.question.small_talk is None


@pytest.mark.parametrize("order", [True, False, None])
@pytest.mark.parametrize("when", ["on 13.11.2024", "on 13 November", "today", "on 20241113"])
def test_who_asks_what_happened_at_a_time_gets_its_stories(archive, answer, when, order):
    found = archive.ask(f"What happened {when}?", now=NOW, day_first=order)
    assert found.outcome is AnswerOutcome.QUOTES
    assert quote_of(found, "will be sold")
    assert archive.ask("What happened on 11.11.2020?", now=NOW).outcome is AnswerOutcome.NOTHING
    assert archive.ask("What happened to him today?", now=NOW).groups == ()


def test_an_empty_time_is_no_empty_index(archive, answer):
    found = archive.ask("What did Velia announce last Monday?", now=NOW, outlets=["Sample Wire"])
    given = archive.ask("What about the weather on Mars?", now=NOW, until=datetime(2020, 1, 1, tzinfo=UTC))
    assert given.outcome is AnswerOutcome.NOTHING
    assert (given.searched_articles, given.indexed_articles) == (0, 1)
    assert given.newest_of_outlets == NOW
    assert found.indexed_articles == 1


def test_filters_that_were_given_stay_when_those_of_the_words_are_dropped(archive, answer):
    archive.add([make_article(url=f"{URL}2", text=TEXT, title="Norwick", outlet="Other Wire", published=NOW)])
    question = "What did the mayor of Norwick say in March 2020?"
    found = archive.ask(question, now=NOW, outlets=["Other Wire"])
    assert found.filters_dropped
    assert {quote.article.outlet for quote in found.quotes} == {"Other Wire"}
    assert (found.searched_as.since, found.searched_as.outlets) == (None, ("Other Wire",))


def test_a_given_article_that_is_nowhere_near_the_question_is_passed_over(archive, answer):
    retriever, table = archive.retriever, archive.article_table()
    everything = np.arange(len(table.first_sentence))

    def finds(question, least):
        answer = Answerer(retriever, None, least_similarity=least).answer_from(
            parse_question(question, now=NOW), table, everything
        )
        return bool(answer.quotes or answer.headlines)

    english = "Will Norwick sell its harbour to Acme?"
    assert finds(english, 0.45)
    assert not finds(english, 1.1)
    german = "Wird die Stadt Norwick ihren Hafen an Acme verkaufen?"
    assert finds(german, 1.1), "what the encoder does not know well is not judged by it"
