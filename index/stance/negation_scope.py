"""Which words of a sentence are turned round, and by what: "denied", "not", "false", and their undoing.

A `Turn` is a cue with the words it reaches. Turns inside the reach of another turn are themselves turned:
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
    BODILY,
    BREAKS,
    DENIALS,
    EMPTY_NEGATIONS,
    FALSEHOODS,
    NEGATORS,
    NO_COMMENT,
    PRONOUNS,
    REPORT_WORDS,
    SAYS,
    SCORN,
    STOP,
    STUFF,
    THINGS,
    TURNS,
    UNTRUE,
    WITHHELD,
)
from index.text.phrase_matcher import Phrases
from index.text.tokens import Word, words_of

QUOTE_MARKS = frozenset("\"'“”‘’")
LONGEST_ABBREVIATION = 4
MOST = 20  # turns of one sentence that are read; work grows with their square, and print has two or three


class Kind(StrEnum):
    """How a cue turns: on what follows it, or on the whole clause it stands in."""

    DENIAL = "denial"
    UNTRUE = "untrue"
    NOT = "not"
    AVOIDS = "avoids"


class Run(NamedTuple):
    """Words `first` up to, not including, `after`, by position."""

    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A cue at `cue` that turns the words in `reach`; `turned` when an odd number of turns is left there."""

    kind: Kind
    cue: Run
    reach: Run
    turned: bool = True

    def covers(self, at: int) -> bool:
        """Say whether the word at position `at` is reached and is no part of the cue."""
        return self.reach.first <= at < self.reach.after and not self.cue.first <= at < self.cue.after


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, its turns from left to right, its "no comment" phrases, and whether it only asks."""

    text: str
    words: tuple[Word, ...]
    turns: tuple[Turn, ...]
    withheld: tuple[Run, ...]
    asks: bool

    def shown(self, run: Run) -> str:
        """Return the words of `run` as the sentence has them."""
        return self.text[self.words[run.first].start : self.words[run.after - 1].end]

    def over(self, at: int) -> Turn | None:
        """Return the innermost turn that reaches the word at `at`: the last to start before it, if any."""
        reaching = [turn for turn in self.turns if turn.covers(at)]
        settled = [turn for turn in reaching if turn.kind is Kind.UNTRUE and not turn.turned]
        if settled:  # "denied that the report was false": what stands before "false" is turned twice too
            return settled[-1]
        before = [turn for turn in reaching if turn.cue.first < at]
        return max(before or reaching, key=lambda turn: turn.cue.first, default=None)

    def asked(self, at: int) -> bool:
        """Say whether the clause around the word at `at` is a question."""
        after = _clause(self.words, at).after
        return after < len(self.words) and self.words[after].low == "?"

    def clause(self, at: int) -> Run:
        """Return the clause around the word at `at`."""
        return _clause(self.words, at)


def read(text: str) -> Reading:
    """Return the reading of `text`; bounded by `cues.LONGEST`, and never raises on any text."""
    words = words_of(text)
    withheld = tuple(Run(*run) for run in NO_COMMENT.find(words) if not _aims(words, run[0]))
    taken = {at for run in withheld for at in range(*run)}
    taken |= {at for run in EMPTY_NEGATIONS.find(words) for at in range(*run)}
    turns: list[Turn] = []
    for kind, phrases in _KINDS:
        for run in _free(words, phrases, taken):
            if turn := _turn(words, kind, run):
                turns.append(turn)
                taken |= set(range(*run))
    turns = sorted(turns, key=lambda turn: turn.cue)[:MOST]
    marks = [word.low for word in words[-2:]]
    return Reading(text, tuple(words), _compose(words, turns), withheld, "?" in marks)


def _free(words: Sequence[Word], phrases: Phrases, taken: set[int]) -> list[Run]:
    return [Run(*run) for run in phrases.find(words) if taken.isdisjoint(range(*run))]


# Longer, surer cues first: a word belongs to one cue only.
_KINDS = (
    (Kind.UNTRUE, FALSEHOODS),
    (Kind.AVOIDS, AVOIDANCES),
    (Kind.DENIAL, DENIALS),
    (Kind.NOT, NEGATORS),
)


def _turn(words: Sequence[Word], kind: Kind, cue: Run) -> Turn | None:
    if kind is Kind.UNTRUE:
        tag = cue.after < len(words) and words[cue.after].low == ":"  # "HOAX: a man ..."
        reach = Run(0, len(words)) if tag else _clause(words, cue.first)
        return Turn(kind, cue, reach) if _says_untrue(words, cue) else None
    if kind is Kind.DENIAL:
        return Turn(kind, cue, _denied(words, cue)) if _denies(words, cue) else None
    if _answers_no(words, cue):
        return Turn(Kind.UNTRUE, cue, Run(0, len(words)))
    reach = _ahead(words, cue.after, stops=frozenset({",", "and"}))
    lows = {word.low for word in words[slice(*reach)]}
    ends = words[reach.after].low if reach.after < len(words) else "."
    put_off = "until" in lows or ends in {"before", "unless"}  # "did not call until Monday" says he called
    return None if _aims(words, cue.first) or put_off or _orders(words, cue) else Turn(kind, cue, reach)


def _aims(words: Sequence[Word], at: int) -> bool:
    """Say whether a "not" is only what somebody wants: "hid it so he would not ..."."""
    return any(word.low == "so" for word in words[max(0, at - 4) : at])


def _denies(words: Sequence[Word], cue: Run) -> bool:
    """Say whether words such as "shot down" are said of a report: "shot down rumours", but not "shot down a drone"."""
    if words[cue.first].stem == "deni" and any(
        word.low in WITHHELD for word in words[cue.after : cue.after + 3]
    ):
        return False  # "denied bail", "denied him access"
    if words[cue.first].low not in BODILY:
        return True
    near = (*words[max(0, cue.first - 4) : cue.first], *words[cue.after : cue.after + 4])
    return any(word.low in REPORT_WORDS - PRONOUNS for word in near)


def _orders(words: Sequence[Word], cue: Run) -> bool:
    """Say whether a "not" orders and denies nothing: "Don't panic", "Never say that"."""
    first = cue.first - (cue.first > 0 and words[cue.first - 1].low == "do")
    starts = first == 0 or not words[first - 1].low[0].isalnum()
    return starts and words[first].low in {"do", "never"}


def _answers_no(words: Sequence[Word], cue: Run) -> bool:
    """Say whether a "no" answers by itself: "No, he did not", "Expansion? No, says the league"."""
    before = [word.low for word in words[max(0, cue.first - 2) : cue.first]]
    inside = len(before) == 2 and before[1] in QUOTE_MARKS and before[0][0].isalnum()  # told “no,”
    opens = not before or not (before[-1][0].isalnum() or inside)
    followed = cue.after < len(words) and words[cue.after].low == ","
    return words[cue.first].low == "no" and opens and followed


def _clause(words: Sequence[Word], at: int) -> Run:
    first = next((i + 1 for i in range(at - 1, -1, -1) if _parts(words, i)), 0)
    after = next((i for i in range(at + 1, len(words)) if _parts(words, i)), len(words))
    return Run(first, after)


def _parts(words: Sequence[Word], at: int) -> bool:
    """Say whether a clause ends at a word or mark: "but", a colon, a full stop behind more than an abbreviation."""
    low = words[at].low
    return low in TURNS or (low == "." and at > 0 and len(words[at - 1].low) > LONGEST_ABBREVIATION)


def _ahead(words: Sequence[Word], at: int, stops: frozenset[str] = frozenset()) -> Run:
    for i in range(at, len(words)):
        low = words[i].low
        new_saying = low in {"and", ","} and any(word.low in SAYS for word in words[i + 1 : i + 3])
        new_deed = low == "and" and i + 1 < len(words) and words[i + 1].low.endswith("ed")
        if low in BREAKS or low in stops or new_saying or new_deed:
            return Run(at, i)
    return Run(at, len(words))


def _denied(words: Sequence[Word], cue: Run) -> Run:
    """Return what a denial reaches: what follows, or its clause when it is passive ("reports were denied")."""
    ahead = _ahead(words, cue.after)
    before = [word.low for word in words[max(0, cue.first - 3) : cue.first]]
    following = words[cue.after].low if cue.after < len(words) else "."
    ends = following in {"by", "as", "."} or not following[:1].isalnum()
    relative = _relative(words, cue.first)
    if relative is not None and BE.isdisjoint(before):  # "a result that the opposition rejected"
        return Run(relative, ahead.after)
    passive = words[cue.first].low.endswith("ed") and (not BE.isdisjoint(before) or ends)
    if passive and any(word.low in REPORT_WORDS or word.stem not in STOP for word in words[: cue.first]):
        return Run(_clause(words, cue.first).first, ahead.after)
    return ahead


def _relative(words: Sequence[Word], at: int) -> int | None:
    """Return where the noun stands of which "that the opposition rejected" is said, if the word at `at` ends such words."""
    for i in range(at - 1, max(0, at - 7), -1):
        if (
            words[i].low in {"that", "which"}
            and words[i - 1].low[0].isalpha()
            and words[i - 1].low not in SAYS
        ):
            return i - 1
    return None


def _says_untrue(words: Sequence[Word], cue: Run) -> bool:
    """Say whether an "untrue" word is said of a report or an event, not of a thing ("a fake passport")."""
    lows = [word.low for word in words[max(0, cue.first - 3) : cue.first]]
    if lows[:1] and lows[0] in THINGS and lows[1:2] == ["that"]:
        return False  # "said things that were not true"
    behind = words[cue.after].low if cue.after < len(words) else "."
    if words[cue.after - 1].low in {"joke", "jokes"} and behind in {"about", "on", "at", "with"}:
        return False  # "made a joke about her"
    if words[cue.first].low in STUFF:
        said = {word.low for word in words[max(0, cue.first - 4) : cue.first]}
        return not said.isdisjoint(BE | {"as", "called", "calls", "calling"})
    if cue.after - cue.first > 1 or words[cue.first].low not in UNTRUE | SCORN:
        return True
    following = words[cue.after : cue.after + 2]
    if words[cue.first].low in SCORN:
        if following and is_thing(following[0]) and not _after_be(words, cue.first):
            return following[0].low in REPORT_WORDS
        clause = words[slice(*_clause(words, cue.first))]
        return any(word.low in REPORT_WORDS and word.low not in PRONOUNS for word in clause)
    if len(following) > 1 and following[0].low in {"and", "yet", "but"} and is_thing(following[1]):
        near = words[cue.after : cue.after + 5]  # "false yet devastating lies"
        return _after_be(words, cue.first) or any(word.low in REPORT_WORDS for word in near)
    if not following or not following[0].low[:1].isalnum() or following[0].low in STOP | BREAKS:
        return True
    return any(word.low in REPORT_WORDS for word in following) or _after_be(words, cue.first)


def is_thing(word: Word) -> bool:
    """Say whether a word may be what an adjective before it describes."""
    return word.low[:1].isalnum() and word.low not in STOP | BREAKS


def _after_be(words: Sequence[Word], at: int) -> bool:
    """Say whether "is", "was" and the like stand before `at` with nothing but adverbs between."""
    before = (word.low for word in reversed(words[max(0, at - 4) : at]))
    nearest = next((low for low in before if low not in ADVERBS and not low.endswith("ly")), "")
    return nearest in BE


def _compose(words: Sequence[Word], turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns with `turned` worked out: each is turned again by every outer turn that governs it."""
    return tuple(
        replace(inner, turned=sum(_governs(words, outer, inner) for outer in turns[:i]) % 2 == 0)
        for i, inner in enumerate(turns)
    )


def _governs(words: Sequence[Word], outer: Turn, inner: Turn) -> bool:
    if not outer.reach.first <= inner.cue.first < outer.reach.after:
        return False
    between = [word.low for word in words[outer.cue.after : inner.cue.first]]
    if outer.kind is Kind.UNTRUE:  # "it is false that he did not call", but "false: no call took place"
        return between[:1] == ["that"]
    if inner.kind is Kind.UNTRUE and outer.kind is Kind.DENIAL:
        # "denied that it was a hoax" turns; "denied the false report", "dismissed it as a hoax" do not.
        said_of = words[inner.cue.after].low if inner.cue.after < len(words) else ""
        hoax_claims = words[inner.cue.first].low not in UNTRUE and said_of in REPORT_WORDS - PRONOUNS
        return hoax_claims or _after_be(words, inner.cue.first)
    return outer.kind is not Kind.DENIAL or not between or between[-1] not in {"and", ",", "or"}
