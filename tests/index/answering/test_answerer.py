"""From what was found to an answer: quotes that stand alone, who says them, filters that give way."""

from datetime import UTC, datetime

import pytest

from index.answering.answers import AnswerOutcome
from index.parsing.build_article import make_article
from index.stance.judgement import Stance
from index.text.context_dependence import needs_previous_sentence

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


def test_a_quote_that_leans_takes_the_sentence_before_along(answer):
    quote = quote_of(answer, "quickly rejected")
    assert needs_previous_sentence(quote.text)
    assert "will be sold" in quote.context_text
    assert quote_of(answer, "will be sold").context is None


def test_a_quote_starts_behind_the_dateline_and_furniture_is_none(answer):
    assert quote_of(answer, "will be sold").text.startswith("The harbour")
    assert not any("Read more" in quote.text or "Advertisement" in quote.text for quote in answer.quotes)


def test_each_quote_says_who_says_it_and_what_it_does(answer):
    assert quote_of(answer, "quickly rejected").stance is Stance.DENIED
    assert str(quote_of(answer, "will be sold").speaker) == "Ada Fenn, Mayor"


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
