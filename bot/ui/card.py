"""A card, and the three forms Discord can show it in. Pure.

Limits: docs.discord.com, Components Reference and Message Resource (2026-08).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import discord
from discord import ui
from w3lib.url import safe_url_string

from bot.ui.buttons import ButtonSpec
from bot.ui.markdown import utf16_length

MAX_COMPONENTS = 40  # in one message, nested ones counted; Discord's limit
RESERVED_COMPONENTS = 6  # of them for a row of five buttons that is added to a card later
MAX_BUTTON_URL = 512  # characters of a link button's URL: Discord's limit, which discord.py does not check


@dataclass(frozen=True, slots=True)
class Medium:
    """One of Discord's forms, and how much of it each part may take, in UTF-16 units.

    `text` is for everything together, `line` for the question and each line under it, `name` for an outlet
    or a person, `address` for a URL; `buttons` says whether links are buttons or stand in the text.
    """

    text: int
    line: int
    name: int
    address: int
    buttons: bool


CARD = Medium(text=4000, line=220, name=120, address=600, buttons=True)
EMBED = Medium(text=4096, line=220, name=120, address=600, buttons=False)
PLAIN = Medium(text=2000, line=100, name=40, address=300, buttons=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address, which must be `link_url`."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of markdown, perhaps with a link; `divider` draws a line above it."""

    text: str
    link: Link | None = None
    divider: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What a person is shown: paragraphs beside a colour (0xRRGGBB), and rows of at most five buttons."""

    colour: int
    blocks: tuple[Block, ...]
    rows: tuple[tuple[ButtonSpec, ...], ...] = ()

    @property
    def size(self) -> int:
        """Count its text in UTF-16 units, with the line breaks between paragraphs."""
        return sum(utf16_length(block.text) + 1 for block in self.blocks) - 1

    @property
    def components(self) -> int:
        """Count what `view` is built of, with the container around it."""
        blocks = sum((3 if block.link else 1) + block.divider for block in self.blocks)
        return 1 + blocks + self._parted + sum(1 + len(row) for row in self.rows)

    @property
    def _parted(self) -> bool:
        """Return True if a rule keeps the card's own buttons apart from the last paragraph's link."""
        return bool(self.rows and self.blocks and self.blocks[-1].link)

    def view(self) -> ui.LayoutView:
        """Build the components for a card made for CARD; a new object each time."""
        container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=self.colour)
        label_counts: Counter[str] = Counter()
        for block in self.blocks:
            if block.divider:
                container.add_item(ui.Separator())
            container.add_item(ui.TextDisplay(block.text))
            if block.link:
                label_counts[block.link.label] += 1
                container.add_item(ui.ActionRow(_button(block.link, label_counts[block.link.label])))
        if self._parted:
            container.add_item(ui.Separator())
        for row in self.rows:
            container.add_item(ui.ActionRow(*(button.item() for button in row)))
        view = ui.LayoutView(timeout=None).add_item(container)
        view.stop()  # else discord.py keeps it in memory and listens to its buttons
        return view

    def controls(self) -> ui.View:
        """Build the buttons alone, to stand under an embed or plain text; a new object each time."""
        controls = ui.View(timeout=None)
        for number, row in enumerate(self.rows):
            for button in row:
                controls.add_item(button.item(row=number))
        controls.stop()
        return controls

    def embed(self) -> discord.Embed:
        """Build the embed for a card made for EMBED."""
        return discord.Embed(description=self.text(), colour=self.colour)

    def text(self) -> str:
        """Return the message's text for a card made for PLAIN."""
        return "\n".join(block.text for block in self.blocks)


def _button(link: Link, number: int) -> ui.Button[ui.LayoutView]:
    """Build the button below a paragraph; beside it, a section's would leave phones a narrow column of words.

    `number` counts those with the same label: who goes from button to button with a screen reader hears no more.
    """
    return ui.Button(label=link.label if number == 1 else f"{link.label} ({number})", url=link.url)


def append_line(card: Card, line: str) -> Card:
    """Append a line of subtext; return the card unchanged if that exceeds Discord's limits."""
    extended = replace(card, blocks=(*card.blocks, Block(f"-# {line}")))
    fits = extended.size <= CARD.text and extended.components <= MAX_COMPONENTS
    return extended if fits else card


def fit_blocks(
    colour: int, header: Block, body: Sequence[Block], footer: Block
) -> tuple[Card, frozenset[int]]:
    """Return a card of a header, as many of the body's blocks as fit, and a footer; and the indices of those shown."""
    card = Card(colour, (header, *body, footer))
    fits = card.size <= CARD.text and card.components <= MAX_COMPONENTS - RESERVED_COMPONENTS
    return (
        (card, frozenset(range(len(body))))
        if fits or not body
        else fit_blocks(colour, header, body[:-1], footer)
    )


def link_url(url: str) -> str | None:
    """Return a web address in the ASCII form that Discord accepts as a link, or None if it is no such thing.

    One with a user name before its host is none: the name may look like another host.
    """
    try:
        url = safe_url_string(url) if not url.isascii() or " " in url else url
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port  # an impossible port raises here
    except ValueError:
        return None
    shape = url.isascii() and url.isprintable() and not any(letter in url for letter in ' <>"')
    leads_to_web = parts.scheme in {"http", "https"} and "." in host.strip(".") and "@" not in parts.netloc
    return url if shape and leads_to_web else None
