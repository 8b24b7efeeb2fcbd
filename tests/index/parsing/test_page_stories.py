import pytest

from index.articles import Article
from index.errors import RefusedArticle
from index.parsing.article_html import article_from_page
from tests.web import pages

TOPICS = ("bridge", "ferry", "school", "market", "hospital", "tram", "museum", "harbour")
FIRST = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS[:4])
SECOND = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS[4:])


def read(body: str, title: str = "Page", path: str = "/news/friday") -> Article:
    return article_from_page(pages.bare(body, title), f"https://www.harbourpost.example{path}")


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
    ],
)
def test_a_section_front_is_no_article(cards: str) -> None:
    with pytest.raises(RefusedArticle, match="list of articles"):
        read(f"<h1>Local news</h1>{cards}")


def test_an_article_with_teasers_below_is_one() -> None:
    assert read(
        f"<article><h1>Bridge opens</h1>{FIRST}{SECOND}</article>{teasers('div', linked=True)}"
    ).title == ("Bridge opens")


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("<div class='story'><h2>Bridge opens</h2><p class='byline'>By Jo Berg</p>", "div"),
        ("<div><h1>Bridge opens</h1>", "div"),
        ("<div><h2>Bridge opens</h2>", "div"),
        ("<article><h2>Bridge opens</h2><p>By Jo Berg</p>", "article"),
    ],
)
def test_of_two_stories_on_a_page_the_first_is_read(before: str, between: str) -> None:
    second = before.replace("Bridge opens", "Ferry stays").replace("Jo Berg", "Ines Alm")
    article = read(f"{before}{FIRST}</{between}>{second}{SECOND}</{between}>")
    assert article.title == "Bridge opens"
    assert pages.PARAGRAPHS[0] in article.text
    assert not any(paragraph in article.text for paragraph in pages.PARAGRAPHS[4:])
    assert "Ines Alm" not in f"{article.author} {article.text}"


def test_of_two_stories_the_one_that_the_page_is_titled_by_is_read() -> None:
    body = f"<article><h2>Bridge opens</h2>{FIRST}</article><article><h2>Ferry stays</h2>{SECOND}</article>"
    article = read(body, "Ferry stays | Post")
    assert article.title == "Ferry stays"
    assert pages.PARAGRAPHS[0] not in article.text


def test_the_sections_of_one_article_stay_together() -> None:
    sections = f"<section><h2>One</h2>{FIRST}</section><section><h2>Two</h2>{SECOND}</section>"
    article = read(f"<article><h1>Bridge opens</h1>{sections}</article>")
    assert all(paragraph in article.text for paragraph in pages.PARAGRAPHS)


def test_a_live_blog_keeps_its_posts() -> None:
    posts = (
        f"<div class='post'><h2>Bridge opens</h2>{FIRST}</div><div class='post'><h2>Ferry</h2>{SECOND}</div>"
    )
    article = read(posts, path="/live-updates/bridge")
    assert all(paragraph in article.text for paragraph in pages.PARAGRAPHS)
