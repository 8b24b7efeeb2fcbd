"""Whom the own words of a sentence name as the one who says it."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from index.articles import Span
from index.attribution.lexicon import TITLES
from index.attribution.reporting_patterns import (
    ACCORDING_TO,
    ACCORDING_TO_POSSESSIVE,
    APPOSED_NAME,
    BODY_BEFORE,
    BODY_BEHIND,
    BODY_WITH_AND,
    BYLINE_NOTE,
    DATELINE,
    DEATH,
    DESCRIPTION_ASIDE,
    DIALOGUE_LABEL,
    FIRM_BEFORE,
    FIRM_BEHIND,
    INFINITIVE,
    OPENING_SUBJECT,
    OVERLONG_NAME,
    PASSIVE,
    PLACE_BEFORE,
    PRONOUN_SAYS,
    QUOTE_FRAME,
    QUOTE_MARK,
    SECOND_VERB,
    SENTENCE_END,
    SUBJECT_COLON_QUOTE,
    SUBJECT_THEN_VERB,
    VERB_THEN_SUBJECT,
    WITH_SAYING,
)
from index.attribution.tag_corrections import NAME_SUFFIXES
from index.attribution.token_classes import QUOTE_MASK, TaggedText, tag
from index.text.word_lists import load_words

_DOCUMENTS = load_words("attribution/documents")
_LABEL_CHARS = 120  # characters of a line in which the label of a turn ends; judged
_OBJECTS = tuple("xmrePD")  # tags of a word that is no beginning of a clause; judged
_VERB_GROUPS = ("saying", "reacting", "ambiguous", "quoting", "progressive", "gerund")  # of SUBJECT_THEN_VERB


class MentionType(Enum):
    """What stands for the speaker in the sentence."""

    NAME = "name"
    PRONOUN = "pronoun"  # he, she, they
    ROLE = "role"  # the senator, a spokesman for the Acme company, officials
    INSTITUTION = "institution"  # the Acme campaign, the Ohio health department


class Mention(NamedTuple):
    """Where a speaker is mentioned in an article, and where the description and the title beside it stand."""

    kind: MentionType
    name: Span
    description: Span | None = None
    title: Span | None = None


class Attribution(NamedTuple):
    """Who says a sentence by its own words, and by which words of it.

    `explicitness` ranks how plainly: 4 where the sentence begins or ends with it ("..., said Roe."), 3 where
    a clause begins with it ("Roe said", "according to Roe"), 2 elsewhere or with a weaker form ("with Roe
    saying"), 1 where the speaker only reacts ("Roe criticised").
    """

    mention: Mention
    explicitness: int
    cue: Span


def mask_quotes(text: str) -> str:
    """Return one paragraph with QUOTE_MASK for every character between quotation marks, the marks included.

    Straight, curly and doubled single marks count. A quotation that is not closed runs to the paragraph's
    end.
    """
    parts: list[str] = []
    position, opened = 0, -1
    for match in QUOTE_MARK.finditer(text):
        mark = match.group()
        if opened >= 0 and mark not in "“«" and mark != "``":
            parts.append(QUOTE_MASK * (match.end() - opened))
            position, opened = match.end(), -1
        elif opened < 0 and mark not in "”»":
            parts.append(text[position : match.start()])
            opened = match.start()
    if opened >= 0:
        parts.append(QUOTE_MASK * (len(text) - opened))
    else:
        parts.append(text[position:])
    return "".join(parts)


def find_attribution(masked: str, start: int = 0) -> Attribution | None:
    """Return whom a sentence names as its own speaker, or None.

    `masked` is the sentence with its quotations hidden, `start` where it begins in the article. Of several
    the plainest wins, then the first: in "she said he had denied it" it is "she".
    """
    if masked.endswith("?") and QUOTE_MASK not in masked:
        return None  # a question says nothing
    tagged = tag(DATELINE.sub(lambda line: " " * len(line.group()), masked), start)
    best: Attribution | None = None
    for candidate in _candidates(tagged):
        if best is None or _rank(candidate) > _rank(best):
            best = candidate
    return best


def _rank(candidate: Attribution) -> tuple[int, int]:
    return candidate.explicitness, -candidate.cue.start


def _candidates(tagged: TaggedText) -> Iterator[Attribution]:
    """Yield whom the words of a sentence name as speaking; nobody of whom only a part was read, or who is dead."""
    return (found for found in _matched_subjects(tagged) if _may_speak(tagged, found.mention))


def _may_speak(tagged: TaggedText, mention: Mention) -> bool:
    """Return True unless a mention is part of a longer name, a paper, or somebody who dies in the sentence."""
    start, end = (position - tagged.offset for position in mention.name)
    if mention.kind is MentionType.INSTITUTION:
        owner, _, body = tagged.text[start:end].rpartition(" ")
        return not (body in _DOCUMENTS and re.search(r"['’]", owner))
    first = sum(span[0] < start for span in tagged.spans)
    last = sum(span[0] < end for span in tagged.spans)
    before, name, after = tagged.tags[:first], tagged.tags[first:last], tagged.tags[last:]
    if mention.kind is MentionType.ROLE:
        return not _is_of_two_places(name, after)
    if mention.kind is not MentionType.NAME:
        return True
    if DEATH.match(tagged.text, end) or (len(name) == 1 and PLACE_BEFORE.search(before)):
        return False
    if BODY_BEFORE.search(before) or OVERLONG_NAME.search(name):
        return False
    if "&" in tagged.text[start:end] and FIRM_BEFORE.search(before):
        return False
    firm = FIRM_BEHIND.match(after)
    if after[:1] in ("N", "P", "T") or (firm and "&" in tagged.words(last, last + firm.end())):
        return False
    if before.endswith("N,") and _is_abbreviated(tagged.text[start:end]):  # "Oslo, Va."
        return False
    return not ("o" in name and BODY_BEHIND.match(after))


def _is_of_two_places(role: str, after: str) -> bool:
    """Return True for "the mayor of Elm and Kell": nobody knows whether Kell is a town or speaks too."""
    if BODY_WITH_AND.search(role):
        return False
    return bool(re.search(r"[of]d?N+cN$", role)) or ("o" in role and after.startswith("cN"))


def _is_abbreviated(name: str) -> bool:
    return name.endswith(".") and name.split()[-1].rstrip(".") not in NAME_SUFFIXES


def _matched_subjects(tagged: TaggedText) -> Iterator[Attribution]:
    tags = tagged.tags
    it = PRONOUN_SAYS.match(tags)
    if it:  # whoever "it" is, it speaks rather than those it speaks of
        pronoun = Mention(MentionType.PRONOUN, tagged.span(*it.span("pronoun")))
        yield Attribution(pronoun, 4, tagged.span(*it.span("saying")))
    direct = list(_subject_then_verb(tagged))
    yield from direct
    yield from _verb_then_subject(tagged, {candidate.cue for candidate in direct})
    yield from _sourced(tagged)
    for match in SUBJECT_COLON_QUOTE.finditer(tags):
        yield _attribution_from(tagged, match, 2, None)
    first = OPENING_SUBJECT.match(tags)
    trailing = SECOND_VERB.match(tags, first.end()) if first else None
    if first and trailing:
        yield _attribution_from(tagged, first, 1 if trailing["saying"] == "M" else 2, None)


def _subject_then_verb(tagged: TaggedText) -> Iterator[Attribution]:
    """Yield subjects before their verb: "Jane Roe, the mayor, said"."""
    for match in SUBJECT_THEN_VERB.finditer(tagged.tags):
        explicitness = _explicitness(match, tagged.tags) if _says_words(tagged, match) else 0
        if explicitness > 2 and tagged[match.end() - 1] == "agreed" and _word(tagged, match.end()) == "to":
            explicitness = 2  # who agrees to buy says less than who told of it
        if explicitness and not BYLINE_NOTE.match(tagged.text, tagged.spans[match.end() - 1][0]):
            verb = next(name for name in _VERB_GROUPS if match[name])
            yield _attribution_from(tagged, match, explicitness, verb)


def _says_words(tagged: TaggedText, match: re.Match[str]) -> bool:
    """Return False where nothing is said: "Roe maintained her lead", but "Roe maintained that"."""
    maintains = tagged[match.end() - 1].startswith("maintain")
    return not (maintains and tagged.tags[match.end() : match.end() + 1] in _OBJECTS)


def _word(tagged: TaggedText, at: int) -> str:
    return tagged[at] if at < len(tagged.tags) else ""


def _verb_then_subject(tagged: TaggedText, used_cues: set[Span]) -> Iterator[Attribution]:
    """Yield subjects after their verb, ", said Jane Roe", but for the verbs in `used_cues`."""
    tags = tagged.tags
    for match in VERB_THEN_SUBJECT.finditer(tags):
        outermost = tags[match.end() :] in ("", ".") or (match["role"] and tags[match.end()] == "w")
        candidate = _attribution_from(tagged, match, 4, "saying")
        if match["quote"] or outermost or candidate.cue not in used_cues:
            yield candidate


def _sourced(tagged: TaggedText) -> Iterator[Attribution]:
    """Yield the sources a sentence cites: "according to Jane Roe", "as reported by the Sample Wire"."""
    tags = tagged.tags
    for match in ACCORDING_TO.finditer(tags):
        yield _attribution_from(tagged, match, 3, None)
    for match in ACCORDING_TO_POSSESSIVE.finditer(tags):
        name = strip_determiner(tagged, match.span("name"))
        yield Attribution(Mention(MentionType.INSTITUTION, name), 3, name)
    for match in PASSIVE.finditer(tags):
        if tagged[match.start("by")] == "by":
            yield _attribution_from(tagged, match, 2, None)
    for match in WITH_SAYING.finditer(tags):
        if tagged[match.start("with")] == "with":
            yield _attribution_from(tagged, match, 2, "saying")


def _explicitness(match: re.Match[str], tags: str) -> int:
    """Return how plainly a subject before its verb speaks.

    More where a clause begins, most where the sentence ends.
    """
    begins = (
        match.start() == 0 or tags[match.start() - 1] in ",QD:;-.c" or tags[: match.start()] in ("k", "a")
    )
    if match["reacting"] or match["ambiguous"]:
        return (2 if match["ambiguous"] else 1) if begins else 0
    if not begins or not (match["saying"] or match["progressive"] or match["quoting"]):
        return 2
    return 4 if match.start() > 0 and SENTENCE_END.fullmatch(tags, match.end()) else 3


def frames_quotation(masked: str) -> bool:
    """Return True if the words around a quotation say that somebody says it, be it "the email" or "another"."""
    return QUOTE_MASK in masked and bool(QUOTE_FRAME.search(tag(masked).tags))


def find_opening_subject(masked: str, start: int = 0) -> Mention | None:
    """Return the name or pronoun a sentence opens with as its subject, or None."""
    tagged = tag(masked, start)
    match = OPENING_SUBJECT.match(tagged.tags)
    return _mention_from(tagged, match) if match else None


def find_dialogue_label(masked: str, start: int = 0) -> Mention | None:
    """Return whose turn a line of a conversation is, as in `JANE ROE: Thank you`."""
    begins = masked[:_LABEL_CHARS]
    if ":" not in begins:
        return None
    tagged = tag(begins, start)
    match = DIALOGUE_LABEL.match(tagged.tags)
    return _mention_from(tagged, match) if match else None


def find_cited(masked: str, start: int = 0) -> list[Mention]:
    """Return all whom a sentence names as saying or carrying it, the plainest first.

    "agreed to buy" says nothing.
    """
    tagged = tag(masked, start)
    candidates = sorted(_candidates(tagged), key=_rank, reverse=True)
    says = [
        one
        for one in candidates
        if one.explicitness > 1 and not INFINITIVE.match(masked, one.cue.end - start)
    ]
    return [candidate.mention for candidate in says]


def find_subject(masked: str, cue: Span) -> Mention | None:
    """Return whom a sentence names as the subject of `cue`, be it "denied" or "was denied by"; or None."""
    tagged = tag(masked)
    candidates = _candidates(tagged)
    own = (one for one in candidates if one.cue.start < cue.end and cue.start < one.cue.end)
    return next(
        (one.mention for one in own if one.mention.kind in {MentionType.NAME, MentionType.INSTITUTION}), None
    )


def _attribution_from(
    tagged: TaggedText, match: re.Match[str], explicitness: int, verb: str | None
) -> Attribution:
    cue = tagged.span(*(match.span(verb) if verb else match.span()))
    return Attribution(_mention_from(tagged, match), explicitness, cue)


def _mention_from(tagged: TaggedText, match: re.Match[str]) -> Mention:
    """Return what a pattern over tags matched as its subject, as spans of the article."""
    groups = match.groupdict()
    if match["pronoun"]:
        return Mention(MentionType.PRONOUN, tagged.span(*match.span("pronoun")))
    if match["institution"]:
        return Mention(MentionType.INSTITUTION, strip_determiner(tagged, match.span("institution")))
    aside = match.span("aside") if groups.get("aside") else None
    if match["name"] and not set(tagged.tags[slice(*match.span("name"))]) - {"T"}:
        return Mention(MentionType.ROLE, strip_determiner(tagged, match.span("name")))
    if match["role"]:
        inner = APPOSED_NAME.fullmatch(match["aside"]) if aside else None
        role = strip_determiner(tagged, match.span("role"))
        if inner and aside:
            return _named_mention(tagged, (aside[0] + 1, aside[0] + inner.end("name")), role)
        return Mention(MentionType.ROLE, role)
    before = strip_determiner(tagged, match.span("before")) if match["before"] else None
    return _named_mention(tagged, match.span("name"), before or _description_in(tagged, aside))


def _description_in(tagged: TaggedText, aside: tuple[int, int] | None) -> Span | None:
    """Return the description in an aside such as ", the mayor of Oslo,"."""
    if aside is None:
        return None
    match = DESCRIPTION_ASIDE.match(tagged.tags[slice(*aside)])
    if match is None:
        return None
    return strip_determiner(
        tagged, (aside[0] + match.start("description"), aside[0] + match.end("description"))
    )


def _named_mention(tagged: TaggedText, word_range: tuple[int, int], description: Span | None) -> Mention:
    """Return a mention of a name, with the titles in front of it as its title."""
    first, end = word_range
    tags = tagged.tags[first:end]
    begin = first + (0 if "c" in tags else tags.rfind("T") + 1)
    begin = first if begin == end else begin
    title = tagged.span(first, begin) if begin > first else None
    if begin == first and first and tagged[first - 1] == "The":
        begin -= 1
    return Mention(MentionType.NAME, tagged.span(begin, end), description, title)


def split_title(text: str, name: Span) -> tuple[Span, Span | None]:
    """Return where a name of a label stands without the title before it, and where the title: "SEN. MARK KELL"."""
    words = list(re.finditer(r"\S+", text[slice(*name)]))
    first = 0
    while first < len(words) - 1 and words[first][0].rstrip(".").title() in TITLES:
        first += 1
    title = Span(name.start, name.start + words[first - 1].end()) if first else None
    return Span(name.start + words[first].start(), name.end), title


def strip_determiner(tagged: TaggedText, word_range: tuple[int, int]) -> Span:
    """Return where a range of words stands in the article, without a determiner in front."""
    first, end = word_range
    tags = tagged.tags[first:end]
    # the "one" of "one of the lawyers" stays
    return tagged.span(first + (tags[:1] == "d" and tags[1:2] not in ("", "o")), end)
