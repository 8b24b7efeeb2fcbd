"""Saved article pages, what Verbatim takes out of them, and a server that hands them to a browser."""

import gzip
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from index.articles import Article, Span
from index.errors import RefusedArticle
from index.furniture.line_model import bundled_line_model
from index.parsing.article_html import article_from_page
from index.text.boilerplate import is_quotable
from index.text.charset import decode_page
from index.text.context_dependence import dateline_end
from index.text.sentence_splitter import split_sentences

SHORTEST = 20  # characters; what is shorter is a heading, a byline, a button


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as it was saved, and the article that is in it."""

    name: str
    html: str
    article: Article

    @property
    def sentences(self) -> list[Span]:
        """Give every sentence of the article, as the bot would quote it: without a dateline."""
        text = self.article.text
        found = (Span(start + dateline_end(text[start:end]), end) for start, end in split_sentences(text))
        return [span for span in found if span.end - span.start >= SHORTEST]

    @property
    def answers(self) -> list[Span]:
        """Give those with which it could answer: no headings, no questions, nothing that is furniture on sight."""
        text = self.article.text
        lines = [span for span in split_sentences(text) if is_quotable(text[slice(*span)])]
        needed = bundled_line_model().furniture_counts(self.article, lines)
        ends = {span.end for span, count in zip(lines, needed, strict=True) if count > 1}
        return [span for span in self.sentences if span.end in ends]


def saved_pages(folder: Path) -> Iterator[Saved]:
    """Read the pages of `folder` (see `index.evaluation.eval_extraction`), without those that are no articles."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, page in truth.items():
        html = decode_page(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))
        try:
            yield Saved(name, html, article_from_page(html, page.get("url") or "https://example.com/"))
        except RefusedArticle:
            continue


@asynccontextmanager
async def served(pages: dict[str, str]) -> AsyncIterator[str]:
    """Serve HTML by name on loopback; gives the address before the name."""

    async def answer(request: web.Request) -> web.Response:
        html = pages.get(request.match_info["name"], "")
        return web.Response(body=html.encode("utf-8", "replace"), content_type="text/html", charset="utf-8")

    app = web.Application()
    app.router.add_get("/{name:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()
