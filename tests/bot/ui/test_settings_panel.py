"""The panel of a server's settings, and what a choice in it changes."""

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.guild_settings import GuildSettings
from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.settings_panel import LANGUAGE_NAMES, SettingsPanel, apply_choice
from tests.bot.samples import HOSTILE
from tests.bot.ui.card_checks import assert_no_foreign_markup, assert_within_limits


def outlet_menu(panel):
    return next(item for item in panel.view().walk_children() if isinstance(item, discord.ui.Select))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_fits_with_many_hostile_outlets(language):
    outlets = tuple(f"{text} {number}" for number in range(30) for text in HOSTILE)
    view = SettingsPanel(GuildSettings(outlets=outlets[:100]), outlets, Texts(language), page=2).view()
    assert_within_limits(view)
    assert_no_foreign_markup(view)


def test_every_language_of_the_texts_can_be_chosen():
    assert tuple(LANGUAGE_NAMES) == LANGUAGES


def test_outlets_on_other_pages_stay_chosen():
    outlets = tuple(f"Paper {number:02}" for number in range(40))
    server = GuildSettings(outlets=("Paper 00", "Paper 39"))
    menu = outlet_menu(SettingsPanel(server, outlets, ENGLISH, page=2))
    offered = {option.value for option in menu.options}
    value = next(option.value for option in menu.options if option.label == "Paper 30")
    assert apply_choice(server, "outlets", [value], outlets, offered).outlets == ("Paper 00", "Paper 30")


@given(st.sampled_from(["outlets", "private", "language", "follows", "daily", "else"]), st.text())
def test_what_no_menu_offers_changes_nothing(setting, value):
    server = GuildSettings(outlets=("A",))
    offered_somewhere = value in {"yes", "no", "auto", *LANGUAGES} or value.isdecimal()
    if not offered_somewhere:
        assert apply_choice(server, setting, [value], ["A"], set()) == server
