from datetime import UTC, datetime

import pytest

from index.articles import Article, DateSource
from index.parsing.article_html import article_from_page
from tests.web import pages

URL = "https://www.harbourpost.example/news/bridge"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS)
DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def article(byline: str = "", head: str = "", above: str = "", below: str = "", lang: str = "en") -> Article:
    return article_from_page(
        f"<html lang='{lang}'><head><title>Bridge</title>{head}</head><body>{above}<article><h1>Harbour bridge opens</h1>"
        f"{byline}{BODY}</article>{below}</body></html>",
        URL,
    )


@pytest.mark.parametrize(
    "page",
    [
        article(below="<footer><p>© 2026 Harbour Daily. All rights reserved.</p></footer>"),
        article(below="<div>Copyright 2019-2026 Harbour Daily</div>"),
        article(byline="<p class='meta'>(c) 2026 Harbour Daily</p>"),
        article(head="<meta name='date' content='2026'>"),
        article(head="<meta name='dc.date' content='2026-11'>"),
        article(
            head='<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026"}</script>'
        ),
    ],
)
def test_a_bare_year_is_no_date(page: Article) -> None:
    assert (page.published, page.date_source) == (None, None)


@pytest.mark.parametrize(
    ("byline", "lang", "moment"),
    [
        ("<p class='byline'>By Jo Berg, 20 November 2026</p>", "en", DAY),
        (
            "<p>By Jo Berg <time datetime='2026-11-20T21:04:00+01:00'>Friday</time></p>",
            "en",
            DAY.replace(hour=20, minute=4),
        ),
        (
            "<span class='date'>Freitag, 20. November 2026, 21:04 Uhr</span>",
            "de",
            DAY.replace(hour=21, minute=4),
        ),
        ("<span class='date'>11/10/2026</span>", "en-GB", DAY.replace(month=10, day=11)),
        ("<p class='byline'>Updated 21 Nov 2026, first published 20 Nov 2026</p>", "en", DAY),
        ("<p class='byline'>20.11.2026, aktualisiert am 21.11.2026</p>", "de", DAY),
        ("<p class='meta'>Mis à jour le 21/11/2026, publié le 20/11/2026</p>", "fr", DAY),
        ("<p class='byline'>By Jo Berg, updated 20 Nov 2026</p>", "en", DAY),
        ("<i class='updated'>Updated 21 Nov 2026</i><i class='published'>20 Nov 2026</i>", "en", DAY),
    ],
)
def test_a_byline_dates_a_page_without_metadata(byline: str, lang: str, moment: datetime) -> None:
    page = article(byline, lang=lang, above="<div class='date'>Saturday, 21 November 2026</div>")
    assert (page.published, page.date_source) == (moment, DateSource.BYLINE)


def test_metadata_outrank_a_byline() -> None:
    stated = "<meta property='article:published_time' content='2026-11-19T08:00:00Z'>"
    page = article("<p class='byline'>20 November 2026</p>", stated)
    assert (page.published, page.date_source) == (datetime(2026, 11, 19, 8, tzinfo=UTC), DateSource.METADATA)
