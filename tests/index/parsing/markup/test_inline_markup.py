import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafilatura import load_html

from index.parsing.article_html import article_from_page
from index.parsing.article_text import article_from_markdown
from index.parsing.feeds.items import plain_title
from index.parsing.markup.inline_markup import text_of_html, write_out_markup
from index.text.sentence_splitter import split_sentences
from tests.web import pages

URL = "https://www.harbourpost.example/news/bridge"


def text_of(paragraph: str) -> str:
    tree = load_html(f"<html><body><p>{paragraph}</p></body></html>")
    write_out_markup(tree)
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("killed <s>eleven</s> four people", "killed four people"),
        ("killed <del>eleven</del><ins>four</ins> people", "killed four people"),
        ("killed <strike>eleven</strike>, four", "killed, four"),
        (
            "a <span style='text-decoration: line-through'>bad</span> good <i class='strike'>old</i> day",
            "a good day",
        ),
        ("a <span class='text-decoration-line-through'>bad</span> good day", "a good day"),
        ("a <span class='struck_out'>bad</span> good day", "a good day"),
        ("a <span class='hover:line-through no-strike'>good</span> day", "a good day"),
    ],
)
def test_what_is_struck_out_is_no_text(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("lost 10<sup>6</sup> litres", "lost 10⁶ litres"),
        ("6.02 × <b>10</b><sup>23</sup> and 10<sup>−6</sup>", "6.02 × 10²³ and 10⁻⁶"),
        ("5 km<sup>2</sup>, 20 in<sup>2</sup>, E = mc<sup>2</sup>", "5 km², 20 in², E = mc²"),
        ("10<span style='vertical-align: super'>6</span> and 2<sup>n</sup>", "10⁶ and 2ⁿ"),
        ("2<sup>1</sup>/<sub>2</sub> cups, log<sub>10</sub>5", "2¹/₂ cups, log₁₀5"),
        ("<sup>235</sup>U and Ca<sup>2+</sup>", "²³⁵U and Ca²⁺"),
        ("Uranium (<sup>235</sup>U)", "Uranium (²³⁵U)"),
        ("10<sup>6.5</sup>", "10^6.5"),
        ("<math><msup><mn>10</mn><mn>6</mn></msup></math> litres", "10⁶ litres"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> litre", "1/2 litre"),
    ],
)
def test_a_raised_number_does_not_become_another(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "<sup>2</sup>",
            "<sup>[12]</sup>",
            "<sup>*</sup>",
            "<sup>1, 2</sup>",
            "<sup><a href='#n2'>2</a></sup>",
        ),
        *("<sup>ii</sup>", "<a href='#note2'><small>2</small></a>", "<a href='#fn2'>2</a>"),
        *("<a href='#n2'><sup>2</sup></a>", "<a href='#n2' role='doc-noteref'>2</a>", "<sup>a</sup>"),
    ],
)
def test_the_mark_of_a_note_is_gone(mark: str) -> None:
    assert text_of(f"It closed on Friday.{mark} The harbour") == "It closed on Friday. The harbour"


def test_notes_behind_words_and_long_numbers_are_gone() -> None:
    html = "the ferry<sup>3</sup> of 2019<sup>4</sup> for the UN<sup>5</sup>"
    assert text_of(html) == "the ferry of 2019 for the UN"


def test_ordinals_and_formulas_read_as_ever() -> None:
    html = "the 4<sup>th</sup> ton of CO<sub>2</sub>, M<sup>me</sup> Dupont’s Brand<sup>TM</sup>"
    assert text_of(html) == "the 4th ton of CO2, Mme Dupont’s Brand™"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("said <q>all nine ferries</q> would", "said “all nine ferries” would"),
        ("said <q>it was <q>odd</q> then</q>.", "said “it was ‘odd’ then”."),
        ("<span lang='de'>er sagte <q>gut</q></span>", "er sagte „gut“"),
        ("said “<q>all</q>” and <q>«tout»</q>", "said “all” and «tout»"),
    ],
)
def test_a_quotation_has_its_marks(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("The ferries sail on <time datetime=2026-11-30>Monday</time>.", "The ferries sail on Monday."),
        ("On <time>30 November</time> the <button>harbour office</button> opens.", ""),
        ("The <label>Board of Trade</label>, it said, and <output>nine</output> ferries sail.", ""),
        (
            "It lost <math><msup><mn>10</mn><mn>6</mn></msup></math> litres on Friday.",
            "It lost 10⁶ litres on Friday.",
        ),
        (
            "Killed were <del>eleven</del> <ins datetime=2026>four</ins> people, it said.",
            "Killed were four people, it said.",
        ),
        ("<data value=9>Nine</data> <mark>ferries</mark> of <dfn>Garton</dfn> sail, it said.", ""),
        (
            "He <span style='text-decoration:underline'>did</span> call, <bdi>Ann</bdi> <cite>Kell</cite> said.",
            "",
        ),
    ],
)
def test_no_word_of_a_sentence_is_lost(html: str, text: str) -> None:
    told = article_from_page(pages.story((html, *pages.PARAGRAPHS)), URL).text.split("\n")[0]
    assert told == (text or re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    "html", ["Ann Kell <time>30 Nov 2026</time>", "The ferries sail on Monday. <button>Read more</button>"]
)
def test_what_is_pressed_or_dates_a_page_is_no_word(html: str) -> None:
    told = article_from_page(pages.story((html, *pages.PARAGRAPHS)), URL).text
    assert "30 Nov" not in told
    assert "more" not in told.split("\n")[0]


def test_the_article_of_a_page_says_what_its_markup_says() -> None:
    first = "The fire in the Garton tunnel killed <s>eleven</s> four people, the fire brigade said on Friday."
    second = "<del>The driver of the lorry was drunk, police said.</del>"
    third = "Harbour master Ann Kell said on Friday that <q>all nine ferries</q> would sail again on Monday."
    text = article_from_page(pages.story((first, second, third, *pages.PARAGRAPHS)), URL).text
    lines = text.split("\n")
    assert lines[0] == "The fire in the Garton tunnel killed four people, the fire brigade said on Friday."
    assert lines[1] == third.replace("<q>", "“").replace("</q>", "”")
    assert "drunk" not in text
    assert len(split_sentences(lines[1])) == 1


def test_titles_metadata_and_markdown_are_read_so_too() -> None:
    assert plain_title("Fire kills &lt;s&gt;eleven&lt;/s&gt; four, 10<sup>6</sup> litres lost") == (
        "Fire kills four, 10⁶ litres lost"
    )
    assert text_of_html("<p>It was <s>ten</s> four.</p><p>Ok.</p>").split() == ["It", "was", "four.", "Ok."]
    markdown = "# Fire\n\nIt killed ~~eleven~~ four people & lost 10<sup>6</sup>\nlitres."
    assert article_from_markdown(markdown, "fire.md").text == "It killed four people & lost 10⁶ litres."


def test_letters_that_are_struck_through_one_by_one_are_no_text() -> None:
    struck = "".join(f"{letter}\u0336" for letter in "eleven")
    told = article_from_page(pages.story((f"It killed {struck} four people.", *pages.PARAGRAPHS)), URL)
    assert told.text.startswith("It killed four people.\n")


@given(st.text(alphabet="<>/supqdel s12.a'=\"&", max_size=80))
def test_any_markup_can_be_read(html: str) -> None:
    text_of_html(html)
