"""Builds an article out of raw parts, whatever format they came from: cleaned, dated, with a language."""

import re
from datetime import datetime

from index.articles import Article, ArticleKind, DateSource
from index.errors import RefusedArticle
from index.furniture.entry_stamps import cut_entry_stamps
from index.parsing.author_names import author_names
from index.text.cleaning import clean_line, clean_text
from index.text.dates import plausible_date
from index.text.language_id import article_language
from index.urls import canonical_url

MAX_TEXT_LENGTH = 1_000_000  # characters; judged: a long novel's worth, far above any news article
MAX_OUTLET_LENGTH = 120  # characters; judged
MAX_FIRST_LINE_TITLE = 120  # characters of a first line that stands in for a missing title; judged

# "https://www.post.example:8080/a" (the host is the group)
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)")


def make_article(
    *,
    url: str,
    text: str,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: datetime | None = None,
    date_source: DateSource = DateSource.METADATA,
    language: str | None = None,
    kind: ArticleKind = ArticleKind.STORY,
    modified: datetime | None = None,
    image: str | None = None,
) -> Article:
    """Return an article out of raw parts; every parser ends here.

    A missing title is the text's first line, a missing outlet the host of `url`, a missing language that of the
    text; dates that are not plausible are dropped. `date_source` says where `published` is from. Raise RefusedArticle when there is no text, or too much, or
    when `url` is no address.
    """
    if len(text) > MAX_TEXT_LENGTH:
        raise RefusedArticle(f"its text is longer than {MAX_TEXT_LENGTH:,} characters: split it up")
    text = cut_entry_stamps(clean_text(text))
    if not any(character.isalnum() for character in text):
        raise RefusedArticle("it has no text")
    url = canonical_url(url)
    published = plausible_date(published) if published else None
    outlet = clean_line(outlet, MAX_OUTLET_LENGTH) or outlet_from_url(url)
    return Article(
        url=url,
        outlet=outlet,
        title=clean_line(title) or clean_line(text.partition("\n")[0], MAX_FIRST_LINE_TITLE),
        text=text,
        author=author_names(author, outlet) or None,
        published=published,
        language=language or article_language(text),
        kind=kind,
        modified=plausible_date(modified) if modified else None,
        image=image,
        date_source=date_source if published else None,
    )


def outlet_from_url(url: str) -> str:
    """Return a name for an outlet of which only an address is known: its host, or "Local file"."""
    host = _HOST.match(url)
    return host[1] if host else "Local file"
