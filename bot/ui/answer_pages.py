"""What lies behind an answer's buttons, page by page: the other quotes, their context, their order in time. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import groupby

from bot.storage.answers import ResolvedQuote
from bot.texts import Texts, answer_wording
from bot.ui.answer_card import BLURPLE, notice_card
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import CARD, MAX_COMPONENTS, Block, Card
from bot.ui.markdown import CUT_MARK, block_quote, bold, escape_truncated, subtext, timestamp, utf16_length
from bot.ui.quote_block import attributed_block, quoted_text
from index import Article, Span

_MAX_QUOTE = 1300  # UTF-16 units of a quote, judged
_CONTEXT_ROOMS = (500, 350, 200, 50)  # UTF-16 units of each sentence around it, the first that fits; judged
_UNREACHABLE_PAGE = 99  # target of a disabled button; custom_ids on one message must differ
_GAP_MARK = " […] "  # marks left out captions and advertisements


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a person wants to see: the button, the answer's quotes that still stand, how many there were.

    `title` is the card's first line as it was shown; `share` says whether the page may be shared.
    """

    button: ButtonSpec
    resolved: tuple[ResolvedQuote, ...]
    found: int
    title: str
    share: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A quote on a page, under a heading that is written where it changes."""

    place: int
    block: Block
    heading: str | None = None


def answer_page(request: PageRequest, texts: Texts) -> Card:
    """Return the page that a button opens, within Discord's limits; what is gone is counted."""
    entries = _entries(request, texts)
    if not entries:
        return notice_card(texts("all-gone"))
    pages = _paginate(request, entries, texts)
    return _card(request, pages, min(max(request.button.page, 1), len(pages)), texts)


def _entries(request: PageRequest, texts: Texts) -> list[_Entry]:
    """Choose, order and write the quotes."""
    shown, resolved = request.button.shown, request.resolved
    if request.button.action is Action.MORE:
        return [
            _Entry(one.position, _quote(one, texts, label=False), answer_wording.heading(one.stance, texts))
            for one in resolved
            if one.position not in shown
        ]
    if request.button.action is Action.CONTEXT:
        return [_context_entry(request, one, texts) for one in resolved if one.position in shown]
    if request.button.action is Action.TIMELINE:
        return [
            _Entry(one.position, _quote(one, texts, dated=False), heading)
            for heading, one in _by_day(resolved, texts)
        ]
    newest = sorted(resolved, key=_newest_first)
    return [_Entry(one.position, _quote(one, texts)) for one in newest]


def _oldest_first(one: ResolvedQuote) -> tuple[bool, float, int]:
    """Order by time; what has no date comes last."""
    published = one.quote.article.published
    return published is None, published.timestamp() if published else 0.0, one.position


def _newest_first(one: ResolvedQuote) -> tuple[bool, float, int]:
    undated, seconds, place = _oldest_first(one)
    return undated, -seconds, place


def _by_day(resolved: Iterable[ResolvedQuote], texts: Texts) -> Iterator[tuple[str, ResolvedQuote]]:
    """Yield quotes, the oldest first, each with the day (in UTC) it belongs to as the reader's Discord writes it."""
    for day, quotes in groupby(sorted(resolved, key=_oldest_first), _day):
        for one in quotes:
            yield timestamp(day, "D") if day else texts("no-date"), one


def _day(one: ResolvedQuote) -> datetime | None:
    """Return noon of the day of a quote: the same day in nearly every reader's time zone."""
    published = one.quote.article.published
    noon = time(12, tzinfo=UTC)
    return datetime.combine(published.astimezone(UTC), noon) if published else None


