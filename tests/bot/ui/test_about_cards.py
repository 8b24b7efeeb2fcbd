"""The cards about the bot and its index."""

import pytest

from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.about_cards import OutletsPanel, about_card, help_card, privacy_card
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outlet_is_on_some_page(language):
    outlets = [OutletSummary(f"{number} {HOSTILE[0] * 9}", 3_000_000, DAY, DAY) for number in range(60)]
    seen = []
    for page in (1, 2, 3):
        view = OutletsPanel(stats(*outlets), Texts(language), page).view()
        assert_within_limits(view)
        assert_no_foreign_markup(view)
        seen += texts_of(view)[1].split("\n")
    assert [line.removeprefix("**").split()[0] for line in seen] == [str(number) for number in range(60)]


def test_an_empty_index_is_said_to_be_empty():
    [text] = texts_of(OutletsPanel(stats(articles=0), ENGLISH).view())
    assert ENGLISH("no-articles") in text
