"""Build an article out of raw parts: the only way in."""

import re
from datetime import datetime

from index.articles import Article, ArticleKind
from index.errors import RefusedArticle
from index.text.cleaning import clean_line, clean_text
from index.text.dates import plausible_date
from index.text.language_id import article_language
from index.urls import canonical_url

LONGEST_TEXT = 1_000_000  # characters; a long novel's worth, far above any news article


def make_article(
    *,
    url: str,
    text: str,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: datetime | None = None,
    language: str | None = None,
    kind: ArticleKind = ArticleKind.STORY,
    modified: datetime | None = None,
    image: str | None = None,
) -> Article:
    """Build an article out of raw parts, cleaned; the only way in.

    A missing title is the text's first line, a missing outlet the host of `url`.
    Raises `RefusedArticle` when there is no text, or too much, or when `url` is no address.
    """
    if len(text) > LONGEST_TEXT:
        raise RefusedArticle(f"its text is longer than {LONGEST_TEXT:,} characters: split it up")
    text = clean_text(text)
    if not any(character.isalnum() for character in text):
        raise RefusedArticle("it has no text")
    url = canonical_url(url)
    return Article(
        url=url,
        outlet=clean_line(outlet, 120) or outlet_of(url),
        title=clean_line(title) or clean_line(text.partition("\n")[0], 120),
        text=text,
        author=clean_line(author) or None,
        published=plausible_date(published) if published else None,
        language=language or article_language(text),
        kind=kind,
        modified=plausible_date(modified) if modified else None,
        image=image,
    )


def outlet_of(url: str) -> str:
    """Name the outlet of an address when nothing better is known: its host, or "Local file"."""
    host = re.match(r"https?://(?:www\.)?([^/:?#]+)", url)
    return host[1] if host else "Local file"
