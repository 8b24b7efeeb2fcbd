"""The panel of follows, and the cards of corrections."""

import discord
import pytest

from bot.storage.daily_briefs import DailyBrief
from bot.storage.follows import Follow
from bot.texts import ENGLISH
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


def follow(number=1, question="Did it rain?", **rest):
    return Follow(number, 7, None, None, question, "en", 0, **rest)


@pytest.mark.parametrize("text", [*HOSTILE, "word " * 100])
def test_hostile_questions_and_outlets_stay_words(text):
    panel = FollowPanel((follow(question=text),), (), ENGLISH).view()
    card = correction_card(article("x", outlet=text, title=text), None, ENGLISH).view()
    for view in (panel, card):
        assert_within_limits(view)
        assert_no_foreign_markup(view)


def test_many_follows_are_turned_page_by_page():
    follows = tuple(follow(number) for number in range(60))
    daily = DailyBrief(1, 7, None, None, 8, "Europe/Berlin", "en")
    for page in (1, 2, 3, 99):
        view = FollowPanel(follows, (daily,), ENGLISH, page).view()
        assert_within_limits(view)
        selects = [item for item in view.walk_children() if isinstance(item, discord.ui.Select)]
        assert len(selects) == 2  # edit and end
    assert "Europe/Berlin" in "".join(texts_of(view))


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
