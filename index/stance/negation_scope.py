"""Which words of a sentence are negated, by what cue ("denied", "not", "false"), and what undoes that.

A `NegationCue` is a cue with its scope. A cue in the scope of another cue is itself negated: "did not deny
that he called" leaves "called" standing. After the idea of negation scopes (Morante and Daelemans 2009), with
clause marks instead of a parser.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from index.stance.cue_lexicon import (
    AVOIDANCES,
    BE_FORMS,
    CLAUSE_BREAKS,
    CONTRAST_MARKERS,
    COPULA_FILLERS,
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
    REPORTING_VERBS,
    STOP_WORDS,
    UNTRUE_ADJECTIVES,
)
from index.stance.phrase_matcher import PhraseMatcher
from index.text.tokens import Token, tokenize

QUOTE_MARKS = frozenset("\"'“”‘’")
# The lengths and windows below are judged.
LONGEST_ABBREVIATION = 4  # letters: a full stop behind a longer word ends its clause ("Sen.", "Corp.")
_PURPOSE_WINDOW = 4  # words before a "not" among which a "so" shows a purpose
_GOODS_WINDOW = 3  # words behind "denied" among which what was denied to somebody stands
_REPORT_WINDOW = 4  # words on either side of "shot down" among which a report stands
_PASSIVE_WINDOW = 3  # words before "denied" among which "was" stands
_RELATIVE_WINDOW = 7  # words before "rejected" among which "that" stands
_COPULA_WINDOW = 4  # words before "false" among which "is" stands
MAX_CUES = 20  # cues of one sentence that are kept; work grows with their square, and print has two or three


class CueType(StrEnum):
    """What a cue says of the words in its scope: denied, untrue, not so, or avoided ("refused to call")."""

    DENIAL = "denial"
    UNTRUE = "untrue"
    NOT = "not"
    AVOIDANCE = "avoidance"


class TokenSpan(NamedTuple):
    """Words `first` up to, not including, `after`, by position."""

    first: int
    after: int


@dataclass(frozen=True, slots=True)
class NegationCue:
    """A cue at `span` that negates the words in `scope`.

    `is_negated` is False when an outer cue undoes it: "did not deny" denies nothing.
    """

    kind: CueType
    span: TokenSpan
    scope: TokenSpan
    is_negated: bool = True

    def covers(self, at: int) -> bool:
        """Return True if the word at position `at` is in the scope and no part of the cue."""
        return self.scope.first <= at < self.scope.after and not self.span.first <= at < self.span.after


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence, its cues from left to right, its "no comment" phrases, and whether it is a question."""

    text: str
    words: tuple[Token, ...]
    cues: tuple[NegationCue, ...]
    no_comment_spans: tuple[TokenSpan, ...]
    is_question: bool

    def text_of(self, span: TokenSpan) -> str:
        """Return the words of `span` as they stand in the sentence."""
        return self.text[self.words[span.first].start : self.words[span.after - 1].end]

    def cue_over(self, at: int) -> NegationCue | None:
        """Return the innermost cue with the word at `at` in its scope.

        The last to start before it, or None.
        """
        covering = [cue for cue in self.cues if cue.covers(at)]
        settled = [cue for cue in covering if cue.kind is CueType.UNTRUE and not cue.is_negated]
        if settled:  # "denied that the report was false": what stands before "false" is negated twice too
            return settled[-1]
        before = [cue for cue in covering if cue.span.first < at]
        return max(before or covering, key=lambda cue: cue.span.first, default=None)

    def in_question(self, at: int) -> bool:
        """Return True if the clause around the word at `at` is a question."""
        after = _clause(self.words, at).after
        return after < len(self.words) and self.words[after].lower == "?"

    def clause(self, at: int) -> TokenSpan:
        """Return the clause around the word at `at`."""
        return _clause(self.words, at)


