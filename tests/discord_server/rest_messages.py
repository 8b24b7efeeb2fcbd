"""Routes about channels and the messages in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads, posting
from tests.discord_server.call import Call
from tests.discord_server.refusals import Refusal, invalid_form, unknown
from tests.discord_server.state import (
    EPHEMERAL,
    PLAIN,
    PRIVATE,
    PUBLIC_THREAD,
    REPLY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    Channel,
    Message,
)

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

Answer = tuple[int, Any]


def _channel(server: DiscordServer, call: Call) -> Channel:
    channel = server.world.channels.get(call.id("channel_id"))
    if channel is None:
        raise unknown("Channel", 10003)
    if not server.gateway.bot_sees(channel):
        raise Refusal(403, 50001, "Missing Access")
    return channel


def _message(server: DiscordServer, call: Call) -> Message:
    """A message of the channel; ephemeral ones do not exist here."""
    message = _channel(server, call).messages.get(call.id("message_id"))
    if message is None or message.only_for is not None:
        raise unknown("Message", 10008)
    return message


def _writable(server: DiscordServer, call: Call) -> Channel:
    channel = _channel(server, call)
    if channel.kind == PRIVATE and any(one.closed_to_messages for one in channel.people):
        raise Refusal(403, 50007, "Cannot send messages to this user")
    needed = SEND_IN_THREADS if channel.kind == PUBLIC_THREAD else SEND_MESSAGES
    if channel.guild is not None and not channel.bot_permissions & needed:
        raise Refusal(403, 50013, "Missing Permissions")
    return channel


async def get_channel(server: DiscordServer, call: Call) -> Answer:
    return 200, payloads.channel(_channel(server, call))


async def typing(server: DiscordServer, call: Call) -> Answer:
    _writable(server, call).typing.append(server.clock.now())
    return 204, None


async def create(server: DiscordServer, call: Call) -> Answer:
    channel, body = _writable(server, call), call.body or {}
    again = _same_nonce(server, channel, body)
    if again is not None:
        return 200, payloads.message(again)
    if (body.get("flags") or 0) & EPHEMERAL:
        raise invalid_form(["flags: only answers to interactions can be ephemeral"])
    source = _replied_to(channel, body.get("message_reference"))
    kind = PLAIN if source is None else REPLY
    message = await posting.post(server, channel, body, call.files, kind=kind, reference=source)
    if body.get("enforce_nonce"):
        server.world.by_nonce[channel.id, str(body["nonce"])] = message
    return 200, payloads.message(message)


def _same_nonce(server: DiscordServer, channel: Channel, body: dict[str, Any]) -> Message | None:
    if not body.get("enforce_nonce"):
        return None
    return server.world.by_nonce.get((channel.id, str(body.get("nonce"))))


def _replied_to(channel: Channel, reference: dict[str, Any] | None) -> Message | None:
    if not reference:
        return None
    source = channel.messages.get(int(reference["message_id"]))
    if source is None and reference.get("fail_if_not_exists", True):
        raise Refusal(400, 50035, "Invalid Form Body", errors=["message_reference: Unknown message"])
    return source


async def get_message(server: DiscordServer, call: Call) -> Answer:
    return 200, payloads.message(_message(server, call))


async def list_messages(server: DiscordServer, call: Call) -> Answer:
    """The newest first, at most `limit`, between `after` and `before`."""
    limit = min(int(call.query.get("limit", 50)), 100)
    before, after = int(call.query.get("before", 1 << 64)), int(call.query.get("after", 0))
    seen = [one for one in _channel(server, call).messages.values() if one.only_for is None]
    chosen = [one for one in reversed(seen) if after < one.id < before][:limit]
    return 200, [payloads.message(one) for one in chosen]


async def edit_message(server: DiscordServer, call: Call) -> Answer:
    message = _message(server, call)
    if message.author is not server.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user", breach=True)
    return 200, payloads.message(await posting.edit(server, message, call.body or {}, call.files))


async def delete_message(server: DiscordServer, call: Call) -> Answer:
    message = _message(server, call)
    if message.author is not server.bot:
        raise Refusal(403, 50013, "Missing Permissions")
    await posting.delete(server, message)
    return 204, None


ROUTES = [
    ("GET", "/channels/{channel_id}", get_channel),
    ("POST", "/channels/{channel_id}/typing", typing),
    ("GET", "/channels/{channel_id}/messages", list_messages),
    ("POST", "/channels/{channel_id}/messages", create),
    ("GET", "/channels/{channel_id}/messages/{message_id}", get_message),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}", edit_message),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}", delete_message),
]
