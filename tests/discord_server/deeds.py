"""What a person's client puts into an interaction, and what it would not let them do."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads
from tests.discord_server.mentions import walk
from tests.discord_server.seen import Seen
from tests.discord_server.state import ADMINISTRATOR, USE_COMMANDS, Channel, Message

if TYPE_CHECKING:
    from tests.discord_server.people import Person

BUTTON, TEXT_SELECT, TEXT_INPUT, LINK, CHANNEL_SELECT = 2, 3, 4, 5, 8
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23
SUBCOMMAND, SUBCOMMAND_GROUP, STRING, INTEGER, BOOLEAN, NUMBER, ATTACHMENT = 1, 2, 3, 4, 5, 10, 11


@dataclass(frozen=True)
class Upload:
    """A file that a person gives to a command; the bot reads it at `url`."""

    filename: str
    url: str
    size: int

    @property
    def id(self) -> str:
        return str(zlib.crc32(self.url.encode()) + (1 << 60))


PYTHON_TYPES = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float), ATTACHMENT: Upload}
GUILD_INSTALL, USER_INSTALL = 0, 1


class CannotDo(Exception):  # noqa: N818 - what the person finds, not an error of the server
    """The person's client offers no way to do that."""


def command(person: Person, channel: Channel, kind: int, name: str) -> dict[str, Any]:
    """The registered command, if this person is offered it in this channel."""
    if not person.is_in(channel):
        raise CannotDo(f"{person.user.name} is not in that channel")
    commands = person.server.commands
    found = commands.get((kind, name)) or commands.get((kind, name.split()[0]))
    if found is None:
        raise CannotDo(f"there is no command {name!r}, only {[one for _, one in commands]}")
    if found["contexts"] is not None and channel.context not in found["contexts"]:
        raise CannotDo(f"{name!r} is not offered in context {channel.context}")
    if not _installs(person, channel, found):
        raise CannotDo(f"{name!r} is not installed here")
    _require_permissions(person, channel, found)
    return found


def _installs(person: Person, channel: Channel, found: dict[str, Any]) -> set[int]:
    """The ways in which this command is installed for this person in this channel."""
    ways = set()
    if GUILD_INSTALL in found["integration_types"] and (person.server.gateway.bot_sees(channel)):
        ways.add(GUILD_INSTALL)
    if USER_INSTALL in found["integration_types"] and person.user.installed_app:
        ways.add(USER_INSTALL)
    return ways


def app_is_in(person: Person, channel: Channel, found: dict[str, Any] | None) -> bool:
    """Whether the interaction is authorised by the guild (or the bot's own direct message)."""
    if found is None:
        return person.server.gateway.bot_sees(channel)
    return GUILD_INSTALL in _installs(person, channel, found)


def _require_permissions(person: Person, channel: Channel, found: dict[str, Any]) -> None:
    if channel.guild is None:
        return
    needed = int(found["default_member_permissions"] or 0) | USE_COMMANDS
    if found["default_member_permissions"] == "0":
        needed = ADMINISTRATOR
    if person.user.permissions_in(channel.guild) & needed != needed:
        raise CannotDo(f"{person.user.name} lacks the permissions for {found['name']!r}")


def command_data(
    found: dict[str, Any], name: str, values: dict[str, Any], *, focused: str | None = None
) -> dict[str, Any]:
    """The data of a slash command or of its autocomplete, with subcommands nested."""
    level, path = found, []
    for step in name.split()[1:]:
        level = next((one for one in level["options"] if one["name"] == step), None)
        if level is None:
            raise CannotDo(f"there is no {name!r}")
        path.append(level)
    options = _filled(level.get("options") or [], values, focused)
    for one in reversed(path):
        options = [{"type": one["type"], "name": one["name"], "options": options}]
    files = {one.id: _attachment(one) for one in values.values() if isinstance(one, Upload)}
    return {
        "id": found["id"],
        "name": found["name"],
        "type": found["type"],
        "options": options,
        **({"resolved": {"attachments": files}} if files else {}),
    }


def _attachment(file: Upload) -> dict[str, Any]:
    return {
        "id": file.id,
        "filename": file.filename,
        "size": file.size,
        "url": file.url,
        "proxy_url": file.url,
    }


def _filled(
    declared: list[dict[str, Any]], values: dict[str, Any], focused: str | None
) -> list[dict[str, Any]]:
    known = {option["name"]: option for option in declared}
    if not values.keys() <= known.keys():
        raise CannotDo(f"options {sorted(values.keys() - known.keys())} do not exist, only {sorted(known)}")
    if any(option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for option in declared):
        raise CannotDo(f"choose one of the subcommands {sorted(known)}")
    missing = [name for name, option in known.items() if option.get("required") and name not in values]
    if missing and focused is None:
        raise CannotDo(f"options {missing} are required")
    return [_option(known[name], value, focused == name) for name, value in values.items()]


def _option(option: dict[str, Any], value: Any, focused: bool) -> dict[str, Any]:
    given = value.id if isinstance(value, Upload) else value
    filled = {"type": option["type"], "name": option["name"], "value": given}
    if focused:
        if not option.get("autocomplete"):
            raise CannotDo(f"{option['name']!r} has no autocomplete")
        return filled | {"focused": True}
    _require_value(option, value)
    return filled


