"""The newspaper's feeds: the same stories as RSS of three ages, Atom, JSON Feed and a news sitemap."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

NOON = datetime(2024, 11, 11, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """What a feed says of one article; `full` is the text it carries as HTML."""

    url: str
    title: str = "Harbour bridge opens before the winter"
    published: datetime | None = NOON
    updated: datetime | None = None
    full: str = ""
    author: str = ""

    @property
    def date(self) -> str:
        return format_datetime(self.published) if self.published else ""


def rss(
    stories: list[Story], *, title: str = "The Harbour Post", extra: str = "", version: str = "2.0"
) -> str:
    items = "".join(_rss_item(story) for story in stories)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="{version}" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{escape(title)}</title>'
        f"<link>https://post.example/</link><description>News</description>{extra}{items}</channel></rss>"
    )


def _rss_item(story: Story) -> str:
    date = f"<pubDate>{story.date}</pubDate>" if story.published else ""
    changed = f"<atom:updated>{story.updated.isoformat()}</atom:updated>" if story.updated else ""
    full = f"<content:encoded>{escape(story.full)}</content:encoded>" if story.full else ""
    author = f"<dc:creator>{escape(story.author)}</dc:creator>" if story.author else ""
    return (
        f"<item><title>{escape(story.title)}</title><link>{escape(story.url)}</link>"
        f"<description>In short.</description>{date}{changed}{full}{author}</item>"
    )


def rdf(stories: list[Story], *, title: str = "The Harbour Post") -> str:
    items = "".join(
        f'<item rdf:about="{escape(story.url)}"><title>{escape(story.title)}</title><link>{escape(story.url)}</link>'
        f"<dc:date>{story.published.isoformat() if story.published else ''}</dc:date></item>"
        for story in stories
    )
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://post.example/"><title>{escape(title)}</title></channel>{items}</rdf:RDF>'
    )


def atom(stories: list[Story], *, title: str = "The Harbour Post") -> str:
    entries = "".join(
        f'<entry><title type="html">{escape(story.title)}</title><link rel="alternate" href="{escape(story.url)}"/>'
        f"<id>{escape(story.url)}</id><updated>{(story.updated or story.published or NOON).isoformat()}</updated>"
        f"<published>{story.published.isoformat() if story.published else ''}</published>"
        + (f'<content type="html">{escape(story.full)}</content>' if story.full else "")
        + "</entry>"
        for story in stories
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(title)}</title>{entries}</feed>"
    )


def json_feed(stories: list[Story], *, title: str = "The Harbour Post") -> str:
    items = [
        {
            "id": story.url,
            "url": story.url,
            "title": story.title,
            "content_html": story.full,
            "authors": [{"name": story.author}],
            "date_published": story.published.isoformat() if story.published else None,
        }
        for story in stories
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items})


def news_sitemap(stories: list[Story], *, title: str = "The Harbour Post") -> str:
    entries = "".join(
        f"<url><loc>{escape(story.url)}</loc><news:news><news:publication><news:name>{escape(title)}</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>"
        f"{story.published.isoformat() if story.published else ''}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in stories
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )


def sitemap_index(*children: str) -> str:
    entries = "".join(
        f"<sitemap><loc>{escape(child)}</loc><lastmod>2024-11-{day:02}</lastmod></sitemap>"
        for day, child in enumerate(children, 1)
    )
    return (
        f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{entries}</sitemapindex>"
    )


KINDS = {"RSS": rss, "RDF": rdf, "Atom": atom, "JSON Feed": json_feed, "news sitemap": news_sitemap}

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + ']><rss version="2.0"><channel><title>&m;</title><item><title>&m;</title>'
    "<link>https://post.example/1</link></item></channel></rss>"
)
PRYING = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<rss version="2.0"><channel><title>&x;</title><item><title>&x;</title>'
    "<link>https://post.example/1</link></item></channel></rss>"
)
