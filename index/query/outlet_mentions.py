"""Find outlets named in a question as its source ("according to CNN", "what did Reuters say"), by their indexed names.

An outlet that the question is about ("Who owns USA Today?", "Did CNN fire its host?") is no source.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from index.articles import Span
from index.text.word_lists import alternation, load_words

_MAX_NAME_WORDS = 6  # of an outlet's name; judged
_MAX_CUES = 20  # of one question behind which a name is looked for; judged, it bounds the work
_WORD = re.compile(r"[\w&'’.+-]*[\w&+]")  # "CNN", "A&E", "U.S", "C+"
_NAME_ENDINGS = load_words("query/outlet_name_endings")
_GENERAL_NAMES = _NAME_ENDINGS | {"press", "media"}  # behind "the" they name no outlet: "the press"

# Cues behind which a source may stand, by kind.
# "according to", "as reported by", "published in"
_ACCORDING = re.compile(
    r"\b(?:according to|as (?:reported|told|written) by|(?:reported|published|written) (?:by|in))\s+",
    re.IGNORECASE,
)
# "what did", "how has", "which paper does", "what's"
_ASKED = re.compile(
    r"\b(?:what|how|when|where|why|who|whom|which \w+)(?:\s+(?:did|does|do|has|have|had|is|was)|['’]s)\s+",
    re.IGNORECASE,
)
_WHETHER = re.compile(  # "And did"
    r"^\W*(?:and |but |so )?(?:did|does|has|have|had)\s+", re.IGNORECASE
)
_NEWS_WORD = alternation(load_words("query/coverage_nouns"))
_COVERAGE_NOUN = re.compile(rf"\b{_NEWS_WORD}\b", re.IGNORECASE)  # "news", "articles"
_CONJUNCTION = re.compile(r"\s*(?:,|and|or|&)\s+", re.IGNORECASE)  # " and "
_FROM = re.compile(r" (?:from|by|in|on) ", re.IGNORECASE)  # " from "
# "What was written about it in", "What's said on"
_SAID_IN = re.compile(
    r"^\W*what(?:['’]s| is| was| were| did| has| have| does)\b.{0,200} (?:in|on|by) ",
    re.IGNORECASE | re.DOTALL,
)
# "'s coverage", "’ reports": behind the name
_COVERAGE = re.compile(
    r"['’]s? (?:coverage|report(?:s|ing)?|articles?|stor(?:y|ies)|headlines?)\b", re.IGNORECASE
)

# What an outlet does, behind its name: "reported", "wrote", "been saying", " us anything", " have anything".
_WROTE = r"(?:report|write|publish|cover|print|run|quote)(?:ed|ing|s|n)?|wrote|written|reporting"
_SAID = r"say|said|saying|tell|told|claim(?:ed|ing)?|been saying"
_ABOUT = r"\s+(?:us\s+|me\s+)?(?=that|about|on|of|anything|something|whether|when|how|why|regarding)"
_HAS_ON = re.compile(rf"\s+(?:have|got|got anything){_ABOUT}", re.IGNORECASE)  # " have on"
_VERB_AFTER_WH = re.compile(rf"\s+(?:been )?(?:{_WROTE}|{_SAID})\b", re.IGNORECASE)  # " report"
_VERB_AFTER_AUX = re.compile(  # " report that", " say anything"
    rf"\s+(?:been )?(?:(?:{_WROTE})\b(?:\s+(?:that|about|on)\b)?|(?:{_SAID}){_ABOUT}(?:that\b)?)",
    re.IGNORECASE,
)
_WORD_AFTER = alternation(load_words("query/words_after_outlet"))
# After a whole source comes the end, a mark, or a word that is no noun: "according to CNN host ..." names a
# person.
_FREE = re.compile(rf"\s*(?:$|[.,;:!?)]|{_WORD_AFTER}\b)", re.IGNORECASE)


class OutletMention(NamedTuple):
    """An outlet as indexed, the span that names it as the source, and the span that is taken out of the topic."""

    outlet: str
    phrase: Span
    removed: Span


def link_outlets(text: str, outlets: Collection[str]) -> list[OutletMention]:
    """Return the outlets that `text` names as its source, in order, each once."""
    names: Mapping[str, str] | None = None
    found: dict[str, OutletMention] = {}
    for match, kind in islice(_cues(text), _MAX_CUES):
        names = short_names(outlets) if names is None else names
        named = list(_outlets_at(text, match.end(), names, any_case=kind != "in"))
        spans = _spans(text, match, kind, named[-1][1]) if named else None
        for outlet, _ in named:
            if spans:
                found.setdefault(outlet, OutletMention(outlet, *spans))
    return sorted(found.values(), key=lambda mention: mention.removed)


def short_names(outlets: Collection[str]) -> dict[str, str]:
    """Return each outlet by every folded way to write its name; ways that fit two outlets are left out.

    "The Washington Post" is also "Washington Post" and "the Post", "BBC News" is also "BBC", "New York Times"
    is also "NYT"; forms like "WaPo" are not guessed.
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
    return {form: next(iter(fitting)) for form, fitting in merged.items() if len(fitting) == 1}


