"""`/help`, `/about`, `/outlets`, `/privacy`: the bot about itself, to the person alone."""

from importlib.metadata import version

from discord import app_commands
from discord.ext import commands, tasks

from bot.context import BotContext, ContextBot
from bot.exts._options import describe_options
from bot.gateway.component_router import page_number
from bot.gateway.interactions import Interaction, circle_here, reply, show
from bot.texts import ENGLISH, Texts
from bot.ui.about_cards import OUTLETS_PREFIX, OutletsPanel, about_card, help_card, privacy_card
from bot.ui.answer_card import notice_card
from bot.ui.card import Card

FORGET_INTERVAL = 5.0  # seconds between looks whom other processes have erased; judged


class AboutCog(commands.Cog):
    """The commands about the bot itself."""

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self._service = context.service
        context.router.add_component(OUTLETS_PREFIX, self.on_page)

    async def cog_load(self) -> None:
        """Start to look whom other processes have erased, where there may be others."""
        if self._context.peers and self._context.peers.shards:
            self.forget.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.forget.cancel()

    @tasks.loop(seconds=FORGET_INTERVAL)
    async def forget(self) -> None:
        """Forget whom other processes have erased."""
        await self._context.forget_erased()

    @app_commands.command(name="help", description=ENGLISH("command-help"))
    async def help(self, interaction: Interaction) -> None:
        """Explain how to ask."""
        await show(interaction, help_card(self._texts(interaction)), private=True)

    @app_commands.command(name="about", description=ENGLISH("command-about"))
    async def about(self, interaction: Interaction) -> None:
        """Show what the bot is, and how many articles it has to search."""
        await reply(interaction, self._about(interaction, self._texts(interaction)), private=True)

    @app_commands.command(name="outlets", description=ENGLISH("command-outlets"))
    async def outlets(self, interaction: Interaction) -> None:
        """Show which outlets are indexed, and how fresh they are."""
        await reply(interaction, self._outlets(interaction, self._texts(interaction)), private=True)

    @app_commands.command(name="privacy", description=ENGLISH("command-privacy"))
    @describe_options
    async def privacy(self, interaction: Interaction, erase: bool = False) -> None:
        """Show what is stored of the person, or erase it."""
        texts = self._texts(interaction)
        if erase:
            await reply(interaction, self._erase(interaction.user.id, texts), private=True)
        else:
            await show(interaction, privacy_card(texts), private=True)

    def _texts(self, interaction: Interaction) -> Texts:
        return self._context.locales.for_interaction(interaction, private=True)

    async def _about(self, interaction: Interaction, texts: Texts) -> Card:
        circle = circle_here(interaction)
        stats, is_behind = await self._service.run_click(
            interaction.user.id, lambda archive: (archive.stats(circle), archive.is_behind())
        )
        return about_card(stats, version("verbatim-news"), texts, is_behind=is_behind)

    async def on_page(self, interaction: Interaction, custom_id: str) -> None:
        """Turn to another page of the outlets."""
        page = page_number(custom_id)
        if page is not None:
            work = self._outlets(interaction, self._texts(interaction), page)
            await reply(interaction, work, private=True, in_place=True)

    async def _outlets(self, interaction: Interaction, texts: Texts, page: int = 1) -> OutletsPanel:
        circle = circle_here(interaction)
        stats = await self._service.run_click(interaction.user.id, lambda archive: archive.stats(circle))
        return OutletsPanel(stats, texts, page)

    async def _erase(self, person: int, texts: Texts) -> Card:
        await self._service.count_click(person)
        await self._context.erase_person(person)
        return notice_card(texts("privacy-erased"))


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(AboutCog(bot.context))
