"""`/help`: what the bot does, and how to ask it."""

from discord import app_commands
from discord.ext import commands

from bot import texts
from bot.card import Block, Card
from bot.markdown import small
from bot.render import BLURPLE
from bot.replies import Interaction, show


class About(commands.Cog):
    """The bot about itself."""

    @app_commands.command(name="help", description="What this bot does, and how to ask it.")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: Interaction) -> None:
        """Show the help to the person alone."""
        await show(interaction, help_card(), private=True)


def help_card() -> Card:
    """Make the card of `/help`."""
    ways = "\n".join(f"- {way}" for way in texts.HELP_WAYS)
    return Card(BLURPLE, (Block(texts.HELP), Block(ways), Block(small(texts.HELP_PRIVACY))))
