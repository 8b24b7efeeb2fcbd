"""Plain text and Markdown -> articles."""

import re
import uuid
from itertools import pairwise
from pathlib import Path, PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.articles import Article
from index.parsing.build_article import make_article
from index.parsing.overrides import NO_OVERRIDES, MetadataOverrides
from index.text.cleaning import clean_line, clean_text

WRAPPED = range(40, 121)  # characters; lines of this width may have been broken to fit a screen
LONGEST_TITLE = 160  # characters; a longer first line is a paragraph

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.{0,1000}\n){0,100}?(?:---|\.\.\.)[ \t]*\n")


def article_from_text(text: str, name: str, hints: MetadataOverrides = NO_OVERRIDES) -> Article:
    """Build an article from plain text that came from `name` (a file, or `-`).

    The title is a short first line that is no sentence, else the file's name. Raises `RefusedArticle`.
    """
    first, _, rest = clean_text(text).partition("\n")
    headed = bool(rest) and len(first) <= LONGEST_TITLE and first[-1:] not in ".!?;,…"
    title, body = (first, rest) if headed else ("", f"{first}\n{rest}")
    return _article(_unwrapped(body), name, title, hints)


def article_from_markdown(text: str, name: str, hints: MetadataOverrides = NO_OVERRIDES) -> Article:
    """Build an article from Markdown: its text without the markup, titled by its first heading.

    Front matter and raw HTML are left out. Raises `RefusedArticle`.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(_FRONT_MATTER.sub("", text.replace("\r\n", "\n")))
    title = ""
    paragraphs = []
    for before, token in pairwise([None, *tokens]):
        words = _words(token) if token else ""
        if words and not title and before is not None and before.type == "heading_open":
            title = words
        elif words:
            paragraphs.append(words)
    return _article("\n\n".join(paragraphs), name, title, hints)


def _article(text: str, name: str, title: str, hints: MetadataOverrides) -> Article:
    stem = "" if name == "-" else re.sub(r"[-_\s]+", " ", PurePath(name).name.partition(".")[0]).strip()
    article = make_article(
        url=hints.url or address_of(name, text), text=text, title=clean_line(hints.title) or title or stem
    )
    return hints.apply_to(article)


def address_of(name: str, text: str) -> str:
    """Return the address of what has none on the web: a file's URI; for standard input one made from `text`."""
    if name == "-":
        return uuid.uuid5(uuid.NAMESPACE_URL, text.encode("utf-8", "replace").hex()).urn
    return name if "://" in name else Path(name).resolve().as_uri()


def _unwrapped(text: str) -> str:
    """Join lines that were broken to fit a width: those whose next word would not have fitted any more."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if width not in WRAPPED:
        return text
    joined = [lines[0]]
    for before, line in pairwise(lines):
        fits = len(before) + 1 + len(line.partition(" ")[0]) <= width
        if fits or not before or not line:
            joined.append(line)
        else:
            joined[-1] += f" {line}"
    return "\n".join(joined)


def _words(token: Token) -> str:
    """Return the readable text of a block token; the empty string for markup."""
    if token.type in {"fence", "code_block"}:
        return token.content.strip()
    pieces = {"softbreak": " ", "hardbreak": "\n"}
    children = token.children or []
    text = "".join(
        child.content if child.type in {"text", "code_inline", "text_special"} else pieces.get(child.type, "")
        for child in children
    )
    return text.strip()
