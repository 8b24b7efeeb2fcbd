"""State as the JSON Discord sends."""

from __future__ import annotations

from typing import Any

from tests.discord_server.state import (
    EPHEMERAL,
    GROUP,
    ORDINARY,
    PRIVATE,
    PUBLIC_THREAD,
    Channel,
    Guild,
    Message,
    User,
)

JOINED = "2024-01-01T00:00:00+00:00"
MESSAGE_CONTENT = 1 << 15


def user(someone: User) -> dict[str, Any]:
    return {
        "id": str(someone.id),
        "username": someone.name.lower().replace(" ", "_"),
        "global_name": None if someone.bot else someone.name,
        "discriminator": "0001" if someone.bot else "0",
        "avatar": None,
        "bot": someone.bot,
        "public_flags": 0,
    }


def member(someone: User, guild: Guild, *, with_user: bool = True) -> dict[str, Any]:
    """A guild member; `permissions` as interactions carry them."""
    answer: dict[str, Any] = {
        "roles": [],
        "joined_at": JOINED,
        "nick": None,
        "avatar": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "permissions": str(someone.permissions_in(guild)),
    }
    if with_user:
        answer["user"] = user(someone)
    return answer


def channel(place: Channel) -> dict[str, Any]:
    last = str(max(place.messages)) if place.messages else None
    base: dict[str, Any] = {"id": str(place.id), "type": place.kind, "last_message_id": last, "flags": 0}
    if place.kind == PRIVATE:
        return base | {"recipients": [user(one) for one in place.people if not one.bot]}
    if place.kind == GROUP:
        people = [user(one) for one in place.people]
        return base | {"recipients": people, "name": place.name, "icon": None, "owner_id": people[0]["id"]}
    return base | (_thread(place) if place.kind == PUBLIC_THREAD else _text_channel(place))


def _text_channel(place: Channel) -> dict[str, Any]:
    return {
        "guild_id": str(place.guild.id),
        "name": place.name,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "rate_limit_per_user": 0,
        "topic": None,
        "parent_id": None,
    }


def _thread(place: Channel) -> dict[str, Any]:
    return {
        "guild_id": str(place.guild.id),
        "parent_id": str(place.parent.id),
        "owner_id": str(place.guild.owner.id),
        "name": place.name,
        "message_count": len(place.messages),
        "member_count": 1,
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": JOINED,
            "locked": False,
        },
    }


def guild(place: Guild, bot: User) -> dict[str, Any]:
    """What GUILD_CREATE carries."""
    return {
        **guild_core(place),
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(place.members) + 1,
        "members": [member(bot, place)],
        "channels": [channel(one) for one in place.channels if one.kind != PUBLIC_THREAD],
        "threads": [channel(one) for one in place.channels if one.kind == PUBLIC_THREAD],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def guild_core(place: Guild) -> dict[str, Any]:
    """What GET /guilds/{id} answers."""
    everyone = {
        "id": str(place.id),
        "name": "@everyone",
        "permissions": str(ORDINARY),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(place.id),
        "name": place.name,
        "owner_id": str(place.owner.id),
        "preferred_locale": place.locale,
        "roles": [everyone],
        "emojis": [],
        "stickers": [],
        "features": [],
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "vanity_url_code": None,
    }


def message(note: Message, *, nested: bool = False) -> dict[str, Any]:
    """A message as REST answers it; a reply carries the message replied to, one level deep."""
    answer: dict[str, Any] = {
        "id": str(note.id),
        "channel_id": str(note.channel.id),
        "author": user(note.author),
        "content": note.content,
        "timestamp": note.at.isoformat(),
        "edited_timestamp": note.edited_at.isoformat() if note.edited_at else None,
        "tts": False,
        "mention_everyone": note.mentions_everyone,
        "mentions": [user(one) for one in note.mentions],
        "mention_roles": [],
        "attachments": note.attachments,
        "embeds": [{"type": "rich"} | embed for embed in note.embeds],
        "components": note.components,
        "pinned": False,
        "type": note.kind,
        "flags": note.flags,
    }
    if note.nonce is not None:
        answer["nonce"] = note.nonce
    if note.interaction is not None:
        answer |= _of_interaction(note)
    if note.reference is not None:
        answer |= _reference(note.reference, nested=nested)
    if note.forwards is not None:
        answer |= _snapshot(note.forwards)
    return answer


def _of_interaction(note: Message) -> dict[str, Any]:
    asked = note.interaction
    metadata = {
        "id": str(asked.id),
        "type": asked.kind,
        "user": user(asked.person),
        "authorizing_integration_owners": asked.owners,
    }
    return {
        "application_id": str(note.author.id),
        "webhook_id": str(note.author.id),
        "interaction_metadata": metadata,
    }


def _reference(source: Message, *, nested: bool) -> dict[str, Any]:
    link = {"type": 0, "message_id": str(source.id), "channel_id": str(source.channel.id)}
    if source.channel.guild is not None:
        link["guild_id"] = str(source.channel.guild.id)
    if nested:
        return {"message_reference": link}
    return {
        "message_reference": link,
        "referenced_message": None if source.deleted else message(source, nested=True),
    }


def _snapshot(source: Message) -> dict[str, Any]:
    """What a forwarded message carries of its source: the words, not the author."""
    whole = message(source)
    kept = (
        "content",
        "embeds",
        "attachments",
        "components",
        "timestamp",
        "edited_timestamp",
        "flags",
        "type",
    )
    link = {"type": 1, "message_id": str(source.id), "channel_id": str(source.channel.id)}
    parts = {name: whole[name] for name in kept} | {"mentions": [], "mention_roles": []}
    return {"message_reference": link, "message_snapshots": [{"message": parts}]}


def message_event(note: Message, bot: User, intents: int) -> dict[str, Any]:
    """A message as the gateway sends it to a bot with these intents."""
    answer = message(note)
    if not may_read(note, bot, intents):
        answer |= {"content": "", "embeds": [], "components": [], "attachments": []}
    quoted = answer.get("referenced_message")
    if quoted and not may_read(note.reference, bot, intents):
        answer["referenced_message"] = quoted | {
            "content": "",
            "embeds": [],
            "components": [],
            "attachments": [],
        }
    place = note.channel.guild
    if place is not None:
        answer["guild_id"] = str(place.id)
        answer["member"] = member(note.author, place, with_user=False)
        for one in answer["mentions"]:
            one["member"] = {k: v for k, v in answer["member"].items() if k != "permissions"}
    return answer


def may_read(note: Message, bot: User, intents: int) -> bool:
    """Discord's rule for message content: asked for, in private with the bot, mentioning it, or its own."""
    private = note.channel.guild is None and bot in note.channel.people
    return bool(intents & MESSAGE_CONTENT) or private or bot in note.mentions or note.author is bot


def is_ephemeral(note: Message) -> bool:
    return bool(note.flags & EPHEMERAL)