# Longer, surer cues first: a word belongs to one cue only.
_CUE_PHRASES = (
    (CueType.UNTRUE, FALSEHOODS),
    (CueType.AVOIDANCE, AVOIDANCES),
    (CueType.DENIAL, DENIALS),
    (CueType.NOT, NEGATORS),
)


def parse(text: str) -> ParsedSentence:
    """Return a sentence with its negation cues.

    Reads `tokens.MAX_TEXT_LENGTH` characters and raises on no text.
    """
    words = tokenize(text)
    no_comment = tuple(TokenSpan(*span) for span in NO_COMMENT.find(words) if not _is_purpose(words, span[0]))
    used = {at for span in no_comment for at in range(*span)}
    used |= {at for span in EMPTY_NEGATIONS.find(words) for at in range(*span)}
    cues: list[NegationCue] = []
    for kind, phrases in _CUE_PHRASES:
        for span in _unused(words, phrases, used):
            if cue := _cue_at(words, kind, span):
                cues.append(cue)
                used |= set(range(*span))
    cues = sorted(cues, key=lambda cue: cue.span)[:MAX_CUES]
    end = [word.lower for word in words[-2:]]
    return ParsedSentence(text, tuple(words), _apply_outer_cues(words, cues), no_comment, "?" in end)


def local_clause(sentence: ParsedSentence, span: TokenSpan) -> TokenSpan:
    """Return the clause around `span`, cut at the comma or the "and" before it."""
    clause = sentence.clause(span.first)
    cuts = [i + 1 for i in range(clause.first, span.first) if sentence.words[i].lower in {",", "and"}]
    return TokenSpan(cuts[-1] if cuts else clause.first, clause.after)


def _unused(words: Sequence[Token], phrases: PhraseMatcher, used: set[int]) -> list[TokenSpan]:
    return [TokenSpan(*span) for span in phrases.find(words) if used.isdisjoint(range(*span))]


def _cue_at(words: Sequence[Token], kind: CueType, span: TokenSpan) -> NegationCue | None:
    """Return the cue that the phrase at `span` is, or None if it negates nothing there."""
    if kind is CueType.UNTRUE:
        is_label = span.after < len(words) and words[span.after].lower == ":"  # "HOAX: a man ..."
        scope = TokenSpan(0, len(words)) if is_label else _clause(words, span.first)
        return NegationCue(kind, span, scope) if _says_untrue(words, span) else None
    if kind is CueType.DENIAL:
        return NegationCue(kind, span, _denial_scope(words, span)) if _denies_report(words, span) else None
    if _is_no_answer(words, span):
        return NegationCue(CueType.UNTRUE, span, TokenSpan(0, len(words)))
    scope = _scope_ahead(words, span.after, stops=frozenset({",", "and"}))
    covered = {word.lower for word in words[slice(*scope)]}
    ends = words[scope.after].lower if scope.after < len(words) else "."
    is_postponed = "until" in covered or ends in {
        "before",
        "unless",
    }  # "did not call until Monday" says he called
    return (
        None
        if _is_purpose(words, span.first) or is_postponed or _is_command(words, span)
        else NegationCue(kind, span, scope)
    )


def _is_purpose(words: Sequence[Token], at: int) -> bool:
    """Return True if a "not" is only what somebody wants: "hid it so he would not ..."."""
    return any(word.lower == "so" for word in words[max(0, at - _PURPOSE_WINDOW) : at])


def _denies_report(words: Sequence[Token], span: TokenSpan) -> bool:
    """Return True if words such as "shot down" are said of a report.

    As in "shot down rumours", but not "shot down a drone".
    """
    if words[span.first].stem == "deni" and any(
        word.lower in DENIABLE_GOODS for word in words[span.after : span.after + _GOODS_WINDOW]
    ):
        return False  # "denied bail", "denied him access"
    if words[span.first].lower not in PHYSICAL_SENSE_VERBS:
        return True
    near = (
        *words[max(0, span.first - _REPORT_WINDOW) : span.first],
        *words[span.after : span.after + _REPORT_WINDOW],
    )
    return any(word.lower in REPORT_WORDS - PRONOUNS for word in near)


