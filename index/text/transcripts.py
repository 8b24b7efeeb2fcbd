"""Find the labels that name who speaks in the lines of a transcript: "ANNA REED, ANALYST: The base is old."."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.articles import Span
from index.text.gazetteer import COUNTRY, STATE
from index.text.word_lists import load_words

_MIN_LABELLED_LINES = 2  # judged: one line with a label is a heading or a dateline
_MIN_LABELLED_SHARE = 1 / 3  # of the lines of a transcript; judged: a turn may have more than one paragraph
_MIN_NAME_LENGTH = 3  # letters of a name; judged: Q and A are nobody
_MAX_NAME_WORDS = 4  # judged
_MIN_BARE_TURNS = 4  # of people who are named by their last names alone; judged
_MIN_SPOKEN_SHARE = 1 / 2  # of such turns; judged
_MIN_RECURRING_SHARE = 1 / 2  # of the labels of a transcript; judged: in a list of towns few come again
# What stands before a name without being a part of it: "In Oslo".
_NO_FORENAMES = (
    load_words("attribution/determiners")
    | load_words("attribution/prepositions")
    | load_words("attribution/sentence_openers")
    | load_words("attribution/subordinating_conjunctions")
    | {"and", "or", "of"}
)

# "ANNA REED, CHANNEL NINE ANALYST: ", "Reed (by phone): ", "GEN. DAN HOLT (RET.), ANALYST: ", "[10:02:14] REED: " at the
# beginning of a line.
_LABEL = re.compile(
    r"^[^\S\n]*(?P<label>(?:[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?[^\S\n]+)?(?P<name>[^\W\d_][^\n:,()\[\]\"“”?!;]{0,49}?)[^\S\n]?"
    r"(?:\([^\n()]{1,49}\)|\[[^\n\[\]]{1,49}\])?(?:,[^\S\n]?(?P<description>[^\W_][^\n:\"“”]{1,99}))?"
    r":[^\S\n]+)(?=\S)",
    re.MULTILINE,
)
# A line of spoken words; not "(BEGIN VIDEO CLIP)".
_LINE = re.compile(r"^(?![^\S\n]*[(\[][^\n()\[\]]*[)\]][^\S\n]*$).*\S", re.MULTILINE)
# A word in small letters behind another name or a title: the "Roe" of "Jane Roe", "Mr. Roe".
_LAST_NAME = re.compile(r"\b(?P<first>[A-Z][a-z'’]*)\.?[^\S\n](?=(?P<last>[A-Z][\w'’-]*[a-z]))")
# What stays small in a name that is in capitals: "McCOY", "MacLEOD"
_SMALL_PREFIX = re.compile(r"\bMa?c(?=[A-Z])")
# A word in small letters: what is also written so is no name.
_SMALL_WORD = re.compile(r"\b[^\W\d_A-Z]{2,}\b")
# What people say to each other: "I", "your". Lines of a list ("BUY: ...") have few.
_SPOKEN = re.compile(r"\b(?:I|(?i:you|your|we|our|us|me|my))\b")
# A word for a voice without a name: "UNIDENTIFIED MALE", "QUESTION".
_NOBODY = re.compile(r"\b(?i:unidentified|unknown|male|female|question|answer|speaker)\b")


class Label(NamedTuple):
    """A label from its first letter up to what is said, the name that it holds, and the description.

    `names_speaker` is False where it tells of no person: "QUESTION", "UNIDENTIFIED MALE".
    """

    span: Span
    name: Span
    description: Span | None
    names_speaker: bool = True


def transcript_labels(text: str) -> dict[int, Label]:
    """Return the labels of lines that open a turn of a speaker and are no headings, each by its start. Linear time.

    A text must have several. One in capitals counts if its last word is a last name in the text outside ("Jane Roe").
    Where many lines have one, and most come again, the text is a transcript: there any label counts whose last word
    ends another one and one full name ("REED", after "ANNA REED"), a full name in capitals, and last names by which people
    talk to each other ("BLITZER"). With one of these,
    labels in capitals that name nobody open turns as well.
    """
    if ":" not in text:
        return {}
    labels = [_label(match) for match in _LABEL.finditer(text)]
    labels = [label for label in labels if _may_open_a_turn(text, label)]
    if len(labels) < _MIN_LABELLED_LINES:
        return {}
    counts = Counter(last_name(text, label) for label in labels)
    is_transcript = (
        len(counts) > 1
        and len(labels) >= _MIN_LABELLED_SHARE * len(_LINE.findall(text))
        and sum(count for count in counts.values() if count > 1) >= _MIN_RECURRING_SHARE * len(labels)
    )
    named = {label.span.start: label for label in _named(text, labels, counts, is_transcript)}
    if not (named and is_transcript):
        return named
    turns = (label for label in labels if _is_in_capitals(text, label) or label.span.start in named)
    return {label.span.start: label._replace(names_speaker=label.span.start in named) for label in turns}


def _named(text: str, labels: list[Label], counts: Counter[str], is_transcript: bool) -> Iterator[Label]:
    """Yield the labels that name a speaker; `counts` tells how many have the same last word."""
    known = {
        match["last"].casefold()
        for match in _LAST_NAME.finditer(text)
        if match["first"].casefold() not in _NO_FORENAMES
    } - set(_SMALL_WORD.findall(text))
    labels = [label for label in labels if _may_be_a_name(text, label)]
    full_names = {text[slice(*label.name)].casefold() for label in labels if _is_full(text, label)}
    longest = [name for name in full_names if not any(other.endswith(f" {name}") for other in full_names)]
    bearers = Counter(name.split()[-1] for name in longest)
    bare = _bare_last_names(text, labels, counts) - set(bearers) if is_transcript else set()
    for label in labels:
        last, in_capitals = last_name(text, label), _is_in_capitals(text, label)
        again = counts[last] > 1 and (bearers[last] == 1 or (last in known and not bearers[last]))
        whole = in_capitals and _is_full(text, label)
        if (
            (in_capitals and last in known)
            or (is_transcript and (whole or again))
            or (in_capitals and last in bare)
        ):
            yield label


def _bare_last_names(text: str, labels: list[Label], counts: Counter[str]) -> set[str]:
    """Return the single words in capitals by which two or more people take turns: "BLITZER", "DEAN".

    Who they are stands nowhere else, so only what is said tells a talk from a list with headings.
    """
    single = [label for label in labels if _is_in_capitals(text, label) and not _is_full(text, label)]
    turns = [label for label in single if counts[last_name(text, label)] > 1]
    names = {last_name(text, label) for label in turns} - set(_SMALL_WORD.findall(text))
    said = [text[label.span.end : text.find("\n", label.span.end)] for label in turns]
    spoken = sum(_SPOKEN.search(line) is not None for line in said)
    is_talk = len(turns) >= _MIN_BARE_TURNS and spoken >= _MIN_SPOKEN_SHARE * len(turns)
    changes = sum(last_name(text, a) != last_name(text, b) for a, b in pairwise(turns))
    return names if is_talk and len(names) > 1 and 2 * changes >= len(turns) else set()


def last_name(text: str, label: Label) -> str:
    """Return the last word of a label's name in small letters: "reed" of "ANNA REED"."""
    return text[slice(*label.name)].split()[-1].casefold()


