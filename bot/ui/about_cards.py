"""The bot about itself, as cards. Pure."""

from bot.texts import Texts
from bot.ui.answer_card import BLURPLE
from bot.ui.card import CARD, Block, Card
from bot.ui.markdown import bold, escape_truncated, subtext, timestamp, utf16_length
from index import IndexStats, OutletSummary

_MAX_OUTLET = 80  # UTF-16 units of an outlet's name; judged


def help_card(texts: Texts) -> Card:
    """Return the card of `/help`."""
    asking = (texts("help-ask"), texts("help-mention"), texts("help-direct"), texts("help-check"))
    more = (texts("help-quote"), texts("help-brief"), texts("help-follow"), texts("help-outlets"))
    ways = "\n".join(f"- {way}" for way in (*asking, *more))
    return Card(BLURPLE, (Block(texts("help")), Block(ways), Block(subtext(texts("help-privacy")))))


def about_card(stats: IndexStats, version: str, texts: Texts) -> Card:
    """Return the card of `/about`."""
    blocks = (
        Block(f"{bold(texts('small-talk-identity'))}\n{texts('about-how')}"),
        Block(_article_count(stats, texts)),
    )
    return Card(BLURPLE, (*blocks, Block(subtext(texts("about-version", version=version)), divider=True)))


def outlets_card(stats: IndexStats, texts: Texts) -> Card:
    """Return the card of `/outlets`: as many as fit, those with most articles first; the rest are counted."""
    head = Block(f"## {texts('outlets-title')}\n{subtext(_article_count(stats, texts))}")
    lines: list[str] = []
    room = CARD.text - utf16_length(head.text) - 100
    for outlet in stats.outlets:
        line = _outlet(outlet, texts)
        room -= utf16_length(line) + 1
        if room < 0:
            lines.append(subtext(texts("outlets-more", number=len(stats.outlets) - len(lines))))
            break
        lines.append(line)
    return Card(BLURPLE, (head, Block("\n".join(lines), divider=True)) if lines else (head,))


def privacy_card(texts: Texts) -> Card:
    """Return the card of `/privacy`."""
    stored = (
        texts("privacy-questions"),
        texts("privacy-answers"),
        texts("privacy-feedback"),
        texts("privacy-follows"),
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
