"""Opens the link to the sentence of a hard page, and sees which of the page's letters are highlighted."""

import asyncio
import re
from difflib import SequenceMatcher
from pathlib import Path

from lxml.html import fragment_fromstring
from playwright.async_api import Page

from index.articles import Article, Span
from index.parsing.article_html import article_from_page
from index.text.sentence_splitter import split_sentences
from tests.highlights.hard_pages import HardPage
from tests.highlights.look import AGREE, LOOKS, PAUSE, STYLE, letters_agree

_LETTERS = Path(__file__).with_name("letters.js").read_text(encoding="utf-8")
_AROUND = 60  # letters before and after a sentence that tell it from its likes
_NO_LETTERS = re.compile(r"[\W_]+")


def linked(page: HardPage) -> tuple[Article, Span]:
    """Read a page as one from a feed is read; give the article, and where in it the marked sentence stands."""
    article = article_from_page(page.html, "https://news.example/story")
    text = article.text
    before, sentence, after = (_NO_LETTERS.sub("", part) for part in re.split("[⟦⟧]", _text(page.inside)))
    wanted = before[-_AROUND:] + sentence + after[:_AROUND]

    def likeness(span: Span) -> float:
        lead, tail = (_NO_LETTERS.sub("", part) for part in (text[: span.start], text[span.end :]))
        found = (
            lead[len(lead) - len(before[-_AROUND:]) :]
            + _NO_LETTERS.sub("", text[slice(*span)])
            + tail[: len(after[:_AROUND])]
        )
        return SequenceMatcher(None, wanted, found, autojunk=False).ratio()

    return article, max(split_sentences(text), key=likeness)


def _text(html: str) -> str:
    tree = fragment_fromstring(html, create_parent="div")
    for unseen in tree.xpath("//*[@data-unseen]"):
        unseen.drop_tree()
    return str(tree.text_content())


async def highlighted(tab: Page, address: str) -> float:
    """Open the address of a hard page and say how far the letters highlighted and those meant agree, from 0 to 1.

    It is their intersection over their union, anywhere on the page.
    """
    await tab.goto("about:blank")
    await tab.goto(address)
    await tab.evaluate(STYLE)
    best = 0.0
    for _ in range(LOOKS):
        letters = await tab.evaluate(_LETTERS)
        best = max(best, letters_agree(await tab.screenshot(full_page=True), letters))
        if best >= AGREE:
            break
        await asyncio.sleep(PAUSE)
    return best
