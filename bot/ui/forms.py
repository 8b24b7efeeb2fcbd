"""Forms, menus and panels, and reading what a person entered from the interaction alone, so that they outlive a restart.

discord.py keeps every form and panel in memory until the next restart unless it is stopped;
`bot.gateway.component_router` routes their interactions by custom_id.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import discord
from discord import SelectOption, ui

from bot.texts import Texts
from bot.ui.answer_card import BLURPLE
from bot.ui.markdown import truncate

MAX_OPTIONS, MAX_OPTION_LENGTH = 25, 100  # options of a menu, characters of one: Discord's limits
Value = str | bool | None
Item = TypeVar("Item")


class Panel(ABC):
    """Texts, menus and buttons that show a state and change it."""

    __slots__ = ()

    @abstractmethod
    def _parts(self) -> Iterator[ui.Item[ui.LayoutView]]:
        """Yield the components in order."""

    def view(self) -> ui.LayoutView:
        """Build the components; a new object each time."""
        container: ui.Container[ui.LayoutView] = ui.Container(*self._parts(), accent_colour=BLURPLE)
        view = ui.LayoutView(timeout=None).add_item(container)
        view.stop()
        return view


def menu_option(label: str, value: str, *, chosen: bool = False) -> SelectOption:
    """Return an option of a menu."""
    return SelectOption(label=truncate(label, MAX_OPTION_LENGTH) or "?", value=value, default=chosen)


def paginate(items: Sequence[Item], number: int, size: int = MAX_OPTIONS) -> tuple[Sequence[Item], int, int]:
    """Return a page of at most `size` items, its number (the nearest there is, from 1), and the number of pages."""
    last = max(1, -(-len(items) // size))
    number = min(max(number, 1), last)
    return items[(number - 1) * size : number * size], number, last


def page_buttons(name: str, number: int, last: int, texts: Texts) -> ui.ActionRow[ui.LayoutView]:
    """Return the buttons that turn to the page before and after; their custom_ids are `name` and the page."""
    return ui.ActionRow(
        ui.Button(label=texts("previous-page"), custom_id=f"{name}:{number - 1}", disabled=number == 1),
        ui.Button(label=texts("next-page"), custom_id=f"{name}:{number + 1}", disabled=number == last),
    )


def submitted_form_id(interaction: discord.Interaction[Any]) -> str | None:
    """Return the custom_id of the form that was sent, None for any other interaction."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", ""))


def chosen_values(interaction: discord.Interaction[Any]) -> tuple[str, list[str]]:
    """Return the custom_id of the menu or button that was used, and what was chosen in it; ("", []) for anything else."""
    data: Mapping[str, Any] = interaction.data or {}
    if interaction.type is not discord.InteractionType.component:
        return "", []
    return str(data.get("custom_id", "")), [str(value) for value in data.get("values", ())]


def offered_values(interaction: discord.Interaction[Any]) -> set[str]:
    """Return the values of all options of the menu that was used."""
    name, _ = chosen_values(interaction)
    return {
        option.value
        for menu in _walk(interaction.message.components if interaction.message else ())
        if isinstance(menu, discord.SelectMenu) and menu.custom_id == name
        for option in menu.options
    }


def pressed_button(interaction: discord.Interaction[Any]) -> discord.Button | None:
    """Return the button that was pressed, as it stands on its message; None for any other interaction."""
    name, _ = chosen_values(interaction)
    for one in _walk(interaction.message.components if interaction.message else ()):
        if isinstance(one, discord.Button) and name and one.custom_id == name:
            return one
    return None


def field_values(interaction: discord.Interaction[Any]) -> dict[str, Value]:
    """Return what was filled in, by the custom_id of each field."""
    data: Mapping[str, Any] = interaction.data or {}
    return dict(_fields(data.get("components") or []))


def _walk(components: Iterable[discord.Component]) -> Iterator[discord.Component]:
    for one in components:
        yield one
        yield from _walk(getattr(one, "children", ()))


def _fields(components: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Value]]:
    for one in components:
        inner = [*one.get("components", ()), *([one["component"]] if "component" in one else [])]
        yield from _fields(inner)
        if "custom_id" in one:
            yield one["custom_id"], one.get("value")
