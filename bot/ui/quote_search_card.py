"""The result of a search for claimed words -> card. Pure.

A quote block holds the article's words alone; how they differ stands below it in words, so that it is heard too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.storage.answers import AnswerRef
from bot.texts import Texts
from bot.ui.answer_card import BLURPLE, GREY
from bot.ui.buttons import quote_rows
from bot.ui.card import CARD, Block, Card, fit_blocks
from bot.ui.markdown import (
    block_quote,
    bold,
    escape_line,
    escape_truncated,
    subtext,
    timestamp,
    to_one_line,
    utf16_length,
)
from bot.ui.quote_block import attributed_block, short_quote_block, truncated_line
from index import AlignedSegment, QuoteMatch, QuoteSearchResult, SegmentKind

MAX_MATCHES = 3  # on a card, judged
_MAX_SUMMARY = 300  # UTF-16 units of the summary, which may name outlets; judged
_MAX_QUOTE, _MAX_DIFFERENCE = 900, 80  # UTF-16 units of a quote, of the words that differ; judged
_QUOTATION_MARKS = '"“”„«» '
_MARKS = frozenset(_QUOTATION_MARKS.strip())
_OPENING = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "”": "”"}  # and what closes each
_MAX_DIFFERENCES = 5  # described; the rest are counted; judged


def quote_search_card(found: QuoteSearchResult, texts: Texts, ref: AnswerRef | None = None) -> Card:
    """Return the card: the sentences that hold the words, or the news that no indexed article has them.

    With a `ref` it gets buttons, by which all of `found` are reached.
    """
    blocks = [match_block(match, texts) for match in found.matches[:MAX_MATCHES]]
    footer = Block(subtext(texts("footer" if found.matches else "quotation-footer")), divider=True)
    card, shown = fit_blocks(BLURPLE if found.matches else GREY, _header(found, texts), blocks, footer)
    quotes = [match.quote for match in found.matches]
    return replace(card, rows=quote_rows(quotes, shown, ref, texts)) if ref else card


def _header(found: QuoteSearchResult, texts: Texts) -> Block:
    lines = [
        f"## “{truncated_line(_without_marks(to_one_line(found.words)), CARD)}”",
        bold(_summary(found, texts)),
    ]
    if found.articles:
        newest = (
            texts("newest-article", day=timestamp(found.newest_published, "R"))
            if found.newest_published
            else ""
        )
        searched = (texts("counted", number=found.articles), newest)
        lines.append(subtext(" · ".join(filter(None, searched))))
    if found.outlets:
        lines.append(subtext(truncated_line(texts("searched", what=texts.names(found.outlets)), CARD)))
    return Block("\n".join(lines))


def _without_marks(words: str) -> str:
    """Return claimed words to stand in quotation marks: without their own around them, and without lone ones."""
    words = _without_lone_marks(words).strip()
    while _encloses(words):
        words = words[1:-1].strip()
    return words


def _encloses(words: str) -> bool:
    """Return True if the first and the last letter of some words are a pair of marks."""
    first, last = words[:1], words[-1:]
    return first in _OPENING and last in _OPENING[first] and not _closes_early(words[1:-1], first)


def _without_lone_marks(words: str) -> str:
    """Return words without the marks that open and never close, or close what was never opened."""
    waiting: list[int] = []
    for place, letter in enumerate(words):
        if letter not in _MARKS:
            continue
        if waiting and letter in _OPENING[words[waiting[-1]]]:
            waiting.pop()
        else:
            waiting.append(place)
    return "".join(letter for place, letter in enumerate(words) if place not in waiting)


def _closes_early(inner: str, opening: str) -> bool:
    """Return True if the mark before `inner` is closed within it: “a” and “b”."""
    marks = [letter for letter in inner if letter in _MARKS]
    return bool(marks) and marks[0] in _OPENING[opening]


def _summary(found: QuoteSearchResult, texts: Texts) -> str:
    if found.outlets and not found.matches:
        return escape_truncated(texts("quotation-nothing-in", names=found.outlets), _MAX_SUMMARY)[0]
    if not found.articles:
        return texts("no-articles")
    if not found.matches:
        return texts("quotation-nothing")
    return texts("quotation-exact") if found.matches[0].exact else texts("quotation-nearly")


def match_block(match: QuoteMatch, texts: Texts) -> Block:
    """Return a sentence that holds the words, whose it is, and how it differs."""
    quoted = block_quote([_highlighted(match.segments)])
    if match.exact or utf16_length(quoted) > _MAX_QUOTE:
        block = short_quote_block(match.quote, CARD, texts, _MAX_QUOTE)
    else:
        block = attributed_block(quoted, match.quote, CARD, texts)
    differences = [subtext(blocks) for blocks in _differences(match.segments, texts)]
    return Block("\n".join([block.text, *differences]), block.link, divider=True)


def _highlighted(pieces: Sequence[AlignedSegment]) -> str:
    """Return the article's words, bold where others were passed on."""
    text = ""
    for piece in pieces:
        if piece.kind is SegmentKind.MISSING:
            continue
        leading = " " if piece.text[:1].isspace() else ""
        trailing = " " if piece.text[-1:].isspace() else ""
        words = escape_line(piece.text)
        text += (
            f"{leading}{bold(words) if piece.kind is SegmentKind.DIFFERENT else words}{trailing}"
            if words
            else leading
        )
    return text.strip()


def _differences(pieces: Sequence[AlignedSegment], texts: Texts) -> Iterator[str]:
    """Yield a line for each place where the words differ."""
    places = list(_differing_pairs(pieces))
    for given, original in places[:_MAX_DIFFERENCES]:
        given, original = (
            escape_truncated(words.strip(_QUOTATION_MARKS), _MAX_DIFFERENCE)[0] for words in (given, original)
        )
        if given and original:
            yield texts("differs", given=given, article=original)
        else:
            yield texts("added", given=given) if given else texts("left-out", article=original)
    if len(places) > _MAX_DIFFERENCES:
        yield texts("more-differences", number=len(places) - _MAX_DIFFERENCES)


def _differing_pairs(pieces: Sequence[AlignedSegment]) -> Iterator[tuple[str, str]]:
    """Yield what was passed on and what the article has, for each place where they differ."""
    given = original = ""
    for piece in pieces:
        if piece.kind is SegmentKind.MISSING:
            given = piece.text
        elif piece.kind is SegmentKind.DIFFERENT:
            original = piece.text
        elif any(letter.isalnum() for letter in piece.text):
            if given or original:
                yield given, original
            given = original = ""
    if given or original:
        yield given, original
