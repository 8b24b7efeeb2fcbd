import pytest
from trafilatura import load_html

from index.articles import Article
from index.errors import RefusedArticle
from index.parsing.article_html import article_from_page
from index.parsing.page_teasers import is_list_of_teasers
from tests.web import pages

TOPICS = ("bridge", "ferry", "school", "market", "hospital", "tram", "museum", "harbour")
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS)
URL = "https://www.harbourpost.example/news/friday"


def read(body: str) -> Article:
    return article_from_page(pages.bare(body), URL)


def teasers(tag: str, *, linked: bool) -> str:
    before, after = ("<a href='/news/1'>", "</a>") if linked else ("", "")
    return "".join(
        f"<{tag} class='card'><h3>{before}The {topic} opens again{after}</h3><p>The council said on Monday that the "
        f"{topic} in the old town would open to all people again.</p><span>{day} November 2026</span></{tag}>"
        for day, topic in enumerate(TOPICS, 1)
    )


@pytest.mark.parametrize(
    "cards",
    [
        *(teasers("div", linked=True), teasers("div", linked=False), teasers("article", linked=True)),
        *(f"<ul>{teasers('li', linked=True)}</ul>", f"<section>{teasers('section', linked=True)}</section>"),
        teasers("div", linked=True).replace("<div class='card'>", "").replace("</div>", ""),
        teasers("div", linked=False).replace("<div class='card'>", "").replace("</div>", ""),
        teasers("div", linked=False).replace("<div", "<div><div").replace("</div>", "</div></div>"),
        teasers("a", linked=False).replace("class='card'", "href='/news/1' class='card'"),
        f"<table>{teasers('tr', linked=True)}</table>".replace("h3>", "td>"),
    ],
)
def test_a_section_front_is_no_article(cards: str) -> None:
    with pytest.raises(RefusedArticle, match="list of articles"):
        read(f"<h1>Local news</h1>{cards}")


def test_an_article_with_teasers_below_is_one() -> None:
    assert read(f"<article><h1>Bridge opens</h1>{TEXT}</article>{teasers('div', linked=True)}").title == (
        "Bridge opens"
    )


@pytest.mark.parametrize("heading", ["{day} November 2026", "{day}. Visit the {topic}"])
def test_a_timeline_and_a_list_of_tips_are_articles(heading: str) -> None:
    text = "The council said that the {topic} in the old town opens at 10:30 and that 14 people work in it."
    parts = "".join(
        f"<div class='part'><h3>{heading}</h3><p>{text}</p></div>".format(day=day, topic=topic)
        for day, topic in enumerate(TOPICS, 1)
    )
    assert read(f"<h1>Eight days of the bridge</h1>{parts}").title == "Eight days of the bridge"


@pytest.mark.parametrize(
    ("address", "is_list"),
    [
        *(("/news/1", True), ("https://harbourpost.example/news/1", True)),
        *(("#part", False), ("https://shop.example/1", False)),
    ],
)
def test_a_teaser_leads_to_a_page_of_the_same_site(address: str, is_list: bool) -> None:
    text = "The council said that it opens to all people again."
    cards = "".join(
        f"<h3><a href='{address}'>The {topic} opens</a></h3><p>{text} {topic}</p>" for topic in TOPICS
    )
    shown = "\n".join(f"{text} {topic}" for topic in TOPICS)
    assert is_list_of_teasers(load_html(pages.bare(cards)), shown, URL) is is_list
