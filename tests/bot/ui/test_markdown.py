"""Text from anywhere, shown as itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.markdown import (
    CUT_MARK,
    block_quote,
    escape,
    escape_line,
    escape_truncated,
    timestamp,
    to_one_line,
    unescape,
    utf16_length,
)
from tests.bot.samples import DAY, HOSTILE

active = st.text(alphabet="\\*_~|`[]()<>#@:/-+. \n1a+t", max_size=60)
anything = st.one_of(active, st.text(), st.sampled_from(HOSTILE))


@given(anything)
def test_what_is_escaped_is_shown_as_it_was(text):
    assert unescape(escape(text)) == text


@given(anything)
def test_nothing_with_a_meaning_is_left_without_a_backslash(text):
    bare = re.sub(
        r"\\[^0-9A-Za-z\s]", "x", escape(text)
    )  # a letter in its place: what stood apart stays apart
    assert not re.search(r"[*_~|`\[\]()<>#@\\]", bare)
    assert "://" not in bare


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@everyone", r"\@everyone"),
        ("<@!42> <#1> <t:0:R> <id:home>", r"\<\@!42\> \<\#1\> \<t\:0:R\> \<id:home\>"),
        ("1. First", r"1\. First"),
        ("  - item", r"  \- item"),
        ("a\n+ b\n-# c", "a\n\\+ b\n\\-\\# c"),
        (":smile: at 12:30, not :-)", r"\:smile: at 12:30, not :-\)"),
        ("see https://a.example/b_c", r"see https\://a.example/b\_c"),
        ("In 1994. Then well-known", "In 1994. Then well-known"),
        ("Don't; it's 5 % up!", "Don't; it's 5 % up!"),
    ],
)
def test_escape(text, escaped):
    assert escape(text) == escaped


@given(anything)
def test_cleaning_leaves_one_line_that_stays(text):
    line = to_one_line(text)
    assert "\n" not in line
    assert "\r" not in line
    assert "\x00" not in line
    assert to_one_line(line) == line
    line.encode("utf-8")


@given(st.lists(st.text(alphabet="abc.,“”é—\U0001f680\u200b", min_size=1), min_size=1))
def test_cleaning_changes_nothing_but_the_space_between_words(words):
    assert to_one_line("\n \t".join(words)) == " ".join(words)


@given(anything)
def test_a_change_of_writing_direction_ends_with_its_text(text):
    line, depth = escape_line(text), 0
    for letter in line:
        depth += letter in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
        depth -= letter in "\u202c\u2069" and depth > 0
    assert depth == 0 or "\u202c" in to_one_line(text) or "\u2069" in to_one_line(text)


def test_closers_come_innermost_first():
    assert escape_line("a\u202eb\u2067c") == "a\u202eb\u2067c\u2069\u202c"
    assert escape_line("a\u202eb\u202c") == "a\u202eb\u202c"


@given(st.one_of(anything, st.just("wörd " * 500)), st.integers(10, 400))
def test_shortened_text_fits_and_is_marked_only_when_cut(text, limit):
    line, cut = escape_truncated(text, limit, CUT_MARK)
    assert utf16_length(line) <= limit
    assert cut == (utf16_length(escape_line(text)) > limit)
    if cut:
        assert line.endswith(CUT_MARK)
        head = unescape(line.removesuffix(f" {CUT_MARK}")).rstrip("\u202c\u2069")
        assert to_one_line(text).startswith(head)
    else:
        assert line == escape_line(text)


def test_a_cut_falls_between_words():
    assert escape_truncated("alpha beta gamma delta", 15) == ("alpha beta …", True)
    assert escape_truncated("x" * 50, 12) == ("x" * 10 + " …", True)


def test_size_counts_an_emoji_as_two():
    assert utf16_length("a\U0001f680") == 3


@pytest.mark.parametrize(
    "piece", ["\\", ":a", ":" + "a" * 63, "@", "\n", " \n1", "\u202e", "*", "https://", "<"]
)
def test_a_hundred_thousand_characters_are_no_trouble(piece):
    text = piece * (100_000 // len(piece))
    assert unescape(escape(text)) == text
    assert utf16_length(escape_truncated(text, 300)[0]) <= 300


def test_quote_and_stamp():
    assert block_quote(["a", "b"]) == "> a\n> b"
    assert timestamp(DAY, "R") == "<t:1731326400:R>"
