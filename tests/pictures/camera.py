"""A page -> a small PNG of it."""

import io

from PIL import Image
from playwright.async_api import Browser

DESK, PHONE, NARROW = 700, 390, 360  # widths in CSS pixels; narrower phones are hardly sold
_SHARP = 2  # device pixels for each CSS pixel


async def photograph(browser: Browser, html: str, *, width: int = DESK) -> bytes:
    """Take the whole page, however tall, at a width in CSS pixels."""
    page = await browser.new_page(viewport={"width": width, "height": 200}, device_scale_factor=_SHARP)
    try:
        await page.set_content(html)
        return _small(await page.screenshot(full_page=True))
    finally:
        await page.close()


def _small(png: bytes) -> bytes:
    """Write a PNG anew with 256 colours, at a third of the bytes."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    out = io.BytesIO()
    few = picture.quantize(method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
