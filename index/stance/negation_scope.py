"""Which words of a sentence are turned round, and by what: "denied", "not", "false", and their undoing.

A `NegationCue` is a cue with the words it reaches. Turns inside the reach of another turn are themselves turned:
"did not deny that he called" leaves "called" standing. After the idea of negation scopes (Morante and
Daelemans 2009), with clause marks instead of a parser.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from index.stance.cue_lexicon import (
    ADVERBS,
    AVOIDANCES,
    BE,
    CLAUSE_BREAKS,
    CONTRAST_MARKERS,
    DENIABLE_GOODS,
    DENIALS,
    EMPTY_NEGATIONS,
    EVALUATIVE_ADJECTIVES,
    FALSEHOOD_MASS_NOUNS,
    FALSEHOODS,
    GENERIC_NOUNS,
    NEGATORS,
    NO_COMMENT,
    PHYSICAL_SENSE_VERBS,
    PRONOUNS,
    REPORT_WORDS,
    SAYS,
    STOP,
    UNTRUE,
)
from index.text.phrase_matcher import PhraseMatcher
from index.text.tokens import Token, tokenize

QUOTE_MARKS = frozenset("\"'“”‘’")
LONGEST_ABBREVIATION = 4
MOST = 20  # turns of one sentence that are read; work grows with their square, and print has two or three


class CueType(StrEnum):
    """How a cue turns: on what follows it, or on the whole clause it stands in."""

    DENIAL = "denial"
    UNTRUE = "untrue"
    NOT = "not"
    AVOIDS = "avoids"


class TokenSpan(NamedTuple):
    """Words `first` up to, not including, `after`, by position."""

    first: int
    after: int


@dataclass(frozen=True, slots=True)
class NegationCue:
    """A cue at `cue` that turns the words in `scope`; `is_negated` when an odd number of turns is left there."""

    kind: CueType
    cue: TokenSpan
    scope: TokenSpan
    is_negated: bool = True

    def covers(self, at: int) -> bool:
        """Say whether the word at position `at` is reached and is no part of the cue."""
        return self.scope.first <= at < self.scope.after and not self.cue.first <= at < self.cue.after


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence, its turns from left to right, its "no comment" phrases, and whether it only asks."""

    text: str
    words: tuple[Token, ...]
    cues: tuple[NegationCue, ...]
    withheld: tuple[TokenSpan, ...]
    asks: bool

    def shown(self, run: TokenSpan) -> str:
        """Return the words of `run` as the sentence has them."""
        return self.text[self.words[run.first].start : self.words[run.after - 1].end]

    def cue_over(self, at: int) -> NegationCue | None:
        """Return the innermost turn that reaches the word at `at`: the last to start before it, if any."""
        reaching = [turn for turn in self.cues if turn.covers(at)]
        settled = [turn for turn in reaching if turn.kind is CueType.UNTRUE and not turn.is_negated]
        if settled:  # "denied that the report was false": what stands before "false" is turned twice too
            return settled[-1]
        before = [turn for turn in reaching if turn.cue.first < at]
        return max(before or reaching, key=lambda turn: turn.cue.first, default=None)

    def asked(self, at: int) -> bool:
        """Say whether the clause around the word at `at` is a question."""
        after = _clause(self.words, at).after
        return after < len(self.words) and self.words[after].lower == "?"

    def clause(self, at: int) -> TokenSpan:
        """Return the clause around the word at `at`."""
        return _clause(self.words, at)


def parse(text: str) -> ParsedSentence:
    """Return the reading of `text`; bounded by `tokens.MAX_TEXT_LENGTH`, and never raises on any text."""
    words = tokenize(text)
    withheld = tuple(TokenSpan(*run) for run in NO_COMMENT.find(words) if not _aims(words, run[0]))
    taken = {at for run in withheld for at in range(*run)}
    taken |= {at for run in EMPTY_NEGATIONS.find(words) for at in range(*run)}
    turns: list[NegationCue] = []
    for kind, phrases in _KINDS:
        for run in _free(words, phrases, taken):
            if turn := _turn(words, kind, run):
                turns.append(turn)
                taken |= set(range(*run))
    turns = sorted(turns, key=lambda turn: turn.cue)[:MOST]
    marks = [word.lower for word in words[-2:]]
    return ParsedSentence(text, tuple(words), _compose(words, turns), withheld, "?" in marks)


def _free(words: Sequence[Token], phrases: PhraseMatcher, taken: set[int]) -> list[TokenSpan]:
    return [TokenSpan(*run) for run in phrases.find(words) if taken.isdisjoint(range(*run))]


