"""Menus, pages of them, and what Discord sends when they are used."""

from types import SimpleNamespace

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.forms import MAX_OPTIONS, chosen_values, field_values, menu_option, paginate, submitted_form_id
from bot.ui.markdown import utf16_length


def interaction(kind, **data):
    return SimpleNamespace(type=kind, data=data, message=None)


@given(st.lists(st.integers(), max_size=120), st.integers(-3, 9))
def test_pages_hold_every_item_once(items, number):
    page, number, last = paginate(items, number)
    assert 1 <= number <= last
    assert len(page) <= MAX_OPTIONS
    assert [item for each in range(1, last + 1) for item in paginate(items, each)[0]] == items


@given(st.text())
def test_an_options_label_is_neither_empty_nor_too_long(text):
    assert 1 <= utf16_length(menu_option(text, "value").label) <= 100


def test_what_was_chosen_is_read_from_components_alone():
    menu = interaction(discord.InteractionType.component, custom_id="settings:daily:1", values=["4"])
    assert chosen_values(menu) == ("settings:daily:1", ["4"])
    assert submitted_form_id(menu) is None
    form = interaction(discord.InteractionType.modal_submit, custom_id="why")
    assert chosen_values(form) == ("", [])
    assert submitted_form_id(form) == "why"


def test_fields_are_read_however_deep_they_lie():
    field = {"custom_id": "question", "value": "Why?"}
    row = {"components": [{"custom_id": "other", "value": "x"}]}
    sent = interaction(discord.InteractionType.modal_submit, components=[{"component": field}, row])
    assert field_values(sent) == {"question": "Why?", "other": "x"}