def _require_value(option: dict[str, Any], value: Any) -> None:
    name, kind = option["name"], option["type"]
    if not isinstance(value, PYTHON_TYPES.get(kind, object)) or (kind != BOOLEAN and isinstance(value, bool)):
        raise CannotDo(f"{name!r} does not take {value!r}")
    choices = [choice["value"] for choice in option.get("choices") or []]
    if choices and value not in choices:
        raise CannotDo(f"{name!r} takes only {choices}")
    size, low, high = value, option.get("min_value"), option.get("max_value")
    if kind == STRING:
        size, low, high = len(value), option.get("min_length") or 0, option.get("max_length") or 6000
    if (low is not None and size < low) or (high is not None and size > high):
        raise CannotDo(f"{name!r} must be between {low} and {high}, not {size}")


def menu_data(found: dict[str, Any], target: Message) -> dict[str, Any]:
    """The data of a message command; the target comes with its content, whatever the intents."""
    resolved = {"messages": {str(target.id): payloads.message(target)}}
    return {
        "id": found["id"],
        "name": found["name"],
        "type": found["type"],
        "target_id": str(target.id),
        "resolved": resolved,
    }


def control(person: Person, message: Message, name: str, kind: int) -> dict[str, Any]:
    """The control of a message that the person sees and can use."""
    if not person.can_see(message):
        raise CannotDo(f"{person.user.name} cannot see that message")
    found = Seen(message, person.user).control(name)
    if found["type"] != kind or found.get("disabled") or found.get("style") == LINK:
        raise CannotDo(f"{name!r} cannot be used: {found}")
    return found


def choice_data(menu: dict[str, Any], values: list[str]) -> dict[str, Any]:
    """The data of a choice in a text select."""
    offered = [option["value"] for option in menu["options"]]
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not set(values) <= set(offered) or not least <= len(values) <= most:
        raise CannotDo(f"{values} cannot be chosen among {offered}")
    return {
        "custom_id": menu["custom_id"],
        "component_type": menu["type"],
        "id": menu["id"],
        "values": values,
    }


def channels_data(person: Person, menu: dict[str, Any], channels: list[Channel]) -> dict[str, Any]:
    """The data of a choice in a channel select: channels of its server that the person is in."""
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not least <= len(channels) <= most or not all(person.is_in(channel) for channel in channels):
        raise CannotDo(f"these {len(channels)} channels cannot be chosen")
    kinds = {
        str(one.id): {"id": str(one.id), "name": one.name, "type": one.kind, "permissions": "0"}
        for one in channels
    }
    return {
        "custom_id": menu["custom_id"],
        "component_type": menu["type"],
        "id": menu["id"],
        "values": list(kinds),
        "resolved": {"channels": kinds},
    }


def modal_data(modal: dict[str, Any] | None, values: dict[str, Any]) -> dict[str, Any]:
    """The data of a filled-in modal: `values` by custom_id, the rest as the modal proposed it."""
    if modal is None:
        raise CannotDo("no modal is open")
    inputs = [one for one in walk(modal["components"]) if one.get("custom_id")]
    if not values.keys() <= {one["custom_id"] for one in inputs}:
        raise CannotDo(f"the modal has only {[one['custom_id'] for one in inputs]}")
    components = [_answered(one, values) for one in modal["components"]]
    return {
        "custom_id": modal["custom_id"],
        "components": [{"id": n, **one} for n, one in enumerate(components, 1)],
    }


def _answered(one: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    kind = one["type"]
    if "component" in one:
        return {"type": kind, "component": {"id": 100, **_answered(one["component"], values)}}
    if "components" in one:
        return {
            "type": kind,
            "components": [{"id": 100, **_answered(child, values)} for child in one["components"]],
        }
    if "custom_id" not in one:
        return {"type": kind}
    answer = {"type": kind, "custom_id": one["custom_id"]}
    value = values.get(one["custom_id"], _proposed(one))
    _require_answer(one, value)
    many = kind in (TEXT_SELECT, CHECKBOX_GROUP)
    return answer | ({"values": value or []} if many else {"value": value})


def _proposed(one: dict[str, Any]) -> Any:
    """What the modal holds before anything is typed or ticked."""
    if one["type"] == TEXT_INPUT:
        return one.get("value") or ""
    if one["type"] == CHECKBOX:
        return bool(one.get("default"))
    chosen = [option["value"] for option in one.get("options") or [] if option.get("default")]
    return (chosen[0] if chosen else None) if one["type"] == RADIO_GROUP else chosen


def _require_answer(one: dict[str, Any], value: Any) -> None:
    name, kind = one["custom_id"], one["type"]
    if one.get("required", True) and kind != CHECKBOX and not value:
        raise CannotDo(f"{name!r} is required")
    if (
        kind == TEXT_INPUT
        and value
        and not (one.get("min_length") or 0) <= len(value) <= (one.get("max_length") or 4000)
    ):
        raise CannotDo(f"{name!r} has a wrong length")
    offered = [option["value"] for option in one.get("options") or []]
    chosen = value if isinstance(value, list) else [value]
    if offered and value and not set(chosen) <= set(offered):
        raise CannotDo(f"{name!r} offers only {offered}")
