"""The local Discord: one object that starts, holds and stops everything."""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.discord_server import payloads
from tests.discord_server.clock import Clock
from tests.discord_server.faults import Faults
from tests.discord_server.gateway import GUILDS, Gateway
from tests.discord_server.interactions import PATIENCE, WAIT, Interaction
from tests.discord_server.mentions import Ping
from tests.discord_server.people import Person
from tests.discord_server.rest import PREFIX, Rest
from tests.discord_server.state import GROUP, ORDINARY, PUBLIC_THREAD, TEXT, Channel, Guild, User, World

HOST = "127.0.0.1"
LOOK_AGAIN = 0.01


class DiscordServer:
    """A Discord with one bot, one guild ("Newsroom") and one channel ("general") to begin with.

    `patience` is how many seconds an interaction waits for its acknowledgement; `privileged` the privileged intent
    bits the bot is approved for; `shards` what /gateway/bot recommends. `violations` keeps in words what a correct
    bot never does, `pings` every notification its messages caused, `rest.calls` every request.
    """

    def __init__(
        self,
        *,
        patience: float = PATIENCE,
        heartbeat_interval: float = 41.25,
        privileged: int = 0,
        shards: int = 1,
    ):
        self.clock = Clock()
        self.world = World(self.clock)
        self.patience = patience
        self.faults = Faults()
        self.violations: list[str] = []
        self.pings: list[Ping] = []
        self.application: dict[str, Any] = {}  # what GET /applications/@me says otherwise than by default
        self.commands: dict[tuple[int, str], dict[str, Any]] = {}
        self.interactions: dict[str, Interaction] = {}
        self.gateway = Gateway(
            self, heartbeat_interval=heartbeat_interval, privileged=privileged, shards=shards
        )
        self.rest = Rest(self)
        self.owner = self.world.add_user("Olive Owner")
        self.bot = self.world.add_user("Verbatim", bot=True)
        self.token = _token_for(self.bot)
        self.guild = self.world.add_guild("Newsroom", self.owner)
        self.channel = self.world.add_channel(TEXT, name="general", guild=self.guild)
        self._port = 0
        self._runner: web.AppRunner | None = None

    # --- lifecycle

    async def __aenter__(self) -> DiscordServer:
        app = web.Application(client_max_size=30 << 20)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        self.rest.install(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.close(1001, forget=True)
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """What `discord.http.Route.BASE` must be."""
        return f"http://{HOST}:{self._port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        return f"ws://{HOST}:{self._port}/gateway"

    # --- waiting

    async def until(self, holds: Callable[[], Any], what: str, within: float = WAIT) -> Any:
        """Wait until `holds()` is true and give its value; raise TimeoutError that says `what` was awaited."""
        try:
            async with asyncio.timeout(within):
                while not (value := holds()):  # noqa: ASYNC110 - what is awaited may lie outside this server
                    await asyncio.sleep(LOOK_AGAIN)
                return value
        except TimeoutError:
            raise TimeoutError(f"waited {within} s for {what}; violations: {self.violations}") from None

    async def ready(self, within: float = WAIT, *, shards: int | None = None) -> None:
        """Wait until the bot is connected on every shard: as many as are recommended, or `shards`."""
        needed = shards or self.gateway.shards
        await self.until(
            lambda: len({one.shard for one in self.gateway.online}) >= needed, "the bot to connect", within
        )

    # --- making people and places

    def person(self, name: str = "Ann", *, guild: Guild | None = None, **traits: Any) -> Person:
        """A new member of the guild. Traits: permissions, locale, installed_app, closed_to_messages."""
        user = self.world.add_user(name, **traits)
        (guild or self.guild).members.append(user)
        return Person(self, user)

    def stranger(self, name: str = "Sam", **traits: Any) -> Person:
        """A new person who shares no guild with the bot."""
        return Person(self, self.world.add_user(name, **traits))

    def place(
        self, name: str = "side room", *, guild: Guild | None = None, permissions: int = ORDINARY
    ) -> Channel:
        """A new text channel; `permissions` are the bot's. A connected bot is not told, make it before."""
        return self.world.add_channel(TEXT, name=name, guild=guild or self.guild, bot_permissions=permissions)

    def thread(self, parent: Channel, name: str = "thread") -> Channel:
        """A new public thread below a text channel."""
        return self.world.add_channel(PUBLIC_THREAD, name=name, guild=parent.guild, parent=parent)

    async def announce(self, channel: Channel) -> None:
        """Tell a connected bot about a place or thread made after it came."""
        event = "THREAD_CREATE" if channel.kind == PUBLIC_THREAD else "CHANNEL_CREATE"
        await self.gateway.tell(event, payloads.channel(channel), channel.guild, GUILDS)

    def group(self, *people: Person) -> Channel:
        """A group direct message; the bot is not in it, only its user-installed commands are."""
        return self.world.add_channel(GROUP, name="friends", people=[one.user for one in people])

    async def new_guild(
        self,
        name: str,
        *,
        bot_inside: bool = True,
        locale: str = "en-US",
        shard: tuple[int, int] | None = None,
    ) -> Guild:
        """A guild with a channel; the bot joins it at once when `bot_inside`.

        `shard` is where its events go: to this one of so many.
        """
        guild = self.world.add_guild(name, self.owner, shard=shard, bot_inside=bot_inside, locale=locale)
        self.world.add_channel(TEXT, name="general", guild=guild)
        if bot_inside:
            joined = payloads.guild(guild, self.bot)
            del joined["unavailable"]  # its absence is how a bot tells joining from coming back
            await self.gateway.tell("GUILD_CREATE", joined, guild, GUILDS)
        return guild

    def revoke_token(self) -> None:
        """Give the bot another token; the one it has is refused from now on. Its connection stays until it breaks."""
        self.token = _token_for(self.bot)

    async def expel_bot(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        guild.bot_inside = False
        await self.gateway.tell("GUILD_DELETE", {"id": str(guild.id)}, guild, GUILDS)


def _token_for(bot: User) -> str:
    """A token of the real form: the bot's id in base64, then two random parts."""
    name = base64.urlsafe_b64encode(str(bot.id).encode()).decode().rstrip("=")
    return f"{name}.{secrets.token_urlsafe(5)[:6]}.{secrets.token_urlsafe(28)}"
