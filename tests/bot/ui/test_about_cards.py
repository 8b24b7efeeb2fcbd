"""The cards about the bot and its index."""

import pytest

from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.about_cards import about_card, help_card, outlets_card, privacy_card
from index import IndexStats, OutletSummary
from tests.bot.samples import DAY, HOSTILE
from tests.bot.ui.card_checks import assert_no_foreign_markup, assert_within_limits, texts_of


def stats(*outlets, articles=1):
    return IndexStats(articles, 2, outlets, DAY, DAY, DAY, "model", 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_cards_fit_in_every_language(language):
    texts = Texts(language)
    for card in (help_card(texts), privacy_card(texts), about_card(stats(), "1.0", texts)):
        assert_within_limits(card.view())


def test_outlets_that_do_not_fit_are_counted():
    outlets = [OutletSummary(f"{HOSTILE[0]} {number}", 3, DAY, DAY) for number in range(500)]
    view = outlets_card(stats(*outlets), ENGLISH).view()
    assert_within_limits(view)
    assert_no_foreign_markup(view)
    lines = texts_of(view)[1].split("\n")
    assert lines[-1] == "-# " + ENGLISH("outlets-more", number=500 - (len(lines) - 1))


def test_an_empty_index_is_said_to_be_empty():
    assert ENGLISH("no-articles") in outlets_card(stats(articles=0), ENGLISH).text()
