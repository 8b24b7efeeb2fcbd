"""Discord's documented limits for messages and modals, as checks that give the faults in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.discord_server.mentions import texts, walk
from tests.discord_server.state import COMPONENTS_V2, EPHEMERAL

ROW, BUTTON, TEXT_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
RADIO_GROUP, CHECKBOX_GROUP = 21, 22
SELECTS = {TEXT_SELECT, 5, 6, 7, 8}
LINK, PREMIUM = 5, 6
IN_CONTAINER = {ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR}
SENDABLE_FLAGS = 1 << 2 | EPHEMERAL | 1 << 12 | 1 << 13 | COMPONENTS_V2

Faults = Iterator[str]


def message_faults(body: dict[str, Any]) -> list[str]:
    """Everything wrong with a whole message: `content`, `embeds`, `components`, `flags`, `poll`, `sticker_ids`."""
    faults = [*_length("content", body.get("content"), 2000), *_embeds(body.get("embeds") or [])]
    components = body.get("components") or []
    if (body.get("flags") or 0) & COMPONENTS_V2:
        faults += _v2(body, components)
    else:
        faults += _v1(components)
    faults += [*_common(components), *_allowed_mentions(body.get("allowed_mentions") or {})]
    if (body.get("flags") or 0) & ~(SENDABLE_FLAGS | 1 << 7):
        faults.append(f"flags: {body['flags']} holds a flag that a bot cannot set")
    return faults


def _length(name: str, value: Any, most: int, least: int = 0) -> Faults:
    if isinstance(value, str) and not least <= len(value) <= most:
        yield f"{name}: {len(value)} characters, must be between {least} and {most}"


def _v2(body: dict[str, Any], components: list[dict[str, Any]]) -> Faults:
    for name in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(name):
            yield f"{name}: cannot be used with the Components V2 flag"
    count = sum(1 for _ in walk(components))
    if count > 40:
        yield f"components: {count} with the nested ones, at most 40"
    total = sum(map(len, texts(components)))
    if total > 4000:
        yield f"components: {total} characters of displayed text, at most 4000"
    for one in components:
        if one.get("type") not in IN_CONTAINER | {CONTAINER}:
            yield f"components: type {one.get('type')} cannot stand at the top of a message"


def _allowed_mentions(rules: dict[str, Any]) -> Faults:
    for name in ("users", "roles"):
        if rules.get(name) and name in (rules.get("parse") or []):
            yield f"allowed_mentions: parse holds {name!r} beside a list of {name}"


def _v1(components: list[dict[str, Any]]) -> Faults:
    if len(components) > 5:
        yield f"components: {len(components)} action rows, at most 5"
    for one in components:
        if one.get("type") != ROW:
            yield f"components: type {one.get('type')} needs the Components V2 flag"


def _common(components: list[dict[str, Any]]) -> Faults:
    every = list(walk(components))
    for name in ("custom_id", "id"):
        counted = Counter(one[name] for one in every if one.get(name))
        yield from (f"{name}: {value!r} is used {n} times" for value, n in counted.items() if n > 1)
    for one in every:
        yield from _component(one)


def _component(one: dict[str, Any]) -> Faults:
    """The rules of one component, whatever holds it."""
    kind = one.get("type")
    if kind == ROW:
        yield from _row(one.get("components") or [])
    elif kind == BUTTON:
        yield from _button(one)
    elif kind in SELECTS:
        yield from _select(one)
    elif kind == SECTION:
        yield from _section(one)
    elif kind == TEXT_DISPLAY:
        yield from _length("text display", one.get("content") or "", 4000, 1)
    elif kind == CONTAINER:
        yield from _container(one.get("components") or [])
    elif kind == GALLERY and not 1 <= len(one.get("items") or []) <= 10:
        yield "media gallery: must hold 1 to 10 items"


def _row(children: list[dict[str, Any]]) -> Faults:
    kinds = [child.get("type") for child in children]
    if not children:
        yield "action row: empty"
    if kinds.count(BUTTON) > 5:
        yield f"action row: {kinds.count(BUTTON)} buttons, at most 5"
    if SELECTS & set(kinds) and len(kinds) > 1:
        yield "action row: a select menu must stand alone"
    for kind in set(kinds) - SELECTS - {BUTTON, TEXT_INPUT}:
        yield f"action row: cannot hold type {kind}"


def _button(one: dict[str, Any]) -> Faults:
    yield from _length("button label", one.get("label"), 80)
    style = one.get("style")
    if style not in range(1, 7):
        yield f"button style: {style!r} is not one of 1 to 6"
    if style == LINK:
        yield from _link(one)
    elif style != PREMIUM:
        yield from _custom_id("button", one)
        if one.get("url"):
            yield "button: only a link button has a url"
    if style != PREMIUM and not (one.get("label") or one.get("emoji")):
        yield "button: needs a label or an emoji"


def _link(one: dict[str, Any]) -> Faults:
    url = one.get("url") or ""
    if one.get("custom_id"):
        yield "link button: cannot have a custom_id"
    yield from _length("link button url", url, 512, 1)
    yield from _address("link button url", url, {"http", "https", "discord"})


def _address(name: str, url: str, schemes: set[str]) -> Faults:
    try:
        parts = urlsplit(url)
    except ValueError:
        yield f"{name}: {url!r} is not a URL"
        return
    if parts.scheme not in schemes or not parts.netloc or any(char.isspace() for char in url):
        yield f"{name}: {url!r} is not a well-formed {'/'.join(sorted(schemes))} URL"


def _custom_id(what: str, one: dict[str, Any]) -> Faults:
    yield from _length(f"{what} custom_id", one.get("custom_id") or "", 100, 1)


def _select(one: dict[str, Any]) -> Faults:
    yield from _custom_id("select", one)
    yield from _length("select placeholder", one.get("placeholder"), 150)
    if one.get("type") == TEXT_SELECT:
        yield from _options("select", one, 1, 25)
        least, most = one.get("min_values", 1), one.get("max_values", 1)
        if not 0 <= least <= most <= max(1, len(one.get("options") or [])):
            yield f"select: min_values {least} and max_values {most} do not fit its options"


def _options(what: str, one: dict[str, Any], least: int, most: int) -> Faults:
    options = one.get("options") or []
    if not least <= len(options) <= most:
        yield f"{what}: {len(options)} options, must be between {least} and {most}"
    if len({option.get("value") for option in options}) < len(options):
        yield f"{what}: two options have the same value"
    for option in options:
        for name in ("label", "value"):
            yield from _length(f"{what} option {name}", option.get(name) or "", 100, 1)
        yield from _length(f"{what} option description", option.get("description"), 100)


def _section(one: dict[str, Any]) -> Faults:
    children = one.get("components") or []
    if not 1 <= len(children) <= 3:
        yield f"section: {len(children)} components, must be between 1 and 3"
    if any(child.get("type") != TEXT_DISPLAY for child in children):
        yield "section: holds only text displays"
    if (one.get("accessory") or {}).get("type") not in (BUTTON, THUMBNAIL):
        yield "section: needs a button or a thumbnail as its accessory"


def _container(children: list[dict[str, Any]]) -> Faults:
    if not children:
        yield "container: empty"
    for child in children:
        if child.get("type") not in IN_CONTAINER:
            yield f"container: cannot hold type {child.get('type')}"


def _embeds(embeds: list[dict[str, Any]]) -> Faults:
    if len(embeds) > 10:
        yield f"embeds: {len(embeds)}, at most 10"
    total = 0
    for embed in embeds:
        for name, value, most in _embed_texts(embed):
            total += len(value)
            yield from _length(f"embed {name}", value, most)
        yield from _embed_fields(embed.get("fields") or [])
        for url in filter(None, (embed.get("url"), (embed.get("author") or {}).get("url"))):
            yield from _address("embed url", url, {"http", "https"})
    if total > 6000:
        yield f"embeds: {total} characters in all, at most 6000"


def _embed_texts(embed: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    yield "title", embed.get("title") or "", 256
    yield "description", embed.get("description") or "", 4096
    yield "footer", (embed.get("footer") or {}).get("text") or "", 2048
    yield "author", (embed.get("author") or {}).get("name") or "", 256
    for field in embed.get("fields") or []:
        yield "field name", field.get("name") or "", 256
        yield "field value", field.get("value") or "", 1024


def _embed_fields(fields: list[dict[str, Any]]) -> Faults:
    if len(fields) > 25:
        yield f"embed: {len(fields)} fields, at most 25"
    for field in fields:
        for name in ("name", "value"):
            if not field.get(name):
                yield f"embed field {name}: empty"


def modal_faults(modal: dict[str, Any]) -> list[str]:
    """Everything wrong with a modal: title, custom_id, one to five components, and what they hold."""
    children = modal.get("components") or []
    faults = [*_length("modal title", modal.get("title") or "", 45, 1), *_custom_id("modal", modal)]
    if not 1 <= len(children) <= 5:
        faults.append(f"modal: {len(children)} components, must be between 1 and 5")
    custom_ids = Counter(one["custom_id"] for one in walk(children) if one.get("custom_id"))
    faults += [f"custom_id: {value!r} is used {n} times" for value, n in custom_ids.items() if n > 1]
    for one in walk(children):
        faults += _modal_component(one)
    return faults


def _modal_component(one: dict[str, Any]) -> Faults:
    kind = one.get("type")
    if kind == LABEL:
        yield from _length("label", one.get("label") or "", 45, 1)
        yield from _length("label description", one.get("description"), 100)
        if not one.get("component"):
            yield "label: holds no component"
    elif kind == TEXT_INPUT:
        yield from _text_input(one)
    elif kind in (RADIO_GROUP, CHECKBOX_GROUP):
        yield from _custom_id("group", one)
        yield from _options("group", one, 2 if kind == RADIO_GROUP else 1, 10)
    elif kind in SELECTS:
        yield from _select(one)
    elif kind == BUTTON:
        yield "modal: cannot hold a button"


def _text_input(one: dict[str, Any]) -> Faults:
    yield from _custom_id("text input", one)
    yield from _length("text input label", one.get("label"), 45)
    yield from _length("text input placeholder", one.get("placeholder"), 100)
    yield from _length("text input value", one.get("value"), 4000)
    least, most = one.get("min_length") or 0, one.get("max_length") or 4000
    if not 0 <= least <= most <= 4000:
        yield f"text input: min_length {least} and max_length {most} do not fit"


def choice_faults(choices: list[dict[str, Any]]) -> list[str]:
    """Everything wrong with the answer to an autocomplete."""
    faults = [] if len(choices) <= 25 else [f"choices: {len(choices)}, at most 25"]
    for choice in choices:
        faults += _length("choice name", choice.get("name") or "", 100, 1)
        if isinstance(choice.get("value"), str):
            faults += _length("choice value", choice["value"], 100, 1)
    return faults
