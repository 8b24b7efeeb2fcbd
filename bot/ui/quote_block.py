"""A quote, a headline, their source and their link, as blocks of a card. Pure."""

from collections.abc import Iterator, Sequence

from bot.texts import Texts, answer_wording
from bot.ui.card import MAX_BUTTON_URL, Block, Link, Medium, link_url
from bot.ui.markdown import (
    CUT_MARK,
    block_quote,
    bold,
    escape_line,
    escape_truncated,
    subtext,
    timestamp,
    truncate,
    utf16_length,
)
from index import Article, Quote

MAX_LABEL = 34  # UTF-16 units that Discord shows whole on most screens, read off screens


def quote_block(
    source: Quote,
    medium: Medium,
    texts: Texts,
    *,
    room: int | None = None,
    label: str | None = None,
) -> Block:
    """Return a quote, whose it is, and the link to it, its words in at most `room` units (None: in full).

    `label` stands before the source, where no heading says what the quote does to the claim.
    """
    text, in_part = quoted_text(source, room)
    return attributed_block(text, source, medium, texts, label=label, in_part=in_part)


def attributed_block(
    text: str,
    source: Quote,
    medium: Medium,
    texts: Texts,
    *,
    label: str | None = None,
    in_part: bool = False,
    dated: bool = True,
) -> Block:
    """Return quoted text above its source, with the link to it; `dated` adds the day."""
    label_text = _button(texts("read-whole") if in_part else texts("read"), source.article)
    max_url = min(medium.address, MAX_BUTTON_URL)
    link, address = _link((source.link_within(max_url), source.article.url), label_text, medium, texts)
    attribution = _attribution(source, medium, texts, label, in_part=in_part, dated=dated)
    return Block("\n".join(filter(None, (text, " · ".join(attribution), address))), link)


def short_quote_block(source: Quote, medium: Medium, texts: Texts, room: int) -> Block:
    """Return a quote as `quote_block` does, its words in part only if they need more than `room` units."""
    whole = utf16_length(quoted_text(source, None)[0]) <= room
    return quote_block(source, medium, texts, room=None if whole else room)


def quoted_text(source: Quote, room: int | None) -> tuple[str, bool]:
    """Return a quote below its context in subtext, and whether it was cut to `room` units (None: in full)."""
    if room is None:
        context = escape_line(source.context_text or "")
        return block_quote([*([subtext(context)] if context else []), escape_line(source.text)]), False
    minimum = utf16_length(block_quote(["", subtext("")])) + 2 * (utf16_length(CUT_MARK) + 2)
    if room < minimum:
        return "", True
    room -= utf16_length(block_quote(["", subtext("")]))
    context, _ = escape_truncated(source.context_text or "", room // 4, CUT_MARK)
    text, _ = escape_truncated(source.text, room - utf16_length(context), CUT_MARK)
    return block_quote([*([subtext(context)] if context else []), text]), True


def headline_block(article: Article, medium: Medium, texts: Texts) -> Block:
    """Return the block of a headline, which looks unlike a quote."""
    link, address = _link((article.url,), _button(texts("open-article"), article), medium, texts)
    when = timestamp(article.published) if article.published else texts("no-date")
    outlet = article.outlet or texts("no-outlet")
    source = subtext(f"{_name(outlet, medium)} · {when}")
    title = truncated_line(article.title or outlet, medium)
    return Block("\n".join(filter(None, (title, source, address))), link)


def truncated_line(text: str, medium: Medium) -> str:
    """Return text escaped and truncated to a line of the medium."""
    return escape_truncated(text, medium.line)[0]


def _attribution(
    source: Quote, medium: Medium, texts: Texts, label: str | None, *, in_part: bool, dated: bool
) -> Iterator[str]:
    """Yield the outlet that published a quote, the speaker it reports, and when."""
    article = source.article
    if label:
        yield label
    yield bold(_name(article.outlet or texts("no-outlet"), medium))
    if source.speaker:
        yield _name(str(source.speaker), medium)
    if source.cited_source and not (source.speaker and source.cited_source == source.speaker.name):
        yield _name(texts("citing", source=source.cited_source), medium)
    if dated:
        yield timestamp(article.published) if article.published else texts("no-date")
    if article.revised:
        yield answer_wording.revision_date(article, timestamp(article.revised), texts)
    if mark := answer_wording.article_kind(article, texts):
        yield mark
    if also := answer_wording.duplicate_count(source, texts):
        yield also
    if in_part:
        yield texts("in-part")


def _button(action: str, article: Article) -> str:
    """Label the button that opens an article with what it does and whose page it opens."""
    return truncate(" · ".join(filter(None, (action, article.outlet))), MAX_LABEL)


def _link(urls: Sequence[str], label: str, medium: Medium, texts: Texts) -> tuple[Link | None, str]:
    """Return a button of the first address that fits one, or else give the first that fits as text."""
    addresses = [address for address in map(link_url, urls) if address]
    for address in addresses:
        if medium.buttons and utf16_length(address) <= MAX_BUTTON_URL:
            return Link(label, address), ""
    for address in addresses:
        if utf16_length(address) <= medium.address:
            return None, f"<{address}>"
    return None, subtext(texts("long-address")) if addresses else truncated_line(urls[-1], medium)


def _name(text: str, medium: Medium) -> str:
    return escape_truncated(text, medium.name)[0]
