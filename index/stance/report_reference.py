"""Whether a denial is said of the report of a claim, which it only points at: "denied it", "called the report false"."""

from index.stance.claim import ClaimOverlap
from index.stance.content_words import is_content
from index.stance.cue_lexicon import (
    BE,
    COMPLEMENTIZERS,
    EVALUATIVE_ADJECTIVES,
    KNOWING_GERUNDS,
    MODIFIERS,
    PRONOUNS,
    REPORT_WORDS,
    UNTRUE,
)
from index.stance.event_match import predicate_of
from index.stance.negation_scope import CueType, NegationCue, ParsedSentence

CLOSE = 3  # words between a denial and the "it" that it is said of


def refers_to_report(match: ClaimOverlap, turn: NegationCue) -> bool:
    """Say whether a turn reaches a word for a report spoken of before: "denied it", "called the report false"."""
    reached = [i for i in range(*turn.scope) if match.decides(turn, i)]
    words = match.reading.words
    if turn.kind is CueType.DENIAL and not any(words[i].lower[0].isalnum() for i in reached):
        return True
    if any(words[i].lower in {"part", "parts", "aspects", "details"} for i in reached):
        return False
    close = range(turn.cue.first - CLOSE, turn.cue.after + CLOSE)
    named = [
        i
        for i in reached
        if words[i].lower in REPORT_WORDS and (words[i].lower not in PRONOUNS or i in close)
    ]
    named = [
        i for i in named if not _by_doer(match, i) and (match.terms_nearby or words[i].lower not in PRONOUNS)
    ]
    if turn.kind is CueType.DENIAL:
        named = [i for i in named if _is_denied(match.reading, turn, i)]
    if is_attributive(match.reading, turn):  # "false claims of fraud", "give misleading testimony in a claim"
        named = [i for i in named if turn.cue.after <= i < turn.cue.after + CLOSE]
    own = [i for i in named if turn.kind is CueType.UNTRUE and i == turn.cue.after]
    return any(_stands_for_claim(match, turn, i) for i in own or named)


def _by_doer(match: ClaimOverlap, at: int) -> bool:
    """Say whether a report is by whom the claim is about, and so another: "Musk's claims" of "Did Musk ...?"."""
    own = {mean for name in predicate_of(match).topics for mean in name}
    return any(match.owns(i) and match.means[i] in own for i in range(max(0, at - CLOSE), at))


def _is_denied(reading: ParsedSentence, turn: NegationCue, at: int) -> bool:
    """Say whether a report is what is denied, not only named in it: "denied being aware of the allegations"."""
    if at < turn.cue.first:
        return True
    return not any(word.lower in KNOWING_GERUNDS for word in reading.words[turn.cue.after : at])


def is_attributive(reading: ParsedSentence, turn: NegationCue) -> bool:
    """Say whether an "untrue" word stands before the noun that it describes: "false claims", not "is false"."""
    if turn.kind is not CueType.UNTRUE or turn.cue.after >= len(reading.words):
        return False
    following = reading.words[turn.cue.after]
    before = reading.words[turn.cue.first - 1].lower if turn.cue.first else ""
    return (
        reading.words[turn.cue.first].lower in UNTRUE | EVALUATIVE_ADJECTIVES
        and before not in BE
        and is_content(following)
    )


def _stands_for_claim(match: ClaimOverlap, turn: NegationCue, at: int) -> bool:
    """Say whether the report word at `at` can mean the claim: not "the tax report", "allegations of fraud"."""
    words, own = match.reading.words, match.claim.actions
    after = [i for i in range(at + 1, turn.scope.after) if turn.covers(i)]
    if words[at].lower == "that" or (after and words[after[0]].lower in COMPLEMENTIZERS):
        told = [i for i in after if is_content(words[i])]
        if told and not any(match.means[i] in own and match.decides(turn, i) for i in told):
            return False
    if at == 0 or not turn.covers(at - 1) or words[at].lower in PRONOUNS:
        return True
    before = words[at - 1]
    plain = not is_content(before) or before.lower in MODIFIERS or match.is_name(at - 1)
    return plain or match.means[at - 1] in own
