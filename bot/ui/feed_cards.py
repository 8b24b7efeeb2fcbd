"""What `/feeds` shows: the feeds and how they fare, what a look at them found. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from discord import ui

from bot.errors import error_text
from bot.texts import Texts
from bot.ui.answer_card import BLURPLE, GREY, notice_card
from bot.ui.card import CARD, Block, Card
from bot.ui.forms import MAX_OPTION_LENGTH, Panel, page_buttons, paginate
from bot.ui.markdown import bold, escape_truncated, subtext, truncate, utf16_length
from index import MAX_DAILY_PAGES, FeedCheck, FeedStatus, Subscription

CUSTOM_ID_PREFIX = "feeds:"  # of what the owner presses; then come the action, the page and the feed's id
LIFT, TURN = "lift", "page"

MAX_LINE, MAX_NAME = 300, 120  # UTF-16 units of one line, and of a feed's name; judged
MAX_TEXT = CARD.text - 200  # UTF-16 units; the rest is for the line that counts what does not fit
MAX_PARAGRAPHS = 36  # paragraphs of a card: with heading and rest below Discord's 40 components
PANEL_FEEDS = 8  # feeds on a page of the owner's panel: at most three components and 420 characters each


def feed_list_card(listed: Sequence[FeedStatus], texts: Texts) -> Card:
    """List every feed, as many as fit."""
    if not listed:
        return notice_card(texts("feeds-none"))
    return _card(texts("feeds-heading", number=len(listed)), [_feed(one, texts) for one in listed], texts)


@dataclass(frozen=True, slots=True)
class FeedsPanel(Panel):
    """What the owner is shown: every feed, whose it is, and buttons that lift feeds of servers into the house.

    Those that are not in the house stand first. `name_circle` returns a circle in words.
    """

    listed: Sequence[FeedStatus]
    name_circle: Callable[[str], str]
    texts: Texts
    page: int = 1

    def _parts(self) -> Iterator[ui.Item[ui.LayoutView]]:
        texts = self.texts
        waiting_first = sorted(self.listed, key=lambda one: one.in_house)
        feeds, number, last = paginate(waiting_first, self.page, PANEL_FEEDS)
        heading = texts("feeds-heading", number=len(self.listed)) if self.listed else texts("feeds-none")
        yield ui.TextDisplay(heading)
        for one in feeds:
            yield ui.TextDisplay(_feed(one, texts, tuple(map(self.name_circle, one.circles))))
            if not one.in_house:
                label = truncate(texts("feeds-lift", name=one.feed.name), MAX_OPTION_LENGTH - 20)
                custom_id = f"{CUSTOM_ID_PREFIX}{LIFT}:{number}:{one.feed.id}"
                yield ui.ActionRow(ui.Button(label=label, custom_id=custom_id))
        if last > 1:
            yield page_buttons(f"{CUSTOM_ID_PREFIX}{TURN}", number, last, texts)


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


def _feed(one: FeedStatus, texts: Texts, whose: tuple[str, ...] = ()) -> str:
    """Return the paragraph about a feed; `whose` names its circles for the owner."""
    facts = escape_truncated(" · ".join(_facts(one, texts, whose)), MAX_LINE)[0]
    return f"{bold(escape_truncated(one.feed.name, MAX_NAME)[0])}\n{subtext(facts)}"


def _facts(one: FeedStatus, texts: Texts, whose: tuple[str, ...]) -> Iterator[str]:
    """Yield whose it is, what kind of feed it is, what came of it, and what is wrong with it."""
    feed = one.feed
    if whose:
        yield texts("feeds-whose", names=whose)
    elif one.in_house:
        yield texts("feeds-whose", names=(texts("feeds-of-everybody"),))
    if feed.kind:
        yield feed.kind
    yield texts("counted", number=one.stored_articles)
    if feed.is_flooding:
        yield texts("feeds-flooding", number=MAX_DAILY_PAGES)
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
