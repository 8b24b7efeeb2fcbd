from datetime import UTC, datetime

import pytest

from index.articles import ArticleKind
from index.errors import RefusedArticle
from index.parsing.article_html import article_from_page
from tests.web import pages

URL = "https://www.harbourpost.example/news/bridge"
LONG = pages.PARAGRAPHS * 2


def page(*paragraphs, data=None, head="", title="Harbour bridge opens before the winter", body=""):
    html = pages.story(paragraphs, data=data, head=head, title=title)
    return html.replace("</article>", f"{body}</article>")


def bare(*paragraphs, head="", title="Page"):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return pages.bare(f"<main><h1>{title}</h1>{body}</main>", title).replace("</head>", f"{head}</head>")


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (("Wir verwenden Cookies und ähnliche Techniken auf dieser Seite.", "Alle akzeptieren", "Alle ablehnen"), "consent"),
        (("Nous utilisons des cookies pour mesurer notre audience.", "Tout accepter", "Continuer sans accepter"), "consent"),
        (("Utilizamos cookies propias y de terceros en este sitio.", "Aceptar todas", "Rechazar todas"), "consent"),
        (("Вітаємо. Ми використовуємо файли cookie на цьому сайті.", "Прийняти всі", "Відхилити всі"), "consent"),
        ((pages.PARAGRAPHS[0], "Dieser Artikel ist nur für Abonnenten lesbar."), "subscription"),
        ((pages.PARAGRAPHS[0], "Article réservé aux abonnés. Il vous reste 80 % de cet article à découvrir."), "subscription"),
        ((pages.PARAGRAPHS[0], "Suscríbete para seguir leyendo esta noticia."), "subscription"),
        ((pages.PARAGRAPHS[0], "Conteúdo exclusivo para assinantes do jornal."), "subscription"),
        ((pages.PARAGRAPHS[0], "Лише для передплатників нашої газети."), "subscription"),
        (("Bitte bestätigen Sie kurz, dass Sie kein Roboter sind, dann geht es weiter.",), "a robot"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_told_in_six_languages(paragraphs, words) -> None:
    with pytest.raises(RefusedArticle, match=words):
        article_from_page(bare(*paragraphs), URL)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="video.other">',
        '<script type="application/ld+json">{"@type": "VideoObject", "name": "The bridge"}</script>',
    ],
)
def test_a_bare_video_is_refused_and_its_transcript_marked(head) -> None:
    with pytest.raises(RefusedArticle, match="a video"):
        article_from_page(bare(*pages.PARAGRAPHS[:3], head=head), URL)
    assert article_from_page(bare(*LONG, head=head), URL).kind is ArticleKind.VIDEO
    assert article_from_page(page(*pages.PARAGRAPHS, head=head), URL).kind is ArticleKind.STORY


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (URL, {"data": {"@type": "LiveBlogPosting"}}),
        ("https://www.harbourpost.example/live-updates/2024/bridge", {}),
        ("https://www.harbourpost.example/politik/liveblog-bruecke-100.html", {}),
        (URL, {"title": "Harbour bridge: live updates"}),
        (URL, {"title": "The bridge opens – as it happened"}),
    ],
)
def test_a_live_blog_is_marked(url, options) -> None:
    assert article_from_page(page(*LONG, **options), url).kind is ArticleKind.LIVE


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://www.harbourpost.example/live/music/2024", "How we live now"),
        ("https://www.harbourpost.example/olive-oil", "Where they live: updates from the harbour"),
    ],
)
def test_what_only_sounds_live_is_a_story(url, title) -> None:
    assert article_from_page(page(*LONG, title=title), url).kind is ArticleKind.STORY


CLOSED = {
    "isAccessibleForFree": False,
    "hasPart": {"isAccessibleForFree": "False", "cssSelector": ".paywall"},
}


