"""What `/feeds` shows: the feeds and how they fare, what a look at them found. Pure."""

from collections.abc import Iterator, Sequence

from bot.errors import error_text
from bot.texts import Texts
from bot.ui.answer_card import BLURPLE, GREY, notice_card
from bot.ui.card import CARD, Block, Card
from bot.ui.markdown import bold, escape_line, escape_truncated, subtext, utf16_length
from index import FeedCheck, FeedStatus, Subscription

MAX_LINE = 300  # UTF-16 units of one line, judged
MAX_TEXT = CARD.text - 200  # UTF-16 units; the rest is for the line that counts what does not fit
MAX_PARAGRAPHS = 36  # paragraphs of a card: with heading and rest below Discord's 40 components


def feed_list_card(listed: Sequence[FeedStatus], texts: Texts) -> Card:
    """List every feed, as many as fit."""
    if not listed:
        return notice_card(texts("feeds-none"))
    blocks = [f"{bold(_name(one.feed))}\n{subtext(escape_line(' · '.join(_facts(one, texts))))}" for one in listed]
    return _card(texts("feeds-heading", number=len(listed)), blocks, texts)


def feed_check_card(found: Sequence[FeedCheck], texts: Texts) -> Card:
    """Return the card of what was found at each feed."""
    if not found:
        return notice_card(texts("feeds-none"))
    blocks = ["\n".join(_findings(one, texts)) for one in found]
    return _card(texts("feeds-checked"), blocks, texts)


def broken_feeds_card(paused: Sequence[Subscription], texts: Texts) -> Card:
    """Return the card that tells the owner which feeds are paused after failures."""
    blocks = [
        f"{bold(_name(feed))}\n{subtext(_line(error_text(feed.last_error, texts) or feed.url))}"
        for feed in paused
    ]
    return _card(texts("feeds-broken"), blocks, texts, colour=GREY)


def _facts(one: FeedStatus, texts: Texts) -> Iterator[str]:
    """Yield what kind of feed it is, what came of it, and what is wrong with it."""
    feed = one.feed
    if feed.kind:
        yield feed.kind
    yield texts("counted", number=one.stored_articles)
    if feed.paused:
        yield texts("feeds-paused", reason=error_text(feed.last_error, texts))
    elif feed.error_text:
        yield texts("feeds-failing", reason=error_text(feed.last_error, texts))
    elif feed.interval:
        yield texts("feeds-every", number=max(1, round(feed.interval / 60)))
    yield feed.url[:MAX_LINE]


def _findings(one: FeedCheck, texts: Texts) -> Iterator[str]:
    feed = one.feed
    if feed is None:
        yield bold(_line(one.url))
        yield subtext(_line(error_text(one.error, texts) if one.error else ""))
        return
    yield bold(_line(feed.title or one.url))
    yield subtext(f"{feed.kind} · {texts('feeds-items', number=len(feed.items))}")
    sample = error_text(one.article_error, texts) if one.article_error else ""
    remarks = [*feed.warnings, sample, texts("feeds-carried") if one.article_from_feed else ""]
    yield from (subtext(_line(remark)) for remark in remarks if remark)


def _card(heading: str, paragraphs: Sequence[str], texts: Texts, colour: int = BLURPLE) -> Card:
    """Return a heading with as many paragraphs as fit, and the number of those left out."""
    blocks = [Block(heading)]
    room = MAX_TEXT - utf16_length(heading)
    for number, paragraph in enumerate(paragraphs):
        room -= utf16_length(paragraph) + 1
        if room < 0 or len(blocks) > MAX_PARAGRAPHS:
            blocks.append(Block(subtext(texts("feeds-more", number=len(paragraphs) - number))))
            break
        blocks.append(Block(paragraph))
    return Card(colour, tuple(blocks))


def _name(feed: Subscription) -> str:
    return _line(feed.name)


def _line(text: str) -> str:
    return escape_truncated(text, MAX_LINE)[0]
