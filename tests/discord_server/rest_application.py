"""Routes about the bot itself: who it is, its gateway, its commands, its guilds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads
from tests.discord_server.call import Call
from tests.discord_server.command_limits import commands_faults
from tests.discord_server.refusals import Refusal, invalid_form, unknown

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

Answer = tuple[int, Any]


async def me(server: DiscordServer, call: Call) -> Answer:
    return 200, payloads.user(server.bot)


async def user(server: DiscordServer, call: Call) -> Answer:
    someone = server.world.users.get(call.id("user_id"))
    if someone is None:
        raise unknown("User", 10013)
    return 200, payloads.user(someone)


async def application(server: DiscordServer, call: Call) -> Answer:
    return 200, {
        "id": str(server.bot.id),
        "name": server.bot.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": payloads.user(server.owner),
        "team": None,
        "integration_types_config": {"0": _installs("bot", "applications.commands"), "1": _installs()},
        **server.application,
    }


def _installs(*scopes: str) -> dict[str, Any]:
    """What the install link asks for by default, with the permissions that README.md tells to give."""
    params = {"scopes": list(scopes or ["applications.commands"]), "permissions": "274877991936"}
    return {"oauth2_install_params": params}


async def gateway(server: DiscordServer, call: Call) -> Answer:
    return 200, {"url": server.gateway_url}


async def gateway_bot(server: DiscordServer, call: Call) -> Answer:
    gateway = server.gateway
    limit = {
        "total": gateway.starts,
        "remaining": gateway.starts_left,
        "reset_after": int(gateway.starts_again_in * 1000),
        "max_concurrency": gateway.max_concurrency,
    }
    return 200, {"url": server.gateway_url, "shards": gateway.shards, "session_start_limit": limit}


def _require_own(server: DiscordServer, call: Call) -> None:
    if call.id("application_id") != server.bot.id:
        raise unknown("Application", 10002)


async def list_commands(server: DiscordServer, call: Call) -> Answer:
    _require_own(server, call)
    return 200, list(server.commands.values())


async def replace_commands(server: DiscordServer, call: Call) -> Answer:
    """A bulk overwrite keeps the ids of commands with the same name and type."""
    _require_own(server, call)
    if not isinstance(call.body, list):
        raise invalid_form(["body: a list of commands was expected"])
    faults = commands_faults(call.body)
    if faults:
        raise invalid_form(faults)
    old = {(one["type"], one["name"]): one["id"] for one in server.commands.values()}
    fresh = [_stored(server, one, old) for one in call.body]
    server.commands = {(one["type"], one["name"]): one for one in fresh}
    return 200, fresh


def _stored(server: DiscordServer, command: dict[str, Any], old: dict[Any, str]) -> dict[str, Any]:
    """A command as Discord keeps it, with the defaults it fills in."""
    kind = command.get("type") or 1
    known = old.get((kind, command["name"]))
    permissions = command.get("default_member_permissions")
    return {
        "description": "",
        "options": [],
        "integration_types": [0, 1],
        "contexts": None,
        "nsfw": False,
        **{key: value for key, value in command.items() if value is not None},
        "type": kind,
        "id": known or str(server.world.snowflake()),
        "application_id": str(server.bot.id),
        "version": str(server.world.snowflake()),
        "default_member_permissions": None if permissions is None else str(permissions),
    }


async def guild(server: DiscordServer, call: Call) -> Answer:
    place = server.world.guilds.get(call.id("guild_id"))
    if place is None:
        raise unknown("Guild", 10004)
    if not place.bot_inside:
        raise Refusal(403, 50001, "Missing Access")
    return 200, payloads.guild_core(place)


async def guild_member(server: DiscordServer, call: Call) -> Answer:
    place = server.world.guilds.get(call.id("guild_id"))
    if place is None:
        raise unknown("Guild", 10004)
    someone = next((one for one in [*place.members, server.bot] if one.id == call.id("user_id")), None)
    if someone is None:
        raise unknown("Member", 10007)
    return 200, payloads.member(someone, place)


async def open_direct_channel(server: DiscordServer, call: Call) -> Answer:
    someone = server.world.users.get(int((call.body or {}).get("recipient_id") or 0))
    if someone is None:
        raise unknown("User", 10013)
    return 200, payloads.channel(server.world.direct_channel(server.bot, someone))


ROUTES = [
    ("GET", "/users/@me", me),
    ("GET", "/users/{user_id}", user),
    ("POST", "/users/@me/channels", open_direct_channel),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/applications/@me", application),
    ("GET", "/gateway", gateway),
    ("GET", "/gateway/bot", gateway_bot),
    ("GET", "/applications/{application_id}/commands", list_commands),
    ("PUT", "/applications/{application_id}/commands", replace_commands),
    ("GET", "/guilds/{guild_id}", guild),
    ("GET", "/guilds/{guild_id}/members/{user_id}", guild_member),
]
