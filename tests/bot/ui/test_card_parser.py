"""Cards read back from the messages they were sent in."""

from dataclasses import replace
from types import SimpleNamespace

import discord
import pytest
from discord.components import _component_factory

from bot.storage.answers import AnswerRef
from bot.texts import LANGUAGES, Texts
from bot.ui.answer_card import answer_card
from bot.ui.answer_pages import PageRequest, answer_page
from bot.ui.brief_card import brief_card
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import CARD, EMBED, PLAIN, Block, Card, Link
from bot.ui.card_parser import parse_card, parse_question_line, parse_title
from bot.ui.follow_cards import correction_card
from bot.ui.quote_search_card import quote_search_card
from index.answering.answers import QuoteSearchResult
from index.answering.story_clusters import Story
from tests.bot.samples import DAY, HOSTILE, NOW, article, call_answer, nothing, question, quote, story
from tests.bot.ui.test_answer_pages import standing_of

REF = AnswerRef("a" * 11)
CLAIM = "Did Trump call Putin?"


def message(*, view=None, content="", embeds=()):
    components = [_component_factory(item.to_component_dict()) for item in view.children] if view else []
    return SimpleNamespace(content=content, embeds=list(embeds), components=components)


def test_a_card_survives_being_sent():
    card = answer_card(story(3), ref=AnswerRef("a" * 11, shareable=True))
    assert parse_card(message(view=card.view())) == card


def test_links_that_were_numbered_when_sent_are_read_with_their_own_labels():
    link = Link("Read", "https://news.example/a")
    card = Card(1, (Block("a", link), Block("b", link), Block("c", replace(link, label="In 2024 (3)"))))
    assert parse_card(message(view=card.view())) == card


@pytest.mark.parametrize("text", HOSTILE)
def test_the_question_is_read_as_it_was_asked(text):
    asked = " ".join(text.replace("\x00", "").replace("\ud800", "").split())[:60].strip()
    card = answer_card(call_answer(question(asked)))
    read = parse_question_line(message(view=card.view()))
    assert read.rstrip("\u2069\u202c") == asked


def test_other_messages_are_no_cards():
    assert parse_card(message(content="## Hello")) is None
    assert parse_title(message(content="Hello")) == ""
    assert parse_title(message(embeds=[discord.Embed(description="## Why?\nmore")])) == "## Why?"


def page(title):
    """A page behind a card with this first line, as it stands once it was shared: without buttons."""
    button = ButtonSpec(Action.CONTEXT, REF.answer_id, frozenset({0}))
    return replace(answer_page(PageRequest(button, standing_of(story(1)), 1, title), Texts("en")), rows=())


@pytest.mark.parametrize("ref", [REF, None])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_an_answer_is_read_with_its_question(language, ref):
    for made in (call_answer(), nothing(question(CLAIM))):
        card, embed, plain = (answer_card(made, form, Texts(language), ref) for form in (CARD, EMBED, PLAIN))
        sent = (
            message(view=card.view()),
            message(embeds=[embed.embed()], view=embed.controls()),
            message(content=plain.text(), view=plain.controls()),
        )
        assert [parse_question_line(one) for one in sent] == [CLAIM] * 3
    assert parse_question_line(message(view=page(f"## {CLAIM}").view())) == CLAIM


@pytest.mark.parametrize("asked", [Texts("en")("brief-title"), "“Trump called Putin”"])
def test_a_question_that_reads_like_a_heading_is_one_where_it_can_be_voted_on(asked):
    card = answer_card(call_answer(question(asked)), ref=REF)
    assert parse_question_line(message(view=card.view())) == asked


@pytest.mark.parametrize("ref", [REF, None])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_of_what_is_no_answer_is_no_question(language, ref):
    texts = Texts(language)
    stories = [Story(quote("It rained."), ("Sample Wire",), 1, NOW)]
    cards = [
        brief_card(stories, NOW, texts, ref),
        brief_card([], NOW, texts),
        correction_card(article("x"), None, texts),
        quote_search_card(QuoteSearchResult("It rained.", (), 10, DAY), texts, ref),
    ]
    for card in cards:
        title = parse_title(message(view=card.view()))
        assert title.startswith("## ")
        for shown in (card, page(title)):
            assert parse_question_line(message(view=shown.view())) == ""
            assert parse_question_line(message(content=shown.text())) == ""
