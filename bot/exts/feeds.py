"""`/feeds`: adds, lists, checks and removes outlets' feeds: a server's, in private a person's own, the owner's."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands, tasks

from bot.circles import is_server, most_feeds, number_of, server_circle
from bot.context import BotContext, ContextBot
from bot.errors import Refused, error_text
from bot.exts._options import MAX_CHOICE_LENGTH, MAX_CHOICES
from bot.gateway.component_router import page_number
from bot.gateway.interactions import Interaction, Viewable, circle_here, reply, reply_with_file
from bot.texts import ENGLISH, Texts
from bot.ui.answer_card import notice_card
from bot.ui.card import Card
from bot.ui.feed_cards import (
    CUSTOM_ID_PREFIX,
    LIFT,
    FeedsPanel,
    broken_feeds_card,
    feed_check_card,
    feed_list_card,
)
from index import HOUSE, MAX_OPML_BYTES, FeedStatus, Subscription, VerbatimError

MAX_URL_LENGTH = 2_000  # characters of an address; the longest that browsers of old accepted
WEB_THREADS = 2  # feeds that people have checked at the same time, judged: polling goes on beside them
EXPORT_NAME = "feeds.opml"
PAUSED_CHECK_INTERVAL = 60.0  # seconds between two looks for feeds that were paused, judged
Result = TypeVar("Result")
Address = app_commands.Range[str, 1, MAX_URL_LENGTH]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FeedEditor:
    """For which circle somebody edits feeds: the owner for the house (private networks allowed), or another."""

    circle: str
    is_owner: bool

    @property
    def shown(self) -> str | None:
        """Return the circle whose feeds they see and may remove; None for all."""
        return None if self.is_owner else self.circle


class FeedsCog(commands.Cog):
    """The feeds: a server's, that has the bot as a member; elsewhere a person's own; the house's for the bot's owner."""

    feeds = app_commands.Group(
        name="feeds",
        description=ENGLISH("command-feeds"),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: ContextBot, context: BotContext) -> None:
        self._bot = bot
        self._feeds = context.feeds
        self._service = context.service
        self._locales = context.locales
        self._told: dict[
            int, Subscription
        ] = {}  # paused feeds that the store does not know the owner was told of
        self._web_pool = ThreadPoolExecutor(WEB_THREADS, "feed-web")
        self._manager_pool = ThreadPoolExecutor(1, "feed-manager")
        context.router.add_component(CUSTOM_ID_PREFIX, self.on_panel)

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
        """Show the feeds that the person may edit, to the owner all."""
        await self._answer(interaction, self._list)

    @feeds.command(description=ENGLISH("command-feeds-remove"))
    @app_commands.describe(address=ENGLISH("command-feeds-remove-address"))
    async def remove(self, interaction: Interaction, address: Address) -> None:
        """Remove a feed."""
        await self._answer(interaction, lambda editor, texts: self._remove(editor, address, texts))

    @feeds.command(description=ENGLISH("command-feeds-check"))
    @app_commands.describe(address=ENGLISH("command-feeds-check-address"))
    async def check(self, interaction: Interaction, address: Address | None = None) -> None:
        """Check one feed, or those that the person may edit."""
        await self._answer(interaction, lambda editor, texts: self._check(editor, address, texts))

    @feeds.command(name="import", description=ENGLISH("command-feeds-import"))
    @app_commands.describe(file=ENGLISH("command-feeds-import-file"))
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Add every feed of a list."""
        await self._answer(interaction, lambda editor, texts: self._import(editor, file, texts))

    @feeds.command(description=ENGLISH("command-feeds-export"))
    async def export(self, interaction: Interaction) -> None:
        """Send the list of the feeds that the person may edit as a file."""
        await reply_with_file(interaction, self._export(interaction), EXPORT_NAME)

    async def _export(self, interaction: Interaction) -> bytes:
        """Return the list of the feeds that the person may edit. It counts as a click, as the other commands do."""
        await self._service.count_click(interaction.user.id)
        editor = await self._editor(interaction)
        return await self._in_thread(lambda: self._feeds.export_opml(editor.shown))

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

    async def on_panel(self, interaction: Interaction, custom_id: str) -> None:
        """Turn to another page of the owner's list, or lift a feed into the house and show the page anew."""
        action, page_text, feed_id = f"{custom_id}::".split(":")[:3]
        page = page_number(page_text)
        if page is None:
            return
        texts = self._locales.for_interaction(interaction, private=True)
        await reply(
            interaction,
            self._turn(interaction, feed_id if action == LIFT else "", page, texts),
            private=True,
            in_place=True,
        )

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Take the feeds of a server that removed the bot, and their articles, out of the answers."""
        circle = server_circle(guild.id)
        await self._service.run_background(lambda archive: archive.remove_circle(circle))

    @tasks.loop(seconds=PAUSED_CHECK_INTERVAL)
    async def tell_owner(self) -> None:
        """Write to the bot's owner once of every feed that was paused."""
        with suppress(VerbatimError):  # the store is out of reach: another time
            for feed in [*self._told.values()]:
                await self._mark_told(feed)
            await self._tell_of_pauses()

    async def _mark_told(self, feed: Subscription) -> None:
        """Record that the owner was told of a feed; what cannot be written down is remembered until it can."""
        self._told[feed.id] = feed
        await self._in_thread(lambda: self._feeds.mark_reported(feed))
        del self._told[feed.id]

    async def _tell_of_pauses(self) -> None:
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
        self._told |= {feed.id: feed for feed in paused}
        for feed in paused:
            await self._mark_told(feed)

    @tell_owner.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _answer(
        self, interaction: Interaction, work: Callable[[FeedEditor, Texts], Coroutine[Any, Any, Viewable]]
    ) -> None:
        """Show the card that `work` returns to the person alone, if they may edit feeds here.

        It counts as a click: anybody may have addresses fetched in private.
        """
        texts = self._locales.for_interaction(interaction, private=True)

        async def card() -> Viewable:
            await self._service.count_click(interaction.user.id)
            return await work(await self._editor(interaction), texts)

        await reply(interaction, card(), private=True)

    async def _editor(self, interaction: Interaction) -> FeedEditor:
        """Return in whose name the person edits feeds: elsewhere than on a server of the bot's in their own.

        Raise Refused if they may not manage the server. Discord has checked before who may use the command there.
        """
        if await self._bot.is_owner(interaction.user):
            return FeedEditor(HOUSE, is_owner=True)
        circle = circle_here(interaction)
        if is_server(circle) and not interaction.permissions.manage_guild:
            raise Refused("feeds-place")
        return FeedEditor(circle, is_owner=False)

    async def _list(self, editor: FeedEditor, texts: Texts, page: int = 1) -> Viewable:
        listed = await self._in_thread(lambda: self._feeds.statuses(editor.shown))
        if not editor.is_owner:
            return feed_list_card(listed, texts)
        return FeedsPanel(listed, lambda circle: self._circle_name(circle, texts), texts, page)

    async def _turn(self, interaction: Interaction, feed_id: str, page: int, texts: Texts) -> Viewable:
        """Return a page of the owner's list, after a feed was lifted. Raise Refused for anybody else."""
        editor = await self._editor(interaction)
        if not editor.is_owner:
            raise Refused("feeds-owner")
        for one in await self._in_thread(self._feeds.statuses):
            if str(one.feed.id) == feed_id:
                await self._in_thread(lambda url=one.feed.url: self._feeds.accept(url))  # type: ignore[misc]
        return await self._list(editor, texts, page)

    def _circle_name(self, circle: str, texts: Texts) -> str:
        """Return whose a feed is, for the owner."""
        if circle == HOUSE:
            return texts("feeds-of-everybody")
        number = number_of(circle)
        if not is_server(circle):
            return texts("feeds-of-person", number=str(number))
        guild = self._bot.get_guild(number)
        return texts("feeds-of-server", name=guild.name if guild else str(number))

    async def _add(self, editor: FeedEditor, address: str, texts: Texts) -> Card:
        await self._remaining(editor)
        checked = await self._in_web_thread(self._feeds.preview(address, allow_private=editor.is_owner))
        if checked.feed is None:
            reason = error_text(checked.error, texts) if checked.error else ""
            raise Refused("feeds-bad", address=address, reason=reason)
        new = await self._in_thread(
            lambda: self._feeds.add(
                checked,
                circle=editor.circle,
                allow_private=editor.is_owner,
                most=most_feeds(editor.circle),
            )
        )
        name = checked.feed.title or checked.url
        return notice_card(texts("feeds-added" if new else "feeds-known", name=name))

    async def _remove(self, editor: FeedEditor, address: str, texts: Texts) -> Card:
        feed = await self._in_thread(lambda: self._feeds.find(address))
        if feed is None:
            raise Refused("feeds-unknown", address=address)
        circles = await self._in_thread(lambda: self._feeds.circles_of(feed))
        if not editor.is_owner and editor.circle not in circles:
            # Whether somebody else has it is nobody's business, but for the house's, which answer everywhere.
            if HOUSE in circles:
                raise Refused("feeds-others", name=feed.name)
            raise Refused("feeds-unknown", address=address)
        await self._in_thread(lambda: self._feeds.remove(feed.url, editor.shown))
        return notice_card(
            texts("feeds-removed" if HOUSE in circles else "feeds-removed-here", name=feed.name)
        )

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
        most = most_feeds(editor.circle)
        if most is None:
            return None
        remaining = most - await self._in_thread(lambda: self._feeds.count(editor.circle))
        if remaining <= 0:
            raise Refused("feeds-many", number=most)
        return remaining

    async def _editable(self, editor: FeedEditor) -> list[FeedStatus]:
        """Return the feeds that the editor may remove."""
        return await self._in_thread(lambda: self._feeds.statuses(editor.shown))

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        """Run what blocks shortly, in the one thread that uses the feed manager's database."""
        return await asyncio.get_running_loop().run_in_executor(self._manager_pool, work)

    async def _in_web_thread(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run what fetches from the web on an event loop of its own, so that it delays no answer."""
        return await asyncio.get_running_loop().run_in_executor(self._web_pool, asyncio.run, work)


async def setup(bot: ContextBot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(FeedsCog(bot, bot.context))
