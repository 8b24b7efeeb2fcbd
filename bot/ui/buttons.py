"""The buttons under a card. Their custom_ids hold all that is needed to handle a click, also after a restart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import discord
from discord import ui

from bot.storage.answers import AnswerRef
from bot.texts import Texts
from index import Quote


class Action(StrEnum):
    """What a button does."""

    MORE = "more"  # the quotes that are not on the card
    CONTEXT = "context"  # the sentences around those that are
    TIMELINE = "timeline"  # all of them, the oldest first
    NEWEST = "newest"  # all of them, the newest first
    SHARE = "share"  # what one person sees, for everybody
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class ButtonSpec:
    """A button of the answer with the id `answer_id`, on a card that shows the quotes at the positions `shown`.

    `page` 0 opens a card of its own; from 1 on the button turns the card it stands on to that page.
    """

    action: Action
    answer_id: str
    shown: frozenset[int] = frozenset()
    page: int = 0
    label: str | None = None
    emoji: str | None = None
    disabled: bool = False

    @property
    def custom_id(self) -> str:
        """Return the custom_id that Discord sends when the button is pressed; at most 100 characters."""
        return f"v1:{self.action}:{self.answer_id}:{_bits(self.shown):x}:{self.page}"

    def item(self, row: int | None = None) -> ui.Button[Any]:
        """Build the component; a new object each time."""
        return ui.Button(
            style=discord.ButtonStyle.secondary,
            custom_id=self.custom_id,
            label=self.label,
            emoji=self.emoji,
            disabled=self.disabled,
            row=row,
        )


ButtonRows = tuple[tuple[ButtonSpec, ...], ...]


def answer_rows(quotes: Sequence[Quote], shown: frozenset[int], ref: AnswerRef, texts: Texts) -> ButtonRows:
    """Return the rows of buttons under an answer, of which the quotes at the positions `shown` are shown."""
    thumbs = (
        ButtonSpec(Action.UP, ref.answer_id, shown, emoji="\N{THUMBS UP SIGN}"),
        ButtonSpec(Action.DOWN, ref.answer_id, shown, emoji="\N{THUMBS DOWN SIGN}"),
    )
    return tuple(
        filter(None, (_page_buttons(quotes, shown, ref, texts), (*_share_button(shown, ref, texts), *thumbs)))
    )


def quote_rows(quotes: Sequence[Quote], shown: frozenset[int], ref: AnswerRef, texts: Texts) -> ButtonRows:
    """Return the row of buttons under quotes that answer no question, of which those at the positions `shown` are shown."""
    return ((*_page_buttons(quotes, shown, ref, texts), *_share_button(shown, ref, texts)),)


def story_rows(shown: frozenset[int], ref: AnswerRef, texts: Texts) -> ButtonRows:
    """Return the row of buttons under stories, which have nothing to do with each other."""
    context = ButtonSpec(Action.CONTEXT, ref.answer_id, shown, label=texts("context"))
    return ((context, *_share_button(shown, ref, texts)),)


def _page_buttons(
    quotes: Sequence[Quote], shown: frozenset[int], ref: AnswerRef, texts: Texts
) -> tuple[ButtonSpec, ...]:
    """Return the buttons that show more of the quotes than the card."""
    buttons = []
    if len(shown) < len(quotes):
        buttons.append((Action.MORE, texts("more-quotes", number=len(quotes) - len(shown))))
    if shown:
        buttons.append((Action.CONTEXT, texts("context")))
    if len({quote.article.published for quote in quotes}) > 1:
        buttons += [(Action.TIMELINE, texts("timeline")), (Action.NEWEST, texts("newest-first"))]
    return tuple(ButtonSpec(action, ref.answer_id, shown, label=label) for action, label in buttons)


def _share_button(shown: frozenset[int], ref: AnswerRef, texts: Texts) -> tuple[ButtonSpec, ...]:
    return (ButtonSpec(Action.SHARE, ref.answer_id, shown, label=texts("share")),) if ref.shareable else ()


_ANSWER_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_TEMPLATE = re.compile(
    rf"v1:(?P<action>{'|'.join(Action)}):(?P<answer>{_ANSWER_ID.pattern}):(?P<on>[0-9a-f]{{1,8}}):(?P<page>[0-9]{{1,2}})"
)


def is_answer_id(text: str) -> bool:
    """Return True if a text has the form of an answer's id."""
    return _ANSWER_ID.fullmatch(text) is not None


def read_button(component: discord.Button) -> ButtonSpec | None:
    """Parse a button of a sent message; return None if it is none of an answer's."""
    found = _TEMPLATE.fullmatch(component.custom_id or "")
    return _button(found, component) if found else None


def _button(found: re.Match[str], component: discord.Button) -> ButtonSpec:
    return ButtonSpec(
        Action(found["action"]),
        found["answer"],
        _positions(int(found["on"], 16)),
        int(found["page"]),
        label=component.label,
        emoji=str(component.emoji) if component.emoji else None,
        disabled=component.disabled,
    )


def _bits(positions: Iterable[int]) -> int:
    return sum(1 << position for position in positions)


def _positions(bits: int) -> frozenset[int]:
    return frozenset(position for position in range(bits.bit_length()) if bits >> position & 1)