# Longer, surer cues first: a word belongs to one cue only.
_KINDS = (
    (CueType.UNTRUE, FALSEHOODS),
    (CueType.AVOIDS, AVOIDANCES),
    (CueType.DENIAL, DENIALS),
    (CueType.NOT, NEGATORS),
)


def _turn(words: Sequence[Token], kind: CueType, cue: TokenSpan) -> NegationCue | None:
    if kind is CueType.UNTRUE:
        tag = cue.after < len(words) and words[cue.after].lower == ":"  # "HOAX: a man ..."
        reach = TokenSpan(0, len(words)) if tag else _clause(words, cue.first)
        return NegationCue(kind, cue, reach) if _says_untrue(words, cue) else None
    if kind is CueType.DENIAL:
        return NegationCue(kind, cue, _denied(words, cue)) if _denies(words, cue) else None
    if _answers_no(words, cue):
        return NegationCue(CueType.UNTRUE, cue, TokenSpan(0, len(words)))
    reach = _ahead(words, cue.after, stops=frozenset({",", "and"}))
    lows = {word.lower for word in words[slice(*reach)]}
    ends = words[reach.after].lower if reach.after < len(words) else "."
    put_off = "until" in lows or ends in {"before", "unless"}  # "did not call until Monday" says he called
    return (
        None if _aims(words, cue.first) or put_off or _orders(words, cue) else NegationCue(kind, cue, reach)
    )


def _aims(words: Sequence[Token], at: int) -> bool:
    """Say whether a "not" is only what somebody wants: "hid it so he would not ..."."""
    return any(word.lower == "so" for word in words[max(0, at - 4) : at])


def _denies(words: Sequence[Token], cue: TokenSpan) -> bool:
    """Say whether words such as "shot down" are said of a report: "shot down rumours", but not "shot down a drone"."""
    if words[cue.first].stem == "deni" and any(
        word.lower in DENIABLE_GOODS for word in words[cue.after : cue.after + 3]
    ):
        return False  # "denied bail", "denied him access"
    if words[cue.first].lower not in PHYSICAL_SENSE_VERBS:
        return True
    near = (*words[max(0, cue.first - 4) : cue.first], *words[cue.after : cue.after + 4])
    return any(word.lower in REPORT_WORDS - PRONOUNS for word in near)


def _orders(words: Sequence[Token], cue: TokenSpan) -> bool:
    """Say whether a "not" orders and denies nothing: "Don't panic", "Never say that"."""
    first = cue.first - (cue.first > 0 and words[cue.first - 1].lower == "do")
    starts = first == 0 or not words[first - 1].lower[0].isalnum()
    return starts and words[first].lower in {"do", "never"}


def _answers_no(words: Sequence[Token], cue: TokenSpan) -> bool:
    """Say whether a "no" answers by itself: "No, he did not", "Expansion? No, says the league"."""
    before = [word.lower for word in words[max(0, cue.first - 2) : cue.first]]
    inside = len(before) == 2 and before[1] in QUOTE_MARKS and before[0][0].isalnum()  # told “no,”
    opens = not before or not (before[-1][0].isalnum() or inside)
    followed = cue.after < len(words) and words[cue.after].lower == ","
    return words[cue.first].lower == "no" and opens and followed


def _clause(words: Sequence[Token], at: int) -> TokenSpan:
    first = next((i + 1 for i in range(at - 1, -1, -1) if _parts(words, i)), 0)
    after = next((i for i in range(at + 1, len(words)) if _parts(words, i)), len(words))
    return TokenSpan(first, after)


def _parts(words: Sequence[Token], at: int) -> bool:
    """Say whether a clause ends at a word or mark: "but", a colon, a full stop behind more than an abbreviation."""
    low = words[at].lower
    return low in CONTRAST_MARKERS or (
        low == "." and at > 0 and len(words[at - 1].lower) > LONGEST_ABBREVIATION
    )


def _ahead(words: Sequence[Token], at: int, stops: frozenset[str] = frozenset()) -> TokenSpan:
    for i in range(at, len(words)):
        low = words[i].lower
        new_saying = low in {"and", ","} and any(word.lower in SAYS for word in words[i + 1 : i + 3])
        new_deed = low == "and" and i + 1 < len(words) and words[i + 1].lower.endswith("ed")
        if low in CLAUSE_BREAKS or low in stops or new_saying or new_deed:
            return TokenSpan(at, i)
    return TokenSpan(at, len(words))


