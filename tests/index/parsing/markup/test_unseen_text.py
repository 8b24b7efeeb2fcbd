import pytest
from trafilatura import load_html

from index.parsing.article_html import article_from_page
from index.parsing.markup.unseen_text import remove_unseen_text
from tests.web import pages

URL = "https://www.harbourpost.example/news/bridge"
STYLE = (
    "<style>/* .told{display:none} */ .k, .j{display:none} @media print{.told{display:none}} "
    ".st{text-decoration:line-through}</style>"
)


def text_of(paragraph: str) -> str:
    filler = " and so on" * 30
    tree = load_html(f"<html><head>{STYLE}</head><body><p>{paragraph}</p><div>{filler}</div></body></html>")
    remove_unseen_text(tree)
    first = tree.find(".//p")
    return " ".join(first.text_content().split())


@pytest.mark.parametrize(
    "unseen",
    [
        "<span class='visually-hidden'> (opens in a new tab)</span>",
        "<span class='sr-only'> external link</span>",
        "<span class='VisuallyHidden_root__3x'> external link</span>",
        "<span hidden> no</span>",
        "<span style='position:absolute; left:-9999px'> no</span>",
        "<span style='display:none'> no</span>",
        "<span class='k'> no</span>",
        "<i class='hidden'> no</i>",
        "<svg><title>External link</title></svg>",
        "<span class='ad-slot'> Buy shoes</span>",
        "<ins class='adsbygoogle'> Buy shoes</ins>",
        "<span> Advertisement</span>",
        "<span> ADVERTISEMENT – CONTINUE READING BELOW</span>",
        "<small> Article continues below advertisement</small>",
        "<span data-ad-slot='7'> Buy shoes</span>",
        "<span class='sponsor-box'> Buy shoes</span>",
        "<span class='x1'> (opens in a new tab)</span>",
        "<span class='x1'>, öffnet in neuem Fenster</span>",
        "<span role='tooltip'> Opens in new window</span>",
        "<span class='d-none d-print-inline'> page 4</span>",
    ],
)
def test_what_nobody_sees_is_no_word_of_a_sentence(unseen: str) -> None:
    told = f"She told <a href='/x'>Sample Wire{unseen}</a>, on Friday, that the bridge opens."
    assert text_of(told) == "She told Sample Wire, on Friday, that the bridge opens."


@pytest.mark.parametrize(
    "seen",
    [
        *("<em>advertisement</em>", "<span class='lead'>it</span>", "<span class='not-sr-only'>it</span>"),
        *(
            "<span class='told'>it</span>",
            "<i class='hidden md:inline'>it</i>",
            "<b aria-hidden='true'>it</b>",
        ),
    ],
)
def test_what_is_seen_stays(seen: str) -> None:
    word = seen.partition(">")[2].partition("<")[0]
    assert text_of(f"They called {seen} good.") == f"They called {word} good."


def test_a_paragraph_that_an_advertisement_tore_apart_is_one() -> None:
    torn = "The council <div class='ad'>Buy <b>shoes</b></div> voted on <i>Monday</i> to open the bridge."
    assert text_of(torn) == "The council voted on Monday to open the bridge."


def test_a_paragraph_that_goes_on_with_an_element_is_one() -> None:
    torn = "The council <div class='ad'>Buy shoes</div><b>voted</b> on Monday."
    assert text_of(torn) == "The council voted on Monday."


def test_a_hidden_page_is_opened_by_a_script_and_stays() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS)
    tree = load_html(f"<html><body><div style='display:none'>{body}</div></body></html>")
    remove_unseen_text(tree)
    assert pages.PARAGRAPHS[0] in tree.text_content()


def test_the_article_of_a_page_is_without_them() -> None:
    link = "<a href='/x'>Sample Wire<span class='visually-hidden'> (opens in a new tab)</span></a>"
    text = article_from_page(pages.story((f"Ann Kell told {link} on Friday.", *pages.PARAGRAPHS)), URL).text
    assert text.startswith("Ann Kell told Sample Wire on Friday.\n")
