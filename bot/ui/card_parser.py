"""A message that the bot has sent -> the card it shows, so that no card needs to be stored."""

from collections.abc import Iterator
from dataclasses import replace

import discord

from bot.ui.buttons import ButtonSpec, read_button
from bot.ui.card import Block, Card, Link
from bot.ui.markdown import unescape

_TITLE = "## "


def parse_title(message: discord.Message) -> str:
    """Return a card's first line as it was sent, the question; empty when the message has no such line."""
    first = next(_texts(message), "").split("\n", 1)[0]
    return first if first.startswith(_TITLE) else ""


def parse_question_line(message: discord.Message) -> str:
    """Return the question on a card as a reader sees it; empty when there is none."""
    return unescape(parse_title(message).removeprefix(_TITLE))


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


def _texts(message: discord.Message) -> Iterator[str]:
    """Yield the texts of a message in the order of reading."""
    if message.content:
        yield message.content
    yield from (embed.description for embed in message.embeds if embed.description)
    for part in message.components:
        if isinstance(part, discord.Container):
            yield from (child.content for child in part.children if isinstance(child, discord.TextDisplay))
