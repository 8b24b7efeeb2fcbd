"""A sentence -> whom its own words name as the one who says it."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from index.articles import Span
from index.names import HIDDEN, Word, letters, words


class Kind(Enum):
    """What stands for the speaker in the sentence."""

    NAME = "name"
    PRONOUN = "pronoun"  # he, she, they
    ROLE = "role"  # the senator, a spokesman for the Acme company, officials
    BODY = "body"  # the Acme campaign, the Supreme Court


class Mention(NamedTuple):
    """A stretch of text that stands for a speaker, with the description that stands beside it."""

    kind: Kind
    name: Span
    description: Span | None = None
    title: Span | None = None


class Attribution(NamedTuple):
    """Who says the sentence by its own words, and how plainly (3: said; 2: saying; 1: criticised)."""

    mention: Mention
    strength: int
    cue: Span


_NAME = r"(?:[TN]|(?<![NTP])p{1,2}(?=N))(?:[TN]|p{1,3}N|od?N|c(?=[TN]{1,3}))*"
_BEFORE = r"(?:[NPm]|(?<=[NP])x){0,5}r"
_PERSON = rf"d?(?:(?P<before>{_BEFORE}))?(?P<name>{_NAME})"
_ROLE = r"(?P<role>d?[mNPx]{0,4}r(?:[of]d?[mNPTre]{1,6})?)"
_BODY = r"(?P<body>d?m{0,2}[NPT]{1,5}m{0,2}x?[er]?e)"
_SUBJECT = rf"(?:(?P<pronoun>h)|{_BODY}|{_PERSON}|{_ROLE})"
_ASIDE = r"(?:,(?![cC])[^,.:;Q]{1,22}(?:,[^,.:;Q]{1,16}){0,2},|\([^()]{1,12}\)|-[^-.:;Q]{1,16}-)"
_BETWEEN = r"(?:a|f?d?D|f[dP]?m{0,2}[xmeD]{1,2}(?=a*[CMH]))*"


_DIRECT = re.compile(
    rf"(?<![foPb]){_SUBJECT}(?P<aside>{_ASIDE})?{_BETWEEN}(?:(?P<said>C)|(?P<reacted>M)|(?P<noun>H)(?=[wQdNPThi:])|b(?P<now>G)|(?<=[Nh])(?P<doing>G))"
)
_INVERTED = re.compile(
    rf"(?:^|(?P<quote>Q,?)|(?P<comma>[,-]))a?(?P<said>[CH])(?:{_SUBJECT})(?:(?P<aside>,[^,.:;Q]{{1,22}})(?=[,.;-]|$)|(?=[,.:;Qfwakg(-]|$))"
)
_ACCORDING = re.compile(rf"K(?:d?[mxeNu]{{0,4}}[of])?{_SUBJECT}(?P<aside>,[^,.:;Q]{{1,22}}(?=[,.;-]|$))?")
_COLON = re.compile(rf"^{_SUBJECT}(?P<aside>{_ASIDE})?[^,.:;QCMG]{{0,6}}:Q")
_FIRST = re.compile(rf"^[kac]?,?(?:[fgk][^,.:;QCM]{{1,14}},)?{_SUBJECT}(?P<aside>{_ASIDE})?(?=[abcCMHGxw])")
_TRAILING = re.compile(r"(?:,|c)a*(?P<said>[GCM])")


def hidden(text: str) -> str:
    """Return one paragraph with every character between quotation marks hidden, the marks included.

    Straight, curly and doubled single marks count. A quotation that is not closed runs to the paragraph's end.
    """
    parts: list[str] = []
    position, opened = 0, -1
    for match in _MARK.finditer(text):
        mark = match.group()
        if opened >= 0 and mark not in "“«" and mark != "``":
            parts.append(HIDDEN * (match.end() - opened))
            position, opened = match.end(), -1
        elif opened < 0 and mark not in "”»":
            parts.append(text[position : match.start()])
            opened = match.start()
    if opened >= 0:
        parts.append(HIDDEN * (len(text) - opened))
    else:
        parts.append(text[position:])
    return "".join(parts)


_MARK = re.compile(r"[\"“”„«»]|''|``|’’|‘‘")


def attribution(masked: str, start: int = 0) -> Attribution | None:
    """Return whom a sentence names as its own speaker, or None.

    `masked` is the sentence with its quotations hidden, `start` where it begins in the article. Of several the
    plainest wins, then the first: in "she said he had denied it" it is "she".
    """
    found = words(masked, start)
    shape = letters(found)
    best: Attribution | None = None
    for candidate in _candidates(found, shape):
        if best is None or candidate.strength > best.strength:
            best = candidate
    return best


def _candidates(found: list[Word], shape: str) -> Iterator[Attribution]:
    for match in _DIRECT.finditer(shape):
        strength = 3 if match["said"] or match["now"] else 1 if match["reacted"] else 2
        verb = next(name for name in ("said", "reacted", "noun", "now", "doing") if match[name])
        closing = match.end() == len(shape.rstrip(".")) and match.start() > 0
        yield _made(found, match, strength + (1 if closing and strength == 3 else 0), verb)
    for match in _INVERTED.finditer(shape):
        yield _made(found, match, 4 if match["quote"] else 3, "said")
    for match in _ACCORDING.finditer(shape):
        yield _made(found, match, 3, None)
    for match in _COLON.finditer(shape):
        yield _made(found, match, 2, None)
    first = _FIRST.match(shape)
    trailing = _TRAILING.search(shape, first.end()) if first else None
    if first and trailing:
        yield _made(found, first, 2 if trailing["said"] in "GC" else 1, None)


def _made(found: list[Word], match: re.Match[str], strength: int, verb: str | None) -> Attribution:
    cue = _span(found, match.span(verb)) if verb else _span(found, match.span())
    return Attribution(mention(found, match), strength, cue)


def mention(found: list[Word], match: re.Match[str]) -> Mention:
    """Return what a pattern over letters matched as its subject, as spans of the article."""
    groups = match.groupdict()
    if match["pronoun"]:
        return Mention(Kind.PRONOUN, _span(found, match.span("pronoun")))
    if match["body"]:
        return Mention(Kind.BODY, clear_of_article(found, match.span("body")))
    aside = match.span("aside") if groups.get("aside") else None
    if match["role"]:
        inner = _APPOSED.fullmatch(match["aside"]) if aside else None
        role = clear_of_article(found, match.span("role"))
        if inner and aside:
            return _named(found, (aside[0] + 1, aside[0] + inner.end("name")), role)
        return Mention(Kind.ROLE, role)
    role = clear_of_article(found, match.span("before")) if match["before"] else None
    return _named(found, match.span("name"), role or _described(found, aside))


_APPOSED = re.compile(r",(?P<name>[TN](?:[TN]|p{1,3}N)*),?|-(?P<dashed>N)-")
DESCRIBED = re.compile(r"[,(-](?P<what>(?:d|(?=[mNPr]))[^,w()CMG]{0,10}?r[^,w()CMG-]{0,10}|N)")


def _described(found: list[Word], aside: tuple[int, int] | None) -> Span | None:
    """Return the description in an aside such as ", the mayor of Oslo,"."""
    if aside is None:
        return None
    match = DESCRIBED.match(letters(found[aside[0] : aside[1]]))
    if match is None:
        return None
    return clear_of_article(found, (aside[0] + match.start("what"), aside[0] + match.end("what")))


def _named(found: list[Word], stretch: tuple[int, int], description: Span | None) -> Mention:
    """Part the titles from the name they stand before."""
    first, end = stretch
    titles = [i for i in range(first, end) if found[i].letter == "T"]
    begin = titles[-1] + 1 if titles and titles[-1] + 1 < end else first
    title = _span(found, (first, begin)) if begin > first else None
    if begin == first and first and found[first - 1].text == "The":
        begin -= 1
    return Mention(Kind.NAME, _span(found, (begin, end)), description, title)


def clear_of_article(found: list[Word], stretch: tuple[int, int]) -> Span:
    """Return where a stretch of words stands in the article, without an article or the like in front."""
    first, end = stretch
    return _span(found, (first + 1 if found[first].letter == "d" and end - first > 1 else first, end))


def _span(found: list[Word], stretch: tuple[int, int]) -> Span:
    return Span(found[stretch[0]].start, found[stretch[1] - 1].end)
