"""Text from anywhere -> Discord markdown that shows exactly that text. Pure.

Discord shows a backslash followed by anything but a letter, digit or space as that character alone, so a
backslash before every character with a meaning is enough. The library's own escape leaves mentions,
timestamps, numbered lists and emoji codes alive.
"""

import re
from datetime import datetime

CUT_MARK = "[…]"  # stands where a text was cut

# A colon is dangerous in `https://`, which would become a link that no backslash may stand in, and in
# `:smile:`. Looking 64 characters ahead is enough for every emoji's name and keeps this linear.
_ACTIVE = re.compile(r"[\\*_~|`\[\]()<>#@]|:(?=//)|:(?=[\w+~-]{1,64}:)")
_LINE_START = re.compile(r"^([^\S\n]*)([-+]|\d+\.)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
# What no medium can show: control characters, halves of surrogate pairs, and characters that are none.
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
_BIDI = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),  # embeddings and overrides end with PDF
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),  # isolates end with PDI
}
_BIDI_CONTROL = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def utf16_length(text: str) -> int:
    """Count as Discord's clients do, in UTF-16 code units: never less than any other way of counting."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def to_one_line(text: str) -> str:
    """Put text on one line: every run of white space is one space, and what cannot be shown is left out.

    Nothing else changes, so a quote's words stay the article's words.
    """
    return _SPACE.sub(" ", _UNSHOWABLE.sub("", text)).strip()


def truncate(text: str, limit: int) -> str:
    """Return text as buttons and menus show it, which know no markdown: one line, at most `limit` UTF-16 units long."""
    line = to_one_line(text)
    if utf16_length(line) <= limit:
        return line
    head = line.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    return f"{head.rstrip()}…"


def escape(text: str) -> str:
    r"""Put a backslash before every character that Discord would not show as itself.

    `unescape(escape(text)) == text` for every text. Linear.
    """
    inline = _ACTIVE.sub(r"\\\g<0>", text)
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", inline)


def unescape(text: str) -> str:
    """Return what a reader sees of an escaped text."""
    return _ESCAPED.sub(r"\1", text)


def escape_line(text: str) -> str:
    """Return text as one line of markdown that shows exactly this text and cannot reorder what follows it."""
    line = to_one_line(text)
    return escape(line) + _closing_controls(line)


def escape_truncated(text: str, limit: int, mark: str = "…") -> tuple[str, bool]:
    """Return text escaped as by `escape_line`, at most `limit` UTF-16 units long, and whether it had to be cut.

    A cut falls between words where it can and is always marked. `limit` must be at least `utf16_length(mark) + 1`.
    """
    whole = escape_line(text)
    if utf16_length(whole) <= limit:
        return whole, False
    room = limit - utf16_length(mark) - 1
    line = to_one_line(text)
    head = line[: _longest_prefix(line, room)]
    head = head.rsplit(" ", 1)[0] if " " in head[len(head) // 2 :] else head
    return f"{escape_line(head)} {mark}", True


def _longest_prefix(line: str, room: int) -> int:
    """Return how many characters of a line fit `room` units once escaped; binary search."""
    low, high = 0, min(len(line), room)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if utf16_length(escape_line(line[:middle])) <= room else (low, middle - 1)
    return low


def _closing_controls(line: str) -> str:
    """Return the characters that end every change of writing direction a line begins and does not end."""
    stack: list[str] = []
    for control in _BIDI_CONTROL.findall(line):
        if control in _BIDI:
            stack.append(_BIDI[control])
        elif stack and stack[-1] == control:
            stack.pop()
    return "".join(reversed(stack))


def block_quote(lines: list[str]) -> str:
    """Return a block quote of lines that are ready to be shown."""
    return "\n".join(f"> {line}" for line in lines)


def subtext(line: str) -> str:
    """Return a line of subtext: small and grey."""
    return f"-# {line}"


def bold(line: str) -> str:
    """Return a line that is ready to be shown bold."""
    return f"**{line}**"


def timestamp(moment: datetime, style: str = "d") -> str:
    """Return a Discord timestamp, shown in the reader's language and zone; style `d` date, `R` relative."""
    return f"<t:{int(moment.timestamp())}:{style}>"
