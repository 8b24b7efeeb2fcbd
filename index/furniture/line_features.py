"""Features of the lines of an article: what tells its sentences from furniture and headings.

Nothing of them knows an outlet or a data set. The weights of the words stand in `index/furniture/line_model.json`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.articles import Article, Span
from index.text.boilerplate_patterns import DETERMINER, FINITE_VERB, LEADING_MARKS, LETTER_WORD
from index.text.context_dependence import dateline_end
from index.text.word_lists import load_words

MAX_LINE_LENGTH = 600  # characters of a line that are looked at, which is all that a sentence has
NEIGHBOURS = 2  # lines on each side whose look is a feature of a line; judged
OPENING_WORDS = 2  # words whose place at a line's start is a feature of its own; judged
EDGE = 4  # lines at an article's start and end that are told apart by their place; judged
AUTHOR_WORDS = 3  # words at a line's start among which the author's name is looked for; judged
# Features of a line's wording that sentences of the news seldom have.
UNUSUAL = (
    *("address", "early_colon", "glued_colon", "capitals_label", "slashed_names", "reader", "publisher"),
    *("first_person", "role", "invitation", "outlet_named", "author_opens"),
)
_LONG_WORDS = 9  # words of a line that is not short; judged
READER_WORDS = load_words("furniture/reader_words")
PUBLISHER_WORDS = load_words("furniture/publisher_words")
FIRST_PERSON_WORDS = load_words("furniture/first_person_words")
NEWSROOM_WORDS = load_words("furniture/newsroom_words")
INVITATION_WORDS = load_words("furniture/invitation_words")

_TERMINAL = re.compile(r"([.!?…:;,])?[\"”’')\]»]*$")
_DOUBLE_QUOTE = re.compile(r"[\"“”„«»]")
_HANDLE = re.compile(r"@\w|\b\w+\.(?:com|org|net|co|uk|gov|tv|io)\b|\d{3}[-. ]\d{3,4}")
# A label of a few words and a colon without or with a space: "More:How it went", "Fact check: She was there".
_EARLY_COLON = re.compile(r"[^.!?:]{2,60}?[\w’'”\"?]:\s?[\"“‘'A-Z]")
_GLUED_COLON = re.compile(r"[^.!?]{2,90}?[^\W\d_’'”\"?][’'”\"?]?:[\"“‘'A-Z0-9]")
_GLUED_COMMA = re.compile(r"[a-z\"”],[\"“A-Z][a-z]")
# Capitals before a colon: "LIVE UPDATES: The trial".
_CAPITALS_LABEL = re.compile(r"[^a-z:]{4,60}:\s?\S")
# A photographer or agency and a slash, before the first sentence: "Jane Roe/Elm News Two ferries".
_SLASHED_NAMES = re.compile(r"(?:[A-Z][\w.’'-]+\s){0,4}[A-Z][\w.’'-]+/[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+)*")
# How an introduction to a list begins: "Here's what we know", "Here are ten tips".
_POINTER = re.compile(r"Here(?:[’']s|\s(?:is|are))\b")
_APOSTROPHE = re.compile(r"[’']")

Values = dict[str, float]


def line_features(article: Article, lines: Sequence[Span]) -> list[Values]:
    """Return the features of each line of an article by name; a feature that is missing is 0.

    `lines` are spans of its text in order: what may be quoted of it. Text between them that is not white space
    was left out by the rules of `index.text.boilerplate`, and is a sign by itself.
    """
    text = article.text
    texts = [text[start:end][:MAX_LINE_LENGTH] for start, end in lines]
    cased = [LETTER_WORD.findall(one) for one in texts]
    heading = {word.lower() for word in LETTER_WORD.findall(article.title) if len(word) > 3}
    names = _Names.of(article)
    shapes = [
        _shape(one, words, heading) | _with_plainness(_wording(one, words, names))
        for one, words in zip(texts, cased, strict=True)
    ]
    gaps = _left_out(text, lines)
    return [
        shape
        | _place(at, len(lines), gaps)
        | _line_breaks(text, lines[at], shape)
        | _neighbours(at, shapes)
        | _word_features([word.lower() for word in cased[at]])
        for at, shape in enumerate(shapes)
    ]


@dataclass(frozen=True, slots=True)
class _Names:
    """Who publishes an article and who wrote it.

    `outlet` finds the outlet's name where nobody tells it something: "told CNN" is a part of the news.
    """

    outlet: re.Pattern[str] | None
    outlet_words: set[str]
    author_words: set[str]

    @classmethod
    def of(cls, article: Article) -> "_Names":
        """Return the names of an article."""
        words, author = (
            {word.lower() for word in LETTER_WORD.findall(name or "")}
            for name in (article.outlet, article.author)
        )
        name = re.escape(article.outlet)
        pattern = rf"(?<!told\s)(?<!tells\s)(?<!to\s)(?<!with\s)(?<!by\s)\b{name}\b" if name else ""
        return cls(re.compile(pattern, re.IGNORECASE) if pattern else None, words, author)


def _shape(line: str, words: Sequence[str], heading: set[str]) -> Values:
    """Return what the marks and letters of one line are."""
    count = max(1, len(words))
    terminal = _TERMINAL.search(line)
    mark = terminal[1] if terminal else None
    bare = LEADING_MARKS.sub("", line)
    own = {word.lower() for word in words if len(word) > 3}
    return {
        "ends_period": float(mark in {".", "…"}),
        "ends_question": float(mark == "?"),
        "ends_exclamation": float(mark == "!"),
        "ends_colon": float(mark in {":", ";", ","}),
        "unfinished": float(mark is None),
        "quotation": float(bool(_DOUBLE_QUOTE.search(line))),
        "opens_quotation": float(bool(_DOUBLE_QUOTE.match(line))),
        "asked_in_quotation": float(mark == "?" and bool(_DOUBLE_QUOTE.search(line))),
        "length": math.log1p(len(words)),
        "short": float(len(words) < _LONG_WORDS),
        "capitalised": sum(word[0].isupper() for word in words[1:]) / count,
        "capitals": sum(len(word) > 2 and word.isupper() for word in words) / count,
        "digits": sum(char.isdigit() for char in line) / max(1, len(line)),
        "starts_small": float(bare[:1].islower()),
        "starts_digit": float(bare[:1].isdigit()),
        "asks": float(mark == "?" and line[-1] in "?!)]" and not _DOUBLE_QUOTE.search(line)),
        "of_title": len(own & heading) / max(1, len(heading)),
        "in_title": len(own & heading) / max(1, len(own)),
    }


def _wording(line: str, words: Sequence[str], names: _Names) -> Values:
    """Return what one line speaks of."""
    count, colon = max(1, len(words)), ":" in line  # looking for a mark is far cheaper than the patterns
    bare = {_APOSTROPHE.split(word, 1)[0] for word in words}  # "You" of "You’re"
    lower = {word.lower() for word in bare}
    return {
        "address": float(bool(_HANDLE.search(line))),
        "early_colon": float(colon and bool(_EARLY_COLON.match(line))),
        "glued_colon": float(colon and bool(_GLUED_COLON.match(line))),
        "pointer": float(bool(_POINTER.match(line))),
        "glued_comma": float(bool(_GLUED_COMMA.search(line))),
        "capitals_label": float(colon and bool(_CAPITALS_LABEL.match(line))),
        "slashed_names": float("/" in line and bool(_SLASHED_NAMES.match(line))),
        "dateline": float(dateline_end(line) > 0),
        "reader": float(not READER_WORDS.isdisjoint(bare)),
        "publisher": float(not PUBLISHER_WORDS.isdisjoint(bare)),
        "first_person": float(not FIRST_PERSON_WORDS.isdisjoint(bare)),
        "role": float(not NEWSROOM_WORDS.isdisjoint(lower)),
        "invitation": float(not INVITATION_WORDS.isdisjoint(lower)),
        "outlet_named": float(bool(names.outlet and names.outlet.search(line))),
        "outlet_words": len(names.outlet_words & lower) / count,
        "author_opens": float(
            len(names.author_words.intersection(word.lower() for word in words[:AUTHOR_WORDS])) > 1
        ),
        "finite_verb": float(bool(FINITE_VERB.search(line))),
        "determiner": float(bool(DETERMINER.search(line))),
    }


def _with_plainness(wording: Values) -> Values:
    """Return the features with one more: whether nothing in the wording is unusual in a sentence of the news."""
    return wording | {"plain": float(not any(wording[name] for name in UNUSUAL))}


def _place(at: int, count: int, gaps: Sequence[bool]) -> Values:
    """Return where a line stands in its article, and whether text beside it was left out."""
    after = count - 1 - at
    return {
        "from_start": math.log1p(at),
        "from_end": math.log1p(after),
        "first": float(at == 0),
        "last": float(after == 0),
        "near_start": float(at < EDGE),
        "near_end": float(after < EDGE),
        "gap_before": float(gaps[at]),
        "gap_after": float(gaps[at + 1]),
        "gap_at_end": float(after < EDGE and any(gaps[at:])),
    }


def _line_breaks(text: str, span: Span, shape: Values) -> Values:
    """Return whether a line begins and ends a line of the text, and whether it is the rest of a torn sentence."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 1]
    begins, ends = not before.strip(" ") or "\n" in before, after in {"", "\n"}
    torn = begins * shape["starts_small"]
    return {"begins_line": float(begins), "own_line": float(begins and ends), "torn": torn}


