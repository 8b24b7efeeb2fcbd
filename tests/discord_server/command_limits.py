"""Discord's documented limits for application commands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING = 1, 2, 3
MOST = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}

_NAME = re.compile(r"[-_'\w]{1,32}")


def commands_faults(commands: list[dict[str, Any]]) -> list[str]:
    """Everything wrong with the whole list of global commands."""
    kinds = Counter(command.get("type") or CHAT_INPUT for command in commands)
    faults = [
        f"commands: {n} of type {kind}, at most {MOST[kind]}" for kind, n in kinds.items() if n > MOST[kind]
    ]
    names = Counter((command.get("type") or CHAT_INPUT, command.get("name")) for command in commands)
    faults += [f"command {name!r}: declared {n} times" for (_, name), n in names.items() if n > 1]
    for command in commands:
        faults += command_faults(command)
    return faults


def command_faults(command: dict[str, Any]) -> list[str]:
    """Everything wrong with one command."""
    name = command.get("name") or ""
    if (command.get("type") or CHAT_INPUT) != CHAT_INPUT:
        return list(_menu(command))
    faults = [*_named(f"command {name!r}", command), *_options(f"command {name!r}", command)]
    size = _size(command)
    if size > 8000:
        faults.append(f"command {name!r}: {size} characters of names, descriptions and values, at most 8000")
    return faults


def _menu(command: dict[str, Any]) -> Iterator[str]:
    name = command.get("name") or ""
    if not 1 <= len(name) <= 32:
        yield f"menu command {name!r}: the name must have 1 to 32 characters"
    if command.get("description"):
        yield f"menu command {name!r}: cannot have a description"
    if command.get("options"):
        yield f"menu command {name!r}: cannot have options"


def _named(what: str, one: dict[str, Any]) -> Iterator[str]:
    name = one.get("name") or ""
    for language, text in {"": name, **(one.get("name_localizations") or {})}.items():
        if not _NAME.fullmatch(text) or text != text.lower():
            yield f"{what} {language}: {text!r} is not a name of 1 to 32 small letters, digits, - or _"
    descriptions = {"": one.get("description") or "", **(one.get("description_localizations") or {})}
    for language, text in descriptions.items():
        if not 1 <= len(text) <= 100:
            yield f"{what} {language}: the description has {len(text)} characters, must be between 1 and 100"


def _options(what: str, holder: dict[str, Any]) -> Iterator[str]:
    options = holder.get("options") or []
    if len(options) > 25:
        yield f"{what}: {len(options)} options, at most 25"
    if len({option.get("name") for option in options}) < len(options):
        yield f"{what}: two options have the same name"
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield f"{what}: a required option follows an optional one"
    for option in options:
        inner = f"{what} option {option.get('name')!r}"
        yield from _named(inner, option)
        yield from _options(inner, option)
        yield from _values(inner, option)


def _values(what: str, option: dict[str, Any]) -> Iterator[str]:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        yield f"{what}: has both choices and autocomplete"
    if len(choices) > 25:
        yield f"{what}: {len(choices)} choices, at most 25"
    for choice in choices:
        if not 1 <= len(choice.get("name") or "") <= 100 or len(str(choice.get("value", ""))) > 100:
            yield f"{what}: choice {choice.get('name')!r} has a name or value beyond 100 characters"
    least, most = option.get("min_length") or 0, option.get("max_length") or 6000
    if option.get("type") == STRING and not 0 <= least <= most <= 6000:
        yield f"{what}: min_length {least} and max_length {most} do not fit"


def _size(one: dict[str, Any]) -> int:
    own = sum(
        max(map(len, [one.get(name) or "", *(one.get(f"{name}_localizations") or {}).values()]))
        for name in ("name", "description")
    )
    choices = sum(len(choice["name"]) + len(str(choice["value"])) for choice in one.get("choices") or [])
    return own + choices + sum(_size(option) for option in one.get("options") or [])
