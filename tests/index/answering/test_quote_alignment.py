"""Passed-on words beside an article's: what is the same, what differs, and never a character of the article lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.quote_alignment import (
    MAX_CLAIMED_WORDS,
    SegmentKind,
    align,
    parse_claimed_quote,
    quote_words,
    segments,
)
from index.articles import Span

ARTICLE = "The mayor of Norwick, Ada Fenn, said on Monday that the U.S. envoy would not visit the old bridge."
MARKS = {"same": "{}", "different": "<{}>", "missing": "~{}~", "elided": "({})", "around": "|{}|"}


def marked(passed_on, article=ARTICLE):
    claim, words = parse_claimed_quote(passed_on), quote_words(article)
    found = align(claim, words)
    cut = segments(claim, words, found, article, Span(0, len(article)))
    return "".join(MARKS[piece.kind].format(piece.text) for piece in cut), found.similarity


@pytest.mark.parametrize(
    "passed_on",
    [
        ARTICLE,
        "“the MAYOR of norwick ada fenn said, on Monday, that the US envoy would not visit the old bridge”",
        "The mayor of Norwick ... would not visit the old bridge",
        "The mayor of Norwick […] would not visit the old bridge…",
        "The mayor [a woman of fifty], Ada Fenn, said on Monday that the U.S. envoy would not visit",
        "said on Monday",
    ],
)
def test_marks_case_and_ellipses_never_count(passed_on):
    shown, likeness = marked(passed_on)
    assert likeness == 1.0
    assert "<" not in shown
    assert "~" not in shown


def test_differences_are_marked_word_by_word():
    shown, likeness = marked("Ada Fenn said on Tuesday that the envoy would visit the bridge")
    assert shown == (
        "|The mayor of Norwick, |Ada Fenn, said on~Tuesday~ <Monday> that the <U.S.> envoy would"
        " <not> visit the <old> bridge|.|"
    )
    assert 0.7 < likeness < 1


def test_a_gap_longer_than_an_ellipsis_may_stand_for_is_a_difference():
    article = f"We will win {'and so on ' * 40} in the end."
    assert marked("We will win ... in the end", article)[1] < 1


def test_an_other_first_or_last_word_is_set_against_the_articles_own():
    shown, _ = marked("They will visit Norwick again", "We will visit Norwick soon. Nobody else came.")
    assert shown == "~They~<We> will visit Norwick~again~ <soon>|. Nobody else came.|"


def test_a_lone_word_at_the_edge_still_belongs_to_it():
    shown, _ = marked("We never comment on private calls", "“We do not comment on private calls,” he said.")
    assert shown == "|“|We~never~ <do not> comment on private calls|,” he said.|"


def test_nothing_in_common_is_nothing():
    assert align(parse_claimed_quote("ships sail far"), quote_words("No boats here.")) is None
    assert align(parse_claimed_quote("ships"), []) is None


def test_the_work_is_bounded():
    assert len(parse_claimed_quote("a b " * 5000).words) == MAX_CLAIMED_WORDS
    found = align(parse_claimed_quote("a " * 5000), quote_words("a " * 3000))
    assert found.similarity == 1.0


some = st.lists(
    st.sampled_from(
        [
            "we",
            "We",
            "will",
            "not",
            "win",
            "U.S.",
            "don’t",
            "…",
            "[x]",
            "...",
            '"',
            ",",
            ".",
            "\n",
            "ß",
            "1,000",
            "*",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(some | st.text(max_size=60), some | st.text(max_size=60))
def test_the_articles_words_are_all_there_and_in_order(passed_on, article):
    claim, words = parse_claimed_quote(passed_on), quote_words(article)
    found = align(claim, words)
    if found is None:
        return
    cut = segments(claim, words, found, article, Span(0, len(article)))
    assert "".join(piece.text for piece in cut if piece.kind is not SegmentKind.MISSING) == article
    assert 0 < found.similarity <= 1
    differs = any(piece.kind in {SegmentKind.DIFFERENT, SegmentKind.MISSING} for piece in cut)
    assert differs == (found.similarity < 1)
    missing = [piece.text for piece in cut if piece.kind is SegmentKind.MISSING]
    said = sum(len(parse_claimed_quote(text).words) for text in missing)  # without what stands in brackets
    assert said <= len(claim.words)


@given(some | st.text(min_size=1, max_size=80))
def test_a_text_is_always_like_itself(text):
    claim = parse_claimed_quote(text)
    if claim.words and not claim.gaps:
        assert align(claim, quote_words(text)).similarity == 1.0
