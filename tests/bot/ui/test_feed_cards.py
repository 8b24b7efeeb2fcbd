"""The cards of `/feeds`."""

import pytest

from bot.errors import Refused
from bot.texts import ENGLISH
from bot.ui.feed_cards import broken_feeds_card, feed_check_card, feed_list_card
from index import FeedCheck, FeedStatus, Subscription
from tests.bot.samples import HOSTILE
from tests.bot.ui.card_checks import assert_no_foreign_markup, assert_within_limits, texts_of


def feed(title="The Harbour Post", **rest):
    values = dict.fromkeys(Subscription.__dataclass_fields__)
    values |= {"id": 1, "url": "https://news.example/feed", "kind": "RSS", "title": title, "interval": 600}
    return Subscription(**{**values, "failures": 0, "error_text": "", **rest})


@pytest.mark.parametrize("text", [*HOSTILE, "word " * 1000])
def test_hostile_titles_and_notes_stay_words(text):
    failed = FeedCheck(text, error=Refused("feeds-bad", address=text, reason=text))
    for card in (
        feed_list_card([FeedStatus(feed(text), {})] * 50, ENGLISH),
        feed_check_card([failed] * 50, ENGLISH),
        broken_feeds_card([feed(text)] * 50, ENGLISH),
    ):
        assert_within_limits(card.view())
        assert_no_foreign_markup(card.view())


def test_feeds_that_do_not_fit_are_counted():
    shown = texts_of(feed_list_card([FeedStatus(feed(), {})] * 200, ENGLISH).view())
    assert shown[-1] == "-# " + ENGLISH("feeds-more", number=200 - (len(shown) - 2))


def test_no_feed_at_all_is_said():
    assert feed_list_card([], ENGLISH).text() == ENGLISH("feeds-none")
