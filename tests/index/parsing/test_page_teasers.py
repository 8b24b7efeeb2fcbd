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


def links(before: str, title: str, after: str, count: int = 8) -> str:
    """Cards whose title is a link of its own: `before` it, `title` around its words, and what comes `after`."""
    return "".join(
        before
        + title.format(address=f"/news/{number}", words=f"The {topic} opens again on Monday")
        + after.format(address=f"/news/{number}", words=f"The {topic} in the old town was shut, it said.")
        for number, topic in enumerate(TOPICS[:count], 1)
    )


LINK = "<a href='{address}'>{words}</a>"


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


@pytest.mark.parametrize(
    "cards",
    [
        f"<ul>{links('<li>', LINK, '<p>{words}</p></li>')}</ul>",
        f"<table>{links('<tr><td>', LINK, '</td><td>{words}</td></tr>')}</table>",
        links("<p><b>", LINK, "</b><br>{words}</p>"),
        links("<div class='row'><p>", LINK, "</p><p>{words}</p></div>"),
        links("", "<a class='card' href='{address}'><div>{words}</div>", "<div>{words}</div></a>"),
        f"<ol>{links('<li>', LINK, '<cite>post.example</cite><br>{words}</li>')}</ol>",
        f"<ul>{links('<li>', LINK, '</li>')}</ul>",
        links("<div>", "<h2>{words}</h2>", "<p>{words} <a href='{address}'>Read more</a></p></div>"),
        links("<div class='card'>", f"<h2>{LINK}</h2>", "<p>{words}</p></div>", 3),
        links("<article>", f"<h2>{LINK}</h2>", "<p>{words}</p><p>By Jo Berg</p></article>", 3),
        links("<div>", f"<h3>{LINK}</h3>", "<p>{words}</p></div>", 3),
    ],
)
def test_neither_is_one_of_cards_that_are_links(cards: str) -> None:
    with pytest.raises(RefusedArticle, match=r"list of articles|no article text"):
        read(f"<h1>Local news</h1>{cards}")


@pytest.mark.parametrize(
    "links_below",
    [
        links("<p>", LINK, "</p>", 3),
        f"<ul>{links('<li>', LINK, '</li>', 3)}</ul>",
        links("<h3>", LINK, "</h3><p>{words}</p>", 3),
    ],
)
def test_an_article_with_a_few_links_is_one(links_below: str) -> None:
    assert read(f"<h1>Bridge opens</h1>{TEXT}{links_below}").title == "Bridge opens"


def test_a_list_of_tips_with_links_elsewhere_in_each_is_an_article() -> None:
    tips = "".join(
        f"<h3>Visit the {topic}</h3><p>It opens at ten, <a href='/news/{topic}'>the council of the town said</a> on "
        f"Monday, and the {topic} is free for all who live in it.</p>"
        for topic in TOPICS
    )
    assert read(f"<h1>Eight tips</h1>{tips}").title == "Eight tips"


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
