"""Who and what there is in this Discord: users, guilds, channels, messages."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.discord_server.clock import Clock

DISCORD_EPOCH = 1_420_070_400_000
EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15

TEXT, PRIVATE, GROUP, PUBLIC_THREAD = 0, 1, 3, 11
PLAIN, REPLY, SLASH_ANSWER, MENU_ANSWER = 0, 19, 20, 23

ADMINISTRATOR = 1 << 3
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_GUILD = 1 << 5
SEND_IN_THREADS = 1 << 38
USE_COMMANDS = 1 << 31
USE_EXTERNAL_APPS = 1 << 50
READ_HISTORY = 1 << 16
EMBED_LINKS = 1 << 14
ORDINARY = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | SEND_IN_THREADS
    | READ_HISTORY
    | EMBED_LINKS
    | USE_COMMANDS
    | USE_EXTERNAL_APPS
)
EVERYTHING = (1 << 53) - 1


@dataclass(eq=False)
class User:
    """A person or a bot. `permissions` hold in every guild; `locale` is the language of their client."""

    id: int
    name: str
    bot: bool = False
    permissions: int = ORDINARY
    locale: str = "en-US"
    closed_to_messages: bool = False
    installed_app: bool = False

    def permissions_in(self, guild: Guild | None) -> int:
        """The permission bits in a guild: all for its owner and for administrators."""
        if guild is not None and (guild.owner is self or self.permissions & ADMINISTRATOR):
            return EVERYTHING
        return self.permissions


@dataclass(eq=False)
class Guild:
    """A server. `bot_inside` is false where only the user-installed app is used."""

    id: int
    name: str
    owner: User
    locale: str = "en-US"
    bot_inside: bool = True
    available: bool = True
    channels: list[Channel] = field(default_factory=list)
    members: list[User] = field(default_factory=list)


@dataclass(eq=False)
class Channel:
    """Where messages go. `people` are the members of a direct message or group, without the bot unless it is in."""

    id: int
    kind: int
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    people: list[User] = field(default_factory=list)
    bot_permissions: int = ORDINARY
    messages: dict[int, Message] = field(default_factory=dict)
    typing: list[float] = field(default_factory=list)

    @property
    def context(self) -> int:
        """Discord's interaction context: 0 guild, 1 direct message with the bot, 2 other private channel."""
        if self.guild is not None:
            return 0
        return 1 if self.kind == PRIVATE and any(user.bot for user in self.people) else 2


@dataclass(eq=False)
class Message:
    """One message and what it was before. `only_for` is the one person who sees an ephemeral message."""

    id: int
    channel: Channel
    author: User
    at: datetime
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    kind: int = PLAIN
    mentions: list[User] = field(default_factory=list)
    mentions_everyone: bool = False
    reference: Message | None = None
    forwards: Message | None = None
    only_for: User | None = None
    interaction: Any = None
    nonce: str | int | None = None
    edited_at: datetime | None = None
    deleted: bool = False
    history: list[dict[str, Any]] = field(default_factory=list)

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)

    def body(self) -> dict[str, Any]:
        """What an edit may change."""
        return {
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "attachments": self.attachments,
            "flags": self.flags,
        }


class World:
    """Everything that exists, by id, and the source of new ids."""

    def __init__(self, clock: Clock):
        self.clock = clock
        self._counter = itertools.count(1)
        self._last_id = 0
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.by_nonce: dict[tuple[int, str], Message] = {}
        self.replies: dict[int, list[Message]] = {}  # by the id of the message replied to

    def snowflake(self, shard: tuple[int, int] | None = None) -> int:
        """A new id: 42 bits of milliseconds since 2015, 22 of counter; strictly rising.

        As a guild's its events go to `shard`, a number out of so many: the milliseconds decide.
        """
        milliseconds = int(self.clock.wall() * 1000) - DISCORD_EPOCH
        fresh = (milliseconds << 22) | (next(self._counter) & 0xFFF)
        self._last_id = max(self._last_id + 1, fresh)
        if shard is not None:
            number, count = shard
            self._last_id += ((number - (self._last_id >> 22)) % count) << 22
        return self._last_id

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.wall(), UTC)

    def add_user(self, name: str, **traits: Any) -> User:
        user = User(self.snowflake(), name, **traits)
        self.users[user.id] = user
        return user

    def add_guild(
        self, name: str, owner: User, *, shard: tuple[int, int] | None = None, **traits: Any
    ) -> Guild:
        guild = Guild(self.snowflake(shard), name, owner, members=[owner], **traits)
        self.guilds[guild.id] = guild
        return guild

    def add_channel(self, kind: int, **traits: Any) -> Channel:
        channel = Channel(self.snowflake(), kind, **traits)
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels.append(channel)
        return channel

    def direct_channel(self, first: User, second: User) -> Channel:
        """The one private channel of two users."""
        for channel in self.channels.values():
            if channel.kind == PRIVATE and {first, second} == set(channel.people):
                return channel
        return self.add_channel(PRIVATE, people=[first, second])

    def add_message(self, channel: Channel, author: User, **traits: Any) -> Message:
        message = Message(self.snowflake(), channel, author, self.now(), **traits)
        channel.messages[message.id] = message
        self.messages[message.id] = message
        if message.reference is not None:
            self.replies.setdefault(message.reference.id, []).append(message)
        return message
