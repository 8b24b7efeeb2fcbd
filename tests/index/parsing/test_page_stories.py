import pytest

from index.articles import Article
from index.parsing.article_html import article_from_page
from tests.web import pages

FIRST = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS[:4])
SECOND = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS[4:])


def read(body: str, title: str = "Page", path: str = "/news/friday") -> Article:
    return article_from_page(pages.bare(body, title), f"https://www.harbourpost.example{path}")


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("<div class='story'><h2>Bridge opens</h2><p class='byline'>By Jo Berg</p>", "div"),
        ("<div><h1>Bridge opens</h1>", "div"),
        ("<div><h2>Bridge opens</h2>", "div"),
        ("<article><h2>Bridge opens</h2><p>By Jo Berg</p>", "article"),
        ("<h1>Bridge opens</h1><p class='byline'>By Jo Berg</p>", "i"),
        ("<h2>Bridge opens</h2><p>By Jo Berg | 3 May 2026</p>", "i"),
        ("<h3>Bridge opens</h3><p>By Jo Berg</p>", "i"),
        ("<p><b>Bridge opens</b></p><p>By Jo Berg</p>", "i"),
        ("<p><strong>Bridge opens</strong></p><p class='byline'>By Jo Berg</p>", "i"),
    ],
)
def test_of_two_stories_on_a_page_the_first_is_read(before: str, between: str) -> None:
    second = before.replace("Bridge opens", "Ferry stays").replace("Jo Berg", "Ines Alm")
    article = read(f"{before}{FIRST}</{between}>{second}{SECOND}</{between}>")
    assert article.title == "Bridge opens"
    assert pages.PARAGRAPHS[0] in article.text
    assert not any(paragraph in article.text for paragraph in pages.PARAGRAPHS[4:])
    assert "Ines Alm" not in f"{article.author} {article.text}"
    assert article.author == ("Jo Berg" if "Jo Berg" in before else None)


def test_of_two_stories_the_one_that_the_page_is_titled_by_is_read() -> None:
    body = f"<article><h2>Bridge opens</h2>{FIRST}</article><article><h2>Ferry stays</h2>{SECOND}</article>"
    article = read(body, "Ferry stays | Post")
    assert article.title == "Ferry stays"
    assert pages.PARAGRAPHS[0] not in article.text


def test_of_two_stories_that_are_classed_apart_the_first_is_read() -> None:
    first = f"<div class='lead'><h2>Bridge opens</h2><p>By Jo Berg</p>{FIRST}</div>"
    second = f"<div class='more'><h2>Ferry stays</h2><p>By Ines Alm</p>{SECOND}</div>"
    article = read(first + second)
    assert (article.title, article.author) == ("Bridge opens", "Jo Berg")
    assert pages.PARAGRAPHS[-1] not in article.text


def test_the_date_is_that_of_the_story() -> None:
    first = f"<article><h2>Bridge opens</h2><time datetime='2026-05-03'>3 May</time>{FIRST}</article>"
    second = f"<article><h2>Ferry stays</h2><time datetime='2026-05-09'>9 May</time>{SECOND}</article>"
    h1 = (text.replace("h2>", "h1>") for text in (first, second))
    published = read("".join(h1), "Ferry stays").published
    assert published is not None
    assert published.day == 9


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


@pytest.mark.parametrize("level", ["h1", "h2", "h3"])
def test_parts_of_one_story_without_bylines_stay_together(level: str) -> None:
    parts = f"<{level}>What opens</{level}>{FIRST}<{level}>What follows</{level}>{SECOND}"
    article = read(f"<h1>Bridge opens</h1>{parts}")
    assert pages.PARAGRAPHS[0] in article.text
    assert pages.PARAGRAPHS[-1] in article.text


def test_bold_lines_within_a_story_are_no_titles() -> None:
    article = read(f"<h1>Bridge opens</h1><p>By Jo Berg</p>{FIRST}<p><b>What follows</b></p>{SECOND}")
    assert pages.PARAGRAPHS[-1] in article.text
