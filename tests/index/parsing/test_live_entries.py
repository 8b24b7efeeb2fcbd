"""Live blogs in several markups: whoever signs an entry is not the author of the page."""

import json

import pytest

from index.articles import Article, ArticleKind
from index.parsing.article_html import article_from_page
from tests.web import pages

URL = "https://www.harbourpost.example/news/bridge"
LIVE_URL = "https://www.harbourpost.example/news/live-updates/bridge"
NAMES = ("Ann Kell", "Tom Reed", "Ada Moss", "Per Lund")
HOURS = ("10:42", "10:05", "9:58", "8:31")
INTRODUCTION = f"<p>{pages.PARAGRAPHS[-1]}</p>"

# One entry, by its stamp, its author and its text.
WRAPPED = (
    (
        "<article class='post'><time datetime='2026-05-03T{hour}Z'>{hour}</time>"
        "<p class='byline'>By {name}</p><p>{text}</p></article>"
    ),
    (
        "<div class='entry'><span class='timestamp'>{hour} GMT</span> <a rel='author' href='/kim'>{name}</a>"
        "<p>{text}</p></div>"
    ),
    "<li class='block block--{number}'><p>{hour}</p><span itemprop='author'>{name}</span><p>{text}</p></li>",
    "<section><h2>The bridge at {hour}</h2><p>By {name}</p><p>{text}</p></section>",
    "<div class='update-{number}'><div><b>{number} min ago</b></div><div class='author-name'>{name}</div>{text}</div>",
    "<div id='post-{number}'><p class='meta'>By {name}<br>{hour} CEST</p><blockquote>{text}</blockquote></div>",
)
BARE = (
    "<p><strong>{hour}</strong></p><p>By {name}</p><p>{text}</p>",
    "<h6>{hour} The bridge</h6><div class='byline'>{name}</div><p>{text}</p>",
    "<div class='author'>{name}</div><div class='time'>{number}h ago</div><div>{text}</div>",
    "<p>By {name}, {hour} Uhr</p><p>{text}</p>",
)


def entries(markup: str, names: tuple[str, ...] = NAMES) -> str:
    return "".join(
        markup.format(hour=hour, name=name, text=text, number=number)
        for number, (hour, name, text) in enumerate(zip(HOURS, names, pages.PARAGRAPHS, strict=False), 1)
    )


def read(body: str, url: str = URL, head: str = "") -> Article:
    page = pages.bare(body, "Bridge opens").replace("</head>", f"{head}</head>")
    return article_from_page(page, url)


@pytest.mark.parametrize("url", [URL, LIVE_URL])
@pytest.mark.parametrize("markup", [*WRAPPED, *BARE])
def test_nobody_who_signs_an_entry_is_the_author(markup: str, url: str) -> None:
    article = read(f"<main><h1>Bridge opens</h1>{INTRODUCTION}<div>{entries(markup)}</div></main>", url)
    assert article.author is None
    assert pages.PARAGRAPHS[0] in article.text


@pytest.mark.parametrize("markup", BARE)
def test_nobody_is_where_no_introduction_parts_the_headline_and_the_first_entry(markup: str) -> None:
    assert read(f"<main><h1>Bridge opens</h1>{entries(markup)}</main>").author is None


@pytest.mark.parametrize("markup", [*WRAPPED, *BARE])
@pytest.mark.parametrize(
    "head",
    [
        "<meta name='author' content='Kim Ash'>",
        "<meta property='article:author' content='Kim Ash'>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Kim Ash"}}</script>',
    ],
)
@pytest.mark.parametrize("url", [URL, LIVE_URL])
def test_the_author_is_whom_the_pages_metadata_name(head: str, markup: str, url: str) -> None:
    body = f"<h1>Bridge opens</h1>{INTRODUCTION}<div>{entries(markup)}</div>"
    assert read(body, url, head).author == "Kim Ash"


@pytest.mark.parametrize("markup", WRAPPED)
def test_a_byline_beside_the_headline_is_the_pages_own(markup: str) -> None:
    body = f"<header><h1>Bridge opens</h1><p class='byline'>By Jo Berg</p></header>{INTRODUCTION}"
    assert read(f"{body}<div>{entries(markup)}</div>").author == "Jo Berg"


@pytest.mark.parametrize("first", ["BlogPosting", "LiveBlogPosting"])
def test_an_entry_of_its_own_in_the_metadata_does_not_stand_for_the_page(first: str) -> None:
    whole = {"@type": "LiveBlogPosting", "headline": "Bridge opens", "datePublished": "2026-05-03T08:00:00Z"}
    entry = {
        "@type": "BlogPosting",
        "headline": "Ferry stays",
        "author": {"@type": "Person", "name": "Ann Kell"},
        "datePublished": "2026-05-04T10:42:00Z",
    }
    nodes = [whole, entry] if first == "LiveBlogPosting" else [entry, whole]
    head = f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"
    article = read(f"<h1>Bridge opens</h1><div>{entries(WRAPPED[0])}</div>", head=head)
    assert (article.kind, article.author, article.title) == (ArticleKind.LIVE, None, "Bridge opens")
    assert article.published is not None
    assert article.published.day == 3


STORY = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Bridge opens</h1><p>By Jo Berg</p><time datetime='2026-05-03T10:05Z'>10:05</time>{STORY}",
        (
            f"<h1>Bridge opens</h1><p class='byline'>Jo Berg</p><p>Published at 10:05</p>{STORY}"
            "<p>By Jo Berg. Updated 11:30.</p>"
        ),
        (
            f"<article class='a'><h1>Bridge opens</h1><p>By Jo Berg</p><p>10:05</p>{STORY}</article>"
            f"<article class='a'><h2>Ferry</h2><p>By Ann Kell</p><p>9:58</p><p>{pages.PARAGRAPHS[0]}</p></article>"
        ),
        (
            f"<article><h1>Bridge opens</h1><p>By Jo Berg</p><p>3 May 2026, 10:05</p>{STORY}</article>"
            f"<ul>{entries(WRAPPED[2])}</ul>"
        ),
        (
            f"<div class='x'><h1>Bridge opens</h1><div class='byline'>By Jo Berg</div></div><div class='x'>{STORY}</div>"
            f"<section id='comments'>{entries(WRAPPED[1], ('Jo Berg', *NAMES[1:]))}</section>"
        ),
    ],
)
def test_a_story_keeps_its_author_beside_comments_and_other_stories(body: str) -> None:
    assert read(body).author == "Jo Berg"
