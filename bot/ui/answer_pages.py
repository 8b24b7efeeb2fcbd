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

_MAX_QUOTE, _MAX_CONTEXT = 1300, 500  # units of a quote and of each sentence around it
_UNREACHABLE_PAGE = 99  # the page that a button leads to which cannot be pressed
_GAP_MARK = " […] "  # stands for what is no sentence: a caption, an advertisement


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


def answer_page(look: PageRequest, texts: Texts) -> Card:
    """Make the page that a button opens, within Discord's limits; what is gone is counted."""
    entries = _entries(look, texts)
    if not entries:
        return notice_card(texts("all-gone"))
    pages = _paginate(look, entries, texts)
    return _card(look, pages, min(max(look.button.page, 1), len(pages)), texts)


def _entries(look: PageRequest, texts: Texts) -> list[_Entry]:
    """Choose, order and write the quotes."""
    on, standing = look.button.on, look.resolved
    if look.button.action is Action.MORE:
        return [
            _Entry(one.position, _quote(one, texts, label=False), answer_wording.heading(one.stance, texts))
            for one in standing
            if one.position not in on
        ]
    if look.button.action is Action.CONTEXT:
        return [_Entry(one.position, _in_context(one, texts)) for one in standing if one.position in on]
    if look.button.action is Action.TIMELINE:
        return [
            _Entry(one.position, _quote(one, texts, dated=False), heading)
            for heading, one in _by_day(standing, texts)
        ]
    newest = sorted(standing, key=_newest_first)
    return [_Entry(one.position, _quote(one, texts)) for one in newest]


def _oldest_first(one: ResolvedQuote) -> tuple[bool, float, int]:
    """Order by time; what has no date comes last."""
    published = one.quote.article.published
    return published is None, published.timestamp() if published else 0.0, one.position


def _newest_first(one: ResolvedQuote) -> tuple[bool, float, int]:
    undated, seconds, place = _oldest_first(one)
    return undated, -seconds, place


def _by_day(standing: Iterable[ResolvedQuote], texts: Texts) -> Iterator[tuple[str, ResolvedQuote]]:
    """Yield quotes, the oldest first, each with the day (in UTC) it belongs to as the reader's Discord writes it."""
    for day, ones in groupby(sorted(standing, key=_oldest_first), _day):
        for one in ones:
            yield timestamp(day, "D") if day else texts("no-date"), one


def _day(one: ResolvedQuote) -> datetime | None:
    """Give noon of the day of a quote: the same day in nearly every reader's time zone."""
    published = one.quote.article.published
    noon = time(12, tzinfo=UTC)
    return datetime.combine(published.astimezone(UTC), noon) if published else None


def _quote(one: ResolvedQuote, texts: Texts, *, label: bool = True, dated: bool = True) -> Block:
    """Write a quote as on the answer's card."""
    said, _ = quoted_text(one.quote, None)
    in_part = utf16_length(said) > CARD.text // 2
    if in_part:
        said, _ = quoted_text(one.quote, CARD.text // 2)
    stance = answer_wording.heading(one.stance, texts) if label and one.stance else None
    return attributed_block(said, one.quote, CARD, texts, label=stance, in_part=in_part, dated=dated)


def _in_context(one: ResolvedQuote, texts: Texts) -> Block:
    """Write a quote in bold among the sentences around it, paragraphs as in the article."""
    context = one.context
    spans = [*context.before, context.span, *context.after]
    text, end = "", spans[0].start
    for span in spans:
        text += _separator(context.article, end, span.start) if text else ""
        text += _sentence(context.article, span, quoted=span == context.span)
        end = span.end
    return attributed_block(block_quote(text.split("\n")), one.quote, CARD, texts)


def _separator(article: Article, start: int, end: int) -> str:
    """Give what parts two sentences: a blank, a new line, or a mark where something was left out."""
    gap = article.text[start:end]
    mark = _GAP_MARK if any(letter.isalnum() for letter in gap) else " "
    return f"{mark.rstrip()}\n" if "\n" in gap else mark


def _sentence(article: Article, span: Span, *, quoted: bool) -> str:
    said, _ = escape_truncated(article.text[slice(*span)], _MAX_QUOTE if quoted else _MAX_CONTEXT, CUT_MARK)
    return bold(said) if quoted else said


def _paginate(look: PageRequest, entries: list[_Entry], texts: Texts) -> list[list[_Entry]]:
    """Deal the entries out to as few pages as hold them."""
    if _fits(_card(look, [entries], 1, texts)):
        return [entries]
    pages: list[list[_Entry]] = [[]]
    for entry in entries:
        tried = [*pages[:-1], [*pages[-1], entry]]
        if pages[-1] and not _fits(_card(look, [*tried, []], len(tried), texts)):  # it will not be the last
            tried = [*pages, [entry]]
        pages = tried
    return pages


def _fits(card: Card) -> bool:
    return card.size <= CARD.text and card.components <= MAX_COMPONENTS


def _card(look: PageRequest, pages: Sequence[Sequence[_Entry]], number: int, texts: Texts) -> Card:
    """Put a page between its header and the footer, and its buttons below."""
    header = Block("\n".join(_header(look, pages, number, texts)))
    footer = Block(subtext(texts("footer")), rule=True)
    blocks = (header, *_blocks(pages[number - 1]), footer)
    return Card(BLURPLE, blocks, _rows(look, pages, number, texts))


def _header(look: PageRequest, pages: Sequence[Sequence[_Entry]], number: int, texts: Texts) -> Iterator[str]:
    if look.title:
        yield look.title
    yield bold(texts(f"page-{look.button.action}"))
    before = sum(map(len, pages[: number - 1]))
    all_of_them = sum(map(len, pages))
    last = before + len(pages[number - 1])
    yield subtext(texts("range", first=before + 1, last=last, number=all_of_them))
    gone = _expected_count(look) - all_of_them
    if gone > 0:
        yield subtext(texts("gone", number=gone))


def _expected_count(look: PageRequest) -> int:
    """Count the quotes there would be, had none gone."""
    on = len(look.button.on)
    return {Action.MORE: look.found - on, Action.CONTEXT: on}.get(look.button.action, look.found)


def _blocks(entries: Sequence[_Entry]) -> Iterator[Block]:
    above = None
    for entry in entries:
        if entry.heading and entry.heading != above:
            yield Block(f"### {entry.heading}", rule=True)
            yield entry.block
        else:
            yield replace(entry.block, rule=True)
        above = entry.heading


def _rows(
    look: PageRequest, pages: Sequence[Sequence[_Entry]], number: int, texts: Texts
) -> tuple[tuple[ButtonSpec, ...], ...]:
    """Give the buttons that turn the page, and what may be done with it."""
    button = look.button
    on = frozenset(entry.place for entry in pages[number - 1])
    offered = []
    if len(pages) > 1:
        first, last = number == 1, number == len(pages)
        offered += [
            replace(
                button, page=number - 1 or _UNREACHABLE_PAGE, label=texts("previous-page"), disabled=first
            ),
            replace(button, page=number + 1, label=texts("next-page"), disabled=last),
        ]
    if button.action is not Action.CONTEXT:
        offered.append(ButtonSpec(Action.CONTEXT, button.answer, on, label=texts("context")))
    if look.share:
        offered.append(ButtonSpec(Action.SHARE, button.answer, on, label=texts("share")))
    return (tuple(offered),) if offered else ()
