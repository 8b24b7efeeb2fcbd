"""Forms a person fills in (Discord's modals), read from what Discord sends, so that they outlive a restart."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import discord
from discord import ui

TITLE, LABEL = 45, 45  # Discord's limits, in characters
Value = str | bool | None


async def open_form(interaction: discord.Interaction[Any], form: ui.Modal) -> None:
    """Show a form, which must be the first answer to an interaction.

    The library would keep every form that was opened and never sent, and only until the next restart; stopped,
    it keeps none, and whoever listens to `interaction` knows the form by its custom_id.
    """
    form.stop()
    await interaction.response.send_modal(form)


def submitted(interaction: discord.Interaction[Any]) -> str | None:
    """Give the custom_id of the form that was sent, None for any other interaction."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", ""))


def chosen(interaction: discord.Interaction[Any]) -> tuple[str, list[str]]:
    """Give the custom_id of the menu that was used, and what was chosen in it; ("", []) for anything else."""
    data: Mapping[str, Any] = interaction.data or {}
    if interaction.type is not discord.InteractionType.component or "values" not in data:
        return "", []
    return str(data.get("custom_id", "")), [str(value) for value in data["values"]]


def values(interaction: discord.Interaction[Any]) -> dict[str, Value]:
    """Give what was filled in, by the custom_id of each field."""
    data: Mapping[str, Any] = interaction.data or {}
    return dict(_fields(data.get("components") or []))


def _fields(components: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Value]]:
    for one in components:
        inner = [*one.get("components", ()), *([one["component"]] if "component" in one else [])]
        yield from _fields(inner)
        if "custom_id" in one:
            yield one["custom_id"], one.get("value")
