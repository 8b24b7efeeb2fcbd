"""A server's settings as a panel of menus. Pure; each menu's name says which setting it changes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord
from discord import SelectOption, ui

from bot.markdown import bold, small
from bot.render import BLURPLE
from bot.servers import Server
from bot.texts import Texts

NAME = "settings:"  # of every menu, before the setting
OPTIONS, OPTION = 25, 100  # Discord's limits: options of a menu, characters of one
LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português (Brasil)",
    "uk": "Українська",
}
FOLLOWS = (0, 5, 20, 50, 100)
DAILY = (1, 4, 12, 24, 96)
_AUTO = "auto"
_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.public_thread]


@dataclass(frozen=True, slots=True)
class Panel:
    """What whoever manages a server is shown: its settings, the outlets there are, most articles first."""

    server: Server
    outlets: tuple[str, ...]
    texts: Texts

    def view(self) -> ui.LayoutView:
        """Build the components; a new object each time, which the library need not keep."""
        texts = self.texts
        container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=BLURPLE)
        container.add_item(ui.TextDisplay(f"## {texts('settings-title')}"))
        for label, menu in (
            (texts("settings-outlets"), self._outlets()),
            (texts("settings-private"), self._private()),
            (texts("settings-language"), self._language()),
            (texts("settings-channels"), self._channels()),
            (texts("settings-follows"), _numbers("follows", FOLLOWS, self.server.follows)),
            (texts("settings-daily"), _numbers("daily", DAILY, self.server.daily)),
        ):
            container.add_item(ui.TextDisplay(bold(label)))
            container.add_item(ui.ActionRow(menu))
        container.add_item(ui.TextDisplay(small(texts("settings-footer"))))
        view = ui.LayoutView(timeout=None).add_item(container)
        view.stop()
        return view

    def _outlets(self) -> ui.Select[ui.LayoutView]:
        chosen = self.server.outlets
        offered = [*chosen, *(name for name in self.outlets if name.strip() and name not in chosen)][:OPTIONS]
        options = [
            SelectOption(label=name[:OPTION] or "?", value=_short(name), default=name in chosen)
            for name in offered
        ] or [SelectOption(label="–", value="-")]
        return ui.Select(
            custom_id=f"{NAME}outlets",
            options=options,
            placeholder=self.texts("settings-outlets-all"),
            min_values=0,
            max_values=len(options),
        )

    def _private(self) -> ui.Select[ui.LayoutView]:
        labels = {"no": self.texts("settings-private-no"), "yes": self.texts("settings-private-yes")}
        return _one("private", labels, "yes" if self.server.private else "no")

    def _language(self) -> ui.Select[ui.LayoutView]:
        labels = {_AUTO: self.texts("settings-language-auto"), **LANGUAGES}
        return _one("language", labels, self.server.language or _AUTO)

    def _channels(self) -> ui.ChannelSelect[ui.LayoutView]:
        return ui.ChannelSelect(
            custom_id=f"{NAME}channels",
            channel_types=_CHANNELS,
            placeholder=self.texts("settings-channels-all"),
            min_values=0,
            max_values=OPTIONS,
            default_values=[discord.Object(channel) for channel in self.server.channels[:OPTIONS]],
        )


def changed(server: Server, setting: str, values: Sequence[str], outlets: Sequence[str]) -> Server:
    """Give the settings after somebody chose `values` in a menu; what no menu offers changes nothing."""
    value = values[0] if values else ""
    if setting == "outlets":
        known = {_short(name): name for name in (*server.outlets, *outlets)}
        return replace(server, outlets=tuple(known[value] for value in values if value in known))
    if setting == "channels":
        return replace(server, channels=tuple(int(value) for value in values if value.isdecimal()))
    if setting == "private" and value in {"yes", "no"}:
        return replace(server, private=value == "yes")
    if setting == "language" and value in {_AUTO, *LANGUAGES}:
        return replace(server, language=None if value == _AUTO else value)
    if setting == "follows" and value in map(str, FOLLOWS):
        return replace(server, follows=int(value))
    return replace(server, daily=int(value)) if setting == "daily" and value in map(str, DAILY) else server


def _one(setting: str, labels: dict[str, str], chosen: str) -> ui.Select[ui.LayoutView]:
    """Make a menu of which one option is chosen."""
    options = [
        SelectOption(label=label[:OPTION], value=value, default=value == chosen)
        for value, label in labels.items()
    ]
    return ui.Select(custom_id=f"{NAME}{setting}", options=options)


def _numbers(setting: str, offered: Sequence[int], chosen: int) -> ui.Select[ui.LayoutView]:
    return _one(setting, {str(number): str(number) for number in sorted({*offered, chosen})}, str(chosen))


def _short(name: str) -> str:
    """Give an outlet's name a form that a menu can carry, however long it is."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
