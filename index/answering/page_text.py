"""The text of an article as a browser searches it: its words, its lines, and what occurs in it once."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from index.articles import Span
from index.text.tokens import UNSPACED_SCRIPT

_MAX_RETRIES = 200  # times a search goes on after a term inside a longer word; judged
_BREAK = re.compile(r"[\n|]")
_MAX_ROW_LENGTH = 2000  # characters before a bar in which its line may begin; judged: it bounds the work

# "word", "1,000", both of "(CNN)President", and in Japanese a run of hiragana or of other letters
_WORD = re.compile(
    r"[^\s、，。！？；：「」『』（）]+?(?=[\s、，。！？；：「」『』（）]|(?<=[\u3041-\u309f])[\u30a0-\u30ff\u3400-\u9fff]"
    r"|(?<=[)\]:])[^\W\d_]|\Z)"
)


def word_spans(text: str, span: Span) -> list[Span]:
    """Return the words of a stretch of the text, without the punctuation around them."""
    found = (_trim(text, *match.span()) for match in _WORD.finditer(text, *span))
    return [word for word in found if word.start < word.end]


def line_breaks(text: str, span: Span) -> Iterator[int]:
    """Yield where a stretch of the text has the end of a line or of a table's cell, which no term may cross.

    A bar ends a cell in a row, which begins with one; in "Elmport | Harbour Daily" it is a mark like others.
    """
    for found in _BREAK.finditer(text, *span):
        at = found.start()
        line = 1 + text.rfind("\n", max(0, at - _MAX_ROW_LENGTH), at)
        if text[at] == "\n" or text.startswith("|", line):
            yield at


def is_one_line(text: str, span: Span) -> bool:
    """Return True if nothing in a stretch of the text ends a line or a cell."""
    return next(line_breaks(text, span), None) is None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and not is_word_character(text[start]):
        start += 1
    while start < end and not is_word_character(text[end - 1]):
        end -= 1
    return Span(start, end)


def is_word_character(letter: str) -> bool:
    """Return True for what browsers count as part of a word: letters, their marks, and numbers."""
    return unicodedata.category(letter)[0] in "LMN"


def words_by_line(text: str, words: list[Span]) -> list[list[Span]]:
    """Return words by the lines, or cells, they stand in."""
    found = [words[:1]]
    for left, right in pairwise(words):
        if is_one_line(text, Span(left.end, right.start)):
            found[-1].append(right)
        else:
            found.append([right])
    return found


def strip(text: str, span: Span) -> Span:
    """Return the stretch without the white space at its ends."""
    part = text[slice(*span)]
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.start + len(part.rstrip())))


def fold(text: str) -> str:
    """Return the text as a browser compares it: no case, no accents, white space as one blank."""
    if not text.isascii():
        text = "".join(
            letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
        )
    return " ".join(text.casefold().split())


def find(page: str, term: str, start: int = 0) -> int:
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
    return not (is_word_character(left) and is_word_character(right)) or bool(
        UNSPACED_SCRIPT.match(left) or UNSPACED_SCRIPT.match(right)
    )


def occurs_once(page: str, term: str) -> bool:
    """Return True if a term is found in the page, and not a second time."""
    at = find(page, term)
    return at >= 0 and find(page, term, at + 1) < 0
