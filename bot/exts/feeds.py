"""`/feeds`: the outlets' feeds, looked after by people who may manage a server."""

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

from bot.errors import Refused, told
from bot.exts._autocomplete import CHOICE, CHOICES
from bot.gateway.interactions import Interaction, reply
from bot.gateway.locale import Locales
from bot.texts import ENGLISH, Texts
from bot.ui.answer_card import notice
from bot.ui.card import Card
from bot.ui.feed_cards import checked_card, list_card, told_card
from index import MAX_OPML_BYTES, OWNER_ID, FeedManager, FeedStatus

LONGEST = 2_000  # characters of an address
MOST = 100  # feeds that one server may add
AT_ONCE = 2  # looks at the web that people asked for, at the same time
TELL = 60.0  # seconds between two looks for feeds that were paused
Answer = TypeVar("Answer")
Address = app_commands.Range[str, 1, LONGEST]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FeedPermissions:
    """In whose name somebody looks after feeds, and whether those may lie in the owner's own network."""

    name: str
    owner: bool


class FeedsCog(commands.Cog):
    """The feeds, on a server that has the bot as a member; for the owner of the bot anywhere."""

    feeds = app_commands.Group(
        name="feeds",
        description=ENGLISH("command-feeds"),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: commands.AutoShardedBot, desk: FeedManager, languages: Locales) -> None:
        self._bot = bot
        self._desk = desk
        self._languages = languages
        self._looking = ThreadPoolExecutor(AT_ONCE, "feed-look")
        self._quick = ThreadPoolExecutor(1, "feed-desk")

    async def cog_load(self) -> None:
        """Begin to tell the owner of feeds that are paused."""
        self.tell_owner.start()

    async def cog_unload(self) -> None:
        """Stop that, and begin no more work."""
        self.tell_owner.cancel()
        for pool in (self._looking, self._quick):
            pool.shutdown(wait=False, cancel_futures=True)

    @feeds.command(description=ENGLISH("command-feeds-add"))
    @app_commands.describe(address=ENGLISH("command-feeds-add-address"))
    async def add(self, interaction: Interaction, address: Address) -> None:
        """Look at an address and follow the feed there."""
        await self._answer(interaction, lambda keeper, texts: self._add(keeper, address, texts))

    @feeds.command(name="list", description=ENGLISH("command-feeds-list"))
    async def show(self, interaction: Interaction) -> None:
        """Show all feeds."""

        async def work(_: FeedPermissions, texts: Texts) -> Card:
            return list_card(await self._at_desk(self._desk.statuses), texts)

        await self._answer(interaction, work)

    @feeds.command(description=ENGLISH("command-feeds-remove"))
    @app_commands.describe(address=ENGLISH("command-feeds-remove-address"))
    async def remove(self, interaction: Interaction, address: Address) -> None:
        """Follow a feed no more."""
        await self._answer(interaction, lambda keeper, texts: self._remove(keeper, address, texts))

    @feeds.command(description=ENGLISH("command-feeds-check"))
    @app_commands.describe(address=ENGLISH("command-feeds-check-address"))
    async def check(self, interaction: Interaction, address: Address | None = None) -> None:
        """Look at one feed, or at those that were added here."""
        await self._answer(interaction, lambda keeper, texts: self._check(keeper, address, texts))

    @feeds.command(name="import", description=ENGLISH("command-feeds-import"))
    @app_commands.describe(file=ENGLISH("command-feeds-import-file"))
    async def take_over(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Follow every feed of a list."""
        await self._answer(interaction, lambda keeper, texts: self._import(keeper, file, texts))

    @feeds.command(description=ENGLISH("command-feeds-export"))
    async def export(self, interaction: Interaction) -> None:
        """Send the list as a file."""
        await self._keeper(interaction)
        body = await self._at_desk(self._desk.export_opml)
        await interaction.response.send_message(
            file=discord.File(io.BytesIO(body), "feeds.opml"), ephemeral=True
        )

    @remove.autocomplete("address")
    @check.autocomplete("address")
    async def addresses(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the feeds whose name or address holds what is typed."""
        try:
            keeper = await self._keeper(interaction)
        except Refused:
            return []
        wanted = typed.strip().casefold()
        mine = [one.feed for one in await self._of(keeper) if len(one.feed.url) <= CHOICE]
        return [
            app_commands.Choice(name=feed.name[:CHOICE], value=feed.url)
            for feed in mine
            if wanted in f"{feed.name} {feed.url}".casefold()
        ][:CHOICES]

    @tasks.loop(seconds=TELL)
    async def tell_owner(self) -> None:
        """Tell the bot's owner once of every feed that was paused; who takes no messages finds it in the list."""
        paused = await self._at_desk(self._desk.unreported_pauses)
        if not paused:
            return
        try:
            application = await self._bot.application_info()
            number = application.team.owner_id if application.team else application.owner.id
            owner = await self._bot.fetch_user(number or application.owner.id)
            await owner.send(view=told_card(paused, self._languages.for_person(owner)).view())
        except discord.Forbidden:
            log.warning("the owner takes no messages", paused=len(paused))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("the owner could not be told", why=type(error).__name__)
            return
        for feed in paused:
            await self._at_desk(lambda feed=feed: self._desk.mark_reported(feed))  # type: ignore[misc]

    @tell_owner.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _answer(
        self, interaction: Interaction, work: Callable[[FeedPermissions, Texts], Coroutine[Any, Any, Card]]
    ) -> None:
        """Show the person alone what `work` makes, if they may look after feeds here."""
        texts = self._languages.for_interaction(interaction, private=True)

        async def card() -> Card:
            return await work(await self._keeper(interaction), texts)

        await reply(interaction, card(), private=True)

    async def _keeper(self, interaction: Interaction) -> FeedPermissions:
        """Say in whose name the person looks after feeds; raises Refused. Discord's own settings come before."""
        if await self._bot.is_owner(interaction.user):
            return FeedPermissions(OWNER_ID, owner=True)
        member = interaction.guild_id and interaction.is_guild_integration()
        if member and interaction.permissions.manage_guild:
            return FeedPermissions(f"server:{interaction.guild_id}", owner=False)
        raise Refused("feeds-place")

    async def _add(self, keeper: FeedPermissions, address: str, texts: Texts) -> Card:
        await self._room(keeper)
        checked = await self._look(self._desk.preview(address, allow_private=keeper.owner))
        if checked.feed is None:
            reason = told(checked.error, texts) if checked.error else ""
            raise Refused("feeds-bad", address=address, reason=reason)
        new = await self._at_desk(
            lambda: self._desk.add(checked, added_by=keeper.name, allow_private=keeper.owner)
        )
        name = checked.feed.title or checked.url
        return notice(texts("feeds-added" if new else "feeds-known", name=name))

    async def _remove(self, keeper: FeedPermissions, address: str, texts: Texts) -> Card:
        feed = await self._at_desk(lambda: self._desk.find(address))
        if feed is None:
            raise Refused("feeds-unknown", address=address)
        if not keeper.owner and feed.added_by != keeper.name:
            raise Refused("feeds-others", name=feed.name)
        await self._at_desk(lambda: self._desk.remove(feed.url))
        return notice(texts("feeds-removed", name=feed.name))

    async def _check(self, keeper: FeedPermissions, address: str | None, texts: Texts) -> Card:
        urls = [address] if address else [one.feed.url for one in await self._of(keeper)]
        found = await self._look(self._desk.check(urls, allow_private=keeper.owner))
        return checked_card(found, texts)

    async def _import(self, keeper: FeedPermissions, file: discord.Attachment, texts: Texts) -> Card:
        room = await self._room(keeper)
        if file.size > MAX_OPML_BYTES:
            raise Refused("feeds-file", megabytes=MAX_OPML_BYTES // 1_000_000)
        body = await file.read()
        new, known = await asyncio.get_running_loop().run_in_executor(
            self._looking,
            lambda: self._desk.import_opml(
                body, added_by=keeper.name, allow_private=keeper.owner, limit=room
            ),
        )
        return notice(texts("feeds-imported", number=new, known=known))

    async def _room(self, keeper: FeedPermissions) -> int | None:
        """Say how many feeds may still be added, None for any number; raises Refused when there is no room."""
        if keeper.owner:
            return None
        room = MOST - await self._at_desk(lambda: self._desk.count(keeper.name))
        if room <= 0:
            raise Refused("feeds-many", number=MOST)
        return room

    async def _of(self, keeper: FeedPermissions) -> list[FeedStatus]:
        listed = await self._at_desk(self._desk.statuses)
        return [one for one in listed if keeper.owner or one.feed.added_by == keeper.name]

    async def _at_desk(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._quick, work)

    async def _look(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Look at the web on another event loop: nothing slow there holds up anybody's question."""
        return await asyncio.get_running_loop().run_in_executor(self._looking, asyncio.run, work)
