"""What Discord offers while a person types the name of an outlet."""

from discord import app_commands

from bot.services.query_service import QueryService

CHOICES, CHOICE = 25, 100  # Discord's limits: choices offered, characters of one


async def outlet_choices(
    service: QueryService, typed: str, server: int | None
) -> list[app_commands.Choice[str]]:
    """Offer the outlets whose name holds what is typed."""
    wanted = typed.strip().casefold()
    names = [
        name
        for name in await service.available_outlets(server)
        if name.strip() and len(name) <= CHOICE and wanted in name.casefold()
    ]
    return [app_commands.Choice(name=name, value=name) for name in names[:CHOICES]]
