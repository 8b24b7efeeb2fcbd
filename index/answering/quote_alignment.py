"""Align a claimed quotation with the words of an article: which are the same, which differ.

Quotation marks, case, punctuation and spacing are ignored. An ellipsis or square brackets stand for any
words.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from index.articles import Span

MAX_CLAIMED_WORDS = 400  # that are compared; judged: it bounds the work, which grows with their square
MAX_GAP = 3  # words between a match and a further word in common that belongs to it; judged
MAX_ELIDED = 60  # words that an ellipsis may stand for; judged
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")  # "U.S.", "don't"
# An ellipsis, or words that are not the speaker's: "[the mayor]", "(...)", "…", "....", ". . ."
_ELLIPSIS = re.compile(r"\[[^\[\]]{0,80}\]|\(\s*(?:\.{3}|…)\s*\)|…|\.{3,}|\.(?: \.){2,}")


class SegmentKind(StrEnum):
    """What a segment of the compared texts is."""

    SAME = "same"
    DIFFERENT = "different"  # the article's words where others were claimed, or none
    MISSING = "missing"  # claimed words that are not in the article
    ELIDED = "elided"  # the article's words that an ellipsis stands for
    AROUND = "around"  # the article's words before and after


@dataclass(frozen=True, slots=True)
class AlignedSegment:
    """A stretch of text. All that are not MISSING, joined, are the article's text."""

    kind: SegmentKind
    text: str


