"""`/follow`, `/following`, `/daily`: posts of new quotes, and a brief every day."""

import asyncio
from datetime import UTC, datetime

import discord
import structlog
from discord import app_commands
from discord.ext import commands, tasks

from bot.circles import circle_of
from bot.context import BotContext, ContextBot
from bot.errors import Refused, Stopping
from bot.exts._options import MAX_CHOICES, describe_options
from bot.gateway.component_router import page_number
from bot.gateway.interactions import Interaction, open_form, reply
from bot.metrics import Surface
from bot.services.correction_service import CorrectionService
from bot.services.daily_brief_service import DailyBriefService
from bot.services.destinations import Destinations
from bot.services.follow_service import FollowService
from bot.services.follow_updater import FollowUpdater, UnfinishedPosts
from bot.services.query_service import QueryRequest
from bot.storage.daily_briefs import DailyBrief, matching_zones
from bot.storage.follows import Follow
from bot.storage.posts import Post
from bot.texts import ENGLISH
from bot.ui.answer_card import BLURPLE
from bot.ui.card import Block, Card
from bot.ui.follow_cards import (
    CUSTOM_ID_PREFIX,
    EDIT,
    END,
    FollowPanel,
    edit_form,
    entry_key,
    split_custom_id,
)
from bot.ui.forms import chosen_values, field_values
from bot.ui.markdown import escape_line, subtext
from index import Answer, AnswerOutcome, BusyIndex, SmallTalk, report_fault

UPDATE_INTERVAL = 20.0  # seconds between two updates, judged: news is posted within half a minute
MAX_FOLLOWED_LENGTH = 300  # characters of a followed question, judged: panels and posts show it
MAX_ZONE_LENGTH = 60  # characters of a time zone's name; the longest has 32
log = structlog.get_logger(__name__)