def _label(match: re.Match[str]) -> Label:
    description = Span(*match.span("description")) if match["description"] else None
    return Label(Span(*match.span("label")), Span(*match.span("name")), description)


def _is_in_capitals(text: str, label: Label) -> bool:
    """Return True for a name in capitals, "DAN McCOY" too."""
    return _SMALL_PREFIX.sub("M", text[slice(*label.name)]).isupper()


def _may_open_a_turn(text: str, label: Label) -> bool:
    """Return True if a label is in capitals, or has one at each of its few words and is followed by one."""
    name = text[slice(*label.name)]
    if len(name.split()) > _MAX_NAME_WORDS:
        return False
    described = text[slice(*label.description)] if label.description else ""
    if "." in described and not described.isupper():  # "OSLO, Norway. What to see:"
        return False
    return _is_in_capitals(text, label) or (
        text[label.span.end].isupper() and all(word[0].isupper() for word in name.split())
    )


def _may_be_a_name(text: str, label: Label) -> bool:
    """Return False for "Q", "QUESTION", "THE PRESIDENT" and "NEW DELHI, INDIA"."""
    name = text[slice(*label.name)]
    described = text[slice(*label.description)].title() if label.description else ""
    return not (
        len(name) < _MIN_NAME_LENGTH
        or _NOBODY.search(name)
        or name.split()[0].casefold() in _NO_FORENAMES
        or COUNTRY.fullmatch(described)
        or STATE.fullmatch(described)
    )


def _is_full(text: str, label: Label) -> bool:
    return " " in text[slice(*label.name)]