def _is_command(words: Sequence[Token], span: TokenSpan) -> bool:
    """Return True if a "not" orders and denies nothing: "Don't panic", "Never say that"."""
    first = span.first - (span.first > 0 and words[span.first - 1].lower == "do")
    starts = first == 0 or not words[first - 1].lower[0].isalnum()
    return starts and words[first].lower in {"do", "never"}


def _is_no_answer(words: Sequence[Token], span: TokenSpan) -> bool:
    """Return True if a "no" answers by itself: "No, he did not", "Expansion? No, says the league"."""
    before = [word.lower for word in words[max(0, span.first - 2) : span.first]]
    inside = len(before) == 2 and before[1] in QUOTE_MARKS and before[0][0].isalnum()  # told “no,”
    opens = not before or not (before[-1][0].isalnum() or inside)
    followed = span.after < len(words) and words[span.after].lower == ","
    return words[span.first].lower == "no" and opens and followed


def _clause(words: Sequence[Token], at: int) -> TokenSpan:
    first = next((i + 1 for i in range(at - 1, -1, -1) if _ends_clause(words, i)), 0)
    after = next((i for i in range(at + 1, len(words)) if _ends_clause(words, i)), len(words))
    return TokenSpan(first, after)


def _ends_clause(words: Sequence[Token], at: int) -> bool:
    """Return True if a clause ends at a word or mark.

    That is at "but", a colon, a full stop behind more than an abbreviation.
    """
    low = words[at].lower
    return low in CONTRAST_MARKERS or (
        low == "." and at > 0 and len(words[at - 1].lower) > LONGEST_ABBREVIATION
    )


def _scope_ahead(words: Sequence[Token], at: int, stops: frozenset[str] = frozenset()) -> TokenSpan:
    """Return the words from `at` up to the next clause, new verb, or word in `stops`."""
    for i in range(at, len(words)):
        low = words[i].lower
        new_report = low in {"and", ","} and any(
            word.lower in REPORTING_VERBS for word in words[i + 1 : i + 3]
        )
        new_verb = low == "and" and i + 1 < len(words) and words[i + 1].lower.endswith("ed")
        if low in CLAUSE_BREAKS or low in stops or new_report or new_verb:
            return TokenSpan(at, i)
    return TokenSpan(at, len(words))


def _denial_scope(words: Sequence[Token], span: TokenSpan) -> TokenSpan:
    """Return the scope of a denial.

    What follows, or its clause when it is passive ("reports were denied").
    """
    ahead = _scope_ahead(words, span.after)
    before = [word.lower for word in words[max(0, span.first - _PASSIVE_WINDOW) : span.first]]
    following = words[span.after].lower if span.after < len(words) else "."
    ends = following in {"by", "as", "."} or not following[:1].isalnum()
    relative = _relative_head(words, span.first)
    if relative is not None and BE_FORMS.isdisjoint(before):  # "a result that the opposition rejected"
        return TokenSpan(relative, ahead.after)
    passive = words[span.first].lower.endswith("ed") and (not BE_FORMS.isdisjoint(before) or ends)
    if passive and any(
        word.lower in REPORT_WORDS or word.stem not in STOP_WORDS for word in words[: span.first]
    ):
        return TokenSpan(_clause(words, span.first).first, ahead.after)
    return ahead


def _relative_head(words: Sequence[Token], at: int) -> int | None:
    """Return the position of the noun before "that the opposition rejected", which the word at `at` ends."""
    for i in range(at - 1, max(0, at - _RELATIVE_WINDOW), -1):
        if (
            words[i].lower in {"that", "which"}
            and words[i - 1].lower[0].isalpha()
            and words[i - 1].lower not in REPORTING_VERBS
        ):
            return i - 1
    return None


