"""`/brief`: what most outlets reported in the last day."""

from discord import app_commands
from discord.ext import commands

from bot.context import BotContext, ContextBot
from bot.exts._brief import make_brief
from bot.exts._options import OutletOption, describe_options
from bot.gateway.interactions import Interaction, circle_here, reply
from bot.texts import ENGLISH


class BriefCog(commands.Cog):
    """The command `/brief`, wherever a server or a person has installed the bot."""

    def __init__(self, context: BotContext) -> None:
        self._context = context

    @app_commands.command(name="brief", description=ENGLISH("command-brief"))
    @describe_options
    async def brief(
        self, interaction: Interaction, outlet: OutletOption | None = None, private: bool | None = None
    ) -> None:
        """Answer with the stories of the last day."""
        audience = self._context.locales.audience(interaction, private)
        work = make_brief(
            self._context,
            interaction.user.id,
            interaction.guild_id,
            audience.texts,
            circle=circle_here(interaction),
            outlet=outlet,
            shareable=audience.share,
        )
        await reply(interaction, work, private=audience.private)


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(BriefCog(bot.context))
