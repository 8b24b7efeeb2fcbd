"""Whether a denial is said of the report of a claim, which it only points at: "denied it", "called the report false"."""

from index.stance.claim import Match, is_content
from index.stance.cue_lexicon import BE, LEARNING, LINKS, MODIFIERS, PRONOUNS, REPORT_WORDS, SCORN, UNTRUE
from index.stance.event_match import deed_of
from index.stance.negation_scope import Kind, Reading, Turn

CLOSE = 3  # words between a denial and the "it" that it is said of


def points(match: Match, turn: Turn) -> bool:
    """Say whether a turn reaches a word for a report spoken of before: "denied it", "called the report false"."""
    reached = [i for i in range(*turn.reach) if match.decides(turn, i)]
    words = match.reading.words
    if turn.kind is Kind.DENIAL and not any(words[i].low[0].isalnum() for i in reached):
        return True
    if any(words[i].low in {"part", "parts", "aspects", "details"} for i in reached):
        return False
    close = range(turn.cue.first - CLOSE, turn.cue.after + CLOSE)
    named = [
        i for i in reached if words[i].low in REPORT_WORDS and (words[i].low not in PRONOUNS or i in close)
    ]
    named = [i for i in named if not _by_doer(match, i) and (match.close or words[i].low not in PRONOUNS)]
    if turn.kind is Kind.DENIAL:
        named = [i for i in named if _is_denied(match.reading, turn, i)]
    if describes(match.reading, turn):  # "false claims of fraud", "give misleading testimony in a claim"
        named = [i for i in named if turn.cue.after <= i < turn.cue.after + CLOSE]
    own = [i for i in named if turn.kind is Kind.UNTRUE and i == turn.cue.after]
    return any(_stands_for_claim(match, turn, i) for i in own or named)


def _by_doer(match: Match, at: int) -> bool:
    """Say whether a report is by whom the claim is about, and so another: "Musk's claims" of "Did Musk ...?"."""
    own = {mean for name in deed_of(match).leads for mean in name}
    return any(match.owns(i) and match.means[i] in own for i in range(max(0, at - CLOSE), at))


def _is_denied(reading: Reading, turn: Turn, at: int) -> bool:
    """Say whether a report is what is denied, not only named in it: "denied being aware of the allegations"."""
    if at < turn.cue.first:
        return True
    return not any(word.low in LEARNING for word in reading.words[turn.cue.after : at])


def describes(reading: Reading, turn: Turn) -> bool:
    """Say whether an "untrue" word stands before the noun that it describes: "false claims", not "is false"."""
    if turn.kind is not Kind.UNTRUE or turn.cue.after >= len(reading.words):
        return False
    following = reading.words[turn.cue.after]
    before = reading.words[turn.cue.first - 1].low if turn.cue.first else ""
    return reading.words[turn.cue.first].low in UNTRUE | SCORN and before not in BE and is_content(following)


def _stands_for_claim(match: Match, turn: Turn, at: int) -> bool:
    """Say whether the report word at `at` can mean the claim: not "the tax report", "allegations of fraud"."""
    words, own = match.reading.words, match.claim.actions
    after = [i for i in range(at + 1, turn.reach.after) if turn.covers(i)]
    if words[at].low == "that" or (after and words[after[0]].low in LINKS):
        told = [i for i in after if is_content(words[i])]
        if told and not any(match.means[i] in own and match.decides(turn, i) for i in told):
            return False
    if at == 0 or not turn.covers(at - 1) or words[at].low in PRONOUNS:
        return True
    before = words[at - 1]
    plain = not is_content(before) or before.low in MODIFIERS or match.is_name(at - 1)
    return plain or match.means[at - 1] in own
