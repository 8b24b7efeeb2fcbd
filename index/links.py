"""The link that opens an article at a sentence: a URL with a text fragment.

Text fragments are `#:~:text=[prefix-,]start[,end][,-suffix]` as the WICG draft "URL Fragment Text Directives" has
them: the browser takes the first match, ignores case and accents, and matches whole words only.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from index.articles import Span

LONGEST = 512  # characters Discord takes for the address of a link button
_START = 4  # words a fragment starts with; more until they occur once in the article
_END = 3  # words it ends with
_MOST = 40  # words a fragment may need before it is given up
_LOOK = 300  # characters before and after a repeated sentence that may tell it from its likes
_FEWEST = 3  # words of context
_TRIES = 200  # times a term is sought beyond the inside of a longer word

_WORD = re.compile(r"[^\s、，。！？；：「」『』（）]+")
_UNSPACED = re.compile(
    r"[\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ROUTED = re.compile(r"#[!/]")


def deep_link(url: str, text: str, span: Span) -> str:
    """Return the address that opens the article at the sentence `text[span.start:span.end]`.

    The fragment names the first words of the sentence, as many as make them occur once in the article, and its
    last; where the whole sentence occurs again, the words before it or after it too. The plain `url` comes back
    when it is not http(s), routes by its fragment, or would be longer than `LONGEST` with even the shortest
    fragment. Linear in the length of the text.
    """
    if not url.lower().startswith(("http://", "https://")) or _ROUTED.search(url):
        return url
    address = url.partition(":~:")[0]
    address += ":~:text=" if "#" in address else "#:~:text="
    if _SURROGATE.search(text, max(0, span.start - _LOOK), span.end + _LOOK):
        return url  # half a character cannot be written in an address
    fitting = (terms for terms in _directives(text, span) if len(address) + len(terms) <= LONGEST)
    terms = next(fitting, None)
    return address + terms if terms else url


def _directives(text: str, span: Span) -> Iterator[str]:
    """Yield what may follow `text=`, the best first; each finds the sentence as the first match in the text."""
    words = _words(text, span)
    if not words or not _fold(text[words[0].start : words[-1].end]):
        return
    page = _fold(text)
    whole = Span(words[0].start, words[-1].end)
    one_line = "\n" not in text[whole.start : whole.end]
    if one_line and len(words) <= _START + _END and _occurs_once(page, _fold(text[slice(*whole)])):
        yield _encoded(text, whole)
    first = _unique_start(text, words, page)
    if first:
        yield from (_range(text, first, last) for last in _ends(text, words, first))
    if one_line:
        yield from _with_context(text, words, span, page)
        yield _encoded(text, whole)


def _words(text: str, span: Span) -> list[Span]:
    """Return the words of a stretch of the text, without the punctuation around them."""
    words = (_trimmed(text, *match.span()) for match in _WORD.finditer(text, *span))
    return [word for word in words if word.start < word.end]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and not _wordy(text[start]):
        start += 1
    while start < end and not _wordy(text[end - 1]):
        end -= 1
    return Span(start, end)


def _wordy(letter: str) -> bool:
    """Say whether a browser's word may hold it: letters, their marks, and numbers."""
    return unicodedata.category(letter)[0] in "LMN"


def _unique_start(text: str, words: list[Span], page: str) -> Span | None:
    """Return the fewest first words, of one line, that occur once in the page: four or more of a long sentence."""
    fewest = _START if len(words) > _START + _END else 1
    for count in range(fewest, min(_MOST, len(words)) + 1):
        first = Span(words[0].start, words[count - 1].end)
        if "\n" in text[slice(*first)]:
            break
        if _occurs_once(page, _fold(text[slice(*first)])):
            return first
    return None


def _ends(text: str, words: list[Span], first: Span) -> Iterator[Span | None]:
    """Yield last words after which a browser that has found the first ones stops: three, fewer, or more."""
    rest = [word for word in words if word.start >= first.end]
    if not rest:
        yield None
    for count in sorted(
        range(1, min(_MOST, len(rest)) + 1), key=lambda count: (count > _END, abs(count - _END))
    ):
        last = Span(rest[-count].start, rest[-1].end)
        between, term = _fold(text[first.end : last.end]), _fold(text[slice(*last)])
        if "\n" not in text[slice(*last)] and _find(between, term) == len(between) - len(term):
            yield last


def _with_context(text: str, words: list[Span], span: Span, page: str) -> Iterator[str]:
    """Yield the directive with the words before, or those after, that tell a repeated sentence from its likes."""
    start, end = _stripped(text, span)
    first = Span(start, words[min(_START, len(words)) - 1].end)
    before = _stripped(text, Span(max(0, start - _LOOK), start))
    line = Span(text.rfind("\n", *before) + 1 or before.start, before.end)
    for word in _from_nearest(_words(text, line)[::-1]):
        if _occurs_once(page, _fold(text[word.start : first.end])):
            prefix = _encoded(text, Span(word.start, line.end))
            yield from (f"{prefix}-,{_range(text, first, last)}" for last in _ends(text, words, first))
            break
    after = _stripped(text, Span(end, end + _LOOK))
    stop = text.find("\n", *after)
    line = Span(after.start, stop if stop >= 0 else after.end)
    for word in _from_nearest(_words(text, line)):
        if _occurs_once(page, _fold(text[words[0].start : word.end])):
            whole, suffix = Span(words[0].start, end), Span(line.start, word.end)
            yield f"{_encoded(text, whole)},-{_encoded(text, suffix)}"
            break


def _from_nearest(words: list[Span]) -> list[Span]:
    """Return the words, nearest first, without the first few: context should be more than a word or two."""
    return words[min(_FEWEST, len(words)) - 1 :] if words else []


def _stripped(text: str, span: Span) -> Span:
    """Return the stretch without the white space at its ends."""
    part = text[slice(*span)]
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.start + len(part.rstrip())))


def _fold(text: str) -> str:
    """Return the text as a browser compares it: no case, no accents, white space as one blank."""
    if not text.isascii():
        text = "".join(
            letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
        )
    return " ".join(text.casefold().split())


def _find(page: str, term: str, start: int = 0) -> int:
    """Return where the term next occurs as whole words, -1 when it does not. Scripts without blanks are all edges.

    Only text made to be slow holds a term within longer words again and again: it counts as found in the end.
    """
    at = page.find(term, start) if term else -1
    for _ in range(_TRIES):
        end = at + len(term)
        if at < 0 or (_edge(page, at) and _edge(page, end)):
            break
        at = page.find(term, at + 1)
    return at


def _edge(page: str, at: int) -> bool:
    """Say whether a word may begin or end at this place."""
    if at in (0, len(page)):
        return True
    left, right = page[at - 1], page[at]
    return not (_wordy(left) and _wordy(right)) or bool(_UNSPACED.match(left) or _UNSPACED.match(right))


def _occurs_once(page: str, term: str) -> bool:
    at = _find(page, term)
    return at >= 0 and _find(page, term, at + 1) < 0


def _range(text: str, first: Span, last: Span | None) -> str:
    return _encoded(text, first) + (f",{_encoded(text, last)}" if last else "")


def _encoded(text: str, term: Span) -> str:
    """Percent-encode a term; a bare dash, comma or ampersand would be read as part of the directive."""
    words = " ".join(text[slice(*term)].split())
    return quote(words, safe="").replace("-", "%2D")
