"""Extracts the claims in somebody's message, as questions to search for."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import discord

from bot.ui.card_parser import parse_question_line
from bot.ui.markdown import escape_truncated, to_one_line

MAX_CLAIMS = 3  # claims taken from one message; judged: they stand in one form, one a line
MAX_SHOWN = 80  # UTF-16 units of a claim that a card mentions; judged
MAX_CLAIM_LENGTH = 300  # characters, judged; a longer message is cut where a sentence or at least a word ends

# Discord's own markup: mentions, channels, roles, emoji, commands, times, links into the client.
MENTION = re.compile(
    r"<(?:@[!&]?|#|a?:\w{1,32}:|/[^:<>]{1,96}:|t:|id:)[\w-]{1,24}(?::\w)?>|@(?:everyone|here)\b", re.ASCII
)
_NAMED_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(<?https?://[^\s()<>]{1,2000}>?\)")
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?", re.IGNORECASE)
_MARKS = re.compile(r"\*{1,3}|~~|\|\||`{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|\\(?=[^\w\s])")
# What lists and quotations begin their lines with: "> ", "- ", "1. ", "b) ", "• ", "✅ "
_LINE_START = re.compile(
    r"^\s*(?:(?:>{1,3}|#{1,3}|-#|[-*+•‣◦▪●–—]|\(?\d{1,2}[.)]|\(?[a-z]\)|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)\s+){1,3}",
    re.MULTILINE,
)
_SENTENCE_MARKS = '.!?…。！？:;"”’»)'
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’)]*\s")


def claims_in_message(message: discord.Message) -> tuple[str, ...]:
    """Return the first claims in a message: the lines of its text, what it forwards, the titles of its embeds.

    A line that is too long becomes several claims. Mentions, addresses, markup and repetitions are removed.
    Empty when the message has no words.
    """
    return tuple(_all_claims(message)[:MAX_CLAIMS])


def claims_on_own_card(message: discord.Message) -> tuple[str, ...]:
    """Return what a message of the bot's claims: the question it answers; empty when it is no answer."""
    return tuple(filter(None, (parse_question_line(message),)))


def has_more_claims(message: discord.Message) -> bool:
    """Return True if a message has more claims than `claims_in_message` returns."""
    return len(_all_claims(message)) > MAX_CLAIMS


def claims_shown(claims: Sequence[str]) -> tuple[str, ...]:
    """Return claims as they stand in a line of a card: in quotation marks, cut, ready to be shown."""
    return tuple(f"“{escape_truncated(claim, MAX_SHOWN)[0]}”" for claim in claims)


def _all_claims(message: discord.Message) -> list[str]:
    claims: list[str] = []
    for claim in chain.from_iterable(map(_pieces, chain.from_iterable(map(_lines, _parts(message))))):
        if not any(claim.casefold() in earlier.casefold() for earlier in claims):
            claims.append(claim)
    return claims


def _parts(message: discord.Message) -> Iterator[str]:
    """Yield the texts of a message in reading order; a forwarded message is a snapshot."""
    sources: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    for source in sources:
        yield source.content
        yield from map(_title, source.embeds)


def _title(embed: discord.Embed) -> str:
    """Return an embed's title without the name of the site, which many pages append."""
    title, site = (embed.title or "").strip(), embed.provider.name or ""
    return title.removesuffix(site).rstrip(" |·:–—-") if site else title


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text without markup and addresses, those that have a letter or digit.

    A line that goes on from the one before, with a small letter where no sentence has ended, is joined to it.
    """
    joined = ""
    for line in text.splitlines():
        words = _words(line)
        if joined and words[:1].islower() and joined[-1] not in _SENTENCE_MARKS:
            joined = f"{joined} {words}"
            continue
        if joined:
            yield joined
        joined = words
    if joined:
        yield joined


def _words(text: str) -> str:
    """Remove markup and addresses; empty when no letter or digit is left."""
    text = _ADDRESS.sub(" ", _NAMED_LINK.sub(r"\1", MENTION.sub(" ", text)))
    line = to_one_line(_MARKS.sub("", _LINE_START.sub("", text)))
    return line if any(letter.isalnum() for letter in line) else ""


def _pieces(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most MAX_CLAIM_LENGTH characters that have a letter or digit."""
    while line:
        piece = _cut(line)
        if any(letter.isalnum() for letter in piece):
            yield piece
        line = line[len(piece) :].lstrip()


def _cut(line: str) -> str:
    """Cut a line to the longest claim, after a sentence if one ends in its last two thirds."""
    if len(line) <= MAX_CLAIM_LENGTH:
        return line
    ends = [end.end() for end in _SENTENCE_END.finditer(line, 0, MAX_CLAIM_LENGTH + 1)]
    if ends and ends[-1] > MAX_CLAIM_LENGTH // 3:
        return line[: ends[-1]].rstrip()
    return line[:MAX_CLAIM_LENGTH].rsplit(" ", 1)[0]
