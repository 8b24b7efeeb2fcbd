"""Discord's markdown -> HTML, as its clients show it. Blocks are lines; markdown-it reads what stands in them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_TIME = re.compile(r"<t:(-?\d{1,13})(?::([tTdDfFR]))?>")
_MENTION = re.compile(r"<(@[!&]?|#|/[^:<>]{1,96}:)(\d{1,20})>")
_URL = re.compile(r"https?://[^\s<>]+[^\s<>.,:;!?)'\"\]]")
_HEADING = re.compile(r"(#{1,3}) +")
_ITEM = re.compile(r" *(?:[-*]|\d+\.) +")
_STYLES = {
    "t": "%-I:%M %p",
    "T": "%-I:%M:%S %p",
    "d": "%-m/%-d/%Y",
    "D": "%B %-d, %Y",
    "f": "%B %-d, %Y at %-I:%M %p",
    "F": "%A, %B %-d, %Y at %-I:%M %p",
}
_UNITS = (("year", 31_536_000), ("month", 2_628_000), ("day", 86_400), ("hour", 3600), ("minute", 60))


class Markup:
    """Turns markdown into HTML for a reader whose clock says `now`, in English and UTC; `names` are users' by id."""

    def __init__(self, now: datetime, names: Mapping[str, str] | None = None) -> None:
        self.now = now
        self._names = names or {}
        self._inline = MarkdownIt("commonmark", {"breaks": True, "html": False})
        self._inline.enable("strikethrough").disable(["image", "entity", "html_inline"])
        self._inline.inline.ruler.before("autolink", "discord", self._special)
        self._inline.add_render_rule("text", _text)
        self._inline.add_render_rule("strong_open", _strong("<u>", "<strong>"))
        self._inline.add_render_rule("strong_close", _strong("</u>", "</strong>"))

    def html(self, text: str) -> str:
        """Give the HTML of a text of any number of lines."""
        return "".join(self._block(kind, lines) for kind, lines in _blocks(text.split("\n")))

    def when(self, moment: datetime, style: str = "f") -> str:
        """Write a time as Discord does: `d` 11/10/2024, `R` 2 hours ago."""
        if style == "R":
            return _relative((self.now - moment).total_seconds())
        return moment.astimezone(UTC).strftime(_STYLES[style])

    def _block(self, kind: str, lines: Sequence[str]) -> str:
        if kind == "quote":
            return f"<blockquote>{self.html(chr(10).join(lines))}</blockquote>"
        if kind == "code":
            return f"<pre>{escape(chr(10).join(lines))}</pre>"
        if kind == "list":
            return "<ul>" + "".join(f"<li>{self.line(line)}</li>" for line in lines) + "</ul>"
        if kind == "p":
            return f"<p>{self.line(chr(10).join(lines))}</p>"
        tag = "small" if kind == "small" else kind
        return "".join(f"<{tag}>{self.line(line)}</{tag}>" for line in lines)

    def line(self, text: str) -> str:
        """Give the HTML of what stands in one line."""
        return self._inline.renderInline(text)

    def _special(self, state: StateInline, silent: bool) -> bool:
        """Read a time or a mention where the text stands at one."""
        found = _TIME.match(state.src, state.pos) or _MENTION.match(state.src, state.pos)
        if not found:
            return False
        if not silent:
            token = state.push("html_inline", "", 0)
            token.content = f"<span class=chip>{escape(self._chip(found))}</span>"
        state.pos = found.end()
        return True

    def _chip(self, found: re.Match[str]) -> str:
        if found.re is _TIME:
            return self.when(datetime.fromtimestamp(int(found[1]), UTC), found[2] or "f")
        if found[1].startswith("/"):
            return found[1].rstrip(":")
        return found[1][0] + self._names.get(found[2], found[2])


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Cut lines into blocks of one kind, each line without the mark that made it so."""
    fenced = False
    marked = []
    for line in lines:
        if line.startswith("```"):
            fenced = not fenced
            continue
        marked.append(("code", line) if fenced else _marked(line))
    for kind, group in groupby(marked, key=lambda pair: pair[0]):
        yield kind, [line for _, line in group]


def _marked(line: str) -> tuple[str, str]:
    """Give the kind of block a line belongs to, and the line without its mark."""
    if line.startswith("> ") or line == ">":
        return "quote", line[2:]
    if line.startswith("-# "):
        return "small", line[3:]
    if heading := _HEADING.match(line):
        return f"h{len(heading[1])}", line[heading.end() :]
    if item := _ITEM.match(line):
        return "list", line[item.end() :]
    return "p", line


def _relative(seconds: float) -> str:
    """Write how long ago something was, or how soon it will be."""
    for unit, length in _UNITS:
        if count := round(abs(seconds) / length):
            amount = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{amount} ago" if seconds > 0 else f"in {amount}"
    return "a few seconds ago" if seconds >= 0 else "in a few seconds"


def _strong(underlined: str, bold: str) -> Callable[..., str]:
    """Discord underlines what stands between double underscores."""

    def render(
        renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
    ) -> str:
        return underlined if tokens[at].markup == "__" else bold

    return render


def _text(
    renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """Write text, its bare addresses as links."""
    text, done, out = tokens[at].content, 0, ""
    if at and tokens[at - 1].type == "link_open":
        return escape(text)
    for found in _URL.finditer(text):
        out += escape(text[done : found.start()]) + f'<a href="{escape(found[0])}">{escape(found[0])}</a>'
        done = found.end()
    return out + escape(text[done:])