def _quote(one: ResolvedQuote, texts: Texts, *, label: bool = True, dated: bool = True) -> Block:
    """Return a quote as on the answer's card."""
    text, _ = quoted_text(one.quote, None)
    in_part = utf16_length(text) > CARD.text // 2
    if in_part:
        text, _ = quoted_text(one.quote, CARD.text // 2)
    stance = answer_wording.heading(one.stance, texts) if label and one.stance else None
    return attributed_block(text, one.quote, CARD, texts, label=stance, in_part=in_part, dated=dated)


def _context_entry(request: PageRequest, one: ResolvedQuote, texts: Texts) -> _Entry:
    """Return a quote in context; the sentences around it are cut shorter where a page would not hold it alone."""
    for room in _CONTEXT_ROOMS:
        entry = _Entry(one.position, _in_context(one, texts, room))
        middle = _card(request, [[], [entry], []], 2, texts)  # has most above and below
        if _fits(middle):
            break
    return entry


def _in_context(one: ResolvedQuote, texts: Texts, room: int) -> Block:
    """Return a quote in bold among the sentences around it, in `room` units each; paragraphs as in the article."""
    context = one.context
    spans = [*context.before, context.span, *context.after]
    text, end = "", spans[0].start
    for span in spans:
        text += _separator(context.article, end, span.start) if text else ""
        text += _sentence(context.article, span, room, quoted=span == context.span)
        end = span.end
    return attributed_block(block_quote(text.split("\n")), one.quote, CARD, texts)


def _separator(article: Article, start: int, end: int) -> str:
    """Return what parts two sentences: a blank, a new line, or a mark where something was left out."""
    gap = article.text[start:end]
    mark = _GAP_MARK if any(letter.isalnum() for letter in gap) else " "
    return f"{mark.rstrip()}\n" if "\n" in gap else mark


def _sentence(article: Article, span: Span, room: int, *, quoted: bool) -> str:
    text, _ = escape_truncated(article.text[slice(*span)], _MAX_QUOTE if quoted else room, CUT_MARK)
    return bold(text) if quoted else text


def _paginate(request: PageRequest, entries: list[_Entry], texts: Texts) -> list[list[_Entry]]:
    """Distribute the entries, in order, over as few pages as hold them."""
    if _fits(_card(request, [entries], 1, texts)):
        return [entries]
    pages: list[list[_Entry]] = [[]]
    for entry in entries:
        candidate = [*pages[:-1], [*pages[-1], entry]]
        if pages[-1] and not _fits(
            _card(request, [*candidate, []], len(candidate), texts)
        ):  # it will not be the last
            candidate = [*pages, [entry]]
        pages = candidate
    return pages


def _fits(card: Card) -> bool:
    return card.size <= CARD.text and card.components <= MAX_COMPONENTS


def _card(request: PageRequest, pages: Sequence[Sequence[_Entry]], number: int, texts: Texts) -> Card:
    """Return the card of one page with header, footer and buttons."""
    header = Block("\n".join(_header(request, pages, number, texts)))
    footer = Block(subtext(texts("footer")), divider=True)
    blocks = (header, *_blocks(pages[number - 1]), footer)
    return Card(BLURPLE, blocks, _rows(request, pages, number, texts))


def _header(
    request: PageRequest, pages: Sequence[Sequence[_Entry]], number: int, texts: Texts
) -> Iterator[str]:
    if request.title:
        yield request.title
    yield bold(texts(f"page-{request.button.action}"))
    before = sum(map(len, pages[: number - 1]))
    total = sum(map(len, pages))
    last = before + len(pages[number - 1])
    yield subtext(texts("range", first=before + 1, last=last, number=total))
    missing = _expected_count(request) - total
    if missing > 0:
        yield subtext(texts("gone", number=missing))


def _expected_count(request: PageRequest) -> int:
    """Count the quotes there would be, had none gone."""
    shown = len(request.button.shown)
    return {Action.MORE: request.found - shown, Action.CONTEXT: shown}.get(
        request.button.action, request.found
    )


def _blocks(entries: Sequence[_Entry]) -> Iterator[Block]:
    previous = None
    for entry in entries:
        if entry.heading and entry.heading != previous:
            yield Block(f"### {entry.heading}", divider=True)
            yield entry.block
        else:
            yield replace(entry.block, divider=True)
        previous = entry.heading


def _rows(
    request: PageRequest, pages: Sequence[Sequence[_Entry]], number: int, texts: Texts
) -> tuple[tuple[ButtonSpec, ...], ...]:
    """Return the buttons that turn the page, and what may be done with it."""
    button = request.button
    shown = frozenset(entry.place for entry in pages[number - 1])
    buttons = []
    if len(pages) > 1:
        first, last = number == 1, number == len(pages)
        buttons += [
            replace(
                button, page=number - 1 or _UNREACHABLE_PAGE, label=texts("previous-page"), disabled=first
            ),
            replace(button, page=number + 1, label=texts("next-page"), disabled=last),
        ]
    if button.action is not Action.CONTEXT:
        buttons.append(ButtonSpec(Action.CONTEXT, button.answer_id, shown, label=texts("context")))
    if request.share:
        buttons.append(ButtonSpec(Action.SHARE, button.answer_id, shown, label=texts("share")))
    return (tuple(buttons),) if buttons else ()
