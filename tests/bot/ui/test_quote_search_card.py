"""The card of a search for claimed words."""

import pytest

from bot.storage.answers import AnswerRef
from bot.texts import ENGLISH
from bot.ui.quote_search_card import MAX_MATCHES, quote_search_card
from index import AlignedSegment, QuoteMatch, QuoteSearchResult, SegmentKind
from tests.bot.samples import DAY, HOSTILE, quote
from tests.bot.ui.card_checks import assert_no_foreign_markup, assert_within_limits


def match(*pieces):
    text = "".join(text for kind, text in pieces if kind is not SegmentKind.MISSING)
    return QuoteMatch(quote(text), 0.9, tuple(AlignedSegment(*piece) for piece in pieces))


def result(words, *matches):
    return QuoteSearchResult(words, matches, 10, DAY)


def test_a_difference_is_bold_and_described():
    found = match(
        (SegmentKind.SAME, "It was "), (SegmentKind.MISSING, "bad"), (SegmentKind.DIFFERENT, "good")
    )
    text = quote_search_card(result("It was bad", found), ENGLISH).text()
    assert "> It was **good**" in text
    assert ENGLISH("differs", given="bad", article="good") in text
    assert ENGLISH("quotation-nearly") in text


@pytest.mark.parametrize("text", [*HOSTILE, "word " * 2000])
def test_hostile_words_stay_words(text):
    pieces = ((SegmentKind.SAME, text), (SegmentKind.MISSING, text), (SegmentKind.DIFFERENT, text))
    view = quote_search_card(result(text, *[match(*pieces)] * 5), ENGLISH, AnswerRef("a" * 11)).view()
    assert_within_limits(view)
    assert_no_foreign_markup(view)


def test_matches_beyond_the_card_are_behind_its_buttons():
    card = quote_search_card(
        result("Rain", *[match((SegmentKind.SAME, "Rain"))] * 5), ENGLISH, AnswerRef("a" * 11)
    )
    assert card.text().count("> Rain") == MAX_MATCHES
    assert card.rows[0][0].shown == frozenset(range(MAX_MATCHES))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("“I won”", "“I won”"),
        ('"I won" and "I left"', '“"I won" and "I left"”'),
        ('I said "no', "“I said no”"),
        ("the “Trump called Putin", "“the Trump called Putin”"),
        ("Trump called” Putin", "“Trump called Putin”"),
        ("“Trump” called “Putin", "““Trump” called Putin”"),
        ("„Trump“ called «Putin", "“„Trump“ called Putin”"),
        ("the »Garton« and the »Elm", "“the »Garton« and the Elm”"),
        ("„Nein“", "“Nein”"),
        ("» tout «", "“tout”"),
        ('he said "never" twice', '“he said "never" twice”'),
    ],
)
def test_claimed_words_stand_in_one_pair_of_marks(words, shown):
    title = quote_search_card(result(words), ENGLISH).text().split("\n")[0]
    assert title == f"## {shown}"


def test_nothing_found_is_said():
    assert ENGLISH("quotation-nothing") in quote_search_card(result("Rain"), ENGLISH).text()


@pytest.mark.parametrize("articles", [0, 10])
def test_nothing_found_in_one_outlet_says_that_only_it_was_searched(articles):
    found = QuoteSearchResult("Rain", (), articles, DAY, ("Sample Wire",))
    text = quote_search_card(found, ENGLISH).text()
    assert "No article of Sample Wire has these words. I searched nowhere else." in text
    assert ENGLISH("quotation-nothing") not in text
    assert ENGLISH("no-articles") not in text
