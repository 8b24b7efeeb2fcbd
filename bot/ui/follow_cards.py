"""Notifications, correction cards and the panel of followed questions. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import discord
from discord import ui

from bot.storage.daily_briefs import DailyBrief
from bot.storage.follows import Follow
from bot.texts import Texts
from bot.ui.answer_card import AMBER
from bot.ui.card import CARD, PLAIN, Block, Card
from bot.ui.forms import Panel, menu_option, page_buttons, paginate
from bot.ui.markdown import bold, escape_truncated, subtext
from bot.ui.quote_block import headline_block, truncated_line
from bot.ui.quote_search_card import match_block
from index import Answer, Article, Quote, QuoteMatch

CUSTOM_ID_PREFIX = "following:"  # then come the action and the page
END, EDIT, TURN = "end", "edit", "page"
_MAX_QUOTE, _MAX_OUTLET, _MAX_QUESTION = 200, 40, 60  # UTF-16 units, judged


def with_quotes(answer: Answer, quotes: Sequence[Quote]) -> Answer:
    """Return an answer with these of its quotes alone."""
    groups = (
        replace(group, quotes=tuple(one for one in group.quotes if one in quotes)) for group in answer.groups
    )
    return replace(answer, groups=tuple(group for group in groups if group.quotes))


def follow_line(question: str, answer: Answer, texts: Texts) -> str:
    """Return the notification of new quotes: the question, the outlets, the first quote."""
    first = answer.quotes[0]
    outlets = tuple(_outlet_name(quote.article, texts) for quote in answer.quotes)
    words = escape_truncated(first.text, _MAX_QUOTE)[0]
    return texts("follow-new", question=truncated_line(question, PLAIN), names=outlets, words=words)


def correction_line(article: Article, texts: Texts) -> str:
    """Return the notification of a correction."""
    return texts("correction-line", outlet=_outlet_name(article, texts))


def correction_card(article: Article, match: QuoteMatch | None, texts: Texts) -> Card:
    """Return the card of posted words that were changed: how they read now, or that they are gone."""
    head = Block(f"## {texts('correction-title')}\n{bold(correction_line(article, texts))}")
    if match is None:
        return Card(
            AMBER,
            (
                head,
                Block(texts("correction-gone")),
                replace(headline_block(article, CARD, texts), divider=True),
            ),
        )
    return Card(AMBER, (head, Block(texts("correction-now")), match_block(match, texts)))


@dataclass(frozen=True, slots=True)
class FollowPanel(Panel):
    """What a person follows, a page of it, and with which menus it is changed and ended."""

    follows: tuple[Follow, ...]
    dailies: tuple[DailyBrief, ...]
    texts: Texts
    page: int = 1

    def _parts(self) -> Iterator[ui.Item[ui.LayoutView]]:
        texts = self.texts
        all_entries: list[Follow | DailyBrief] = [*self.follows, *self.dailies]
        entries, number, last = paginate(all_entries, self.page)
        lines = [_line(one, texts) for one in entries] or [texts("following-none")]
        yield ui.TextDisplay(f"## {texts('following-title')}")
        yield ui.TextDisplay("\n".join(f"- {one}" for one in lines))
        if last > 1:
            yield page_buttons(f"{CUSTOM_ID_PREFIX}{TURN}", number, last, texts)
        if follows := [one for one in entries if isinstance(one, Follow)]:
            yield self._menu(EDIT, follows, texts("following-edit"))
        if entries:
            yield self._menu(END, entries, texts("following-end"))
        yield ui.TextDisplay(subtext(texts("following-footer")))

    def _menu(
        self, action: str, entries: Sequence[Follow | DailyBrief], words: str
    ) -> ui.ActionRow[ui.LayoutView]:
        options = [menu_option(_name(one, self.texts), entry_key(one)) for one in entries]
        return ui.ActionRow(
            ui.Select(custom_id=f"{CUSTOM_ID_PREFIX}{action}:{self.page}", options=options, placeholder=words)
        )


def split_custom_id(rest: str) -> tuple[str, str, str]:
    """Split a custom_id after CUSTOM_ID_PREFIX into the action, the page and the entry."""
    action, page, key = f"{rest}::".split(":")[:3]
    return action, page, key


def entry_key(entry: Follow | DailyBrief) -> str:
    """Return the value that an entry of the panel has in its menus."""
    return f"{'f' if isinstance(entry, Follow) else 'd'}{entry.id}"


def edit_form(follow: Follow, page: int, texts: Texts, max_length: int) -> ui.Modal:
    """Build the form in which a followed question on a page of the panel is changed."""
    form = ui.Modal(
        title=texts("following-edit-title"), custom_id=f"{CUSTOM_ID_PREFIX}{EDIT}:{page}:{entry_key(follow)}"
    )
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="question",
        default=follow.question,
        max_length=max_length,
        style=discord.TextStyle.paragraph,
    )
    return form.add_item(ui.Label(text=texts("option-question"), component=field))


def _line(entry: Follow | DailyBrief, texts: Texts) -> str:
    """Write what is followed, and where its posts go."""
    where = (
        texts("following-in", channel=f"<#{entry.channel}>") if entry.channel else texts("following-private")
    )
    rests = texts("following-rests") if isinstance(entry, Follow) and entry.is_paused else ""
    return " · ".join(
        filter(None, (bold(escape_truncated(_name(entry, texts), _MAX_QUESTION)[0]), where, rests))
    )


def _name(entry: Follow | DailyBrief, texts: Texts) -> str:
    if isinstance(entry, Follow):
        return entry.question
    return texts("following-daily", hour=f"{entry.hour:02}:00", zone=entry.zone)


def _outlet_name(article: Article, texts: Texts) -> str:
    return escape_truncated(article.outlet or texts("no-outlet"), _MAX_OUTLET)[0]
