"""Opens every sentence of saved pages through its link: `python -m tests.highlights FOLDER [every Nth]`."""

import asyncio
import sys
from pathlib import Path

from index.answering.text_fragment import text_fragment_link
from tests.browser import chromium
from tests.highlights.look import AGREE, WINDOW, agreement, fragment
from tests.highlights.saved import saved_pages, served


async def main(folder: Path, step: int) -> None:
    """Print each sentence whose link goes elsewhere, and the share of those that are right."""
    pages = list(saved_pages(folder))
    right = asked = 0
    async with chromium() as browser, served({page.name: page.html for page in pages}) as base:
        tab = await browser.new_page(viewport=WINDOW, java_script_enabled=False)
        for page in pages:
            text = page.article.text
            for span in page.sentences[::step]:
                link = text_fragment_link(page.article.url, text, span, title=page.article.title)
                agrees = await agreement(tab, base + page.name + fragment(link), text, span)
                right, asked = right + (agrees >= AGREE), asked + 1
                if agrees < AGREE:
                    print(f"{agrees:.2f} {page.name[:8]} {text[slice(*span)][:80]!r} {fragment(link)[:200]}")  # noqa: T201
        print(f"{right:,} of {asked:,} sentences of {len(pages)} pages: {right / asked:.2%}")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
