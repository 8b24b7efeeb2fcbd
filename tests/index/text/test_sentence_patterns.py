"""The examples in the comments of the patterns, and what they must leave alone."""

import pytest

from index.text import sentence_patterns as patterns


@pytest.mark.parametrize(
    ("name", "found", "left"),
    [
        ("ENCLOSED_END", "(She was late.) He left", "(she was late) He left"),
        ("UNSPACED_END", "他走了。她留下", "他走了。」"),
        ("MONTH_OF_MAY_END", "It began in May. She left", "She May. leave"),
        ("CAPITALS_END", "a march in DC. Police said", "a march in DC. and"),
        ("COUNTRY_END", "it hits the U.S. Trump has said so", "it hits the U.S. Senate has said so"),
        ("GERMAN_ORDINAL", "am 3.", "am 300."),
        ("ABBREVIATION_BEFORE_NAME", "told Mrs.", "told hers."),
        ("ABBREVIATION_BEFORE_NUMBER", "on Jan.", "on it."),
        ("INITIALS", "told J.R.", "told her."),
        ("AM_OR_PM", "at 4 p.m.", "at 4 pm."),
        ("DAY_OR_TIME_ZONE", "London time", "Police said"),
        ("LIST_NUMBER", "(b)", "The"),
        ("ATTRIBUTION", "Jane Roe asked", "The bridge fell"),
        ("CLOSED_QUESTION", "Who?”", "Who”"),
        ("CJK_ATTRIBUTION", "他说。", "他走了。"),
        ("CLOSING_MARKS", "” and", "and"),
        ("LINE_BULLET", "• Milk", "Milk"),
    ],
)
def test_a_pattern_finds_what_it_is_for(name, found, left):
    pattern = getattr(patterns, name)
    assert pattern.search(found)
    assert not pattern.search(left)


@pytest.mark.parametrize("start", ["and left", ", but", "— she said"])
def test_small_letters_commas_and_dashes_begin_no_sentence(start):
    assert patterns.CONTINUATION.match(start)
    assert not patterns.CONTINUATION.match("iPhone sales")


def test_a_missed_end_is_looked_for_only_where_its_hint_is():
    texts = ["(Late.) He", "他走了。她", "in May. She", "in DC. Police", "hits the U.S. Trump has"]
    for (hint, pattern), text in zip(patterns.MISSED_ENDS, texts, strict=True):
        assert pattern.search(text)
        assert hint.search(text)
