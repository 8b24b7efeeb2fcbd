"""What happens to a message body the bot sends, whichever door it comes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import mentions
from tests.discord_server.limits import message_faults
from tests.discord_server.refusals import Refusal, invalid_form
from tests.discord_server.state import COMPONENTS_V2, EPHEMERAL, LOADING, Channel, Message

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

FILLED = ("content", "embeds", "components", "attachments")


def require_fit(body: dict[str, Any], *, files: bool = False) -> None:
    """Refuse a new message that breaks a limit or is empty."""
    faults = message_faults(body)
    if faults:
        raise invalid_form(faults)
    if not files and not any(
        body.get(name) for name in ("content", "embeds", "components", "poll", "sticker_ids")
    ):
        raise Refusal(400, 50006, "Cannot send an empty message", breach=True)


async def post(
    server: DiscordServer, channel: Channel, body: dict[str, Any], files: list[dict[str, Any]], **traits: Any
) -> Message:
    """Put a checked body into a channel as the bot's message and tell the gateway."""
    require_fit(body, files=bool(files))
    message = server.world.add_message(channel, server.bot, nonce=body.get("nonce"), **traits)
    message.flags |= body.get("flags") or 0
    _fill(server, message, body, files)
    await server.gateway.tell_message("MESSAGE_CREATE", message)
    return message


def _fill(server: DiscordServer, message: Message, body: dict[str, Any], files: list[dict[str, Any]]) -> None:
    message.content = body.get("content") or ""
    message.embeds = body.get("embeds") or []
    message.components = numbered(body.get("components") or [])
    message.attachments = [_attachment(server, one) for one in files]
    _notify(server, message, body)


def _attachment(server: DiscordServer, file: dict[str, Any]) -> dict[str, Any]:
    url = f"https://cdn.discordapp.com/attachments/0/0/{file['filename']}"
    return {
        "id": str(server.world.snowflake()),
        "filename": file["filename"],
        "size": file["size"],
        "url": url,
        "proxy_url": url,
    }


def _notify(server: DiscordServer, message: Message, body: dict[str, Any]) -> None:
    found = mentions.pings(message, body.get("allowed_mentions"))
    server.pings += found
    users = server.world.users
    message.mentions = [
        users[one.target] for one in found if one.kind in ("user", "reply") and one.target in users
    ]
    message.mentions_everyone = any(one.kind == "everyone" for one in found)


def numbered(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every component without one a number of its own, as Discord does."""
    every = list(mentions.walk(components))
    taken = {one["id"] for one in every if one.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    for one in every:
        if not one.get("id"):
            one["id"] = next(free)
    return components


async def edit(
    server: DiscordServer, message: Message, body: dict[str, Any], files: list[dict[str, Any]]
) -> Message:
    """Change a message; what the body leaves out stays. The whole result must keep the limits."""
    was = message.body()
    flags = _edited_flags(message, body)
    whole = {name: body[name] if name in body else was[name] for name in FILLED} | {
        "flags": flags & ~EPHEMERAL
    }
    whole["allowed_mentions"] = body.get("allowed_mentions")
    require_fit(whole, files=bool(files or whole["attachments"]))
    message.history.append(was)
    message.flags = flags
    kept = {one.get("id") for one in whole["attachments"] or []}
    stay = [one for one in message.attachments if one["id"] in kept]
    _fill(server, message, whole, files)
    message.attachments = stay + message.attachments
    if not was["flags"] & LOADING:
        message.edited_at = server.world.now()
    await server.gateway.tell_message("MESSAGE_UPDATE", message)
    return message


def _edited_flags(message: Message, body: dict[str, Any]) -> int:
    """Flags after an edit: loading ends, ephemeral is for ever, Components V2 can come but not go."""
    kept = message.flags & ~LOADING
    if body.get("flags") is None:
        return kept
    if kept & COMPONENTS_V2 and not body["flags"] & COMPONENTS_V2:
        raise invalid_form(["flags: the Components V2 flag cannot be removed from a message"])
    return body["flags"] & ~EPHEMERAL | kept & EPHEMERAL


async def delete(server: DiscordServer, *messages: Message) -> None:
    """Delete messages of one channel together."""
    for message in messages:
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        server.world.messages.pop(message.id, None)
    await server.gateway.tell_deletion(*messages)
