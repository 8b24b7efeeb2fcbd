"""The newspaper at work: it publishes, corrects and withdraws articles, and its feeds say so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web

from tests.web import feeds, pages
from tests.web.feeds import Story

if TYPE_CHECKING:
    from tests.web.newspaper import Newspaper

KINDS = {
    "rss": (feeds.rss, "application/rss+xml"),
    "rdf": (feeds.rdf, "application/rdf+xml"),
    "atom": (feeds.atom, "application/atom+xml"),
    "json": (feeds.json_feed, "application/feed+json"),
    "sitemap": (feeds.news_sitemap, "application/xml"),
}


@dataclass(frozen=True)
class Article:
    """One article of today."""

    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    updated: datetime | None = None
    carried: bool = False  # whether the feed carries its text


class Press:
    """What is in the paper now: at `/press/NAME`, and in the feeds at `/feed/KIND`."""

    def __init__(self, paper: Newspaper) -> None:
        self._paper = paper
        self.articles: dict[str, Article] = {}
        self.withdrawn: dict[str, int] = {}  # the status that is answered in its place
        self.channel = ""  # more elements of the RSS channel
        self.headers: dict[str, str] = {}  # more headers of the feeds

    def url(self, name: str) -> str:
        return f"{self._paper.origin}/press/{name}"

    def feed(self, kind: str = "rss") -> str:
        return f"{self._paper.origin}/feed/{kind}"

    def publish(self, name: str, *paragraphs: str, title: str = "", carried: bool = False) -> str:
        """Publish an article; its address."""
        text = (*paragraphs, *pages.PARAGRAPHS[4:])
        self.articles[name] = Article(
            title or f"The story of {name}", text, datetime.now(UTC), carried=carried
        )
        return self.url(name)

    def correct(self, name: str, *paragraphs: str) -> None:
        """Put another text in an article's place, and say so in the feed."""
        text = (*paragraphs, *pages.PARAGRAPHS[4:])
        self.articles[name] = replace(self.articles[name], paragraphs=text, updated=datetime.now(UTC))

    def withdraw(self, name: str, status: int = 410) -> None:
        """Take an article out of the paper and out of its feeds."""
        del self.articles[name]
        self.withdrawn[name] = status

    def answer(self, request: web.Request) -> web.Response | None:
        """Answer if it is about today's paper."""
        section, _, name = request.path.strip("/").partition("/")
        if section == "feed" and name in KINDS:
            return self._feed(request, name)
        if section != "press":
            return None
        if name in self.withdrawn:
            return web.Response(status=self.withdrawn[name])
        article = self.articles.get(name)
        return None if article is None else self._conditional(request, page_of(article).encode(), "text/html")

    def _feed(self, request: web.Request, kind: str) -> web.Response:
        write, media_type = KINDS[kind]
        stories = [self._story(name, article) for name, article in reversed(self.articles.items())]
        extra = {"extra": self.channel} if kind == "rss" else {}
        body = write(stories, **extra).encode()  # type: ignore[operator]
        return self._conditional(request, body, media_type, **self.headers)

    @staticmethod
    def _conditional(request: web.Request, body: bytes, media_type: str, **more: str) -> web.Response:
        headers = {"ETag": f'"{hashlib.md5(body).hexdigest()}"', **more}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, headers={"Content-Type": media_type, **headers})

    def _story(self, name: str, article: Article) -> Story:
        full = "".join(f"<p>{paragraph}</p>" for paragraph in article.paragraphs) if article.carried else ""
        return Story(self.url(name), article.title, article.published, article.updated, full)


def page_of(article: Article) -> str:
    """Write the page an article stands on."""
    dates = {"datePublished": article.published.isoformat()}
    if article.updated:
        dates["dateModified"] = article.updated.isoformat()
    return pages.story(article.paragraphs, title=article.title, data=dict(dates))
