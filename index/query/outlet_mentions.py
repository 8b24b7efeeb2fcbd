"""Outlets named in a question as its source ("according to CNN", "what did Reuters say"), by their indexed names.

An outlet that the question is about ("Who owns USA Today?", "Did CNN fire its host?") is no source.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from index.articles import Span
from index.text.word_lists import alternation, load_words

_LONGEST_NAME = 6  # words
_MOST_PLACES = 20  # where a name is looked for in one question
_WORD = re.compile(r"[\w&'’.+-]*[\w&+]")
_TRAILING = load_words("query/outlet_name_endings")

# Words that a source may stand behind; `report` verbs follow it where the question is about what it wrote.
_ACCORDING = re.compile(
    r"\b(?:according to|as (?:reported|told|written) by|(?:reported|published|written) (?:by|in))\s+",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:what|how|when|where|why|who|whom|which \w+)(?:\s+(?:did|does|do|has|have|had|is|was)|['’]s)\s+",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^\W*(?:and |but |so )?(?:did|does|has|have|had)\s+", re.IGNORECASE)
_COVERAGE_NOUNS = alternation(load_words("query/coverage_nouns"))
_NEWS = re.compile(rf"\b{_COVERAGE_NOUNS}\b", re.IGNORECASE)
_FROM = re.compile(r" (?:from|by|in|on) ", re.IGNORECASE)
_SAID_IN = re.compile(
    r"^\W*what(?:['’]s| is| was| were| did| has| have| does)\b.{0,200} (?:in|on|by) ",
    re.IGNORECASE | re.DOTALL,
)
_COVERAGE = re.compile(
    r"['’]s? (?:coverage|report(?:s|ing)?|articles?|stor(?:y|ies)|headlines?)\b", re.IGNORECASE
)

_WROTE = r"(?:report|write|publish|cover|print|run|quote)(?:ed|ing|s|n)?|wrote|written|reporting"
_SAID = r"say|said|saying|tell|told|claim(?:ed|ing)?|been saying"
_ABOUT = r"\s+(?:us\s+|me\s+)?(?=that|about|on|of|anything|something|whether|when|how|why|regarding)"
_HAS_ON = re.compile(rf"\s+(?:have|got|got anything){_ABOUT}", re.IGNORECASE)
_VERB_AFTER_WH = re.compile(rf"\s+(?:been )?(?:{_WROTE}|{_SAID})\b", re.IGNORECASE)
_VERB_AFTER_AUX = re.compile(
    rf"\s+(?:been )?(?:(?:{_WROTE})\b(?:\s+(?:that|about|on)\b)?|(?:{_SAID}){_ABOUT}(?:that\b)?)",
    re.IGNORECASE,
)
_WORDS_AFTER_OUTLET = alternation(load_words("query/words_after_outlet"))
# After a whole source comes the end, a mark, or a word that is no noun: "according to CNN host ..." names a person.
_FREE = re.compile(rf"\s*(?:$|[.,;:!?)]|{_WORDS_AFTER_OUTLET}\b)", re.IGNORECASE)


class OutletMention(NamedTuple):
    """An outlet as indexed, the words that name it as the source, and the words that fall out of the topic."""

    outlet: str
    named: Span
    removed: Span


def link_outlets(text: str, outlets: Collection[str]) -> list[OutletMention]:
    """Find the outlets that `text` names as its source, in order, each once."""
    names: Mapping[str, str] | None = None
    found: dict[str, OutletMention] = {}
    for match, kind in islice(_places(text), _MOST_PLACES):
        names = short_names(outlets) if names is None else names
        listed = list(_listed(text, match.end(), names, loose=kind != "in"))
        spans = _spans(text, match, kind, listed[-1][1]) if listed else None
        for outlet, _ in listed:
            if spans:
                found.setdefault(outlet, OutletMention(outlet, *spans))
    return sorted(found.values(), key=lambda source: source.removed)


def short_names(outlets: Collection[str]) -> dict[str, str]:
    """Map every way to write an outlet's name (folded) to the name; ways that fit two outlets are left out.

    "The Washington Post" is also "Washington Post", "the Post", "WaPo"-like forms are not guessed;
    "BBC News" is also "BBC", "New York Times" is also "NYT".
    """
    whole: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    for outlet in outlets:
        words = _folded(outlet)
        if not words:
            continue
        whole[" ".join(words)].add(outlet)
        for form in _forms(words):
            short[form].add(outlet)
    merged = short | whole
    return {form: next(iter(fits)) for form, fits in merged.items() if len(fits) == 1}


def _folded(name: str) -> list[str]:
    words = [word.replace("’", "'").casefold() for word in _WORD.findall(name)]
    return words[1:] if words[:1] == ["the"] and len(words) > 1 else words


def _forms(words: list[str]) -> Iterator[str]:
    kept = words[:-1] if words[-1] in _TRAILING and len(words) > 1 else words
    yield " ".join(kept).removesuffix(".com")
    if len(words) > 1:
        yield "".join(words)
        yield f"the {words[-1]}"
        if words[-1] in _TRAILING and len(words) > 2:
            yield f"the {words[-2]}"
    if len(words) > 2:
        yield "".join(word[0] for word in words)


def _places(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Give the matches behind which a source may be named, with the kind of place."""
    news = _NEWS.search(text)
    for match in _FROM.finditer(text, news.end()) if news else ():
        yield match, "news"
    for kind, pattern in (
        ("according", _ACCORDING),
        ("asked", _ASKED),
        ("whether", _WHETHER),
        ("in", _SAID_IN),
    ):
        for match in pattern.finditer(text):
            yield match, kind


