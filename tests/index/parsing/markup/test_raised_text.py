"""What a raised or lowered number is: an exponent, an index, or the mark of a note."""

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from index.parsing.markup.raised_text import is_note_link, is_raised, lowered_text, raised_text


def last_of(html: str, tag: str) -> HtmlElement:
    return fragment_fromstring(f"<p>{html}</p>").findall(f".//{tag}")[-1]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>6</sup> litres", "⁶"),
        ("4.2×10<sup>−11</sup> m", "⁻¹¹"),
        ("30 m<sup>2</sup>", "²"),
        ("(a+b)<sup>2</sup>", "²"),
        ("<sup>14</sup>C", "¹⁴"),
        ("1<sup>1</sup>/2", "¹"),
        ("in 2019<sup>2</sup>", ""),
        ("the ferry<sup>2</sup>", ""),
        ("1,200<sup>4</sup> people", ""),
        ("closed.<sup>*</sup>", ""),
        ("closed.<sup>[citation needed]</sup>", ""),
        ("Brand<sup>TM</sup>", "™"),
        ("the 4<sup>th</sup>", None),
        ("M<sup>me</sup> Roe", None),
    ],
)
def test_a_raised_text_is_an_exponent_or_a_note_or_what_it_says(html: str, text: str | None) -> None:
    assert raised_text(last_of(html, "sup")) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("CO<sub>2</sub>", None),
        ("log<sub>10</sub>5", "₁₀"),
        ("<sup>1</sup>/<sub>2</sub>", "₂"),
        ("x<sub>i</sub>", None),
    ],
)
def test_a_lowered_number_is_written_low_beside_another(html: str, text: str | None) -> None:
    assert lowered_text(last_of(html, "sub")) == text


@pytest.mark.parametrize(
    ("html", "is_one"),
    [
        ("<a href='#fn2'>2</a>", True),
        ("<a href='#x' class='footnote-ref'>†</a>", True),
        ("<a href='#x' role='doc-noteref'>see</a>", True),
        ("<a href='#fn2'>the second note</a>", False),
        ("<a href='/fn2'>2</a>", False),
    ],
)
def test_a_link_to_a_note_is_known_by_where_it_leads(html: str, is_one: bool) -> None:
    assert is_note_link(last_of(html, "a")) is is_one


@pytest.mark.parametrize(
    "html", ["<sup>2</sup>", "<i class='sup'>2</i>", "<i style='vertical-align: super'>2</i>"]
)
def test_a_superscript_is_one_by_tag_class_or_style(html: str) -> None:
    assert is_raised(fragment_fromstring(f"<p>10{html}</p>")[0])
    assert not is_raised(fragment_fromstring("<p>10<b>2</b></p>")[0])
