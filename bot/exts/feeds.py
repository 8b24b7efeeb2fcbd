"""`/feeds`: adds, lists, checks and removes outlets' feeds, for people who may manage a server."""

import asyncio
import io
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands, tasks

from bot.circles import MAX_FEEDS_OF_SERVER, server_circle
from bot.context import BotContext, ContextBot
from bot.errors import Refused, error_text
from bot.exts._options import MAX_CHOICE_LENGTH, MAX_CHOICES
from bot.gateway.interactions import Interaction, reply, send_file
from bot.texts import ENGLISH, Texts
from bot.ui.answer_card import notice_card
from bot.ui.card import Card
from bot.ui.feed_cards import broken_feeds_card, feed_check_card, feed_list_card
from index import HOUSE, MAX_OPML_BYTES, FeedStatus

MAX_URL_LENGTH = 2_000  # characters of an address; the longest that browsers of old accepted
WEB_THREADS = 2  # feeds that people have checked at the same time, judged: polling goes on beside them
PAUSED_CHECK_INTERVAL = 60.0  # seconds between two looks for feeds that were paused, judged
Result = TypeVar("Result")
Address = app_commands.Range[str, 1, MAX_URL_LENGTH]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FeedEditor:
    """For which circle somebody edits feeds: the owner for the house (private networks allowed), or a server's."""

    circle: str
    is_owner: bool


