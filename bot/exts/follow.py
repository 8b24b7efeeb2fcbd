"""`/follow`, `/following`, `/daily`: being told of new quotes, and a brief every day."""

import asyncio
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.errors import Refused, Stopping
from bot.exts._autocomplete import CHOICES
from bot.gateway.interactions import Interaction, reply, report_errors
from bot.gateway.locale import Locales
from bot.services.follow_service import FollowService
from bot.services.query_service import QueryRequest, QueryService
from bot.storage.daily_briefs import DailyBrief, DailyBriefStore, zones
from bot.storage.follows import Follow, FollowStore, Post
from bot.storage.guild_settings import GuildSettingsStore
from bot.texts import ENGLISH
from bot.ui.answer_card import BLURPLE
from bot.ui.card import Block, Card
from bot.ui.follow_cards import EDIT, END, PANEL, FollowingPanel, edit_form, key_of, read_name
from bot.ui.forms import chosen, open_form, submitted, values
from bot.ui.markdown import shown
from index import AnswerOutcome, report_fault

EVERY = 20.0  # seconds between two looks at what came in
LONGEST = 300  # characters of a question that is followed
ZONE = 60  # characters of a time zone's name


class FollowCog(commands.Cog):
    """Following, in private or in a channel, and the loop that looks after it."""

    def __init__(
        self,
        service: QueryService,
        following: FollowService,
        follows: FollowStore,
        dailies: DailyBriefStore,
        servers: GuildSettingsStore,
        languages: Locales,
    ) -> None:
        self._service = service
        self._following = following
        self._follows = follows
        self._dailies = dailies
        self._servers = servers
        self._languages = languages

    async def cog_load(self) -> None:
        """Begin to look after what is followed."""
        self.look_after.start()

    async def cog_unload(self) -> None:
        """Look after it no more."""
        self.look_after.cancel()

    @tasks.loop(seconds=EVERY)
    async def look_after(self) -> None:
        """Go one round; whatever goes wrong, the next one comes."""
        try:
            await self._following.round()
        except Stopping:
            return
        except Exception as error:  # noqa: BLE001 - one fault must not end all following
            report_fault(error, "following")

    @app_commands.command(name="follow", description=ENGLISH("command-follow"))
    @app_commands.describe(
        question=ENGLISH("command-follow-question"), private=ENGLISH("command-follow-private")
    )
    async def follow(
        self, interaction: Interaction, question: app_commands.Range[str, 1, LONGEST], private: bool = False
    ) -> None:
        """Follow a question in this channel, or in private."""
        with self._service.in_flight():
            await reply(interaction, self._begin(interaction, question, private=private), private=True)

    @app_commands.command(name="following", description=ENGLISH("command-following"))
    async def following(self, interaction: Interaction) -> None:
        """Show what is followed to the person alone."""
        with self._service.in_flight():
            await reply(interaction, self._panel(interaction), private=True)

    @app_commands.command(name="daily", description=ENGLISH("command-daily"))
    @app_commands.describe(
        hour=ENGLISH("command-daily-hour"),
        zone=ENGLISH("command-daily-zone"),
        private=ENGLISH("command-daily-private"),
    )
    async def daily(
        self,
        interaction: Interaction,
        hour: app_commands.Range[int, 0, 23],
        zone: app_commands.Range[str, 1, ZONE],
        private: bool = False,
    ) -> None:
        """Send a brief every day at this hour."""
        with self._service.in_flight():
            await reply(interaction, self._set_daily(interaction, hour, zone, private=private), private=True)

    @daily.autocomplete("zone")
    async def zones(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer time zones."""
        found = await asyncio.to_thread(zones, typed, CHOICES)
        return [app_commands.Choice(name=zone, value=zone) for zone in found]

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """End, change, or turn to what was chosen on the panel."""
        name, picked = chosen(interaction)
        name = submitted(interaction) or name
        if not name.startswith(PANEL):
            return
        deed, page, key = read_name(name)
        with self._service.in_flight():
            async with report_errors(interaction):
                if deed == EDIT and picked:
                    follow = await self._own(interaction, picked[0])
                    texts = self._languages.for_interaction(interaction, private=True)
                    await open_form(interaction, edit_form(follow, page, texts, LONGEST))
                else:
                    work = self._changed(interaction, deed, picked[0] if picked else key, page)
                    await reply(interaction, work, private=True, in_place=True)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget what was followed on a server that put the bot out."""
        await self._follows.forget_server(guild.id)
        await self._dailies.forget_server(guild.id)

    async def _begin(self, interaction: Interaction, question: str, *, private: bool) -> Card:
        """Ask once, so that what is known already is no news, and follow from here on."""
        server, channel, language = self._place(interaction, private=private)
        mark = await self._service.run_background(lambda news: news.cursor())
        answer = await self._service.ask(
            QueryRequest(interaction.user.id, question, server=interaction.guild_id)
        )
        if answer.outcome is AnswerOutcome.REPLY:
            raise Refused("follow-small-talk")
        known = [Post(0, quote.article.url, quote.start, quote.text) for quote in answer.quotes]
        follow = Follow(0, interaction.user.id, server, channel, question.strip(), language, mark)
        await self._follows.add(follow, known, self._servers.of(server).follows)
        texts = self._languages.for_interaction(interaction, private=True)
        where = texts("following-in", channel=f"<#{channel}>") if channel else texts("following-private")
        return _said(texts("followed", question=shown(question), where=where))

    async def _set_daily(self, interaction: Interaction, hour: int, zone: str, *, private: bool) -> Card:
        server, channel, language = self._place(interaction, private=private)
        daily = DailyBrief(0, interaction.user.id, server, channel, hour, zone, language)
        made = await self._dailies.put(daily, datetime.now(UTC))
        texts = self._languages.for_interaction(interaction, private=True)
        return _said(texts("daily-set", when=f"<t:{made.next}:F>"))

    def _place(self, interaction: Interaction, *, private: bool) -> tuple[int | None, int | None, str]:
        """Give the server, the channel and the language of posts; in a channel for those who may manage messages."""
        here = interaction.guild_id is not None and interaction.is_guild_integration() and not private
        if not here or interaction.channel_id is None:
            return None, None, self._languages.for_interaction(interaction, private=True).language
        if not interaction.permissions.manage_messages:
            raise Refused("follow-channel-manager")
        if not _may_post(interaction):
            raise Refused("follow-mute")
        parent = getattr(interaction.channel, "parent_id", None)
        if not self._servers.of(interaction.guild_id).open_to(interaction.channel_id, parent):
            raise Refused("follow-elsewhere")
        return (
            interaction.guild_id,
            interaction.channel_id,
            self._languages.for_interaction(interaction).language,
        )

    async def _panel(self, interaction: Interaction, page: int = 1) -> FollowingPanel:
        follows, dailies = await self._followed(interaction)
        return FollowingPanel(
            follows, dailies, self._languages.for_interaction(interaction, private=True), page
        )

    async def _followed(self, interaction: Interaction) -> tuple[tuple[Follow, ...], tuple[DailyBrief, ...]]:
        """Give what the person may change."""
        person, server = interaction.user.id, _managed(interaction)
        return tuple(await self._follows.of(person, server)), tuple(await self._dailies.of(person, server))

    async def _changed(self, interaction: Interaction, deed: str, key: str, page: int) -> FollowingPanel:
        """End or edit what was chosen, if it is that, and give the panel as it is then."""
        if deed == END and key.startswith("d"):
            _, dailies = await self._followed(interaction)
            for daily in dailies:
                if key_of(daily) == key:
                    await self._dailies.end(daily.id)
        elif deed == END:
            await self._follows.end((await self._own(interaction, key)).id)
        elif deed == EDIT:
            await self._edit(interaction, await self._own(interaction, key))
        return await self._panel(interaction, page)

    async def _edit(self, interaction: Interaction, follow: Follow) -> None:
        question = str(values(interaction).get("question") or "")
        answer = await self._service.ask(
            QueryRequest(interaction.user.id, question, server=interaction.guild_id)
        )
        if answer.outcome is AnswerOutcome.REPLY:
            raise Refused("follow-small-talk")
        mark = await self._service.run_background(lambda news: news.cursor())
        await self._follows.ask_anew(follow.id, question.strip(), mark)

    async def _own(self, interaction: Interaction, key: str) -> Follow:
        """Give a follow that the person may change; raises Refused."""
        follows, _ = await self._followed(interaction)
        for follow in follows:
            if key_of(follow) == key:
                return follow
        raise Refused("follow-gone")


def _said(text: str) -> Card:
    return Card(BLURPLE, (Block(text),))


def _managed(interaction: Interaction) -> int | None:
    """Give the server whose posts the person may end."""
    return interaction.guild_id if interaction.permissions.manage_messages else None


def _may_post(interaction: Interaction) -> bool:
    """Say whether the bot may write in this channel."""
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return may.view_channel and (may.send_messages_in_threads if in_thread else may.send_messages)
