"""The claim in a message: its words, and nothing that only Discord reads."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claim import LONGEST, claim_of
from tests.bot.samples import HOSTILE


def message(content="", *titles, snapshots=()):
    embeds = [SimpleNamespace(title=title) for title in titles]
    return SimpleNamespace(content=content, embeds=embeds, message_snapshots=list(snapshots))


@pytest.mark.parametrize(
    ("written", "claim"),
    [
        ("Trump called Putin", "Trump called Putin"),
        ("<@123> <@!123> <@&123> <#123> Trump called Putin <:wave:123> <a:wave:123>", "Trump called Putin"),
        ("@everyone @here Trump called Putin <t:123:R> </ask:123> <id:guide>", "Trump called Putin"),
        ("Trump called Putin https://a.example/b_c?d=(e) <https://b.example>", "Trump called Putin"),
        ("See [Trump called Putin](https://a.example/b)!", "See Trump called Putin!"),
        ("**Trump** __called__ ~~Putin~~ ||today|| *now* _here_ `x`", "Trump called Putin today now here x"),
        ("> Trump called Putin\n> on Thursday", "Trump called Putin on Thursday"),
        (
            "# Trump called Putin\n-# small\n- a list\n* of\n+ things",
            "Trump called Putin small a list of things",
        ),
        (r"\*Trump\* called snake_case_words", "Trump called snake_case_words"),
        ("```\nTrump called Putin\n```", "Trump called Putin"),
        ("a@b.example wrote 3 * 4 = 12", "a@b.example wrote 3 4 = 12"),
        ("https://a.example", ""),
        ("!!! ???", ""),
        ("", ""),
    ],
)
def test_only_its_words_are_left(written, claim):
    assert claim_of(message(written)) == claim


def test_titles_follow_the_text_unless_it_has_them_already():
    assert claim_of(message("Look", "Trump called Putin")) == "Look Trump called Putin"
    assert (
        claim_of(message("He says trump called putin", "Trump called Putin", ""))
        == "He says trump called putin"
    )
    assert claim_of(message("", "One", "Two")) == "One Two"


def test_a_forwarded_message_is_read_with_its_titles():
    forwarded = message("Trump called Putin", "A title")
    assert claim_of(message("", snapshots=[forwarded])) == "Trump called Putin A title"


def test_a_long_message_ends_with_a_sentence_or_at_least_a_word():
    sentences = "He called. " * 60
    assert claim_of(message(sentences)) == ("He called. " * 27).strip()
    words = claim_of(message("word " * 200))
    assert len(words) <= LONGEST
    assert words.endswith("word")
    assert len(claim_of(message("x" * 4000))) == LONGEST


@given(st.one_of(st.text(max_size=400), st.sampled_from(HOSTILE)), st.text(max_size=50))
def test_any_message_gives_one_line_of_bounded_length(content, title):
    claim = claim_of(message(content, title))
    assert len(claim) <= LONGEST
    assert claim == claim.strip()
    assert "\n" not in claim
    assert claim == "" or any(letter.isalnum() for letter in claim)
