"""A sentence -> whom its own words name as the one who says it."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from index.articles import Span
from index.attribution.token_classes import HIDDEN_TAG, TaggedText, tag


class MentionType(Enum):
    """What stands for the speaker in the sentence."""

    NAME = "name"
    PRONOUN = "pronoun"  # he, she, they
    ROLE = "role"  # the senator, a spokesman for the Acme company, officials
    BODY = "body"  # the Acme campaign, the Supreme Court


class Mention(NamedTuple):
    """A stretch of text that stands for a speaker, with the description that stands beside it."""

    kind: MentionType
    name: Span
    description: Span | None = None
    title: Span | None = None


class Attribution(NamedTuple):
    """Who says the sentence by its own words, and how plainly (3: said; 2: saying; 1: criticised)."""

    mention: Mention
    explicitness: int
    cue: Span


_NAME = r"(?:[TN]|(?<![NTP])p{1,2}(?=N))(?:[TN]|p{1,3}N|od?N|c(?=[TN]{1,3}))*"
_BEFORE = r"(?:[NPme]|(?<=[NP])x){0,5}r"
_PERSON = rf"d?(?:(?P<before>{_BEFORE})|m{{1,2}}(?=T))?(?P<name>{_NAME})"
_ROLE = r"(?P<role>(?:do)?d?[mNPxe]{0,4}r(?:x?[of]d?[mNPTrexDu]{1,5}){0,2})"
_BODY = r"(?P<body>d?[mu]{0,2}[NPT]{1,5}m{0,2}x?[er]?e)"
_SUBJECT = rf"(?:(?P<pronoun>h)|{_BODY}|{_PERSON}|{_ROLE})"
_ASIDE = r"(?:\([^()]{1,12}\))?(?:,(?![cCQ])[^,.:;]{1,25}(?:,[^,.:;Q]{1,16}){0,2}(?:,|(?<=Q))|-[^-.:;Q]{1,16}-)|\([^()]{1,12}\)"
_BETWEEN = r"(?:a|f?d?D|f[dP]?m{0,2}[xmeD]{1,2}(?=a*[CLMH]))*+"


_DIRECT = re.compile(
    rf"(?<![foPb])(?<![fo]d){_SUBJECT}(?P<aside>{_ASIDE})?{_BETWEEN}(?:(?P<said>[CL])|(?P<reacted>M)|(?P<noun>H)(?=[wQdNPThi])|(?P<plain>V)(?=[Q:,.w]|fG|$)|b(?P<now>G)|(?<=[Nh])(?P<doing>G)(?=[wQdNPThi]))"
)
_INVERTED = re.compile(
    rf"(?:^|(?P<quote>Q,?)|(?P<comma>[,-]))a?(?P<said>[CHV])(?:{_SUBJECT})(?:(?P<aside>,[^,.:;Q]{{1,22}})(?=[,.;-]|$)|(?(quote)|(?=[,.:;Qfows(-]|$)))"
)
_ACCORDING = re.compile(
    rf"K(?:d?[mxeNu]{{0,4}}[of]|d?[mx]{{1,2}}(?=[NPT]))?{_SUBJECT}(?P<aside>,[^,.:;Q]{{1,22}}(?=[,.;-]|$))?"
)
_POSSESSED = re.compile(r"Kd?(?P<name>[NT]{0,4}P[mxeHN]{1,2})")
_PASSIVE = re.compile(rf"[CM][aD]{{0,3}}(?P<by>f){_SUBJECT}(?P<aside>{_ASIDE})?")
_WITH = re.compile(rf"(?:,|-)(?P<with>f){_SUBJECT}(?P<aside>{_ASIDE})?(?P<said>G)(?=[wQdNPThixm])")
_COLON = re.compile(rf"^{_SUBJECT}(?P<aside>{_ASIDE})?[^,.:;QCMG]{{0,6}}:Q")
_FIRST = re.compile(
    rf"^[kac]?,?(?:[fgks][^,.:;QCM]{{1,14}},)?{_SUBJECT}(?P<aside>{_ASIDE})?(?=(?:f?D)?[abcCLMHVGxw])"
)
_DATELINE = re.compile(r"^[A-Z][A-Z.' ]{2,30}(?:,[^()—–\n-]{1,25})?(?:\([^()]{1,20}\)\s?)?(?:--|[—–-])(?=\s)")
_LABEL = re.compile(
    rf"^(?P<pronoun>(?!))?(?P<body>(?!))?(?P<role>(?!))?{_PERSON}(?P<aside>\([^()]{{1,6}}\))?:(?![uN.]|$)"
)
_IT_SAYS = re.compile(r"^(?:k,?)?(?P<pronoun>i)[aD]{0,3}(?P<said>[CL])")
_TO_DO = re.compile(r"\s+(?:not\s+)?to\s[a-z]")
_AT_END = re.compile(r"[afdDx]{0,4}\.*")
_TRAILING = re.compile(r"[^hks;:Q]{0,60}?(?:(?:,|c)a*|eD?(?=G))(?P<said>[GCLM])(?=[wQdNPThi]|[,:]Q)")


def mask_quotes(text: str) -> str:
    """Return one paragraph with every character between quotation marks hidden, the marks included.

    Straight, curly and doubled single marks count. A quotation that is not closed runs to the paragraph's end.
    """
    parts: list[str] = []
    position, opened = 0, -1
    for match in _MARK.finditer(text):
        mark = match.group()
        if opened >= 0 and mark not in "“«" and mark != "``":
            parts.append(HIDDEN_TAG * (match.end() - opened))
            position, opened = match.end(), -1
        elif opened < 0 and mark not in "”»":
            parts.append(text[position : match.start()])
            opened = match.start()
    if opened >= 0:
        parts.append(HIDDEN_TAG * (len(text) - opened))
    else:
        parts.append(text[position:])
    return "".join(parts)


_MARK = re.compile(r"[\"“”„«»]|''|``|’’|‘‘")


def attribution(masked: str, start: int = 0) -> Attribution | None:
    """Return whom a sentence names as its own speaker, or None.

    `masked` is the sentence with its quotations hidden, `start` where it begins in the article. Of several the
    plainest wins, then the first: in "she said he had denied it" it is "she".
    """
    if masked.endswith("?") and HIDDEN_TAG not in masked:
        return None  # a question says nothing
    found = tag(_DATELINE.sub(lambda line: " " * len(line.group()), masked), start)
    best: Attribution | None = None
    for candidate in _candidates(found):
        if best is None or _plainness(candidate) > _plainness(best):
            best = candidate
    return best


def _plainness(candidate: Attribution) -> tuple[int, int]:
    return candidate.explicitness, -candidate.cue.start


def _candidates(found: TaggedText) -> Iterator[Attribution]:
    shape = found.tags
    it = _IT_SAYS.match(shape)
    if it:  # whoever "it" is, it speaks rather than those it speaks of
        pronoun = Mention(MentionType.PRONOUN, found.span(*it.span("pronoun")))
        yield Attribution(pronoun, 4, found.span(*it.span("said")))
    direct = list(_direct(found))
    yield from direct
    yield from _inverted(found, {candidate.cue for candidate in direct})
    yield from _sourced(found)
    for match in _COLON.finditer(shape):
        yield _mention_from(found, match, 2, None)
    first = _FIRST.match(shape)
    trailing = _TRAILING.match(shape, first.end()) if first else None
    if first and trailing:
        yield _mention_from(found, first, 1 if trailing["said"] == "M" else 2, None)


def _direct(found: TaggedText) -> Iterator[Attribution]:
    """Yield subjects before their verb: "Jane Roe, the mayor, said"."""
    for match in _DIRECT.finditer(found.tags):
        strength = _explicitness(match, found.tags)
        if strength > 2 and found[match.end() - 1] == "agreed" and _word(found, match.end()) == "to":
            strength = 2  # who agrees to buy says less than who told of it
        if strength:
            verb = next(name for name in ("said", "reacted", "noun", "plain", "now", "doing") if match[name])
            yield _mention_from(found, match, strength, verb)


def _word(found: TaggedText, at: int) -> str:
    return found[at] if at < len(found.tags) else ""


def _inverted(found: TaggedText, taken: set[Span]) -> Iterator[Attribution]:
    """Yield subjects after their verb, ", said Jane Roe", unless the verb is `taken` by a subject before it."""
    shape = found.tags
    for match in _INVERTED.finditer(shape):
        outermost = shape[match.end() :] in ("", ".") or (match["role"] and shape[match.end()] == "w")
        candidate = _mention_from(found, match, 4, "said")
        if match["quote"] or outermost or candidate.cue not in taken:
            yield candidate


def _sourced(found: TaggedText) -> Iterator[Attribution]:
    """Yield those a sentence rests on: "according to Jane Roe", "as reported by the Sample Wire"."""
    shape = found.tags
    for match in _ACCORDING.finditer(shape):
        yield _mention_from(found, match, 3, None)
    for match in _POSSESSED.finditer(shape):
        name = clear_of_article(found, match.span("name"))
        yield Attribution(Mention(MentionType.BODY, name), 3, name)
    for match in _PASSIVE.finditer(shape):
        if found[match.start("by")] == "by":
            yield _mention_from(found, match, 2, None)
    for match in _WITH.finditer(shape):
        if found[match.start("with")] == "with":
            yield _mention_from(found, match, 2, "said")


def _explicitness(match: re.Match[str], shape: str) -> int:
    """Return how plainly a subject before its verb speaks: more where a clause begins, most where the sentence ends."""
    begins = (
        match.start() == 0 or shape[match.start() - 1] in ",QD:;-.c" or shape[: match.start()] in ("k", "a")
    )
    if match["reacted"] or match["noun"]:
        return (2 if match["noun"] else 1) if begins else 0
    if not begins or not (match["said"] or match["now"] or match["plain"]):
        return 2
    return 4 if match.start() > 0 and _AT_END.fullmatch(shape, match.end()) else 3


def opening(masked: str, start: int = 0) -> Mention | None:
    """Return the name or pronoun a sentence opens with as its subject, or None."""
    found = tag(masked, start)
    match = _FIRST.match(found.tags)
    return mention(found, match) if match else None


def label(masked: str, start: int = 0) -> Mention | None:
    """Return whose turn a line of a conversation is, as in `JANE ROE: Thank you`."""
    begins = masked[:120]
    if ":" not in begins:
        return None
    found = tag(begins, start)
    match = _LABEL.match(found.tags)
    return mention(found, match) if match else None


def mentions(masked: str, start: int = 0) -> list[Mention]:
    """Return all whom a sentence names as saying or carrying it, the plainest first; "agreed to buy" says nothing."""
    found = tag(masked, start)
    candidates = sorted(_candidates(found), key=_plainness, reverse=True)
    says = [
        one for one in candidates if one.explicitness > 1 and not _TO_DO.match(masked, one.cue.end - start)
    ]
    return [candidate.mention for candidate in says]


def subject(masked: str, place: Span) -> Mention | None:
    """Return whom a sentence names as the one whose verb stands at `place`, be it "denied" or "was denied by"."""
    found = tag(masked)
    candidates = _candidates(found)
    own = (one for one in candidates if one.cue.start < place.end and place.start < one.cue.end)
    return next(
        (one.mention for one in own if one.mention.kind in {MentionType.NAME, MentionType.BODY}), None
    )


def _mention_from(found: TaggedText, match: re.Match[str], strength: int, verb: str | None) -> Attribution:
    cue = found.span(*(match.span(verb) if verb else match.span()))
    return Attribution(mention(found, match), strength, cue)


def mention(found: TaggedText, match: re.Match[str]) -> Mention:
    """Return what a pattern over letters matched as its subject, as spans of the article."""
    groups = match.groupdict()
    if match["pronoun"]:
        return Mention(MentionType.PRONOUN, found.span(*match.span("pronoun")))
    if match["body"]:
        return Mention(MentionType.BODY, clear_of_article(found, match.span("body")))
    aside = match.span("aside") if groups.get("aside") else None
    if match["name"] and not set(found.tags[slice(*match.span("name"))]) - {"T"}:
        return Mention(MentionType.ROLE, clear_of_article(found, match.span("name")))
    if match["role"]:
        inner = _APPOSED.fullmatch(match["aside"]) if aside else None
        role = clear_of_article(found, match.span("role"))
        if inner and aside:
            return _named(found, (aside[0] + 1, aside[0] + inner.end("name")), role)
        return Mention(MentionType.ROLE, role)
    before = clear_of_article(found, match.span("before")) if match["before"] else None
    return _named(found, match.span("name"), before or _described(found, aside))


_APPOSED = re.compile(r",(?P<name>[TN](?:[TN]|p{1,3}N)*),?|-(?P<dashed>N)-")
_PLAIN = r"[^,.:;QwhbkVLHaCMGi()-]"
DESCRIBED = re.compile(
    rf"[,(-](?P<what>(?:d|(?=[mNPerT]))(?:[NPmeTxu]|od?){{0,8}}?(?:r|T(?![TN]))(?:{_PLAIN}|g){{0,12}}|N)(?=[,.)w-]|$)"
)


def _described(found: TaggedText, aside: tuple[int, int] | None) -> Span | None:
    """Return the description in an aside such as ", the mayor of Oslo,"."""
    if aside is None:
        return None
    match = DESCRIBED.match(found.tags[slice(*aside)])
    if match is None:
        return None
    return clear_of_article(found, (aside[0] + match.start("what"), aside[0] + match.end("what")))


def _named(found: TaggedText, stretch: tuple[int, int], description: Span | None) -> Mention:
    """Part the titles from the name they stand before."""
    first, end = stretch
    shape = found.tags[first:end]
    begin = first + (0 if "c" in shape else shape.rfind("T") + 1)
    begin = first if begin == end else begin
    title = found.span(first, begin) if begin > first else None
    if begin == first and first and found[first - 1] == "The":
        begin -= 1
    return Mention(MentionType.NAME, found.span(begin, end), description, title)


def clear_of_article(found: TaggedText, stretch: tuple[int, int]) -> Span:
    """Return where a stretch of words stands in the article, without an article or the like in front."""
    first, end = stretch
    shape = found.tags[first:end]
    # the "one" of "one of the lawyers" stays
    return found.span(first + (shape[:1] == "d" and shape[1:2] not in ("", "o")), end)
