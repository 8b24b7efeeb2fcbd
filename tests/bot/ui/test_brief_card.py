"""The card of the most reported stories."""

import pytest

from bot.storage.answers import AnswerRef
from bot.texts import ENGLISH
from bot.ui.brief_card import MAX_STORIES, brief_card, brief_line
from bot.ui.buttons import Action
from index import Story
from tests.bot.samples import DAY, HOSTILE, NOW, quote
from tests.bot.ui.card_checks import assert_no_foreign_markup, assert_within_limits


def story(text="A dam broke.", title="A headline", outlets=("Sample Wire", "Other Gazette")):
    return Story(quote(text, title=title, outlet=outlets[0]), outlets, len(outlets), DAY)


@pytest.mark.parametrize("text", [*HOSTILE, "word " * 3000])
def test_hostile_and_long_stories_fit_and_stay_words(text):
    card = brief_card([story(text, text, (text, "B"))] * 8, NOW, ENGLISH, AnswerRef("a" * 11, shareable=True))
    assert_within_limits(card.view())
    assert_no_foreign_markup(card.view())


def test_at_most_five_stories_are_shown_and_their_buttons_know_which():
    card = brief_card(
        [story(title=f"Title {number}") for number in range(7)], NOW, ENGLISH, AnswerRef("a" * 11)
    )
    assert [f"Title {number}" in card.text() for number in range(7)] == [True] * MAX_STORIES + [False] * 2
    (button,) = card.rows[0]
    assert (button.action, button.shown) == (Action.CONTEXT, frozenset(range(MAX_STORIES)))


def test_a_day_without_stories_says_so():
    assert ENGLISH("brief-nothing") in brief_card([], NOW, ENGLISH).text()


@pytest.mark.parametrize("told", [[], [story()]])
def test_a_brief_says_whether_no_news_comes_in(told):
    assert ENGLISH("no-news-comes-in") in brief_card(told, NOW, ENGLISH, is_behind=True).text()
    assert ENGLISH("no-news-comes-in") not in brief_card(told, NOW, ENGLISH).text()


def test_the_notification_names_outlet_and_words():
    line = brief_line([story()], ENGLISH)
    assert "A dam broke." in line
    assert "Sample Wire" in line
