import json
from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from index.errors import RefusedArticle
from index.parsing.article_html import article_from_page
from index.parsing.page_metadata import PageMetadata, read_metadata
from index.urls import canonical_url, resolve_link
from tests.web import pages

URL = "https://www.harbourpost.example/news/bridge"
KEYS = ("@type", "@id", "@graph", "headline", "author", "publisher", "datePublished", "dateModified", "url", "image",
        "mainEntity", "mainEntityOfPage", "itemListElement", "isAccessibleForFree", "hasPart", "cssSelector", "wordCount",
        "inLanguage", "articleBody", "liveBlogUpdate", "name")  # fmt: skip
TELLING = ("NewsArticle", "LiveBlogPosting", "VideoObject", "CollectionPage", "2024-11-11", "2024-13-45T99:99:99Z", "false",
           ".paywall", "//[::1", "javascript:alert(1)", "data:,x", "https://www.harbourpost.example/a", "\ud800", "\x00<b>",
           "9" * 400, "en-US")  # fmt: skip
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(TELLING)
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)
NAMES = (
    "og:title",
    "og:image",
    "og:url",
    "og:type",
    "og:site_name",
    "author",
    "article:published_time",
    "lastmod",
    "",
)


def described(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@settings(max_examples=60, deadline=None)
@given(
    values,
    st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30) | st.sampled_from(TELLING)), max_size=6),
)
def test_whatever_a_page_says_of_itself_is_read_or_left(data: object, metas: list[tuple[str, str]]) -> None:
    clean = [(name, value.replace("\x00", "").encode("utf-8", "replace").decode()) for name, value in metas]
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in clean) + described(data)
    html = pages.story(head=head)
    found = read_metadata(document_fromstring(html))
    texts = (
        found.title,
        found.site_name,
        found.author,
        found.canonical_url,
        found.language,
        found.image,
        found.article_body,
    )
    assert all(isinstance(text, str) for text in texts)
    for moment in (found.published, found.modified):
        assert moment is None or moment.tzinfo is UTC
    try:
        article = article_from_page(html, URL)
    except RefusedArticle:
        return
    assert article.url == canonical_url(article.url)
    assert article.image is None or article.image.startswith(("http://", "https://"))
    assert repr(article).encode("utf-8")


@given(st.text(max_size=60) | st.sampled_from(TELLING), st.text(max_size=60) | st.just(URL))
def test_any_link_leads_to_the_web_or_nowhere(link: str, page: str) -> None:
    address = resolve_link(link, page)
    assert address is None or (address.startswith(("http://", "https://")) and address.isascii())


def test_a_page_that_says_nothing_is_described_by_nothing() -> None:
    assert read_metadata(document_fromstring("<html><body><p>x</p></body></html>")) == PageMetadata()