class QuotedWord(NamedTuple):
    """A word with its place in the text, in the form in which it is compared, and which sentence it is of."""

    form: str
    span: Span
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class ClaimedQuote:
    """A claimed quotation: `text`, its `words`, and in `gaps` before which of them an ellipsis stands."""

    text: str
    words: tuple[QuotedWord, ...]
    gaps: frozenset[int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where claimed words lie in an article's: `similarity` is 1 when they are the same, and falls to 0.

    `span` is the stretch of the article's text they lie in. Each of `steps` says that words i1 up to i2 of
    the claimed ones stand where words j1 up to j2 of the article's do.
    """

    similarity: float
    span: Span
    steps: tuple[tuple[SegmentKind, int, int, int, int], ...]


def quote_words(text: str, start: int = 0, end: int | None = None, sentence: int = 0) -> list[QuotedWord]:
    """Return the words of `text[start:end]`, with their spans in the text, as words of sentence number `sentence`."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [QuotedWord(_form(match[0]), Span(*match.span()), sentence) for match in found]


def parse_claimed_quote(text: str) -> ClaimedQuote:
    """Parse a claimed quotation; words in square brackets are not the speaker's and are left out."""
    words: list[QuotedWord] = []
    gaps, start = set(), 0
    for match in [*_ELLIPSIS.finditer(text), None]:
        end = match.start() if match else len(text)
        words += quote_words(text, start, end)
        if match:
            gaps.add(len(words))
            start = match.end()
    return ClaimedQuote(text, tuple(words[:MAX_CLAIMED_WORDS]), frozenset(gaps))


def align(claim: ClaimedQuote, words: Sequence[QuotedWord]) -> Alignment | None:
    """Return where the claimed words lie among an article's `words`; None when none of them is there.

    Words in common are found as by Ratcliff and Obershelp (1988), with `difflib`.
    """
    claimed, present = [word.form for word in claim.words], [word.form for word in words]
    blocks = SequenceMatcher(None, claimed, present, autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return None
    similarity, first, last = _best_window(claim, blocks)
    first, last = _extend_window(blocks, first, last)
    steps = tuple(_steps(claim, blocks[first : last + 1], words))
    bounds = [bound for _, _, _, j1, j2 in steps for bound in (j1, j2) if j1 < j2]
    return Alignment(similarity, Span(words[min(bounds)].span.start, words[max(bounds) - 1].span.end), steps)


def segments(
    claim: ClaimedQuote, words: Sequence[QuotedWord], found: Alignment, text: str, whole: Span
) -> tuple[AlignedSegment, ...]:
    """Return the stretch `whole` of an article's `text` in segments, with the missing words where they belong."""
    result = [AlignedSegment(SegmentKind.AROUND, text[whole.start : found.span.start])]
    at = found.span.start
    for kind, i1, i2, j1, j2 in found.steps:
        if kind is SegmentKind.MISSING:
            result.append(
                AlignedSegment(kind, claim.text[claim.words[i1].span.start : claim.words[i2 - 1].span.end])
            )
            continue
        start, end = words[j1].span.start, words[j2 - 1].span.end
        result += [AlignedSegment(SegmentKind.SAME, text[at:start]), AlignedSegment(kind, text[start:end])]
        at = end
    result.append(AlignedSegment(SegmentKind.AROUND, text[at : whole.end]))
    return tuple(segment for segment in result if segment.text)


def _form(word: str) -> str:
    """Return a word as it is compared: without case, full stops and kinds of apostrophes."""
    return unicodedata.normalize("NFKC", word).replace("’", "'").replace(".", "").casefold()


def _best_window(claim: ClaimedQuote, blocks: Sequence[Match]) -> tuple[float, int, int]:
    """Return the similarity, and the first and the last of the blocks between which it is greatest.

    Similarity is twice the words in common over all words of both, without those an ellipsis stands for.
    """
    common = list(accumulate((block.size for block in blocks), initial=0))
    skipped = list(accumulate((_skipped(claim, *pair) for pair in pairwise(blocks)), initial=0))
    return max(
        (2 * same / (len(claim.words) + same + skipped[last] - skipped[first]), first, last)
        for first in range(len(blocks))
        for last in range(first, len(blocks))
        if (same := common[last + 1] - common[first])
    )


def _extend_window(blocks: Sequence[Match], first: int, last: int) -> tuple[int, int]:
    """Return a window with the blocks close before and after: "We" in "We <never> comment", a single word."""
    while first and blocks[first].b - blocks[first - 1].b - blocks[first - 1].size <= MAX_GAP:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].b - blocks[last].b - blocks[last].size <= MAX_GAP:
        last += 1
    return first, last


def _skipped(claim: ClaimedQuote, block: Match, after: Match) -> int:
    """Count the article's words between two blocks, none if an ellipsis stands for them."""
    skipped = after.b - block.b - block.size
    elided = block.a + block.size == after.a and after.a in claim.gaps and skipped <= MAX_ELIDED
    return 0 if elided else skipped


def _steps(
    claim: ClaimedQuote, blocks: Sequence[Match], words: Sequence[QuotedWord]
) -> Iterator[tuple[SegmentKind, int, int, int, int]]:
    """Yield the steps of an alignment: the blocks, and the gaps before, between and after them."""
    i, j = 0, _begin(blocks[0], words)
    for a, b, size in (*blocks, Match(len(claim.words), _end(claim, blocks[-1], words), 0)):
        if i < a:
            yield SegmentKind.MISSING, i, a, j, j
        if j < b:
            elided = i == a and a in claim.gaps and b - j <= MAX_ELIDED
            yield (SegmentKind.ELIDED if elided else SegmentKind.DIFFERENT), i, i, j, b
        if size:
            yield SegmentKind.SAME, a, a + size, b, b + size
        i, j = a + size, b + size


def _begin(block: Match, words: Sequence[QuotedWord]) -> int:
    """Return where to begin: as many words back as were claimed before, within the sentence."""
    a, b, _ = block
    sentence = [j for j in range(max(0, b - a), b) if words[j].sentence == words[b].sentence]
    return min(sentence, default=b)


def _end(claim: ClaimedQuote, block: Match, words: Sequence[QuotedWord]) -> int:
    """Return where to end: as many words on as were claimed after, within the sentence."""
    a, b, size = block
    end, left = b + size, len(claim.words) - a - size
    sentence = [
        j for j in range(end, min(end + left, len(words))) if words[j].sentence == words[end - 1].sentence
    ]
    return max(sentence, default=end - 1) + 1