class FollowCog(commands.Cog):
    """Following, in private or in a channel, and the loop that posts what is new."""

    def __init__(self, context: BotContext, updater: FollowUpdater) -> None:
        self._service = context.service
        self._follows = context.follows
        self._daily_briefs = context.daily_briefs
        self._guild_settings = context.guild_settings
        self._locales = context.locales
        self._updater = updater
        context.router.add_component(CUSTOM_ID_PREFIX, self.on_panel)
        context.router.add_form(CUSTOM_ID_PREFIX, self.on_panel)

    async def cog_load(self) -> None:
        """Start the updates."""
        self.update.start()

    async def cog_unload(self) -> None:
        """Stop the updates."""
        self.update.cancel()

    @tasks.loop(seconds=UPDATE_INTERVAL)
    async def update(self) -> None:
        """Post what is due; an error is logged, and does not end the loop."""
        try:
            await self._updater.update()
        except Stopping:
            return
        except BusyIndex as error:  # the next round looks again
            log.warning("nothing could be posted now", why=str(error))
        except Exception as error:  # noqa: BLE001 - one fault must not end all following
            report_fault(error, "following")

    @app_commands.command(name="follow", description=ENGLISH("command-follow"))
    @describe_options
    async def follow(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, MAX_FOLLOWED_LENGTH],
        private: bool = False,
    ) -> None:
        """Follow a question in this channel, or in private."""
        await reply(interaction, self._begin(interaction, question, private=private), private=True)

    @app_commands.command(name="following", description=ENGLISH("command-following"))
    async def following(self, interaction: Interaction) -> None:
        """Show what is followed to the person alone."""
        await reply(interaction, self._panel(interaction), private=True)

    @app_commands.command(name="daily", description=ENGLISH("command-daily"))
    @describe_options
    async def daily(
        self,
        interaction: Interaction,
        hour: app_commands.Range[int, 0, 23],
        zone: app_commands.Range[str, 1, MAX_ZONE_LENGTH],
        private: bool = False,
    ) -> None:
        """Send a brief every day at this hour."""
        await reply(interaction, self._set_daily(interaction, hour, zone, private=private), private=True)

    @daily.autocomplete("zone")
    async def zones(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer time zones."""
        found = await asyncio.to_thread(matching_zones, typed, MAX_CHOICES)
        return [app_commands.Choice(name=zone, value=zone) for zone in found]

    async def on_panel(self, interaction: Interaction, custom_id: str) -> None:
        """End, edit, or turn to what was chosen on the panel, or submitted in the form to edit."""
        action, page_text, key = split_custom_id(custom_id)
        page = page_number(page_text)
        if page is None:
            return
        _, picked = chosen_values(interaction)
        if action == EDIT and picked:
            follow = await self._editable_follow(interaction, picked[0])
            texts = self._locales.for_interaction(interaction, private=True)
            await open_form(interaction, edit_form(follow, page, texts, MAX_FOLLOWED_LENGTH))
        else:
            work = self._change(interaction, action, picked[0] if picked else key, page)
            await reply(interaction, work, private=True, in_place=True)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget what was posted on a server that removed the bot."""
        await self._follows.delete_server(guild.id)
        await self._daily_briefs.delete_server(guild.id)

    async def _begin(self, interaction: Interaction, question: str, *, private: bool) -> Card:
        """Follow a question from now on; what answers it already is stored as known, and not posted.

        Raise Refused for small talk, where posts may not go, and when too much is followed.
        """
        server, channel, language = self._destination(interaction, private=private)
        day_first = self._locales.day_first(interaction.user, interaction)
        cursor = await self._service.run_background(lambda archive: archive.cursor())
        answer = await self._ask(interaction, question, day_first, circle_of(server, interaction.user.id))
        known = [Post.of(0, quote) for quote in answer.quotes]
        follow = Follow(
            0, interaction.user.id, server, channel, question.strip(), language, cursor, day_first=day_first
        )
        await self._follows.add(follow, known, self._guild_settings.get(server).follows)
        texts = self._locales.for_interaction(interaction, private=True)
        shown = escape_line(question)
        if channel:
            return _text_card(texts("followed-channel", question=shown, channel=f"<#{channel}>"))
        return _text_card(texts("followed-private", question=shown), self._why_private(interaction, private))

    async def _ask(
        self, interaction: Interaction, question: str, day_first: bool | None, circle: str
    ) -> Answer:
        """Return what answers a question that is to be followed. Raise Refused for small talk."""
        answer = await self._service.ask(
            QueryRequest(
                interaction.user.id,
                question,
                interaction.guild_id,
                day_first=day_first,
                surface=Surface.FOLLOW,
                circle=circle,
            )
        )
        if _is_small_talk(answer):
            raise Refused("follow-small-talk")
        return answer

    async def _set_daily(self, interaction: Interaction, hour: int, zone: str, *, private: bool) -> Card:
        """Send a brief every day. Raise Refused for an unknown zone, and where posts may not go."""
        server, channel, language = self._destination(interaction, private=private)
        daily = DailyBrief(0, interaction.user.id, server, channel, hour, zone, language)
        made = await self._daily_briefs.put(daily, datetime.now(UTC))
        texts = self._locales.for_interaction(interaction, private=True)
        text = texts("daily-set", when=f"<t:{made.next_due}:F>")
        return _text_card(text, "" if channel else self._why_private(interaction, private))

    def _destination(self, interaction: Interaction, *, private: bool) -> tuple[int | None, int | None, str]:
        """Return the server, the channel and the language of posts; (None, None, language) in private.

        They come in private too where the person may not manage the channel's messages. Raise Refused when
        they may not go to this channel.
        """
        here = _is_on_server(interaction) and not private and interaction.permissions.manage_messages
        if not here or interaction.channel_id is None:
            return None, None, self._locales.for_interaction(interaction, private=True).language
        if not _may_post(interaction):
            raise Refused("follow-mute")
        parent = getattr(interaction.channel, "parent_id", None)
        if not self._guild_settings.get(interaction.guild_id).allows_posts_in(interaction.channel_id, parent):
            raise Refused("follow-elsewhere")
        return (
            interaction.guild_id,
            interaction.channel_id,
            self._locales.for_interaction(interaction).language,
        )

    def _why_private(self, interaction: Interaction, private: bool) -> str:
        """Return why posts do not come in the channel; empty where the person chose so, or no channel could be meant."""
        if private or not _is_on_server(interaction):
            return ""
        texts = self._locales.for_interaction(interaction, private=True)
        return texts("follow-not-here")

    async def _panel(self, interaction: Interaction, page: int = 1) -> FollowPanel:
        follows, dailies = await self._followed(interaction)
        return FollowPanel(follows, dailies, self._locales.for_interaction(interaction, private=True), page)

    async def _followed(self, interaction: Interaction) -> tuple[tuple[Follow, ...], tuple[DailyBrief, ...]]:
        """Return what the person may change."""
        person, server = interaction.user.id, _managed_server(interaction)
        return tuple(await self._follows.visible_to(person, server)), tuple(
            await self._daily_briefs.visible_to(person, server)
        )

    async def _change(self, interaction: Interaction, action: str, key: str, page: int) -> FollowPanel:
        """End or edit the entry `key`, if `action` is one of those, and return the panel as it is then."""
        if action == END and key.startswith("d"):
            _, dailies = await self._followed(interaction)
            for daily in dailies:
                if entry_key(daily) == key:
                    await self._daily_briefs.delete(daily.id)
        elif action == END:
            await self._follows.delete((await self._editable_follow(interaction, key)).id)
        elif action == EDIT:
            await self._edit(interaction, await self._editable_follow(interaction, key))
        return await self._panel(interaction, page)

    async def _edit(self, interaction: Interaction, follow: Follow) -> None:
        """Change the followed question to that in the form. Raise Refused for small talk."""
        question = str(field_values(interaction).get("question") or "")
        day_first = self._locales.day_first(interaction.user, interaction)
        circle = circle_of(follow.server if follow.channel else None, follow.person)
        await self._ask(interaction, question, day_first, circle)
        cursor = await self._service.run_background(lambda archive: archive.cursor())
        await self._follows.change_question(follow.id, question.strip(), cursor, day_first)

    async def _editable_follow(self, interaction: Interaction, key: str) -> Follow:
        """Return the follow with this key. Raise Refused when it is gone, or the person may not change it."""
        follows, _ = await self._followed(interaction)
        for follow in follows:
            if entry_key(follow) == key:
                return follow
        raise Refused("follow-gone")


def _is_small_talk(answer: Answer) -> bool:
    """Return True if a message was no question; one about the future may be answered one day."""
    return answer.outcome is AnswerOutcome.REPLY and answer.question.small_talk is not SmallTalk.FUTURE


def _text_card(text: str, note: str = "") -> Card:
    return Card(BLURPLE, (Block(text), Block(subtext(note))) if note else (Block(text),))


def _is_on_server(interaction: Interaction) -> bool:
    """Return True if the bot is a member of the server where the command was used."""
    return interaction.guild_id is not None and interaction.is_guild_integration()


def _managed_server(interaction: Interaction) -> int | None:
    """Return the server whose posts the person may end, if they may manage messages there."""
    return interaction.guild_id if interaction.permissions.manage_messages else None


def _may_post(interaction: Interaction) -> bool:
    """Return True if the bot may write in this channel."""
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return may.view_channel and (may.send_messages_in_threads if in_thread else may.send_messages)


async def setup(bot: ContextBot) -> None:
    """Add the cog, and what its updates need, to the bot."""
    context = bot.context
    destinations = Destinations(bot, context.guild_settings, context.locales)
    updater = FollowUpdater(
        context.service,
        CorrectionService(bot, context.service, context.follows, destinations),
        FollowService(context.service, context.follows, context.answers, destinations),
        DailyBriefService(context.service, context.daily_briefs, context.answers, destinations),
        UnfinishedPosts(context.follows, context.daily_briefs),
        context.posting,
    )
    await bot.add_cog(FollowCog(context, updater))
