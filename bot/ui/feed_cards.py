"""What `/feeds` shows: the feeds and how they fare, what a look at them found. Pure."""

from collections.abc import Iterator, Sequence

from bot.errors import error_text
from bot.texts import Texts
from bot.ui.answer_card import BLURPLE, GREY, notice
from bot.ui.card import CARD, Block, Card
from bot.ui.markdown import bold, escape, shortened, size, small
from index import FeedCheck, FeedStatus, Subscription

LINE = 300  # units of text that one line may take
ROOM = CARD.text - 200  # units; the rest says how many more there are
LINES = 36  # paragraphs of a card


def list_card(listed: Sequence[FeedStatus], texts: Texts) -> Card:
    """List every feed, as many as fit."""
    if not listed:
        return notice(texts("feeds-none"))
    blocks = [f"{bold(_name(one.feed))}\n{small(escape(' · '.join(_facts(one, texts))))}" for one in listed]
    return _card(texts("feeds-heading", number=len(listed)), blocks, texts)


def checked_card(found: Sequence[FeedCheck], texts: Texts) -> Card:
    """Say of each feed what a look at it found."""
    if not found:
        return notice(texts("feeds-none"))
    blocks = ["\n".join(_findings(one, texts)) for one in found]
    return _card(texts("feeds-checked"), blocks, texts)


def told_card(paused: Sequence[Subscription], texts: Texts) -> Card:
    """Tell the owner which feeds stay broken."""
    blocks = [
        f"{bold(_name(feed))}\n{small(_line(error_text(feed.last_error, texts) or feed.url))}"
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
    yield feed.url[:LINE]


def _findings(one: FeedCheck, texts: Texts) -> Iterator[str]:
    feed = one.feed
    if feed is None:
        yield bold(_line(one.url))
        yield small(_line(error_text(one.error, texts) if one.error else ""))
        return
    yield bold(_line(feed.title or one.url))
    yield small(f"{feed.kind} · {texts('feeds-items', number=len(feed.items))}")
    sample = error_text(one.article_error, texts) if one.article_error else ""
    remarks = [*feed.warnings, sample, texts("feeds-carried") if one.article_from_feed else ""]
    yield from (small(_line(remark)) for remark in remarks if remark)


def _card(heading: str, paragraphs: Sequence[str], texts: Texts, colour: int = BLURPLE) -> Card:
    """Put as many paragraphs under a heading as fit, and say how many more there are."""
    blocks = [Block(heading)]
    room = ROOM - size(heading)
    for number, paragraph in enumerate(paragraphs):
        room -= size(paragraph) + 1
        if room < 0 or len(blocks) > LINES:
            blocks.append(Block(small(texts("feeds-more", number=len(paragraphs) - number))))
            break
        blocks.append(Block(paragraph))
    return Card(colour, tuple(blocks))


def _name(feed: Subscription) -> str:
    return _line(feed.name)


def _line(text: str) -> str:
    return shortened(escape(text), LINE)[0]
