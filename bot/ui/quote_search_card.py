"""What became of looking for passed-on words -> card. Pure.

A quote block holds the article's words alone; how they differ stands below it in words, so that it is heard too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.storage.answers import AnswerRef
from bot.texts import Texts
from bot.ui.answer_card import BLURPLE, GREY
from bot.ui.buttons import quote_rows
from bot.ui.card import CARD, Block, Card, fitting
from bot.ui.markdown import bold, clean, quote, shortened, shown, size, small, stamp
from bot.ui.quote_block import line, shortly, with_source
from index import AlignedSegment, QuoteMatch, QuoteSearchResult, SegmentKind

MOST = 3  # matches on a card
_ROOM, _WORDS = 900, 80  # units of a quote, of the words that differ
_MARKS = '"“”„«» '
_DIFFERENCES = 5  # told in words; the rest are counted


def quote_search_card(found: QuoteSearchResult, texts: Texts, handle: AnswerRef | None = None) -> Card:
    """Make the card: the sentences that hold the words, or the news that no indexed article has them.

    With a `handle` it gets buttons, by which all of `found` are reached.
    """
    told = [matched(match, texts) for match in found.matches[:MOST]]
    foot = Block(small(texts("footer" if found.matches else "quotation-footer")), rule=True)
    card, on = fitting(BLURPLE if found.matches else GREY, _header(found, texts), told, foot)
    quotes = [match.quote for match in found.matches]
    return replace(card, rows=quote_rows(quotes, on, handle, texts)) if handle else card


def _header(found: QuoteSearchResult, texts: Texts) -> Block:
    lines = [f"## “{line(clean(found.words).strip(_MARKS), CARD)}”", bold(_summary(found, texts))]
    if found.articles:
        newest = texts("newest", day=stamp(found.newest_published, "R")) if found.newest_published else ""
        searched = (texts("counted", number=found.articles), newest)
        lines.append(small(" · ".join(filter(None, searched))))
    return Block("\n".join(lines))


def _summary(found: QuoteSearchResult, texts: Texts) -> str:
    if not found.articles:
        return texts("no-articles")
    if not found.matches:
        return texts("quotation-nothing")
    return texts("quotation-exact") if found.matches[0].exact else texts("quotation-nearly")


def matched(match: QuoteMatch, texts: Texts) -> Block:
    """Write a sentence that holds the words, whose it is, and how it differs."""
    said = quote([_marked(match.pieces)])
    if match.exact or size(said) > _ROOM:
        block = shortly(match.quote, CARD, texts, _ROOM)
    else:
        block = with_source(said, match.quote, CARD, texts)
    differs = [small(told) for told in _differences(match.pieces, texts)]
    return Block("\n".join([block.text, *differs]), block.link, rule=True)


def _marked(pieces: Sequence[AlignedSegment]) -> str:
    """Write the article's words, bold where others were passed on."""
    text = ""
    for piece in pieces:
        if piece.kind is SegmentKind.MISSING:
            continue
        edge = " " if piece.text[:1].isspace() else ""
        end = " " if piece.text[-1:].isspace() else ""
        words = shown(piece.text)
        text += (
            f"{edge}{bold(words) if piece.kind is SegmentKind.DIFFERENT else words}{end}" if words else edge
        )
    return text.strip()


def _differences(pieces: Sequence[AlignedSegment], texts: Texts) -> Iterator[str]:
    """Tell each place where the words differ."""
    places = list(_places(pieces))
    for given, has in places[:_DIFFERENCES]:
        given, has = (shortened(words, _WORDS)[0] for words in (given, has))
        if given and has:
            yield texts("differs", given=given, article=has)
        else:
            yield texts("added", given=given) if given else texts("left-out", article=has)
    if len(places) > _DIFFERENCES:
        yield texts("more-differences", number=len(places) - _DIFFERENCES)


def _places(pieces: Sequence[AlignedSegment]) -> Iterator[tuple[str, str]]:
    """Yield what was passed on and what the article has, for each place where they differ."""
    given = has = ""
    for piece in pieces:
        if piece.kind is SegmentKind.MISSING:
            given = piece.text
        elif piece.kind is SegmentKind.DIFFERENT:
            has = piece.text
        elif any(letter.isalnum() for letter in piece.text):
            if given or has:
                yield given, has
            given = has = ""
    if given or has:
        yield given, has
