from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trafilatura import load_html

from index.errors import RefusedArticle
from index.parsing.article_html import MAX_PAGE_LENGTH, article_from_page, merge_content_blocks
from tests.web import pages
from tests.web.newspaper import HTML

URL = "https://www.harbourpost.example/news/bridge"


def test_an_article_comes_out_whole() -> None:
    article = article_from_page(pages.story(), URL)
    assert article.text.split("\n") == list(pages.PARAGRAPHS)
    assert article.title == "Harbour bridge opens before the winter"
    assert article.outlet == "The Harbour Post"
    assert article.author == "Jo Berg, Ines Alm"
    assert article.published == datetime(2024, 11, 11, 17, 30, tzinfo=UTC)
    assert (article.url, article.language) == (URL, "en")


def test_open_graph_is_read() -> None:
    head = (
        '<meta property="og:title" content="Bridge &amp;amp; ferry"><meta property="og:type" content="article">'
        '<meta property="og:site_name" content="Post | All the news"><meta name="author" content="By Jo Berg">'
        '<meta property="article:published_time" content="2024-11-11T18:30:00Z">'
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS)
    article = article_from_page(
        f"<html><head>{head}</head><body><article>{body}</article></body></html>", URL
    )
    assert (article.title, article.outlet, article.author) == ("Bridge & ferry", "Post", "Jo Berg")
    assert article.published == datetime(2024, 11, 11, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2024-11-11", datetime(2024, 11, 11, 12, tzinfo=UTC)),
        ("2024-11-11T20:00:00-0500", datetime(2024, 11, 12, 1, tzinfo=UTC)),
        ("2024-11-11T18:30:00.123Z", datetime(2024, 11, 11, 18, 30, 0, 123_000, tzinfo=UTC)),
    ],
)
def test_times_are_in_utc_and_days_at_noon(stated: str, moment: datetime) -> None:
    assert article_from_page(pages.story(data={"datePublished": stated}), URL).published == moment


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("/news/bridge?utm_source=x", URL),
        ("https://m.harbourpost.example/a", "https://m.harbourpost.example/a"),
        ("https://www.example.com/taken", URL),
        ("https://www.harbourpost.example/", URL),
        ("javascript:alert(1)", URL),
        ("http://[::1", URL),
    ],
)
def test_a_page_names_its_address_on_its_own_site_only(canonical: str, url: str) -> None:
    assert article_from_page(pages.story(canonical=canonical), URL).url == url


def test_a_saved_page_names_its_address_anywhere() -> None:
    html = pages.story(canonical="https://www.harbourpost.example/x")
    assert (
        article_from_page(html, "file:///tmp/x.html", trust_canonical=True).url
        == "https://www.harbourpost.example/x"
    )


def test_the_language_is_told_by_the_text() -> None:
    german = (
        "Der Rat beschloss am Montag, die alte Hafenbrücke noch vor dem Winter wieder zu öffnen.",
        "„Wir haben unser Wort gehalten“, sagte die Bürgermeisterin, die das im Frühjahr versprochen hatte.",
        "Die Arbeiten kosteten vierzehn Millionen Kronen, drei Millionen mehr als einst geplant.",
        "Die Opposition nannte den Preis einen Skandal und verlangte eine Untersuchung des Auftrags.",
    )
    assert article_from_page(pages.story(german, language="en"), URL).language == "de"


def test_entities_are_the_characters_they_stand_for() -> None:
    text = article_from_page(HTML["/news/entities"], URL).text
    assert "The mayor’s plan — “bold” & cheap <for once> €5 m." in text


def test_of_several_blocks_a_list_keeps_its_items_apart_and_one_of_links_is_left_out() -> None:
    items = [f"The {what} of the town was shut on Friday" for what in ("bridge", "school", "market hall")]
    links = "".join(f"<li>Also read: <a href='/n/{n}'>{item}</a></li>" for n, item in enumerate(items))
    listed = "".join(f"<li>{item}</li>" for item in items)
    parts = [
        f"<div class='body'><p>{text}</p>{tail}</div>"
        for text, tail in zip(pages.PARAGRAPHS, (f"<ul>{listed}</ul>", f"<ul>{links}</ul>", ""), strict=False)
    ]
    merged = merge_content_blocks(load_html(pages.bare("".join(parts))), pages.PARAGRAPHS[0])
    first, second, third = pages.PARAGRAPHS[:3]
    assert merged.split("\n") == [first, *(f"- {item}" for item in items), second, third]


def test_a_body_in_several_blocks_comes_out_whole() -> None:
    lines = [f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS]
    blocks = "<aside>Advertisement</aside>".join(
        f"<section><div class='row'><div class='article__body part'>{''.join(lines[at : at + 4])}</div></div></section>"
        for at in range(0, len(lines), 4)
    )
    found = article_from_page(pages.bare(f"<article>{blocks}</article>"), URL)
    assert found.text.split("\n") == list(pages.PARAGRAPHS)


def test_an_endless_title_is_cut() -> None:
    assert len(article_from_page(HTML["/news/title"], URL).title) <= 500


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/news/teaser", "without a subscription"),
        ("/news/consent", "asks for consent"),
        ("/news/robot", "a robot"),
        ("/latest", "list of articles"),
        ("/empty", "no HTML"),
        ("/news/blank", "no article text"),
        ("/news/deep", "no article text|too large"),
        ("/news/many", "too large"),
    ],
)
def test_what_is_no_article_is_refused_in_words(path: str, words: str) -> None:
    with pytest.raises(RefusedArticle, match=words):
        article_from_page(HTML[path], f"https://www.harbourpost.example{path}")


def test_a_home_page_is_no_article() -> None:
    with pytest.raises(RefusedArticle, match="list of articles"):
        article_from_page(pages.story(), "https://www.harbourpost.example/")


def test_an_article_about_cookies_and_subscriptions_is_one() -> None:
    about = (
        "“We use cookies” and “Accept all” are what readers see before they may subscribe to continue reading.",
    )
    assert article_from_page(pages.story((*about, *pages.PARAGRAPHS * 2)), URL).text.startswith(
        "“We use cookies”"
    )


def test_a_page_too_large_is_refused_at_once() -> None:
    with pytest.raises(RefusedArticle, match="too large"):
        article_from_page("a" * (MAX_PAGE_LENGTH + 1), URL)


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type": "NewsArticle", "headline": ',
        "[" * 100_000,
        '{"@type": 7, "author": {"name": []}, "datePublished": [1]}',
        '{"@type": ["NewsArticle", null], "headline": {"a": 1}, "author": [[["x"]]], "publisher": 5}',
        '{"@graph": {"@graph": {"@graph": []}}}',
        "null",
        "",
        " " * 200_000 + "x",
        "//<![CDATA[\n{}\n//]]>",
    ],
)
def test_broken_json_ld_harms_nothing(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>'
    assert article_from_page(pages.story(head=head), URL).title == "Harbour bridge opens before the winter"


TAGS = ("<p>", "</p>", "<div class='article-body'>", "<script>", "<!--", "]]>", "<table><td>", "&#xd800;", "<meta name=",
        "<time datetime='", "\x00", "‮", "<a href='http://[::1'>", "word word word. ")  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=20)), max_size=60).map("".join))
def test_any_page_is_an_article_or_a_refusal(html: str) -> None:
    for page in (html, pages.story((html, *pages.PARAGRAPHS))):
        try:
            text = article_from_page(page, URL).text
        except RefusedArticle:
            continue
        assert text.encode("utf-8")
