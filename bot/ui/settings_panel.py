"""A server's settings as a panel of menus. Pure; each menu's name says which setting it changes."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import discord
from discord import ui

from bot.storage.guild_settings import GuildSettings
from bot.texts import Texts
from bot.ui.forms import MAX_OPTIONS, Panel, menu_option, page_buttons, paginate
from bot.ui.markdown import bold, escape_truncated, subtext

CUSTOM_ID_PREFIX = "settings:"  # then come the setting and the page of outlets
TURN = "page"
LANGUAGE_NAMES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português (Brasil)",
    "uk": "Українська",
}
FOLLOW_LIMITS = (0, 5, 20, 50, 100)  # followed questions of a server, judged
DAILY_LIMITS = (1, 4, 12, 24, 96)  # posts a day of one follow, judged
_AUTO = "auto"
_MAX_CHOSEN = 500  # UTF-16 units of the names of the chosen outlets, judged
_CHANNEL_TYPES = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.public_thread]


@dataclass(frozen=True, slots=True)
class SettingsPanel(Panel):
    """What whoever manages a server is shown: its settings, and a page of the outlets there are."""

    server: GuildSettings
    outlets: tuple[str, ...]
    texts: Texts
    page: int = 1

    def _parts(self) -> Iterator[ui.Item[ui.LayoutView]]:
        texts = self.texts
        yield ui.TextDisplay(f"## {texts('settings-title')}")
        yield from self._outlets()
        for label, menu in (
            (texts("settings-private"), self._private()),
            (texts("settings-language"), self._language()),
            (texts("settings-channels"), self._channels()),
            (texts("settings-follows"), self._numbers("follows", FOLLOW_LIMITS, self.server.follows)),
            (texts("settings-daily"), self._numbers("daily", DAILY_LIMITS, self.server.daily)),
        ):
            yield ui.TextDisplay(bold(label))
            yield ui.ActionRow(menu)
        yield ui.TextDisplay(subtext(texts("settings-footer")))

    def _outlets(self) -> Iterator[ui.Item[ui.LayoutView]]:
        """Yield a page of outlets to choose from; with more than one the names of all that are chosen stand above."""
        texts, chosen = self.texts, self.server.outlets
        no_longer_indexed = [name for name in chosen if name not in self.outlets]
        all_names = [*no_longer_indexed, *(name for name in self.outlets if name.strip())]
        names, number, last = paginate(all_names, self.page)
        label = bold(texts("settings-outlets"))
        if last > 1 and chosen:
            label = f"{label}\n{subtext(escape_truncated(texts.names(chosen), _MAX_CHOSEN)[0])}"
        yield ui.TextDisplay(label)
        options = [menu_option(name, _option_value(name), chosen=name in chosen) for name in names] or [
            menu_option("–", "-")
        ]
        chosen_on_other_pages = bool(chosen) and not any(name in chosen for name in names)
        menu: ui.Select[ui.LayoutView] = ui.Select(
            custom_id=self._name("outlets"),
            options=options,
            placeholder=texts("settings-outlets-none" if chosen_on_other_pages else "settings-outlets-all"),
            min_values=0,
            max_values=len(options),
        )
        yield ui.ActionRow(menu)
        if last > 1:
            yield page_buttons(f"{CUSTOM_ID_PREFIX}{TURN}", number, last, texts)

    def _private(self) -> ui.Select[ui.LayoutView]:
        labels = {"no": self.texts("settings-private-no"), "yes": self.texts("settings-private-yes")}
        return self._one("private", labels, "yes" if self.server.private else "no")

    def _language(self) -> ui.Select[ui.LayoutView]:
        labels = {_AUTO: self.texts("settings-language-auto"), **LANGUAGE_NAMES}
        return self._one("language", labels, self.server.language or _AUTO)

    def _channels(self) -> ui.ChannelSelect[ui.LayoutView]:
        return ui.ChannelSelect(
            custom_id=self._name("channels"),
            channel_types=_CHANNEL_TYPES,
            placeholder=self.texts("settings-channels-all"),
            min_values=0,
            max_values=MAX_OPTIONS,
            default_values=[discord.Object(channel) for channel in self.server.channels[:MAX_OPTIONS]],
        )

    def _numbers(self, setting: str, offered: Sequence[int], chosen: int) -> ui.Select[ui.LayoutView]:
        return self._one(
            setting, {str(number): str(number) for number in sorted({*offered, chosen})}, str(chosen)
        )

    def _one(self, setting: str, labels: dict[str, str], chosen: str) -> ui.Select[ui.LayoutView]:
        """Return a menu of which one option is chosen."""
        options = [menu_option(label, value, chosen=value == chosen) for value, label in labels.items()]
        return ui.Select(custom_id=self._name(setting), options=options)

    def _name(self, setting: str) -> str:
        return f"{CUSTOM_ID_PREFIX}{setting}:{self.page}"


def apply_choice(
    server: GuildSettings,
    setting: str,
    values: Sequence[str],
    outlets: Sequence[str],
    offered: Collection[str],
) -> GuildSettings:
    """Return the settings after somebody chose `values` in a menu; what no menu offers changes nothing.

    Of outlets those that the menu had not `offered` stay as they are: they stand on other pages.
    """
    value = values[0] if values else ""
    if setting == "outlets":
        unchanged = (name for name in server.outlets if _option_value(name) not in offered)
        known = {_option_value(name): name for name in (*server.outlets, *outlets)}
        return replace(server, outlets=(*unchanged, *(known[value] for value in values if value in known)))
    if setting == "channels":
        return replace(server, channels=tuple(int(value) for value in values if value.isdecimal()))
    if setting == "private" and value in {"yes", "no"}:
        return replace(server, private=value == "yes")
    if setting == "language" and value in {_AUTO, *LANGUAGE_NAMES}:
        return replace(server, language=None if value == _AUTO else value)
    if setting == "follows" and value in map(str, FOLLOW_LIMITS):
        return replace(server, follows=int(value))
    return (
        replace(server, daily=int(value))
        if setting == "daily" and value in map(str, DAILY_LIMITS)
        else server
    )


def _option_value(name: str) -> str:
    """Return an outlet's name a form that a menu can carry, however long it is."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