@pytest.mark.parametrize(
    ("data", "body", "kind"),
    [
        ({"isAccessibleForFree": False}, "", ArticleKind.STORY),
        ({"isAccessibleForFree": False, "wordCount": 2000}, "", ArticleKind.EXCERPT),
        ({"isAccessibleForFree": False, "wordCount": 180}, "", ArticleKind.STORY),
        ({"wordCount": 2000}, "", ArticleKind.STORY),
        (CLOSED, "<div class='paywall'><p>Subscribe to read on.</p></div>", ArticleKind.EXCERPT),
        (CLOSED, f"<div class='big paywall'>{'<p>And so the bridge was opened on a Monday.</p>' * 8}</div>", ArticleKind.STORY),
    ],
)  # fmt: skip
def test_the_beginning_of_an_article_for_subscribers_is_marked(data, body, kind) -> None:
    assert article_from_page(page(*pages.PARAGRAPHS, data=data, body=body), URL).kind is kind


def test_text_that_only_the_description_carries_is_taken_unless_it_is_for_subscribers() -> None:
    data = {"articleBody": "\n\n".join(pages.PARAGRAPHS)}
    shell = page("Loading the article, one moment please.", data=data)
    assert article_from_page(shell, URL).text.split("\n\n") == list(pages.PARAGRAPHS)
    with pytest.raises(RefusedArticle, match="subscription"):
        article_from_page(page("Loading …", data={**data, "isAccessibleForFree": False}), URL)
    assert article_from_page(page(*LONG, data={"articleBody": "x " * 2000}), URL).text.startswith(LONG[0])


def test_a_live_blogs_updates_are_its_text() -> None:
    updates = [{"headline": f"Update {number}", "articleBody": paragraph}
               for number, paragraph in enumerate(pages.PARAGRAPHS)]  # fmt: skip
    shell = page(
        "Loading …", data={"@type": "LiveBlogPosting", "liveBlogUpdate": [*updates, "odd", {"headline": 7}]}
    )
    article = article_from_page(shell, URL)
    assert article.text.split("\n")[:2] == ["Update 0", pages.PARAGRAPHS[0]]
    assert (article.kind, article.text.count("\n")) == (ArticleKind.LIVE, 2 * len(updates) - 1)


@pytest.mark.parametrize(
    ("data", "head", "moment"),
    [
        ({"dateModified": "2024-11-12T09:00:00+01:00"}, "", datetime(2024, 11, 12, 8, tzinfo=UTC)),
        ({}, '<meta property="article:modified_time" content="2024-11-12T08:00:00Z">', datetime(2024, 11, 12, 8, tzinfo=UTC)),
        ({}, '<meta property="og:updated_time" content="2099-11-12T08:00:00Z">', None),
        ({"dateModified": "soon"}, "", None),
    ],
)  # fmt: skip
def test_when_the_outlet_last_changed_it(data, head, moment) -> None:
    assert article_from_page(page(*pages.PARAGRAPHS, data=data, head=head), URL).modified == moment


@pytest.mark.parametrize(
    ("data", "head", "image"),
    [
        ({"image": "/bridge.jpg"}, "", "https://www.harbourpost.example/bridge.jpg"),
        ({"image": [{"@type": "ImageObject", "url": "https://img.example/a b.jpg"}]}, "", "https://img.example/a%20b.jpg"),
        ({"image": []}, '<meta property="og:image" content="//img.example/og.png">', "https://img.example/og.png"),
        ({"image": "javascript:alert(1)"}, "", None),
        ({"image": "data:image/png;base64,AAAA"}, "", None),
        ({"image": {"url": ["x"]}}, "", None),
        ({"image": "http://[::1"}, "", None),
        ({}, "", None),
    ],
)  # fmt: skip
def test_the_lead_picture_is_an_address_on_the_web(data, head, image) -> None:
    assert article_from_page(page(*pages.PARAGRAPHS, data=data, head=head), URL).image == image


@pytest.mark.parametrize(
    "named", [URL, {"@type": "WebPage", "@id": URL}, {"@id": "https://m.harbourpost.example/news/bridge"}]
)
def test_the_description_names_the_pages_address_where_no_link_does(named) -> None:
    article = article_from_page(page(*pages.PARAGRAPHS, data={"mainEntityOfPage": named}), f"{URL}-2024/amp")
    assert article.url == (named if isinstance(named, str) else named["@id"])
