"""Opens the link to the sentence of a hard page, and sees which of the page's letters are highlighted."""

import asyncio
import io
import re
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from lxml.html import fragment_fromstring
from PIL import Image
from playwright.async_api import Page

from index.articles import Article, Span
from index.parsing.article_html import article_from_page
from index.text.sentence_splitter import split_sentences
from tests.highlights.hard_pages import HardPage
from tests.highlights.look import AGREE, LOOKS, PAUSE, STYLE, is_lit

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
        letters = np.array(await tab.evaluate(_LETTERS))
        window = np.asarray(Image.open(io.BytesIO(await tab.screenshot(full_page=True))).convert("RGB"))
        best = max(best, _agreement(is_lit(window), letters))
        if best >= AGREE:
            break
        await asyncio.sleep(PAUSE)
    return best


def _agreement(lit: np.ndarray, letters: np.ndarray) -> float:
    """Compare the letters that are lit with those that are meant; one outside the page is not lit."""
    left, top = letters[:, 0].astype(int), letters[:, 1].astype(int)
    inside = (left >= 0) & (top >= 0) & (left < lit.shape[1]) & (top < lit.shape[0])
    shown = np.zeros(len(letters), bool)
    shown[inside] = lit[top[inside], left[inside]]
    meant = letters[:, 2].astype(bool)
    return float((shown & meant).sum() / max(1, (shown | meant).sum()))