def _folded(name: str) -> list[str]:
    """Return the words of a name in lower case, without a "the" before them."""
    words = [word.replace("’", "'").casefold() for word in _WORD.findall(name)]
    return words[1:] if words[:1] == ["the"] and len(words) > 1 else words


def _forms(words: list[str]) -> Iterator[str]:
    """Yield the short forms of a name: "bbc" for "bbc news", "the post", "nyt"."""
    kept = words[:-1] if words[-1] in _NAME_ENDINGS and len(words) > 1 else words
    yield " ".join(kept).removesuffix(".com")
    if len(words) > 1:
        yield "".join(words)
        if words[-1] not in _GENERAL_NAMES:
            yield f"the {words[-1]}"
        if words[-1] in _NAME_ENDINGS and len(words) > 2:
            yield f"the {words[-2]}"
    if len(words) > 2:
        yield "".join(word[0] for word in words)


def _cues(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the cues behind which a source may be named, each with its kind."""
    news = _COVERAGE_NOUN.search(text)
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


def _outlets_at(
    text: str, start: int, names: Mapping[str, str], *, any_case: bool
) -> Iterator[tuple[str, int]]:
    """Yield the outlets that begin at `start`, also several of them ("CNN and Reuters"), with where each ends."""
    while (found := _outlet_at(text, start, names, any_case=any_case)) is not None:
        yield found
        conjunction = _CONJUNCTION.match(text, found[1])
        if not conjunction:
            return
        start = conjunction.end()


def _outlet_at(text: str, start: int, names: Mapping[str, str], *, any_case: bool) -> tuple[str, int] | None:
    """Return the outlet with the longest name at `start`, and where that ends; None when there is none.

    Unless `any_case`, a single word must be written with a capital.
    """
    ends: list[int] = []
    position = start
    for word in _WORD.finditer(text, start):
        if len(ends) == _MAX_NAME_WORDS or text[position : word.start()].strip():
            break
        position = word.end()
        ends.append(position)
    for end in reversed(ends):
        written = text[start:end].replace("’", "'")
        for name in dict.fromkeys((written, re.sub(r"'s?$", "", written))):
            words = [word.casefold() for word in name.split()]
            bare = words[1:] if words[:1] == ["the"] else words
            outlet = names.get(" ".join(bare)) or names.get(" ".join(words))
            if outlet and (any_case or len(bare) > 1 or name.removeprefix("the ")[:1].isupper()):
                return outlet, start + len(name)
    return None


def _spans(text: str, match: re.Match[str], kind: str, end: int) -> tuple[Span, Span] | None:
    """Return the spans of the phrase and of what is removed from the topic, None when the names are no source.

    What follows the names, up to `end`, decides that.
    """
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
