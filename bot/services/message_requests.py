"""Tells what a message to the bot wants: most ask a question, some ask for what a command does.

A message is one of the others only if all its words are on the lists of `bot/words`: one word of a subject, and
it is a question.
"""

import re
from enum import StrEnum, auto
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.texts import LANGUAGES, Texts

_SEARCHES = ("ask", "quote")  # commands whose words can be searched without them
_COMMANDS = (
    *_SEARCHES,
    "about",
    "brief",
    "daily",
    "feeds",
    "follow",
    "following",
    "help",
    "outlets",
    "privacy",
    "settings",
)
MAX_WORDS = 10  # of a message that is no question; judged
_COMMAND = re.compile(r"/(\w{1,32})(?:\s+|$)")
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?", re.IGNORECASE)


class RequestKind(StrEnum):
    """What a message wants."""

    QUESTION = auto()
    TRUTH_CHECK = auto()  # whether another message, or what was said before, is true
    NEWS = auto()
    HELP = auto()
    LINK = auto()  # only an address
    NOTHING = auto()  # no words


class MessageRequest(NamedTuple):
    """What a message wants, and its words without the name of a command that was typed before them."""

    kind: RequestKind
    words: str


def read_request(text: str) -> MessageRequest:
    """Return what a message wants, given its text without mentions."""
    text = text.strip()
    if (typed := _COMMAND.match(text)) and (name := _commands().get(typed[1].casefold())):
        text = text[typed.end() :]
        for option in _option_names():
            text = text.removeprefix(f"{option}:").lstrip()
        if name == "brief":
            return MessageRequest(RequestKind.NEWS, text)
        if name not in _SEARCHES:
            return MessageRequest(RequestKind.HELP, text)
    return MessageRequest(_kind(text), text.strip())


def _kind(text: str) -> RequestKind:
    bare = _ADDRESS.sub(" ", text)
    words = [word.casefold() for word in _WORD.findall(bare)]
    if not words:
        return RequestKind.LINK if bare != text else RequestKind.QUESTION if text else RequestKind.NOTHING
    if bare != text or len(words) > MAX_WORDS:
        return RequestKind.QUESTION
    for kind, name in (
        (RequestKind.TRUTH_CHECK, "truth"),
        (RequestKind.NEWS, "news"),
        (RequestKind.HELP, "help"),
    ):
        known = _words(name)
        beside = _words("pointing") | (_words("news") if kind is RequestKind.TRUTH_CHECK else frozenset())
        if any(word in known for word in words) and all(word in known or word in beside for word in words):
            return kind
    return RequestKind.QUESTION


@cache
def _words(name: str) -> frozenset[str]:
    """Return the entries of a list; "#" begins a comment."""
    lines = files("bot").joinpath("words", f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _commands() -> dict[str, str]:
    """Return the commands by their names in every language: they may be typed as a message."""
    return {Texts(language)(f"name-{name}"): name for language in LANGUAGES for name in _COMMANDS}


@cache
def _option_names() -> frozenset[str]:
    return frozenset(
        Texts(language)(f"option-{option}") for language in LANGUAGES for option in ("question", "words")
    )
