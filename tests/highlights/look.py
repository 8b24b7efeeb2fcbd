"""Opens a link as a click does, and sees what the browser highlights: by its colour, letter by letter."""

import asyncio
import io
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.async_api import Page

from index.articles import Span

AGREE = 0.8  # of the letters highlighted and those of the sentence, so many are both
WINDOW = {"width": 1000, "height": 700}
LOOKS, PAUSE = 16, 0.2  # the browser searches a page a while after it is loaded, a busy machine later
_AROUND = 200  # characters of the article that tell a sentence from its likes
_WHERE = Path(__file__).with_name("where.js").read_text(encoding="utf-8")
# No script of the page runs and none of its own files are there: what floats over the words must not hide them.
STYLE = """() => document.head.append(Object.assign(document.createElement("style"), {textContent: `
    *, *::before, *::after { background: transparent !important }
    img, svg, video, iframe { visibility: hidden !important }
    ::target-text { background: #ff00ff !important; color: #ff00ff !important }`}))"""


async def agreement(tab: Page, address: str, text: str, span: Span) -> float:
    """Open the address and say how far the highlight and the sentence `text[span]` agree, from 0 to 1.

    It is their intersection over their union, in letters of the window: 0 too when the sentence is out of sight.
    """
    await tab.goto("about:blank")
    await tab.goto(address)
    await tab.evaluate(STYLE)
    best = 0.0
    for _ in range(LOOKS):
        letters = await tab.evaluate(_WHERE, _told(text, span))
        best = max(best, letters_agree(await tab.screenshot(), letters))
        if best >= AGREE:
            break
        await asyncio.sleep(PAUSE)
    return best


def fragment(link: str) -> str:
    """Give what a link adds to its address; empty when it adds no directive."""
    return "#" + link.partition("#")[2] if ":~:" in link else ""


def _told(text: str, span: Span) -> list[str]:
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    return [text[slice(*span)], before, after]


def letters_agree(png: bytes, letters: list[list[float]]) -> float:
    """Compare, in a picture of the page, the letters that are lit with those that are meant.

    `letters` are (from the left, from the top, 1 if meant) each; one outside of the picture is not lit.
    """
    window = is_lit(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")))
    found = np.array(letters).reshape(-1, 3)
    left, top, meant = found[:, 0].astype(int), found[:, 1].astype(int), found[:, 2].astype(bool)
    inside = (left >= 0) & (top >= 0) & (left < window.shape[1]) & (top < window.shape[0])
    shown = np.zeros(len(found), bool)
    shown[inside] = window[top[inside], left[inside]]
    return float((shown & meant).sum() / max(1, (shown | meant).sum()))


def is_lit(window: np.ndarray) -> np.ndarray:
    """Say of each pixel of a picture whether it is magenta."""
    return (np.abs(window.astype(int) - (255, 0, 255)) < 6).all(axis=2)