class FeedsCog(commands.Cog):
    """The feeds, on a server that has the bot as a member; for the owner of the bot anywhere."""

    feeds = app_commands.Group(
        name="feeds",
        description=ENGLISH("command-feeds"),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: ContextBot, context: BotContext) -> None:
        self._bot = bot
        self._feeds = context.feeds
        self._locales = context.locales
        self._web_pool = ThreadPoolExecutor(WEB_THREADS, "feed-web")
        self._manager_pool = ThreadPoolExecutor(1, "feed-manager")

    async def cog_load(self) -> None:
        """Start the loop that reports paused feeds."""
        self.tell_owner.start()

    async def cog_unload(self) -> None:
        """Stop the loop, and start no more work in threads."""
        self.tell_owner.cancel()
        for pool in (self._web_pool, self._manager_pool):
            pool.shutdown(wait=False, cancel_futures=True)

    @feeds.command(description=ENGLISH("command-feeds-add"))
    @app_commands.describe(address=ENGLISH("command-feeds-add-address"))
    async def add(self, interaction: Interaction, address: Address) -> None:
        """Add the feed at an address."""
        await self._answer(interaction, lambda editor, texts: self._add(editor, address, texts))

    @feeds.command(name="list", description=ENGLISH("command-feeds-list"))
    async def show(self, interaction: Interaction) -> None:
        """Show all feeds."""

        async def work(_: FeedEditor, texts: Texts) -> Card:
            return feed_list_card(await self._in_thread(self._feeds.statuses), texts)

        await self._answer(interaction, work)

    @feeds.command(description=ENGLISH("command-feeds-remove"))
    @app_commands.describe(address=ENGLISH("command-feeds-remove-address"))
    async def remove(self, interaction: Interaction, address: Address) -> None:
        """Remove a feed."""
        await self._answer(interaction, lambda editor, texts: self._remove(editor, address, texts))

    @feeds.command(description=ENGLISH("command-feeds-check"))
    @app_commands.describe(address=ENGLISH("command-feeds-check-address"))
    async def check(self, interaction: Interaction, address: Address | None = None) -> None:
        """Check one feed, or those that were added here."""
        await self._answer(interaction, lambda editor, texts: self._check(editor, address, texts))

    @feeds.command(name="import", description=ENGLISH("command-feeds-import"))
    @app_commands.describe(file=ENGLISH("command-feeds-import-file"))
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Add every feed of a list."""
        await self._answer(interaction, lambda editor, texts: self._import(editor, file, texts))

    @feeds.command(description=ENGLISH("command-feeds-export"))
    async def export(self, interaction: Interaction) -> None:
        """Send the list as a file."""
        await self._editor(interaction)
        body = await self._in_thread(self._feeds.export_opml)
        await send_file(interaction, discord.File(io.BytesIO(body), "feeds.opml"))

    @remove.autocomplete("address")
    @check.autocomplete("address")
    async def addresses(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the feeds whose name or address contains what is typed."""
        try:
            editor = await self._editor(interaction)
        except Refused:
            return []
        wanted = typed.strip().casefold()
        listed = await self._editable(editor)
        feeds = [one.feed for one in listed if len(one.feed.url) <= MAX_CHOICE_LENGTH]
        return [
            app_commands.Choice(name=feed.name[:MAX_CHOICE_LENGTH], value=feed.url)
            for feed in feeds
            if wanted in f"{feed.name} {feed.url}".casefold()
        ][:MAX_CHOICES]

    @tasks.loop(seconds=PAUSED_CHECK_INTERVAL)
    async def tell_owner(self) -> None:
        """Write to the bot's owner once of every feed that was paused."""
        paused = await self._in_thread(self._feeds.unreported_pauses)
        if not paused:
            return
        try:
            application = await self._bot.application_info()
            number = application.team.owner_id if application.team else application.owner.id
            owner = await self._bot.fetch_user(number or application.owner.id)
            await owner.send(view=broken_feeds_card(paused, self._locales.for_person(owner)).view())
        except discord.Forbidden:
            log.warning("the owner takes no messages", paused=len(paused))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("the owner could not be told", why=type(error).__name__)
            return
        for feed in paused:
            await self._in_thread(lambda feed=feed: self._feeds.mark_reported(feed))  # type: ignore[misc]

    @tell_owner.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _answer(
        self, interaction: Interaction, work: Callable[[FeedEditor, Texts], Coroutine[Any, Any, Card]]
    ) -> None:
        """Show the card that `work` returns to the person alone, if they may edit feeds here."""
        texts = self._locales.for_interaction(interaction, private=True)

        async def card() -> Card:
            return await work(await self._editor(interaction), texts)

        await reply(interaction, card(), private=True)

    async def _editor(self, interaction: Interaction) -> FeedEditor:
        """Return in whose name the person edits feeds. Raise Refused if they may not manage the server.

        Discord has checked before who may use the command at all.
        """
        if await self._bot.is_owner(interaction.user):
            return FeedEditor(HOUSE, is_owner=True)
        member = interaction.guild_id and interaction.is_guild_integration()
        if member and interaction.permissions.manage_guild:
            return FeedEditor(server_circle(interaction.guild_id or 0), is_owner=False)
        raise Refused("feeds-place")

    async def _add(self, editor: FeedEditor, address: str, texts: Texts) -> Card:
        await self._remaining(editor)
        checked = await self._in_web_thread(self._feeds.preview(address, allow_private=editor.is_owner))
        if checked.feed is None:
            reason = error_text(checked.error, texts) if checked.error else ""
            raise Refused("feeds-bad", address=address, reason=reason)
        new = await self._in_thread(
            lambda: self._feeds.add(checked, circle=editor.circle, allow_private=editor.is_owner)
        )
        name = checked.feed.title or checked.url
        return notice_card(texts("feeds-added" if new else "feeds-known", name=name))

    async def _remove(self, editor: FeedEditor, address: str, texts: Texts) -> Card:
        feed = await self._in_thread(lambda: self._feeds.find(address))
        if feed is None:
            raise Refused("feeds-unknown", address=address)
        circle = None if editor.is_owner else editor.circle
        if not await self._in_thread(lambda: self._feeds.remove(feed.url, circle)):
            raise Refused("feeds-others", name=feed.name)
        return notice_card(texts("feeds-removed", name=feed.name))

    async def _check(self, editor: FeedEditor, address: str | None, texts: Texts) -> Card:
        urls = [address] if address else [one.feed.url for one in await self._editable(editor)]
        found = await self._in_web_thread(self._feeds.check(urls, allow_private=editor.is_owner))
        return feed_check_card(found, texts)

    async def _import(self, editor: FeedEditor, file: discord.Attachment, texts: Texts) -> Card:
        remaining = await self._remaining(editor)
        if file.size > MAX_OPML_BYTES:
            raise Refused("feeds-file", megabytes=MAX_OPML_BYTES // 1_000_000)
        body = await file.read()
        new, known = await asyncio.get_running_loop().run_in_executor(
            self._web_pool,
            lambda: self._feeds.import_opml(
                body, circle=editor.circle, allow_private=editor.is_owner, limit=remaining
            ),
        )
        return notice_card(texts("feeds-imported", number=new, known=known))

    async def _remaining(self, editor: FeedEditor) -> int | None:
        """Return how many feeds may still be added, None for any number. Raise Refused for none."""
        if editor.is_owner:
            return None
        remaining = MAX_FEEDS_OF_SERVER - await self._in_thread(lambda: self._feeds.count(editor.circle))
        if remaining <= 0:
            raise Refused("feeds-many", number=MAX_FEEDS_OF_SERVER)
        return remaining

    async def _editable(self, editor: FeedEditor) -> list[FeedStatus]:
        """Return the feeds that the editor may remove."""
        circle = None if editor.is_owner else editor.circle
        return await self._in_thread(lambda: self._feeds.statuses(circle))

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        """Run what blocks shortly, in the one thread that uses the feed manager's database."""
        return await asyncio.get_running_loop().run_in_executor(self._manager_pool, work)

    async def _in_web_thread(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run what fetches from the web on an event loop of its own, so that it delays no answer."""
        return await asyncio.get_running_loop().run_in_executor(self._web_pool, asyncio.run, work)


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(FeedsCog(bot, bot.context))
