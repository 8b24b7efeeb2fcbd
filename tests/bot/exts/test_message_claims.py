"""The claims in a message: its words, and nothing that only Discord reads."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exts._message_claims import MAX_CLAIM_LENGTH, MAX_CLAIMS, claims_in_message
from tests.bot.samples import HOSTILE


def message(content="", *titles, snapshots=()):
    site = SimpleNamespace(name=None)
    embeds = [SimpleNamespace(title=title, provider=site) for title in titles]
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
    assert claims_in_message(message(written)) == ((claim,) if claim else ())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. ", "2. "),
        ("1) ", "(2) "),
        ("a) ", "b) "),
        ("• ", "• "),
        ("— ", "– "),
        ("✅ ", "❌ "),
        ("> 1. ", "> - "),
    ],
)
def test_the_items_of_a_list_are_claims_without_their_marks(first, second):
    written = f"{first}Trump called Putin\n{second}The bridge fell"
    assert claims_in_message(message(written)) == ("Trump called Putin", "The bridge fell")


@pytest.mark.parametrize(
    "written", ["2026. A year of storms", "1.5 million people fled", "A) is no mark", "7 died"]
)
def test_a_number_that_counts_something_stays(written):
    assert claims_in_message(message(written)) == (written,)


def test_titles_follow_the_text_unless_it_has_them_already():
    assert claims_in_message(message("Look", "Trump called Putin")) == ("Look", "Trump called Putin")
    assert claims_in_message(message("He says trump called putin", "Trump called Putin", "", None)) == (
        "He says trump called putin",
    )
    assert claims_in_message(message("", *(f"Title {number}" for number in range(9)))) == (
        "Title 0",
        "Title 1",
        "Title 2",
    )


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("Trump called Putin | The Gazette", "Trump called Putin"),
        ("Trump called Putin - The Gazette", "Trump called Putin"),
        ("The Gazette called Putin", "The Gazette called Putin"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title, claim):
    written = message("", title)
    written.embeds[0].provider.name = "The Gazette"
    assert claims_in_message(written) == (claim,)


def test_a_forwarded_message_is_read_with_its_titles():
    forwarded = message("Trump called Putin", "A title")
    assert claims_in_message(message("", snapshots=[forwarded])) == ("Trump called Putin", "A title")


def test_a_long_message_ends_with_a_sentence_or_at_least_a_word():
    assert claims_in_message(message("He called. " * 60)) == (("He called. " * 27).strip(),)
    [words] = claims_in_message(message("word " * 200))
    assert len(words) <= MAX_CLAIM_LENGTH
    assert words.endswith("word")
    assert len(claims_in_message(message("x" * 4000))[0]) == MAX_CLAIM_LENGTH


@given(st.one_of(st.text(max_size=400), st.sampled_from(HOSTILE)), st.text(max_size=50))
def test_any_message_gives_lines_of_bounded_length(content, title):
    claims = claims_in_message(message(content, title))
    assert len(claims) <= MAX_CLAIMS
    for claim in claims:
        assert len(claim) <= MAX_CLAIM_LENGTH
        assert claim == claim.strip()
        assert len(claim.splitlines()) == 1
        assert any(letter.isalnum() for letter in claim)
