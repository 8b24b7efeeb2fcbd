"""`/help`: what the bot does, and how to ask it."""

from discord import app_commands
from discord.ext import commands

from bot.card import Block, Card
from bot.languages import Languages
from bot.markdown import small
from bot.render import BLURPLE
from bot.replies import Interaction, show
from bot.texts import ENGLISH, Texts


class About(commands.Cog):
    """The bot about itself."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages

    @app_commands.command(name="help", description=ENGLISH("command-help"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: Interaction) -> None:
        """Show the help to the person alone."""
        await show(interaction, help_card(self._languages.of(interaction, private=True)), private=True)


def help_card(texts: Texts) -> Card:
    """Make the card of `/help`."""
    asking = (texts("help-ask"), texts("help-mention"), texts("help-direct"), texts("help-check"))
    ways = "\n".join(f"- {way}" for way in asking)
    return Card(BLURPLE, (Block(texts("help")), Block(ways), Block(small(texts("help-privacy")))))
