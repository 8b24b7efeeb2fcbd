"""The link that opens an article at a sentence: a URL with a text fragment.

Text fragments are `#:~:text=[prefix-,]start[,end][,-suffix]` as the WICG draft "URL Fragment Text Directives"
has them: the browser takes the first match, ignores case and accents, and matches whole words only.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, pairwise
from urllib.parse import quote

from index.articles import Span
from index.text.tokens import UNSPACED_SCRIPT

MAX_LINK_LENGTH = 512  # characters; standard: Discord's limit for the URL of a link button
# Characters up to which a sentence is named whole; standard: so Chromium's "copy link to highlight" does.
_MAX_WHOLE = 300
# Words that a longer one is named by, at its start; more until they occur once in the article. Judged.
_START_WORDS = (8, 4, 1)
_MIN_START_LENGTH = 10  # characters of a start; judged: less may stand anywhere on a page
_END_WORDS = 3  # words at its end, if they will do; judged
_MAX_TERM_WORDS = 40  # words of a start or an end; judged: it bounds the work
_MAX_LINES = 8  # lines of a span in which its start is searched; judged
_CONTEXT_WINDOW = 300  # characters before and after a repeated sentence that may distinguish it; judged
_MIN_CONTEXT_WORDS = 3  # words of context; judged
_MAX_RETRIES = 200  # times a search goes on after a term inside a longer word; judged

# "word", "1,000", and in Japanese a run of hiragana or of other letters
_WORD = re.compile(
    r"[^\s、，。！？；：「」『』（）]+?(?=[\s、，。！？；：「」『』（）]|(?<=[\u3041-\u309f])[\u30a0-\u30ff\u3400-\u9fff]|\Z)"
)
_BREAK = re.compile(r"[\n|]")  # ends a line or a table's cell, which no term may cross
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half of a character, which no URL can hold
_ROUTED = re.compile(r"#[!/]")  # "#!" or "#/": the page reads its fragment itself


def text_fragment_link(url: str, text: str, span: Span, max_length: int = MAX_LINK_LENGTH) -> str:
    """Return the URL, of at most `max_length` characters, that opens the article at the sentence `text[span]`.

    The fragment names the sentence whole; or its first words, as many as make them occur once in the article,
    and its last; where the whole sentence occurs again, the words before it or after it too. The plain `url`
    comes back when it is not http(s), routes by its fragment, or would be too long with even the shortest
    fragment. Linear in the length of the text.
    """
    if not url.lower().startswith(("http://", "https://")) or _ROUTED.search(url):
        return url
    address = url.partition(":~:")[0]
    address += ":~:text=" if "#" in address else "#:~:text="
    if _SURROGATE.search(text, max(0, span.start - _CONTEXT_WINDOW), span.end + _CONTEXT_WINDOW):
        return url
    fitting = (terms for terms in _directives(text, span) if len(address) + len(terms) <= max_length)
    terms = next(fitting, None)
    return address + terms if terms else url


def _directives(text: str, span: Span) -> Iterator[str]:
    """Yield what may follow `text=`, the best first; each finds the sentence as the first match in the text."""
    words = _words(text, span)
    if not words or not _fold(text[words[0].start : words[-1].end]):
        return
    page = _fold(text)
    whole = Span(words[0].start, words[-1].end)
    one_line = "\n" not in text[slice(*whole)] and text[span.start] != "|"  # which begins a table's row
    if one_line and whole.end - whole.start <= _MAX_WHOLE and _occurs_once(page, _fold(text[slice(*whole)])):
        yield _encoded(text, whole)
    for count in _START_WORDS:
        if first := _unique_start(text, words, page, count):
            yield from (_range(text, first, last) for last in _ends(text, words, first))
    if one_line:
        yield from _context_directives(text, words, span, page)
        yield _encoded(text, whole)


def _words(text: str, span: Span) -> list[Span]:
    """Return the words of a stretch of the text, without the punctuation around them."""
    words = (_trim(text, *match.span()) for match in _WORD.finditer(text, *span))
    return [word for word in words if word.start < word.end]


def _is_one_line(text: str, span: Span) -> bool:
    return not _BREAK.search(text, *span)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and not _is_word_character(text[start]):
        start += 1
    while start < end and not _is_word_character(text[end - 1]):
        end -= 1
    return Span(start, end)


def _is_word_character(letter: str) -> bool:
    """Return True for what browsers count as part of a word: letters, their marks, and numbers."""
    return unicodedata.category(letter)[0] in "LMN"


def _unique_start(text: str, words: list[Span], page: str, fewest: int) -> Span | None:
    """Return the first words, as few as may be, of the first line that has such as occur once in the page."""
    for line in _lines(text, words)[:_MAX_LINES]:
        for count in range(min(fewest, len(line)), min(_MAX_TERM_WORDS, len(line)) + 1):
            first = Span(line[0].start, line[count - 1].end)
            if first.end - first.start >= _MIN_START_LENGTH and _occurs_once(
                page, _fold(text[slice(*first)])
            ):
                return first
    return None


def _lines(text: str, words: list[Span]) -> list[list[Span]]:
    """Return words by the lines, or cells, they stand in."""
    lines = [words[:1]]
    for left, right in pairwise(words):
        if _is_one_line(text, Span(left.end, right.start)):
            lines[-1].append(right)
        else:
            lines.append([right])
    return lines


def _ends(text: str, words: list[Span], first: Span) -> Iterator[Span | None]:
    """Yield last words after which a browser that has found the first ones stops: three, fewer, or more."""
    rest = [word for word in words if word.start >= first.end]
    if not rest:
        yield None
    for count in sorted(
        range(1, min(_MAX_TERM_WORDS, len(rest)) + 1),
        key=lambda count: (count > _END_WORDS, abs(count - _END_WORDS)),
    ):
        last = Span(rest[-count].start, rest[-1].end)
        between, term = _fold(text[first.end : last.end]), _fold(text[slice(*last)])
        if _is_one_line(text, last) and _find(between, term) == len(between) - len(term):
            yield last


def _context_directives(text: str, words: list[Span], span: Span, page: str) -> Iterator[str]:
    """Yield the directive with the words before, and those after, that distinguish a repeated sentence.

    Those of its own line come first: between lines a page may have pictures, or other articles' headlines.
    """
    start, end = _strip(text, span)
    before = _strip(text, Span(max(0, start - _CONTEXT_WINDOW), start))
    after = _strip(text, Span(end, end + _CONTEXT_WINDOW))
    sides = [_after(text, Span(words[0].start, end), after, page), _before(text, words, start, before, page)]
    if _is_one_line(text, Span(before.end, start)) or not _is_one_line(text, Span(end, after.start)):
        sides.reverse()
    yield from chain(*sides)


def _before(text: str, words: list[Span], start: int, before: Span, page: str) -> Iterator[str]:
    """Yield directives with the last words of the line that stands before."""
    first = Span(start, words[min(_START_WORDS[1], len(words)) - 1].end)
    breaks = (found.end() for found in _BREAK.finditer(text, *before))
    line = Span(max(breaks, default=before.start), before.end)
    for word in _from_nearest(_words(text, line)[::-1]):
        if _occurs_once(page, _fold(text[word.start : first.end])):
            prefix = _encoded(text, Span(word.start, line.end))
            yield from (f"{prefix}-,{_range(text, first, last)}" for last in _ends(text, words, first))
            break


def _after(text: str, whole: Span, after: Span, page: str) -> Iterator[str]:
    """Yield the directive with the first words of the line that stands after."""
    stop = _BREAK.search(text, *after)
    line = Span(after.start, stop.start() if stop else after.end)
    for word in _from_nearest(_words(text, line)):
        if _occurs_once(page, _fold(text[whole.start : word.end])):
            yield f"{_encoded(text, whole)},-{_encoded(text, Span(line.start, word.end))}"
            break


def _from_nearest(words: list[Span]) -> list[Span]:
    """Return the words, nearest first, without the first few: context should be more than a word or two."""
    return words[min(_MIN_CONTEXT_WORDS, len(words)) - 1 :] if words else []


def _strip(text: str, span: Span) -> Span:
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
    for _ in range(_MAX_RETRIES):
        end = at + len(term)
        if at < 0 or (_is_word_edge(page, at) and _is_word_edge(page, end)):
            break
        at = page.find(term, at + 1)
    return at


def _is_word_edge(page: str, at: int) -> bool:
    """Return True if a word may begin or end at this place."""
    if at in (0, len(page)):
        return True
    left, right = page[at - 1], page[at]
    return not (_is_word_character(left) and _is_word_character(right)) or bool(
        UNSPACED_SCRIPT.match(left) or UNSPACED_SCRIPT.match(right)
    )


def _occurs_once(page: str, term: str) -> bool:
    at = _find(page, term)
    return at >= 0 and _find(page, term, at + 1) < 0


def _range(text: str, first: Span, last: Span | None) -> str:
    return _encoded(text, first) + (f",{_encoded(text, last)}" if last else "")


def _encoded(text: str, term: Span) -> str:
    """Percent-encode a term; a bare dash, comma or ampersand would be read as part of the directive."""
    words = " ".join(text[slice(*term)].split())
    return quote(words, safe="").replace("-", "%2D")
