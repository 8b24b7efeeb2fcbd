"""Messages, as the local Discord holds them -> one HTML page that looks like Discord."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from tests.discord_server.seen import Seen
from tests.discord_server.state import MENU_ANSWER, REPLY, SLASH_ANSWER, Message, User
from tests.pictures.markup import Markup

STYLE = Path(__file__).with_name("discord.css")
_BUTTONS = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary"}
_BLURPLE, _HUES = "#5865f2", ("#9b84ec", "#2fa88f", "#c78a1e", "#d9604a")


def page(shown: Sequence[Seen | dict[str, Any]], now: datetime, *, theme: str = "dark") -> str:
    """Draw what a person sees: messages, oldest first, and modals, as sent. `theme` is dark or light."""
    people = [
        user for one in shown if isinstance(one, Seen) for user in (one.message.author, *one.message.mentions)
    ]
    draw = Drawing(Markup(now, {str(user.id): user.name for user in people}))
    body = "".join(draw.message(one) if isinstance(one, Seen) else draw.modal(one) for one in shown)
    head = f'<meta charset="utf-8"><title>Discord</title><style>{STYLE.read_text(encoding="utf-8")}</style>'
    return f'<!doctype html><html lang="en" class="{theme}"><head>{head}</head><body><main>{body}</main></body></html>'


class Drawing:
    """Draws messages, modals and all components; an unknown component raises KeyError."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._parts = {
            1: self._row,
            2: self._button,
            **dict.fromkeys((3, 5, 6, 7, 8), self._menu),
            4: self._input,
            9: self._section,
            10: self._text,
            14: self._separator,
            17: self._container,
            18: self._label,
            21: self._options,
            22: self._options,
            23: self._tick,
        }

    def message(self, seen: Seen) -> str:
        """Draw one message: what it answers, who wrote it and when, what it holds, and who sees it."""
        message = seen.message
        kind = "message ephemeral" if seen.ephemeral else "message"
        only = '<div class=only>👁 Only you can see this · <a href="#">Dismiss message</a></div>'
        holds = "".join([*map(self._embed, message.embeds), *map(self._part, message.components)])
        body = self._author(message) + self._content(message) + holds + (only if seen.ephemeral else "")
        return f'<article class="{kind}">{self._answered(message)}{_avatar(message.author)}{body}</article>'

    def modal(self, modal: dict[str, Any]) -> str:
        """Draw a modal as it was sent."""
        fields = "".join(map(self._part, modal["components"]))
        foot = "<footer><button class=secondary>Cancel</button><button class=primary>Submit</button></footer>"
        return f"<dialog open><h2>{escape(modal['title'])}</h2>{fields}{foot}</dialog>"

    def _answered(self, message: Message) -> str:
        """Draw the line above an answer: which command, or which message, it answers."""
        if message.kind in {SLASH_ANSWER, MENU_ANSWER} and message.interaction:
            asked = message.interaction
            slash = "/" if message.kind == SLASH_ANSWER else ""
            what = f"used <a>{slash}{escape(asked.data['name'])}</a>"
            return f"<div class=reply><b>{escape(asked.person.name)}</b> {what}</div>"
        if message.kind == REPLY and message.reference:
            source = message.reference
            text = self._markup.line(source.content[:100]) or "<i>Click to see message</i>"
            return f"<div class=reply><b>{escape(source.author.name)}</b> {text}</div>"
        return ""

    def _content(self, message: Message) -> str:
        return f"<div class=content>{self._markup.html(message.content)}</div>" if message.content else ""

    def _author(self, message: Message) -> str:
        tag = "<span class=tag>APP</span>" if message.author.bot else ""
        when = self._markup.when(self._markup.now, "t")
        return f"<header><b>{escape(message.author.name)}</b>{tag}<time>{when}</time></header>"

    def _part(self, one: dict[str, Any]) -> str:
        return self._parts[one["type"]](one)

    def _container(self, one: dict[str, Any]) -> str:
        return f"<section class=container {_edge(one.get('accent_color'))}>{''.join(map(self._part, one['components']))}</section>"

    def _section(self, one: dict[str, Any]) -> str:
        texts = "".join(map(self._part, one["components"]))
        return f"<div class=section><div>{texts}</div>{self._part(one['accessory'])}</div>"

    def _text(self, one: dict[str, Any]) -> str:
        return f"<div class=text>{self._markup.html(one['content'])}</div>"

    def _separator(self, one: dict[str, Any]) -> str:
        drawn = "rule" if one.get("divider", True) else "gap"
        return f'<div class="{drawn} {"wide" if one.get("spacing") == 2 else ""}"></div>'

    def _row(self, one: dict[str, Any]) -> str:
        return f"<div class=row>{''.join(map(self._part, one['components']))}</div>"

    def _button(self, one: dict[str, Any]) -> str:
        face = _emoji(one) + (f"<span class=face>{escape(one['label'])}</span>" if one.get("label") else "")
        kind, off = _BUTTONS[one["style"]], " disabled" if one.get("disabled") else ""
        if one.get("url"):
            attributes = f'href="{escape(one["url"])}" target=_blank rel="noopener noreferrer"'
            return f'<a class="button {kind}" {attributes}>{face}<span class=out></span></a>'
        return f'<button class="{kind}"{off}>{face}</button>'

    def _menu(self, one: dict[str, Any]) -> str:
        chosen = [option["label"] for option in one.get("options", ()) if option.get("default")]
        shown = ", ".join(chosen) or one.get("placeholder") or "Make a selection"
        return f'<div class="menu {"" if chosen else "empty"}">{escape(shown)}<span class=down></span></div>'

    def _label(self, one: dict[str, Any]) -> str:
        about = f"<div class=about>{escape(one['description'])}</div>" if one.get("description") else ""
        needed = "<i>*</i>" if one["component"].get("required", one["component"]["type"] != 23) else ""
        return f"<div class=label><b>{escape(one['label'])}{needed}</b>{about}{self._part(one['component'])}</div>"

    def _input(self, one: dict[str, Any]) -> str:
        name = f"<b>{escape(one['label'])}</b>" if one.get("label") else ""
        shown, kind = one.get("value") or one.get("placeholder") or "", "" if one.get("value") else "empty"
        tall = "tall" if one["style"] == 2 else ""
        return f'{name}<div class="input {kind} {tall}">{escape(shown)}</div>'

    def _options(self, one: dict[str, Any]) -> str:
        return "".join(map(self._option, one["options"]))

    def _option(self, one: dict[str, Any]) -> str:
        about = f"<div class=about>{escape(one['description'])}</div>" if one.get("description") else ""
        on = "on" if one.get("default") else ""
        return (
            f'<div class="option {on}"><span class=dot></span><div>{escape(one["label"])}{about}</div></div>'
        )

    def _tick(self, one: dict[str, Any]) -> str:
        return f'<div class="tick {"on" if one.get("default") else ""}"></div>'

    def _embed(self, embed: dict[str, Any]) -> str:
        fields = "".join(
            f"<div><b>{self._markup.html(one['name'])}</b>{self._markup.html(one['value'])}</div>"
            for one in embed.get("fields") or []
        )
        title = f"<b>{self._markup.html(embed['title'])}</b>" if embed.get("title") else ""
        text = self._markup.html(embed.get("description") or "")
        foot = f"<footer>{escape(embed['footer']['text'])}</footer>" if embed.get("footer") else ""
        return f"<section class=embed {_edge(embed.get('color'))}>{title}{text}{fields}{foot}</section>"


def _edge(colour: int | None) -> str:
    return f'style="--edge:#{colour:06x}"' if colour is not None else ""


def _emoji(one: dict[str, Any]) -> str:
    return (
        f"<span class=emoji>{escape((one.get('emoji') or {}).get('name') or '')}</span>"
        if one.get("emoji")
        else ""
    )


def _avatar(user: User) -> str:
    hue = _BLURPLE if user.bot else _HUES[sum(user.name.encode()) % len(_HUES)]
    face = "“" if user.bot else escape(user.name[:1])
    return f'<div class="avatar{" bot" if user.bot else ""}" style="background:{hue}">{face}</div>'
