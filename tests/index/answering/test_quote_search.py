"""Words somebody is said to have said, found in the articles that hold them, or not."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.answering.quote_alignment import SegmentKind
from index.errors import BadQuestion
from tests.index.conftest import BRIDGE, WHEAT, article

FENN = article(
    "fenn",
    "NORWICK (AP) — Two cables of the bridge are cracked.",
    "“We will not close the school, and we will not raise the fee,” said Ada Fenn, the mayor of Norwick.",
    "She spoke after a long council meeting. “Nobody in this town has ever asked me to.”",
    day=5,
)
COPY = replace(
    FENN,
    url="https://post.example.com/fenn",
    outlet="The Sample Post",
    published=FENN.published.replace(day=6),
)


@pytest.fixture
def archive(archive):
    archive.add([BRIDGE, WHEAT, FENN, COPY])
    return archive


def test_the_exact_words_are_found_with_who_says_them_and_who_else_has_them(archive):
    found = archive.find_quote("we will not close the school")
    assert found.articles == 4
    [match] = found.matches
    assert match.exact
    assert match.quote.text == FENN.text.split("\n")[1]
    assert match.quote.speaker.name == "Ada Fenn"
    assert match.quote.article == FENN, "the first to publish it is quoted"
    assert [other.outlet for other in match.quote.duplicates] == ["The Sample Post"]


def test_words_that_are_found_need_no_words_like_them(archive):
    near = "“We will not close the school, and we will not raise any fee,” said the minister."
    archive.add([article("near", near, outlet="Sample Courier")])
    [match] = archive.find_quote("We will not close the school, and we will not raise the fee").matches
    assert match.exact
    assert len(archive.find_quote("We will not close the school, and we shall not raise a fee").matches) == 2


def test_a_sentence_too_short_to_be_an_answer_is_found_as_it_stands(archive):
    text = "A crane fell on the pier of Norwick on Friday. Nobody was hurt. The wind was strong."
    near = "Nobody in the town of Elmport was hurt in the storm, the mayor said on Monday."
    archive.add([article("crane", text), article("storm", near, outlet="Sample Courier")])
    first = archive.find_quote("Nobody was hurt").matches[0]
    assert first.exact
    assert first.quote.text == "Nobody was hurt."


def test_a_turned_quote_is_found_and_the_difference_marked(archive):
    [match] = archive.find_quote('"We will close the school and we will raise the fee"').matches
    assert not match.exact
    assert [piece.text for piece in match.segments if piece.kind is SegmentKind.DIFFERENT] == ["not", "not"]
    assert (
        "".join(piece.text for piece in match.segments if piece.kind is not SegmentKind.MISSING)
        == match.quote.text
    )


def test_words_over_two_sentences_are_quoted_with_both(archive):
    [match] = archive.find_quote(
        "She spoke after a long council meeting. Nobody in this town has ever asked me to"
    ).matches
    assert match.exact
    assert match.quote.text == FENN.text.split("\n")[2]


def test_a_dateline_is_no_part_of_the_quote(archive):
    [match] = archive.find_quote("Two cables of the bridge are cracked").matches
    assert match.quote.text == "Two cables of the bridge are cracked."


def test_what_no_article_has_is_not_found(archive):
    for words in (
        "We will sell the harbour to the highest bidder",
        "the mayor of Norwick is a liar",
        "of the in a",
    ):
        assert archive.find_quote(words).matches == ()


def test_only_the_outlets_asked_for(archive):
    [match] = archive.find_quote("we will not close the school", outlets=["The Sample Post"]).matches
    assert match.quote.article.outlet == "The Sample Post"
    assert archive.find_quote("a loaf of bread could cost more", outlets=["Sample Wire"]).matches == ()


def test_an_article_that_has_gone_is_not_quoted(archive):
    archive.remove(FENN.url)
    archive.remove(COPY.url)
    assert archive.find_quote("we will not close the school").matches == ()


@pytest.mark.parametrize("words", ["", "   ", "two words", "…", "“”", "x" * 2001])
def test_too_few_or_too_many_words_are_refused(archive, words):
    with pytest.raises(BadQuestion):
        archive.find_quote(words)


WORDS = [*FENN.text.split(), *BRIDGE.text.split()]


@st.composite
def reworded(draw):
    """Words of the articles as they stand there, some of them changed."""
    start = draw(st.integers(0, len(WORDS) - 3))
    words = WORDS[start : start + draw(st.integers(3, 14))]
    for at in draw(st.lists(st.integers(0, len(words) - 1), max_size=2)):
        words[at] = draw(st.sampled_from(["…", "[x]", "never", *WORDS]))
    return " ".join(words)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reworded() | st.text(max_size=200))
@example("We will never close … and we will not raise the fee")
def test_any_text_is_answered_with_the_articles_words_or_refused(archive, words):
    try:
        found = archive.find_quote(words)
    except BadQuestion:
        return
    for match in found.matches:
        assert (
            "".join(piece.text for piece in match.segments if piece.kind is not SegmentKind.MISSING)
            == match.quote.text
        )
