"""A message that the bot has sent -> the card it shows, so that no card needs to be stored."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import discord

from bot.texts import LANGUAGES, Texts
from bot.ui.buttons import Action, ButtonSpec, read_button
from bot.ui.card import Block, Card, Link
from bot.ui.markdown import unescape

_TITLE, _SUMMARY = "## ", "**"
_CLAIMED_WORDS = (f"{_TITLE}“", "”")  # how the heading of a search for claimed words begins and ends
_VOTES = (Action.UP, Action.DOWN)


def parse_title(message: discord.Message) -> str:
    """Return a card's first line as it was sent, a question or a heading; empty when the message has no such line."""
    first = next(_texts(message), "").split("\n", 1)[0]
    return first if first.startswith(_TITLE) else ""


def parse_question_line(message: discord.Message) -> str:
    """Return the question that a card answers, as a reader sees it; empty when the message is no answer."""
    return unescape(parse_title(message).removeprefix(_TITLE)) if _is_answer(message) else ""


def _is_answer(message: discord.Message) -> bool:
    """Return True if a card's first line is a question, not a heading of the bot's.

    Only an answer can be voted on. One that could not be kept, and a page of one that was shared, have no votes: these
    are told by what stands in their first two lines.
    """
    if any(button.action in _VOTES for button in _buttons(message)):
        return True
    title, _, rest = next(_texts(message), "").partition("\n")
    opening, closing = _CLAIMED_WORDS
    is_quotation = title.startswith(opening) and title.endswith(closing)
    return rest.startswith(_SUMMARY) and not is_quotation and title.removeprefix(_TITLE) not in _headings()


@cache
def _headings() -> frozenset[str]:
    """Return what stands in a question's place on a brief and on a correction, and on pages of these."""
    languages = map(Texts, LANGUAGES)
    return frozenset(
        heading for texts in languages for heading in (texts("brief-title"), texts("correction-title"))
    )


def parse_card(message: discord.Message) -> Card | None:
    """Return the card a message shows, None when it shows none: the inverse of `Card.view`."""
    for part in message.components:
        if isinstance(part, discord.Container):
            blocks: list[Block] = []
            rows: list[tuple[ButtonSpec, ...]] = []
            for child, divider in _with_dividers(part):
                if isinstance(child, discord.TextDisplay):
                    blocks.append(Block(child.content, divider=divider))
                elif isinstance(child, discord.ActionRow):
                    _read_row(child, blocks, rows)
            colour = part.accent_colour.value if part.accent_colour else 0
            return Card(colour, tuple(blocks), tuple(rows))
    return None


def _read_row(row: discord.ActionRow, blocks: list[Block], rows: list[tuple[ButtonSpec, ...]]) -> None:
    """Attach a link to the block above it, and collect other buttons as a row."""
    buttons = [child for child in row.children if isinstance(child, discord.Button)]
    links = [Link(button.label or "", button.url) for button in buttons if button.url]
    if links and blocks:
        blocks[-1] = replace(blocks[-1], link=_unnumbered(links[0], blocks))
    our_buttons = tuple(read for button in buttons if (read := read_button(button)))
    if our_buttons:
        rows.append(our_buttons)


def _unnumbered(link: Link, blocks: list[Block]) -> Link:
    """Return a link with its label as it was before `Card.view` numbered it, below others with the same label."""
    label, _, number = link.label.rpartition(" ")
    before = sum(1 for block in blocks if block.link and block.link.label == label)
    return replace(link, label=label) if before and number == f"({before + 1})" else link


def _with_dividers(container: discord.Container) -> Iterator[tuple[discord.Component, bool]]:
    """Yield what a container holds, and whether a line is drawn above it."""
    divider = False
    for child in container.children:
        if isinstance(child, discord.SeparatorComponent):
            divider = True
            continue
        yield child, divider
        divider = False


def _buttons(message: discord.Message) -> Iterator[ButtonSpec]:
    """Yield the buttons of an answer that stand in a card, or under an embed or plain text."""
    for part in message.components:
        for row in part.children if isinstance(part, discord.Container) else (part,):
            children = row.children if isinstance(row, discord.ActionRow) else ()
            yield from (
                spec
                for child in children
                if isinstance(child, discord.Button) and (spec := read_button(child))
            )


def _texts(message: discord.Message) -> Iterator[str]:
    """Yield the texts of a message in the order of reading."""
    if message.content:
        yield message.content
    yield from (embed.description for embed in message.embeds if embed.description)
    for part in message.components:
        if isinstance(part, discord.Container):
            yield from (child.content for child in part.children if isinstance(child, discord.TextDisplay))
