"""A message as a person sees it."""

from __future__ import annotations

from typing import Any

from tests.discord_server.mentions import texts, walk
from tests.discord_server.state import COMPONENTS_V2, EPHEMERAL, Message, User

BUTTON, LINK = 2, 5


class Seen:
    """One message on one person's screen; always as it is now."""

    def __init__(self, message: Message, viewer: User):
        self.message = message
        self.viewer = viewer

    def __repr__(self) -> str:
        return f"<Seen {self.message.id} by {self.message.author.name}: {self.text[:200]!r} {self.labels}>"

    @property
    def id(self) -> int:
        return self.message.id

    @property
    def content(self) -> str:
        return self.message.content

    @property
    def embeds(self) -> list[dict[str, Any]]:
        return self.message.embeds

    @property
    def components(self) -> list[dict[str, Any]]:
        return self.message.components

    @property
    def flags(self) -> int:
        return self.message.flags

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def is_v2(self) -> bool:
        return bool(self.flags & COMPONENTS_V2)

    @property
    def loading(self) -> bool:
        """Whether it only says that the bot is thinking."""
        return self.message.loading

    @property
    def announces(self) -> bool:
        """Whether it is a line of plain text in private that may still become an answer."""
        plain = not (self.is_v2 or self.embeds or self.history)
        return plain and self.message.channel.context == 1

    @property
    def deleted(self) -> bool:
        return self.message.deleted

    @property
    def history(self) -> list[dict[str, Any]]:
        """The bodies before each edit, oldest first."""
        return self.message.history

    @property
    def texts(self) -> list[str]:
        """Every piece of text in the order of reading: content, embeds, text displays."""
        pieces = [self.content]
        for embed in self.embeds:
            pieces += [embed.get("title") or "", embed.get("description") or ""]
            for one in embed.get("fields") or []:
                pieces += [one["name"], one["value"]]
            pieces.append((embed.get("footer") or {}).get("text") or "")
        return [piece for piece in [*pieces, *texts(self.components)] if piece]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Every button that can be pressed, as sent, without link buttons."""
        return [one for one in self._buttons() if one.get("style") != LINK]

    @property
    def links(self) -> list[str]:
        """The addresses of all link buttons, in order."""
        return [one["url"] for one in self._buttons() if one.get("style") == LINK]

    @property
    def labels(self) -> list[str]:
        """The labels, or emoji, of the buttons that can be pressed."""
        return [one.get("label") or _emoji(one) or "" for one in self.buttons]

    @property
    def custom_ids(self) -> list[str]:
        return [one["custom_id"] for one in walk(self.components) if one.get("custom_id")]

    @property
    def accents(self) -> list[int]:
        """The colours of containers and embeds."""
        colours = [one.get("accent_color") for one in walk(self.components)]
        return [one for one in [*colours, *(embed.get("color") for embed in self.embeds)] if one is not None]

    def control(self, name: str) -> dict[str, Any]:
        """The one button or menu with this custom_id, label or emoji."""
        found = [
            one
            for one in walk(self.components)
            if name in (one.get("custom_id"), one.get("label"), _emoji(one))
        ]
        if len(found) != 1:
            raise LookupError(
                f"{len(found)} controls are called {name!r}; there are {self.custom_ids} {self.labels}"
            )
        return found[0]

    def _buttons(self) -> list[dict[str, Any]]:
        return [one for one in walk(self.components) if one.get("type") == BUTTON]


def _emoji(button: dict[str, Any]) -> str | None:
    return (button.get("emoji") or {}).get("name")
