"""The panel of follows, and the cards of corrections."""

from dataclasses import replace

import discord
import pytest

from bot.storage.daily_briefs import DailyBrief
from bot.storage.follows import Follow
from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.follow_cards import (
    FollowPanel,
    correction_card,
    edit_form,
    follow_line,
    split_custom_id,
    with_quotes,
)
from tests.bot.samples import HOSTILE, article, call_answer
from tests.bot.ui.card_checks import assert_no_foreign_markup, assert_within_limits, texts_of

PUBLIC = {"server": 2, "channel": 10**18}


def follow(number=1, question="Did it rain?", **rest):
    return Follow(number, 7, None, None, question, "en", 0, **rest)


@pytest.mark.parametrize("text", [*HOSTILE, "word " * 100])
def test_hostile_questions_and_outlets_stay_words(text):
    panel = FollowPanel((follow(question=text),), (), ENGLISH).view()
    card = correction_card(article("x", outlet=text, title=text), None, ENGLISH).view()
    for view in (panel, card):
        assert_within_limits(view)
        assert_no_foreign_markup(view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_follows_are_turned_page_by_page(language):
    follows = tuple(
        replace(
            follow(number, f"{HOSTILE[number % len(HOSTILE)]} {number} {'*' * 200}"), failures=9, **PUBLIC
        )
        for number in range(60)
    )
    daily = DailyBrief(1, 7, None, None, 8, "America/Argentina/ComodRivadavia", "en")
    dailies = tuple(replace(daily, id=number, **PUBLIC) for number in range(9))
    for page, edited, ended in ((1, 25, 25), (2, 25, 25), (3, 10, 19), (99, 10, 19)):
        view = FollowPanel(follows, dailies, Texts(language), page).view()
        assert_within_limits(view)
        menus = [item for item in view.walk_children() if isinstance(item, discord.ui.Select)]
        assert [len(menu.options) for menu in menus] == [edited, ended]
    assert "08:00" in "".join(texts_of(view))


def test_a_paused_follow_says_so():
    view = FollowPanel((follow(failures=3),), (), ENGLISH).view()
    assert ENGLISH("following-rests") in "".join(texts_of(view))


def test_an_answer_is_reduced_to_its_new_quotes():
    answer = call_answer()
    new = with_quotes(answer, answer.quotes[1:2])
    assert new.quotes == answer.quotes[1:2]
    assert len(new.groups) == 1
    assert "Daily Courier" in follow_line("Did it?", new, ENGLISH)


def test_a_custom_id_is_split_into_action_page_and_entry():
    form = edit_form(follow(5), 2, ENGLISH, 300)
    assert split_custom_id(form.custom_id.partition(":")[2]) == ("edit", "2", "f5")
    assert split_custom_id("page:3") == ("page", "3", "")
