"""Opens every sentence of saved pages through its link: `python -m tests.highlights FOLDER [every Nth]`."""

import asyncio
import sys
from pathlib import Path

from index.answering.text_fragment import text_fragment_link
from tests.browser import chromium
from tests.highlights.look import AGREE, WINDOW, agreement, fragment
from tests.highlights.saved import saved_pages, served


async def main(folder: Path, step: int) -> None:
    """Print each sentence whose link goes elsewhere, and the share of those that are right: of all, of the answers."""
    pages = list(saved_pages(folder))
    right: dict[bool, list[bool]] = {True: [], False: []}  # by whether a sentence may be an answer
    async with chromium() as browser, served({page.name: page.html for page in pages}) as base:
        tab = await browser.new_page(viewport=WINDOW, java_script_enabled=False)
        for page in pages:
            text, answers = page.article.text, set(page.answers)
            for span in page.sentences[::step]:
                link = text_fragment_link(page.article.url, text, span, title=page.article.title)
                agrees = await agreement(tab, base + page.name + fragment(link), text, span)
                right[span in answers].append(agrees >= AGREE)
                if agrees < AGREE:
                    kind = "answer" if span in answers else "other"
                    told = f"{page.name[:8]} {text[slice(*span)][:80]!r} {fragment(link)[:200]}"
                    print(f"{agrees:.2f} {kind} {told}")  # noqa: T201
    for kind, found in (("sentences", right[True] + right[False]), ("answers", right[True])):
        print(f"{sum(found):,} of {len(found):,} {kind} of {len(pages)} pages: {sum(found) / len(found):.2%}")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
