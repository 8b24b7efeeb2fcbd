"""The stories that most outlets report -> card. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.storage.answers import AnswerRef
from bot.texts import Texts
from bot.ui.answer_card import BLURPLE, GREY
from bot.ui.buttons import story_rows
from bot.ui.card import CARD, Block, Card, fit_blocks
from bot.ui.markdown import bold, escape_truncated, subtext, timestamp
from bot.ui.quote_block import short_quote_block, truncated_line
from index import Story

MAX_STORIES = 5  # on a card, judged
_MAX_QUOTE, _MAX_LINE_QUOTE, _MAX_OUTLET = (
    420,
    200,
    40,
)  # UTF-16 units of a quote, of one in a notification, of an outlet's name; judged


def brief_card(
    stories: Sequence[Story],
    until: datetime,
    texts: Texts,
    ref: AnswerRef | None = None,
    *,
    is_behind: bool = False,
) -> Card:
    """Return the card of the stories of the day that ends at `until`, each told by one article's own sentence.

    With a `ref` it gets buttons. `is_behind` says that no news comes in.
    """
    header = [f"## {texts('brief-title')}", subtext(texts("brief-until", day=timestamp(until, "f")))]
    if is_behind:
        header.append(subtext(texts("no-news-comes-in")))
    if not stories:
        header.insert(1, bold(texts("brief-nothing")))
        return Card(GREY, (Block("\n".join(header)),))
    blocks = [_story(story, number, texts) for number, story in enumerate(stories[:MAX_STORIES], 1)]
    footer = Block(subtext(texts("brief-footer")), divider=True)
    card, shown = fit_blocks(BLURPLE, Block("\n".join(header)), blocks, footer)
    return replace(card, rows=story_rows(shown, ref, texts)) if ref else card


def brief_line(stories: Sequence[Story], texts: Texts) -> str:
    """Return the notification of a scheduled brief."""
    first = stories[0].quote
    outlet = escape_truncated(first.article.outlet or texts("no-outlet"), _MAX_OUTLET)[0]
    return texts("daily-line", words=escape_truncated(first.text, _MAX_LINE_QUOTE)[0], outlet=outlet)


def _story(story: Story, number: int, texts: Texts) -> Block:
    """Return a story: an article's headline, the sentence that tells it, and how many outlets report it."""
    article = story.quote.article
    title = bold(f"{number}. {truncated_line(article.title or article.outlet or texts('no-outlet'), CARD)}")
    names = tuple(escape_truncated(outlet or texts("no-outlet"), _MAX_OUTLET)[0] for outlet in story.outlets)
    by = subtext(texts("brief-outlets", number=len(names), names=names)) if len(names) > 1 else ""
    block = short_quote_block(story.quote, CARD, texts, _MAX_QUOTE)
    return Block("\n".join(filter(None, (title, block.text, by))), block.link, divider=True)
