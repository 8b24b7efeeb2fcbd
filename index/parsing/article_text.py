"""Plain text and Markdown (CommonMark) -> articles."""

import re
import uuid
from itertools import pairwise
from pathlib import Path, PurePath

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from index.articles import Article
from index.parsing.build_article import make_article
from index.parsing.markup.inline_markup import MEANINGFUL_TAG, text_of_html
from index.parsing.overrides import NO_OVERRIDES, MetadataOverrides
from index.text.cleaning import clean_line, clean_text

WRAP_WIDTHS = range(40, 121)  # characters; judged: text whose lines are that wide may have been wrapped
MAX_TITLE_LENGTH = 160  # characters; judged: a longer first line is a paragraph
SENTENCE_ENDS = ".!?;,…"  # a first line that ends in one of them is no title

# "---\ntitle: The bridge\n---\n" at the beginning; its bounds keep the search linear
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.{0,1000}\n){0,100}?(?:---|\.\.\.)[ \t]*\n")
# "_" and "--" in "harbour_bridge--opens.txt"
_NAME_SEPARATORS = re.compile(r"[-_\s]+")


def article_from_text(text: str, name: str, overrides: MetadataOverrides = NO_OVERRIDES) -> Article:
    """Return the article of a plain text that came from `name` (a file, an address, or `-`).

    The title is a short first line that is no sentence, else made of the file's name. Raise RefusedArticle when
    there is no text or too much.
    """
    first, _, rest = clean_text(text).partition("\n")
    has_title = bool(rest) and len(first) <= MAX_TITLE_LENGTH and first[-1:] not in SENTENCE_ENDS
    title, body = (first, rest) if has_title else ("", f"{first}\n{rest}")
    return _build(_join_wrapped_lines(body), name, title, overrides)


def article_from_markdown(text: str, name: str, overrides: MetadataOverrides = NO_OVERRIDES) -> Article:
    """Return the article of a Markdown text: without the markup, titled by its first heading.

    Front matter and raw HTML are left out. Raise RefusedArticle when there is no text or too much.
    """
    plain = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(plain)
    title = ""
    paragraphs = []
    for previous, token in pairwise([None, *tokens]):
        block = _block_text(token) if token else ""
        if block and not title and previous is not None and previous.type == "heading_open":
            title = block
        elif block:
            paragraphs.append(block)
    return _build("\n\n".join(paragraphs), name, title, overrides)


def url_of_input(name: str, text: str) -> str:
    """Return an address for an input: its own if it is one, a file's URI, for `-` a URN made from `text`."""
    if name == "-":
        return uuid.uuid5(uuid.NAMESPACE_URL, text.encode("utf-8", "replace").hex()).urn
    return name if "://" in name else Path(name).resolve().as_uri()


def _build(text: str, name: str, title: str, overrides: MetadataOverrides) -> Article:
    stem = "" if name == "-" else _NAME_SEPARATORS.sub(" ", PurePath(name).name.partition(".")[0]).strip()
    article = make_article(
        url=overrides.url or url_of_input(name, text),
        text=text,
        title=clean_line(overrides.title) or title or stem,
    )
    return overrides.apply_to(article)


def _join_wrapped_lines(text: str) -> str:
    """Join lines that were wrapped at a width: those after which the next word would not have fitted."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if width not in WRAP_WIDTHS:
        return text
    joined = [lines[0]]
    for previous, line in pairwise(lines):
        fitted = len(previous) + 1 + len(line.partition(" ")[0]) <= width
        if fitted or not previous or not line:
            joined.append(line)
        else:
            joined[-1] += f" {line}"
    return "\n".join(joined)


def _block_text(token: Token) -> str:
    """Return the readable text of a block token; "" for markup."""
    if token.type in {"fence", "code_block"}:
        return token.content.strip()
    children = token.children or []
    if any(_has_meaning(child) for child in children):
        html = RendererHTML().renderInline(children, MarkdownIt("commonmark").options, {})
        return clean_text(text_of_html(html.replace("\n", " ")))
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    text = "".join(
        child.content if child.type in {"text", "code_inline", "text_special"} else breaks.get(child.type, "")
        for child in children
    )
    return text.strip()


def _has_meaning(token: Token) -> bool:
    """Return True for struck-out text and for raw HTML that says more than its text."""
    return token.type == "s_open" or (
        token.type == "html_inline" and bool(MEANINGFUL_TAG.match(token.content))
    )
