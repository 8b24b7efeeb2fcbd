"""The gateway: sessions, heartbeats, resuming, and the events that reach a bot."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from tests.discord_server import payloads
from tests.discord_server.state import VIEW_CHANNEL, Channel, Guild, Message

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACKNOWLEDGED = 7, 8, 9, 10, 11

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)
LARGEST_PAYLOAD = 4096
IDENTIFY_INTERVAL = 5.0  # seconds for which an IDENTIFY keeps the next of its wave from following
STARTS_A_DAY = 1000


@dataclass(eq=False)
class Session:
    """What RESUME needs: every event sent, and the connection it goes to while there is one."""

    id: str
    intents: int
    shard: tuple[int, int]
    connection: Connection | None = None
    sent: list[dict[str, Any]] = field(default_factory=list)
    resumed: int = 0

    def wants(self, guild: Guild | None) -> bool:
        """Guild events go to the guild's shard, everything private to shard 0."""
        number, count = self.shard
        return number == ((guild.id >> 22) % count if guild else 0)

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        payload = {"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(payload)
        if self.connection is not None:
            await self.connection.send(payload)


class Connection:
    """One web socket, compressed as the client asked."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, compress: str | None
    ):
        self.socket = socket
        self.transport = transport
        self.session: Session | None = None
        self.heartbeats = 0
        self.closed_by_us = False
        self._deflate = zlib.compressobj() if compress == "zlib-stream" else None

    async def send(self, payload: dict[str, Any]) -> None:
        """Send unless the socket is already going; what is lost waits in the session for RESUME."""
        text = json.dumps(payload)
        try:
            if self._deflate is None:
                await self.socket.send_str(text)
            else:
                data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(data)
        except (ConnectionError, RuntimeError):
            return

    async def close(self, code: int) -> None:
        self.closed_by_us = True
        await self.socket.close(code=code)


class Gateway:
    """All sessions of the one bot, and the switches that disturb them."""

    def __init__(self, server: DiscordServer, *, heartbeat_interval: float, privileged: int, shards: int):
        self.server = server
        self.heartbeat_interval = heartbeat_interval
        self.privileged = privileged
        self.shards = shards
        self.least_shards = shards  # below which a count of shards is refused
        self.max_concurrency = 1
        self.counts_waves = False  # whether an IDENTIFY before its turn is refused, and a violation
        self.starts = STARTS_A_DAY
        self.starts_again_in = 86_400.0  # seconds
        self.doubles: list[tuple[int, int]] = []  # shards that identified while another session had them
        self._waves: dict[int, float] = {}
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.closings: list[int | None] = []
        self.identified: list[dict[str, Any]] = []
        self.silent = False
        self.unreachable = False
        self._refusals: list[int] = []

    # --- switches for tests

    def refuse(self, code: int, times: int = 1) -> None:
        """Close the next `times` IDENTIFYs with this code."""
        self._refusals += [code] * times

    async def close(self, code: int, *, forget: bool = False) -> None:
        """Close every connection; `forget` makes the following RESUME fail."""
        if forget:
            self.sessions.clear()
        for connection in list(self.connections):
            await connection.close(code)

    async def cut(self, shard: int | None = None) -> None:
        """Break every connection, or those of one shard, without a closing frame, as a broken cable would."""
        for connection in list(self.connections):
            if shard is None or (connection.session and connection.session.shard[0] == shard):
                connection.transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Op 7."""
        for connection in list(self.connections):
            await connection.send({"op": RECONNECT, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9."""
        if not resumable:
            self.sessions.clear()
        for connection in list(self.connections):
            await connection.send({"op": INVALID_SESSION, "d": resumable, "s": None, "t": None})

    # --- events

    @property
    def online(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.connection is not None]

    @property
    def starts_left(self) -> int:
        return max(0, self.starts - len(self.identified))

    async def tell(self, event: str, data: dict[str, Any], guild: Guild | None = None, needs: int = 0) -> int:
        """Send an event to the sessions that want it; give how many did."""
        chosen = [one for one in self.sessions.values() if one.wants(guild) and one.intents & needs == needs]
        for session in chosen:
            await session.dispatch(event, data)
        return len(chosen)

    async def tell_message(self, event: str, message: Message) -> None:
        """MESSAGE_CREATE or MESSAGE_UPDATE, to a bot that is there, with the content its intents allow."""
        channel = message.channel
        if not self.bot_sees(channel) or message.only_for is not None:
            return
        needs = DIRECT_MESSAGES if channel.guild is None else GUILD_MESSAGES
        for session in list(self.sessions.values()):
            if session.wants(channel.guild) and session.intents & needs:
                data = payloads.message_event(message, self.server.bot, session.intents)
                await session.dispatch(event, data)

    async def tell_deletion(self, *messages: Message) -> None:
        """MESSAGE_DELETE, or MESSAGE_DELETE_BULK for several messages of one channel."""
        channel = messages[0].channel
        if not self.bot_sees(channel) or messages[0].only_for is not None:
            return
        ids = [str(message.id) for message in messages]
        data: dict[str, Any] = {"id": ids[0]} if len(ids) == 1 else {"ids": ids}
        data["channel_id"] = str(channel.id)
        if channel.guild is not None:
            data["guild_id"] = str(channel.guild.id)
        needs = DIRECT_MESSAGES if channel.guild is None else GUILD_MESSAGES
        event = "MESSAGE_DELETE" if len(ids) == 1 else "MESSAGE_DELETE_BULK"
        await self.tell(event, data, channel.guild, needs)

    def bot_sees(self, channel: Channel) -> bool:
        if channel.guild is not None:
            return channel.guild.bot_inside and bool(channel.bot_permissions & VIEW_CHANNEL)
        return self.server.bot in channel.people

    # --- the wire

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection from HELLO to close."""
        if self.unreachable:
            return web.json_response({"message": "unreachable", "code": 0}, status=503)
        socket = web.WebSocketResponse(timeout=1.0, max_msg_size=1 << 20)
        await socket.prepare(request)
        connection = Connection(socket, request.transport, request.query.get("compress"))
        self.connections.add(connection)
        interval = int(self.heartbeat_interval * 1000)
        await connection.send({"op": HELLO, "d": {"heartbeat_interval": interval}, "s": None, "t": None})
        try:
            await self._listen(connection)
        finally:
            self._left(connection)
        return socket

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.socket:
            payload = _payload(frame)
            if payload is None:
                await connection.close(4002)
                return
            await self._receive(connection, payload["op"], payload.get("d"))

    def _left(self, connection: Connection) -> None:
        self.connections.discard(connection)
        code = connection.socket.close_code
        if not connection.closed_by_us:
            self.closings.append(code)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY) and not connection.closed_by_us:
                self.sessions.pop(session.id, None)

    async def _receive(self, connection: Connection, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            connection.heartbeats += 1
            if not self.silent:
                await connection.send({"op": ACKNOWLEDGED, "d": None, "s": None, "t": None})
        elif op == IDENTIFY:
            await self._identify(connection, data)
        elif op == RESUME:
            await self._resume(connection, data)
        elif connection.session is None:
            await connection.close(4003)
        elif op not in (PRESENCE, VOICE, REQUEST_MEMBERS):
            await connection.close(4001)

    def _fault_of(self, connection: Connection, data: dict[str, Any]) -> int | None:
        """The close code that this IDENTIFY deserves, if any."""
        number, count = data.get("shard") or (0, 1)
        checks = [
            (connection.session is not None, 4005),
            (data.get("token") != self.server.token, 4004),
            (not 0 <= number < count, 4010),
            (count < self.least_shards, 4011),
            (not isinstance(data.get("intents"), int), 4013),
            (bool((data.get("intents") or 0) & PRIVILEGED & ~self.privileged), 4014),
        ]
        return next((code for wrong, code in checks if wrong), None)

    async def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        if not self.starts_left:
            self.server.violations.append("gateway: IDENTIFY though no session start is left today")
            await connection.close(4004)
            return
        self.identified.append(data)
        code = self._refusals.pop(0) if self._refusals else self._fault_of(connection, data)
        if code is not None:
            await connection.close(code)
            return
        number, count = data.get("shard") or (0, 1)
        if self.counts_waves and not self._takes_turn(number):
            await connection.send({"op": INVALID_SESSION, "d": False, "s": None, "t": None})
            return
        if any(one.shard == (number, count) for one in self.online):
            self.doubles.append((number, count))
        session = Session(f"{self.server.world.snowflake():x}", data["intents"], (number, count), connection)
        connection.session = session
        self.sessions[session.id] = session
        await self._welcome(session)

    def _takes_turn(self, shard: int) -> bool:
        """Whether the last IDENTIFY of this shard's wave is long enough ago; else it is a violation."""
        wave, now = shard % self.max_concurrency, self.server.clock.now()
        waited = now - self._waves.get(wave, -IDENTIFY_INTERVAL)
        self._waves[wave] = now
        if waited < IDENTIFY_INTERVAL:
            self.server.violations.append(
                f"gateway: shard {shard} identified {waited:.2f} s after one of its wave"
            )
        return waited >= IDENTIFY_INTERVAL

    async def _welcome(self, session: Session) -> None:
        mine = [one for one in self.server.world.guilds.values() if one.bot_inside and session.wants(one)]
        await session.dispatch("READY", self._ready(session, mine))
        if session.intents & GUILDS:
            for guild in mine:
                if guild.available:
                    await session.dispatch("GUILD_CREATE", payloads.guild(guild, self.server.bot))

    def _ready(self, session: Session, mine: list[Guild]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": payloads.user(self.server.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
            "session_id": session.id,
            "resume_gateway_url": self.server.gateway_url,
            "shard": list(session.shard),
            "application": {"id": str(self.server.bot.id), "flags": 0},
        }

    async def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        session = self.sessions.get(data.get("session_id") or "")
        if session is None or data.get("token") != self.server.token:
            await connection.send({"op": INVALID_SESSION, "d": False, "s": None, "t": None})
            return
        if not 0 <= (data.get("seq") or 0) <= len(session.sent):
            await connection.close(4007)
            return
        connection.session = session
        position = data.get("seq") or 0
        while position < len(session.sent):  # what happens meanwhile is appended, and comes in its order
            await connection.send(session.sent[position])
            position += 1
        session.connection = connection
        session.resumed += 1
        await session.dispatch("RESUMED", {})


def _payload(frame: WSMessage) -> dict[str, Any] | None:
    """The JSON object of a frame, unless it is too large or not one."""
    if frame.type is not WSMsgType.TEXT or len(frame.data.encode()) > LARGEST_PAYLOAD:
        return None
    try:
        payload = json.loads(frame.data)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) and "op" in payload else None
