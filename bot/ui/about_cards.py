"""The bot about itself, as cards. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from discord import ui

from bot.texts import Texts
from bot.ui.answer_card import BLURPLE
from bot.ui.card import Block, Card
from bot.ui.forms import MAX_OPTIONS, Panel, page_buttons, paginate
from bot.ui.markdown import bold, escape_truncated, subtext, timestamp
from index import IndexStats, OutletSummary

OUTLETS_PREFIX = "outlets:"  # of the custom_ids that turn the pages; then comes the page
_MAX_OUTLET = 80  # UTF-16 units of an outlet's name; judged


def help_card(texts: Texts) -> Card:
    """Return the card of `/help`."""
    asking = (texts("help-ask"), texts("help-mention"), texts("help-direct"), texts("help-check"))
    more = (texts("help-quote"), texts("help-brief"), texts("help-follow"), texts("help-daily"))
    about = (texts("help-outlets"), texts("help-settings"), texts("help-feeds"))
    ways = "\n".join(f"- {way}" for way in (*asking, *more, *about))
    return Card(BLURPLE, (Block(texts("help")), Block(ways), Block(subtext(texts("help-privacy")))))


def about_card(stats: IndexStats, version: str, texts: Texts, *, is_behind: bool = False) -> Card:
    """Return the card of `/about`; `is_behind` says that no news comes in."""
    note = f"\n{texts('no-news-comes-in')}" if is_behind else ""
    blocks = (
        Block(f"{bold(texts('small-talk-identity'))}\n{texts('about-how')}"),
        Block(_article_count(stats, texts) + note),
    )
    return Card(BLURPLE, (*blocks, Block(subtext(texts("about-version", version=version)), divider=True)))


@dataclass(frozen=True, slots=True)
class OutletsPanel(Panel):
    """What `/outlets` shows: a page of the outlets, those with most articles first."""

    stats: IndexStats
    texts: Texts
    page: int = 1

    def _parts(self) -> Iterator[ui.Item[ui.LayoutView]]:
        texts = self.texts
        outlets, number, last = paginate(self.stats.outlets, self.page)
        yield ui.TextDisplay(f"## {texts('outlets-title')}\n{subtext(_article_count(self.stats, texts))}")
        if outlets:
            yield ui.Separator()
            yield ui.TextDisplay("\n".join(_outlet(outlet, texts) for outlet in outlets))
        if last > 1:
            shown = texts(
                "range",
                first=number * MAX_OPTIONS - MAX_OPTIONS + 1,
                last=(number - 1) * MAX_OPTIONS + len(outlets),
                number=len(self.stats.outlets),
            )
            yield ui.TextDisplay(subtext(shown))
            yield page_buttons(OUTLETS_PREFIX.removesuffix(":"), number, last, texts)


def privacy_card(texts: Texts) -> Card:
    """Return the card of `/privacy`."""
    stored = (
        texts("privacy-questions"),
        texts("privacy-answers"),
        texts("privacy-feedback"),
        texts("privacy-follows"),
        texts("privacy-daily"),
        texts("privacy-feeds"),
        texts("privacy-erase"),
    )
    lines = "\n".join(f"- {line}" for line in stored)
    return Card(
        BLURPLE,
        (
            Block(f"## {texts('privacy-title')}"),
            Block(lines),
            Block(subtext(texts("privacy-owner")), divider=True),
        ),
    )


def _article_count(stats: IndexStats, texts: Texts) -> str:
    if not stats.articles:
        return texts("no-articles")
    newest = texts("newest", day=timestamp(stats.newest, "R")) if stats.newest else ""
    return " · ".join(filter(None, (texts("counted", number=stats.articles), newest)))


def _outlet(outlet: OutletSummary, texts: Texts) -> str:
    """Return an outlet: how many articles, and how new the newest is."""
    name = bold(escape_truncated(outlet.name or texts("no-outlet"), _MAX_OUTLET)[0])
    newest = texts("newest", day=timestamp(outlet.newest, "R")) if outlet.newest else ""
    return " · ".join(filter(None, (name, texts("counted", number=outlet.articles), newest)))
