"""The options that /ask, /quote, /brief and others share: types, descriptions, autocomplete of outlets."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, cast

from discord import app_commands

from bot.context import ContextBot
from bot.gateway.interactions import Interaction, circle_here
from bot.services.date_input import MAX_DATE_LENGTH
from bot.texts import ENGLISH

MAX_CHOICES, MAX_CHOICE_LENGTH = 25, 100  # Discord's limits: choices offered, characters of one
Callback = TypeVar("Callback", bound=Callable[..., Any])
DateOption = app_commands.Range[str, 1, MAX_DATE_LENGTH]
OutletOption = app_commands.Range[str, 1, MAX_CHOICE_LENGTH]


async def outlet_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Offer the outlets that may be searched here and whose name contains what is typed."""
    service = cast("ContextBot", interaction.client).context.service
    wanted = typed.strip().casefold()
    names = [
        name
        for name in await service.available_outlets(interaction.guild_id, circle_here(interaction))
        if name.strip() and len(name) <= MAX_CHOICE_LENGTH and wanted in name.casefold()
    ]
    return [app_commands.Choice(name=name, value=name) for name in names[:MAX_CHOICES]]


def describe_options(callback: Callback) -> Callback:
    """Describe every option of a command by its text `command-<name>-<option>`; `outlet` offers the outlets.

    The command has to be named like the method.
    """
    options = list(inspect.signature(callback).parameters)[2:]  # after `self` and the interaction
    descriptions = {option: ENGLISH(f"command-{callback.__name__}-{option}") for option in options}
    described = app_commands.describe(**descriptions)(callback)
    return app_commands.autocomplete(outlet=outlet_choices)(described) if "outlet" in options else described
