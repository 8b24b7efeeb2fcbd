"""Quotes and headlines as blocks of a card."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts import ENGLISH
from bot.ui.card import CARD, PLAIN, Card
from bot.ui.markdown import CUT_MARK, utf16_length
from bot.ui.quote_block import MAX_LABEL, headline_block, quote_block, quoted_text
from tests.bot.samples import HOSTILE, article, quote
from tests.bot.ui.card_checks import assert_no_foreign_markup, assert_within_limits


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_names_and_titles_stay_words(text):
    source = quote(text, outlet=text, context=text, cited_source=text)
    blocks = (
        quote_block(source, CARD, ENGLISH),
        headline_block(article("x", outlet=text, title=text), CARD, ENGLISH),
    )
    view = Card(0, blocks).view()
    assert_within_limits(view)
    assert_no_foreign_markup(view)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 300), st.text("word .*", min_size=1, max_size=600))
def test_a_cut_quote_keeps_to_its_room(room, text):
    cut, in_part = quoted_text(quote(text, context="Before that."), room)
    assert in_part
    assert utf16_length(cut) <= room


def test_a_cut_is_marked_and_said():
    block = quote_block(quote("word " * 100), CARD, ENGLISH, room=100)
    assert CUT_MARK in block.text
    assert ENGLISH("in-part") in block.text
    assert block.link.label.startswith(ENGLISH("read-whole"))
    assert utf16_length(block.link.label) <= MAX_LABEL


def test_plain_text_shows_the_address_instead_of_a_button():
    block = quote_block(quote("It rained."), PLAIN, ENGLISH)
    assert block.link is None
    assert "<https://news.example/" in block.text
