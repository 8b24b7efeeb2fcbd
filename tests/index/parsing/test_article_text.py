import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article
from index.errors import RefusedArticle
from index.parsing.article_text import article_from_markdown, article_from_text, url_of_input
from index.parsing.overrides import MetadataOverrides
from index.text.cleaning import clean_text

LONG = "The mayor said on Monday that the bridge would"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Bridge opens\nIt was late.", "Bridge opens", "It was late."),
        ("It was late.\nBridge opens", "harbour bridge", "It was late.\nBridge opens"),
        ("Bridge opens", "harbour bridge", "Bridge opens"),
        (f"{'x' * 161}\nIt was late.", "harbour bridge", f"{'x' * 161}\nIt was late."),
    ],
)
def test_a_short_first_line_that_is_no_sentence_is_the_title(text: str, title: str, body: str) -> None:
    found = article_from_text(text, "news/harbour-bridge.v2.txt")
    assert (found.title, found.text) == (title, body)


def test_only_lines_that_were_full_are_joined() -> None:
    found = article_from_text(f"Bridge\n\n{LONG}\nopen. Late.\nFerries run.\n\n{LONG}\n\nA\nb", "a.txt")
    assert found.text == f"{LONG} open. Late.\nFerries run.\n\n{LONG}\n\nA\nb"
    wide = f"{'x ' * 70}y\n{LONG}\nopen."  # wider than anybody wraps
    assert article_from_text(f"Bridge\n{wide}", "a.txt").text == wide


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["bridge", "a", "It", ".", "\n", "\n\n"]), max_size=80).map(" ".join)
)
def test_unwrapping_changes_nothing_but_line_breaks(text: str) -> None:
    with contextlib.suppress(RefusedArticle):
        found = article_from_text(text, "-")
        words = clean_text(text).split()
        assert words in (found.text.split(), [*found.title.split(), *found.text.split()])


def test_front_matter_is_left_out_and_a_rule_is_not() -> None:
    assert article_from_markdown("---\ntitle: x\n...\nIt opens.", "-").text == "It opens."
    assert article_from_markdown("---\n\nIt opens.", "-").text == "It opens."
    assert article_from_markdown("It opens.\n\n---\nLate.\n\n---\n", "-").text == "It opens.\n\nLate."


def test_the_first_heading_is_the_title_and_the_others_stay_in_the_text() -> None:
    found = article_from_markdown("Before.\n\n# Bridge `opens`\n\n## Late\n\n```\ncode\n```\n", "a.md")
    assert (found.title, found.text) == ("Bridge opens", "Before.\n\nLate\n\ncode")


@pytest.mark.parametrize("piece", ["> ", "[", "*a ", "- ", "`", "| a ", "<b ", "![", "\n", "a\n", "&#"])
def test_hostile_markdown_is_read(piece: str) -> None:
    text = "# Title\n\nWords.\n\n" + piece * (10_000 // len(piece))
    assert article_from_markdown(text, "a.md").text.startswith("Words.")


@given(st.text(alphabet=st.sampled_from("#*_`[]()<>|-> \n\t\\!&;ab\0é"), max_size=80) | st.text(max_size=80))
def test_any_markdown_is_an_article_or_a_refusal(text: str) -> None:
    with contextlib.suppress(RefusedArticle):
        found = article_from_markdown(text, "-")
        assert isinstance(found, Article)
        assert found.text == clean_text(found.text) != ""


def test_an_input_has_the_address_it_came_from() -> None:
    assert url_of_input("https://example.com/a", "x") == "https://example.com/a"
    assert url_of_input("/news/a b.txt", "x") == "file:///news/a%20b.txt"
    assert url_of_input("-", "x") == url_of_input("-", "x") != url_of_input("-", "y")
    overrides = MetadataOverrides(url="https://example.com/b", title="Bridge")
    found = article_from_text("Late\nIt opens.", "-", overrides)
    assert (found.url, found.title, found.text) == ("https://example.com/b", "Bridge", "It opens.")