def _denied(words: Sequence[Token], cue: TokenSpan) -> TokenSpan:
    """Return what a denial reaches: what follows, or its clause when it is passive ("reports were denied")."""
    ahead = _ahead(words, cue.after)
    before = [word.lower for word in words[max(0, cue.first - 3) : cue.first]]
    following = words[cue.after].lower if cue.after < len(words) else "."
    ends = following in {"by", "as", "."} or not following[:1].isalnum()
    relative = _relative(words, cue.first)
    if relative is not None and BE.isdisjoint(before):  # "a result that the opposition rejected"
        return TokenSpan(relative, ahead.after)
    passive = words[cue.first].lower.endswith("ed") and (not BE.isdisjoint(before) or ends)
    if passive and any(word.lower in REPORT_WORDS or word.stem not in STOP for word in words[: cue.first]):
        return TokenSpan(_clause(words, cue.first).first, ahead.after)
    return ahead


def _relative(words: Sequence[Token], at: int) -> int | None:
    """Return where the noun stands of which "that the opposition rejected" is said, if the word at `at` ends such words."""
    for i in range(at - 1, max(0, at - 7), -1):
        if (
            words[i].lower in {"that", "which"}
            and words[i - 1].lower[0].isalpha()
            and words[i - 1].lower not in SAYS
        ):
            return i - 1
    return None


def _says_untrue(words: Sequence[Token], cue: TokenSpan) -> bool:
    """Say whether an "untrue" word is said of a report or an event, not of a thing ("a fake passport")."""
    lows = [word.lower for word in words[max(0, cue.first - 3) : cue.first]]
    if lows[:1] and lows[0] in GENERIC_NOUNS and lows[1:2] == ["that"]:
        return False  # "said things that were not true"
    behind = words[cue.after].lower if cue.after < len(words) else "."
    if words[cue.after - 1].lower in {"joke", "jokes"} and behind in {"about", "on", "at", "with"}:
        return False  # "made a joke about her"
    if words[cue.first].lower in FALSEHOOD_MASS_NOUNS:
        said = {word.lower for word in words[max(0, cue.first - 4) : cue.first]}
        return not said.isdisjoint(BE | {"as", "called", "calls", "calling"})
    if cue.after - cue.first > 1 or words[cue.first].lower not in UNTRUE | EVALUATIVE_ADJECTIVES:
        return True
    following = words[cue.after : cue.after + 2]
    if words[cue.first].lower in EVALUATIVE_ADJECTIVES:
        if following and is_thing(following[0]) and not _after_be(words, cue.first):
            return following[0].lower in REPORT_WORDS
        clause = words[slice(*_clause(words, cue.first))]
        return any(word.lower in REPORT_WORDS and word.lower not in PRONOUNS for word in clause)
    if len(following) > 1 and following[0].lower in {"and", "yet", "but"} and is_thing(following[1]):
        near = words[cue.after : cue.after + 5]  # "false yet devastating lies"
        return _after_be(words, cue.first) or any(word.lower in REPORT_WORDS for word in near)
    if not following or not following[0].lower[:1].isalnum() or following[0].lower in STOP | CLAUSE_BREAKS:
        return True
    return any(word.lower in REPORT_WORDS for word in following) or _after_be(words, cue.first)


def is_thing(word: Token) -> bool:
    """Say whether a word may be what an adjective before it describes."""
    return word.lower[:1].isalnum() and word.lower not in STOP | CLAUSE_BREAKS


def _after_be(words: Sequence[Token], at: int) -> bool:
    """Say whether "is", "was" and the like stand before `at` with nothing but adverbs between."""
    before = (word.lower for word in reversed(words[max(0, at - 4) : at]))
    nearest = next((low for low in before if low not in ADVERBS and not low.endswith("ly")), "")
    return nearest in BE


def _compose(words: Sequence[Token], turns: Sequence[NegationCue]) -> tuple[NegationCue, ...]:
    """Return the turns with `turned` worked out: each is turned again by every outer turn that governs it."""
    return tuple(
        replace(inner, is_negated=sum(_outscopes(words, outer, inner) for outer in turns[:i]) % 2 == 0)
        for i, inner in enumerate(turns)
    )


def _outscopes(words: Sequence[Token], outer: NegationCue, inner: NegationCue) -> bool:
    if not outer.scope.first <= inner.cue.first < outer.scope.after:
        return False
    between = [word.lower for word in words[outer.cue.after : inner.cue.first]]
    if outer.kind is CueType.UNTRUE:  # "it is false that he did not call", but "false: no call took place"
        return between[:1] == ["that"]
    if inner.kind is CueType.UNTRUE and outer.kind is CueType.DENIAL:
        # "denied that it was a hoax" turns; "denied the false report", "dismissed it as a hoax" do not.
        said_of = words[inner.cue.after].lower if inner.cue.after < len(words) else ""
        hoax_claims = words[inner.cue.first].lower not in UNTRUE and said_of in REPORT_WORDS - PRONOUNS
        return hoax_claims or _after_be(words, inner.cue.first)
    return outer.kind is not CueType.DENIAL or not between or between[-1] not in {"and", ",", "or"}