def _neighbours(at: int, shapes: Sequence[Values]) -> Values:
    """Return how the lines around a line look."""
    around = [
        shapes[place]
        for place in range(max(0, at - NEIGHBOURS), min(len(shapes), at + NEIGHBOURS + 1))
        if place != at
    ]
    count = max(1, len(around))
    before = shapes[at - 1] if at else {}
    after = shapes[at + 1] if at + 1 < len(shapes) else {}
    return {
        "around_short": sum(one["short"] for one in around) / count,
        "around_unfinished": sum(one["unfinished"] for one in around) / count,
        "around_role": sum(one["role"] for one in around) / count,
        "around_invitation": sum(one["invitation"] for one in around) / count,
        "around_asks": sum(one["ends_question"] for one in around) / count,
        "before_asks": before.get("ends_question", 0.0),
        "after_unfinished": after.get("unfinished", 0.0),
    }


def _word_features(words: Sequence[str]) -> Values:
    """Return the words of a line as features, and once more those that begin it."""
    found = {f"word {word}": 1.0 for word in words}
    found.update({f"opens {word}": 1.0 for word in words[:OPENING_WORDS]})
    return found


def _left_out(text: str, lines: Sequence[Span]) -> list[bool]:
    """Return for each line whether text before it was left out, and last whether text behind all was."""
    ends = [0, *(line.end for line in lines)]
    starts = [*(line.start for line in lines), len(text)]
    return [any(char.isalnum() for char in text[end:start]) for end, start in zip(ends, starts, strict=True)]


def is_word_feature(name: str) -> bool:
    """Return True for the name of a feature that is a word of the line."""
    return " " in name
