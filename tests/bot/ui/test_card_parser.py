"""Cards read back from the messages they were sent in."""

from dataclasses import replace
from types import SimpleNamespace

import discord
import pytest
from discord.components import _component_factory

from bot.storage.answers import AnswerRef
from bot.ui.answer_card import answer_card
from bot.ui.card import Block, Card, Link
from bot.ui.card_parser import parse_card, parse_question_line, parse_title
from tests.bot.samples import HOSTILE, call_answer, question, story


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
