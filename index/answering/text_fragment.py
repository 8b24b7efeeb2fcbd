"""The link that opens an article at a sentence: a URL with text fragments.

Text fragments are `#:~:text=[prefix-,]start[,end][,-suffix]`, more of them behind `&`, as the WICG draft "URL Fragment
Text Directives" has them: the browser takes the first match of each, ignores case and accents, and matches whole
words only. It scrolls to the first that matches and highlights all.
"""

import re

from index.answering.text_directives import CONTEXT_WINDOW, SEPARATOR, SentenceDirectives
from index.articles import Span

MAX_LINK_LENGTH = 512  # characters; standard: Discord's limit for the URL of a link button
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half of a character, which no URL can hold
_ROUTED = re.compile(r"#[!/]")  # "#!" or "#/": the page reads its fragment itself


def text_fragment_link(
    url: str, text: str, span: Span, max_length: int = MAX_LINK_LENGTH, *, title: str = ""
) -> str:
    """Return the URL, of at most `max_length` characters, that opens the article at the sentence `text[span]`.

    It names the sentence in several ways, as many as fit, since any one may fail on the page: see
    `SentenceDirectives`. None begins with words that the `title` above the text has, too. The plain `url` comes back
    when it is not http(s), routes by its fragment, or would be too long with even the shortest fragment. Linear in
    the length of the text.
    """
    if not url.lower().startswith(("http://", "https://")) or _ROUTED.search(url):
        return url
    address = url.partition(":~:")[0]
    address += ":~:text=" if "#" in address else "#:~:text="
    if _SURROGATE.search(text, max(0, span.start - CONTEXT_WINDOW), span.end + CONTEXT_WINDOW):
        return url
    room = max_length - len(address)
    chosen: list[str] = []
    for kind in SentenceDirectives(text, span, title).complementary():
        terms = next((terms for terms in kind if len(terms) <= room), None)
        if terms and terms not in chosen:
            chosen.append(terms)
            room -= len(terms) + len(SEPARATOR)
        elif not chosen:  # the first kind has what will do alone, all others only help
            return url
    return address + SEPARATOR.join(chosen) if chosen else url
