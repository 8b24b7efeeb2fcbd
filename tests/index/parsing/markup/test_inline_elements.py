"""How an element leaves the text it stands in, and what stands around it."""

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from index.parsing.markup.inline_elements import (
    class_words,
    drop_inline,
    take_out,
    text_after,
    text_before,
    write_out,
)


def marked(html: str) -> tuple[HtmlElement, HtmlElement]:
    """Return a paragraph, and the `<i>` in it."""
    paragraph = fragment_fromstring(f"<p>{html}</p>")
    element = paragraph.find(".//i")
    assert element is not None
    return paragraph, element


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("killed <i>eleven</i> four", "killed four"),
        ("killed <i>eleven</i>, four", "killed, four"),
        ("killed <b><i>eleven</i></b>, four", "killed, four"),
        ("<b>killed</b> <i>eleven</i>.", "killed."),
        ("<i>eleven</i>four", "four"),
    ],
)
def test_what_is_dropped_leaves_one_sentence(html: str, text: str) -> None:
    paragraph, element = marked(html)
    drop_inline(element)
    take_out(paragraph)
    assert " ".join(paragraph.text_content().split()) == text


@pytest.mark.parametrize(
    ("written", "text"), [("", "lost litres"), ("⁶", "lost ⁶ litres"), (None, "lost 6 litres")]
)
def test_an_element_gives_way_to_a_text(written: str | None, text: str) -> None:
    paragraph, element = marked("lost <i>6</i> litres")
    write_out(element, written)
    take_out(paragraph)
    assert " ".join(paragraph.text_content().split()) == text


@pytest.mark.parametrize(
    ("html", "before", "after"),
    [
        ("10<i>6</i> litres", "10", " litres"),
        ("<b>10</b><i>6</i><u> l</u>", "10", ""),
        ("10<b><i>6</i></b> litres", "10", " litres"),
        ("10<br><i>6</i>", "", ""),
    ],
)
def test_the_text_around_an_element_is_that_of_its_neighbours(html: str, before: str, after: str) -> None:
    _, element = marked(html)
    assert (text_before(element), text_after(element)) == (before, after)


def test_the_words_of_a_class_are_parted() -> None:
    _, element = marked("<i class='fn-ref note_2' id='Cite' role='doc-noteref'>2</i>")
    assert class_words(element) == {"fn", "ref", "note", "cite", "doc", "noteref"}
