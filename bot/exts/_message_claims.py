"""Somebody's message -> the claims in it, as questions to search for."""

import re
from collections.abc import Iterator

import discord

from bot.ui.markdown import clean

MOST = 3  # claims in one message
LONGEST = 300  # characters; a longer message is cut where a sentence or at least a word ends

# What only Discord reads: mentions, channels, roles, emoji, commands, times, links into the client.
MENTION = re.compile(
    r"<(?:@[!&]?|#|a?:\w{1,32}:|/[^:<>]{1,96}:|t:|id:)[\w-]{1,24}(?::\w)?>|@(?:everyone|here)\b", re.ASCII
)
_NAMED_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(<?https?://[^\s()<>]{1,2000}>?\)")
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?", re.IGNORECASE)
_MARKS = re.compile(r"\*{1,3}|~~|\|\||`{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|\\(?=[^\w\s])")
_LINE_START = re.compile(r"^\s*(?:>{1,3}|#{1,3}|-#|[-*+])\s+", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’)]*\s")


def claims_in_message(message: discord.Message) -> tuple[str, ...]:
    """Give the claims in a message, each in one line: its text, what it forwards, and its embeds' titles.

    Mentions, addresses and markup are left out, and what says the same again. None when there are no words.
    """
    claims: list[str] = []
    for claim in map(_cut, map(_words, _parts(message))):
        if claim and not any(claim.casefold() in earlier.casefold() for earlier in claims):
            claims.append(claim)
    return tuple(claims[:MOST])


def _parts(message: discord.Message) -> Iterator[str]:
    """Yield what there is to read, in order; a forwarded message comes as a snapshot."""
    sources: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    for source in sources:
        yield source.content
        yield from map(_title, source.embeds)


def _title(embed: discord.Embed) -> str:
    """Give an embed's title without the name of the site, which many pages put at its end."""
    title, site = (embed.title or "").strip(), embed.provider.name or ""
    return title.removesuffix(site).rstrip(" |·:–—-") if site else title


def _words(text: str) -> str:
    """Take out what is no word of the claim."""
    text = _ADDRESS.sub(" ", _NAMED_LINK.sub(r"\1", MENTION.sub(" ", text)))
    line = clean(_MARKS.sub("", _LINE_START.sub("", text)))
    return line if any(letter.isalnum() for letter in line) else ""


def _cut(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    ends = [end.end() for end in _SENTENCE_END.finditer(line, 0, LONGEST + 1)]
    if ends and ends[-1] > LONGEST // 3:
        return line[: ends[-1]].rstrip()
    return line[:LONGEST].rsplit(" ", 1)[0]