def _listed(text: str, start: int, names: Mapping[str, str], *, loose: bool) -> Iterator[tuple[str, int]]:
    """Give the outlets that begin at `start`, also several of them ("CNN and Reuters"), with where each ends."""
    while (found := _name_at(text, start, names, loose=loose)) is not None:
        yield found
        joint = re.compile(r"\s*(?:,|and|or|&)\s+", re.IGNORECASE).match(text, found[1])
        if not joint:
            return
        start = joint.end()


def _name_at(text: str, start: int, names: Mapping[str, str], *, loose: bool) -> tuple[str, int] | None:
    """Read the longest outlet name at `start`; unless `loose`, a single word must be written with a capital."""
    ends: list[int] = []
    position = start
    for word in _WORD.finditer(text, start):
        if len(ends) == _LONGEST_NAME or text[position : word.start()].strip():
            break
        position = word.end()
        ends.append(position)
    for end in reversed(ends):
        written = text[start:end].replace("’", "'")
        for shown in dict.fromkeys((written, re.sub(r"'s?$", "", written))):
            words = [word.casefold() for word in shown.split()]
            bare = words[1:] if words[:1] == ["the"] else words
            outlet = names.get(" ".join(bare)) or names.get(" ".join(words))
            if outlet and (loose or len(bare) > 1 or shown.removeprefix("the ")[:1].isupper()):
                return outlet, start + len(shown)
    return None


def _spans(text: str, match: re.Match[str], kind: str, end: int) -> tuple[Span, Span] | None:
    """Decide by what follows the names whether they are the source: what names it, what falls out of the topic."""
    if kind in {"asked", "whether"}:
        verb = _COVERAGE.match(text, end) if kind == "asked" else None
        verb = verb or (_VERB_AFTER_WH if kind == "asked" else _VERB_AFTER_AUX).match(text, end)
        verb = verb or _HAS_ON.match(text, end)
        auxiliary = re.search(r"(?:['’]s|\w+)\s+$", match[0])
        start = match.start() + auxiliary.start() if auxiliary else match.end()
        return (Span(match.end(), end), Span(start, verb.end())) if verb else None
    if not _FREE.match(text, end):
        return None
    start = match.start() if kind == "according" else text.rfind(" ", 0, match.end() - 1) + 1
    return Span(start, end), Span(start, end)