def _says_untrue(words: Sequence[Token], span: TokenSpan) -> bool:
    """Return True if an "untrue" word is said of a report or an event, not of a thing ("her fake ID")."""
    before = [word.lower for word in words[max(0, span.first - 3) : span.first]]
    if before[:1] and before[0] in GENERIC_NOUNS and before[1:2] == ["that"]:
        return False  # "said things that were not true"
    behind = words[span.after].lower if span.after < len(words) else "."
    if words[span.after - 1].lower in {"joke", "jokes"} and behind in {"about", "on", "at", "with"}:
        return False  # "made a joke about her"
    if words[span.first].lower in FALSEHOOD_MASS_NOUNS:
        called = {word.lower for word in words[max(0, span.first - 4) : span.first]}
        return not called.isdisjoint(BE_FORMS | {"as", "called", "calls", "calling"})
    if (
        span.after - span.first > 1
        or words[span.first].lower not in UNTRUE_ADJECTIVES | EVALUATIVE_ADJECTIVES
    ):
        return True
    following = words[span.after : span.after + 2]
    if words[span.first].lower in EVALUATIVE_ADJECTIVES:
        if following and _is_modifiable(following[0]) and not _after_be(words, span.first):
            return following[0].lower in REPORT_WORDS
        clause = words[slice(*_clause(words, span.first))]
        return any(word.lower in REPORT_WORDS and word.lower not in PRONOUNS for word in clause)
    if len(following) > 1 and following[0].lower in {"and", "yet", "but"} and _is_modifiable(following[1]):
        near = words[span.after : span.after + 5]  # "false yet devastating lies"
        return _after_be(words, span.first) or any(word.lower in REPORT_WORDS for word in near)
    if (
        not following
        or not following[0].lower[:1].isalnum()
        or following[0].lower in STOP_WORDS | CLAUSE_BREAKS
    ):
        return True
    return any(word.lower in REPORT_WORDS for word in following) or _after_be(words, span.first)


def _is_modifiable(word: Token) -> bool:
    """Return True if a word may be what an adjective before it describes."""
    return word.lower[:1].isalnum() and word.lower not in STOP_WORDS | CLAUSE_BREAKS


def _after_be(words: Sequence[Token], at: int) -> bool:
    """Return True if "is", "was" and the like stand before `at` with nothing but adverbs between."""
    before = (word.lower for word in reversed(words[max(0, at - _COPULA_WINDOW) : at]))
    nearest = next((low for low in before if low not in COPULA_FILLERS and not low.endswith("ly")), "")
    return nearest in BE_FORMS


def _apply_outer_cues(words: Sequence[Token], cues: Sequence[NegationCue]) -> tuple[NegationCue, ...]:
    """Return the cues with `is_negated` set: each outer cue that outscopes a cue negates it once more."""
    return tuple(
        replace(inner, is_negated=sum(_outscopes(words, outer, inner) for outer in cues[:i]) % 2 == 0)
        for i, inner in enumerate(cues)
    )


def _outscopes(words: Sequence[Token], outer: NegationCue, inner: NegationCue) -> bool:
    if not outer.scope.first <= inner.span.first < outer.scope.after:
        return False
    between = [word.lower for word in words[outer.span.after : inner.span.first]]
    if outer.kind is CueType.UNTRUE:  # "it is false that he did not call", but "false: no call took place"
        return between[:1] == ["that"]
    if inner.kind is CueType.UNTRUE and outer.kind is CueType.DENIAL:
        # "denied that it was a hoax" cues; "denied the false report", "dismissed it as a hoax" do not.
        said_of = words[inner.span.after].lower if inner.span.after < len(words) else ""
        hoax_claims = (
            words[inner.span.first].lower not in UNTRUE_ADJECTIVES and said_of in REPORT_WORDS - PRONOUNS
        )
        return hoax_claims or _after_be(words, inner.span.first)
    return outer.kind is not CueType.DENIAL or not between or between[-1] not in {"and", ",", "or"}
