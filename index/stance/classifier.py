"""What a sentence does to a claim: report it, deny it, withhold comment on it, or none of these.

The cues of a sentence (`index.stance.negation_scope`) are set against the content words of the claim. A cue decides only
when it bears on the claim: what it reaches is the claim's own words, or a word that points at the report of it
("denied the report", "called it false"). Every number below is a judgement of ours on how sure such a sign is,
not a measured probability; precision of denials comes before recall.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from index.stance.claim import ClaimOverlap, is_headline_case, overlap, parse_claim
from index.stance.content_words import is_content
from index.stance.cue_lexicon import (
    ASKING,
    BE,
    CONTESTED,
    IRREALIS,
    OF_FALSEHOOD,
    OPPOSITES,
    PRONOUNS,
    REPORT_WORDS,
    WITHDRAWALS,
)
from index.stance.event_match import (
    STRANGE,
    UNCASED,
    is_same_event,
    lacks_topic_entities,
    mention_relatedness,
    missing_names,
    predicate_of,
    relatedness,
)
from index.stance.factuality import factuality, is_irrealis
from index.stance.judgement import Judgement, Stance
from index.stance.negation_scope import CueType, NegationCue, ParsedSentence, TokenSpan
from index.stance.report_reference import is_attributive, refers_to_report
from index.stance.sentence_arguments import mentions_only_others

MIN_CONFIDENCE = 0.55  # from here on a judgement is shown as what it is
UNNAMED = 0.1  # what a denial loses when all names of the claim are missing
BESIDE = 5  # words on either side of a verb that tell which deed it is
OBJECT = 6  # words behind a verb among which what it is done to stands
HINT = 0.29  # how sure a denial is that may be of anything
ANY = 0.1  # how much a sentence must be about the claim at the least
SUPPOSED = 0.55  # what is left of a denial that is only wished, feared or supposed
GUESS = 0.5  # what is left of any other confidence when the sentence may be about something else
NEARLY = 0.8  # the share of a claim whose verb a sentence may lack
RELATED = 0.5  # the share of a claim that sentence, headline and the sentence before must hold together
# The share of a claim's actions a turn must reach when it does not fall on the first of them.
_SHARES = {CueType.DENIAL: 0.0, CueType.UNTRUE: 0.0, CueType.NOT: 0.34, CueType.AVOIDS: 1.0}
_AHEAD = frozenset({"will", "to", "plan", "plans", "planning", "launching", "upcoming", "soon"})


def classify_sentence(claim: str, sentence: str, title: str = "", previous: str = "") -> Judgement:
    """Return what `sentence` does to `claim`, a question or a headline; never raises on any text.

    `title` is the article's headline and `previous` the sentence before: they tell what "the report" is about.
    The cue is always words of the sentence. A confidence below `MIN_CONFIDENCE` is a guess.
    """
    return classify(overlap(parse_claim(claim), sentence, title, previous))


def classify(match: ClaimOverlap) -> Judgement:
    """Return what a sentence does to the claim that it was laid over."""
    if match.reading.asks or not match.claim.content:
        return Judgement(Stance.BACKGROUND)
    direct = [_opposite(match), _withdrawal(match), _contrary(match)]
    signs = [
        *_denials(match),
        *(_discount(match, sign, direct=True) for sign in direct if sign),
        *(_discount(match, sign) for sign in (_no_comment(match), _report(match)) if sign),
    ]
    best = max(signs, key=_weight, default=Judgement(Stance.BACKGROUND))
    if (
        not match.has_no_context and best.confidence < MIN_CONFIDENCE
    ):  # what is told surely before what may be denied
        return max((sign for sign in signs if sign.confidence >= MIN_CONFIDENCE), key=_weight, default=best)
    return best


def _discount(
    match: ClaimOverlap, sign: Judgement, *, direct: bool = False, hits: Collection[int] = ()
) -> Judgement:
    """Return a judgement with what is left of its confidence when the sentence may be about something else.

    `direct` says that it rests on the claim's own words in the sentence, at `hits`, and needs no more of them.
    """
    sure = mention_relatedness(match) if sign.stance is Stance.DENIED else relatedness(match)
    if direct and sure >= ANY:
        deed = predicate_of(match)
        named = 1 - UNNAMED * missing_names(match, deed)
        known = match.has_no_context or match.claim.is_truecased or match.context >= UNCASED
        ours = known and is_same_event(match, deed, hits) and not lacks_topic_entities(match, deed)
        kept = sign.confidence * named * (1.0 if ours else STRANGE)
    else:
        kept = sign.confidence if sure >= RELATED else min(GUESS, sign.confidence) * sure / RELATED
    return replace(sign, confidence=kept)


def _weight(sign: Judgement) -> tuple[int, float]:
    """Order signs: a sure denial before no comment, and either before the report that it usually repeats."""
    if sign.stance is Stance.DENIED and sign.confidence >= MIN_CONFIDENCE:
        return 2, sign.confidence
    return int(sign.stance is not Stance.REPORTED and sign.confidence >= 0.3), sign.confidence


def _denials(match: ClaimOverlap) -> Iterator[Judgement]:
    silent = [
        at for run in match.reading.withheld for at in range(run.first, _local(match.reading, run).after)
    ]
    for turn in match.reading.cues:
        if turn.cue.first not in silent and (sign := _denial(match, turn)):
            yield sign


def _denial(match: ClaimOverlap, turn: NegationCue) -> Judgement | None:
    """Return what one turn does to the claim: deny it, or, turned itself or against a negative claim, report it."""
    if turn.kind is CueType.UNTRUE and match.claim.actions & OF_FALSEHOOD:
        return None  # "false claims" are what it tells of
    if _answers_another(match, turn) or match.reading.asked(turn.cue.first):
        return None
    hits = match.hits(turn)
    content = match.content(turn)
    first = bool(hits) if turn.kind is CueType.UNTRUE else _hits_first(match, turn, content)
    if (hits or first) and turn.kind in {CueType.NOT, CueType.AVOIDS} and _misses_verb(match, turn, hits):
        return None
    share = len({match.means[i] for i in hits}) / max(1, len(match.claim.actions))
    pointing = turn.kind in {CueType.DENIAL, CueType.UNTRUE} and refers_to_report(match, turn)
    pointing = pointing and (
        match.has_no_context or predicate_of(match).verb in match.terms_in_context | {None}
    )
    if not pointing and not match.has_no_context and is_attributive(match.reading, turn):
        return _weak_denial(match, turn, hits)  # "the unsubstantiated idea" that they planted
    if not pointing and not first and (not hits or share < _SHARES[turn.kind]):
        return _weak_denial(match, turn, hits)
    if hits and _denies_other_object(match, hits):
        return None
    negative = (
        2 * sum(match.means[i] in match.claim.negated for i in hits) >= len(hits)
        if hits
        else match.claim.negative
    )
    if turn.is_negated == negative:
        sure = 0.65 if match.context >= RELATED and not _with_another(match) else 0.4
        return _discount(match, Judgement(Stance.REPORTED, match.reading.shown(turn.cue), sure))
    if match.claim.denial and not turn.is_negated and turn.kind is not CueType.DENIAL:
        return None
    sure = _confidence(match, turn.cue, hits, first, share)
    if pointing:
        sure = max(sure, _confidence(match, turn.cue, [], False, 0.0))
    sign = Judgement(Stance.DENIED, match.reading.shown(turn.cue), sure)
    return _discount(
        match, sign, direct=bool(hits or first) and turn.kind is not CueType.AVOIDS, hits=hits[:1]
    )


def _answers_another(match: ClaimOverlap, turn: NegationCue) -> bool:
    """Say whether a "no" answers something else: neither it nor the sentence before tells of the deed."""
    no = (
        not match.has_no_context
        and turn.kind is CueType.UNTRUE
        and match.reading.words[turn.cue.first].lower == "no"
    )
    verb = predicate_of(match).verb
    return no and turn.cue.after - turn.cue.first == 1 and verb is not None and verb not in match.terms_nearby


def _misses_verb(match: ClaimOverlap, turn: NegationCue, hits: list[int]) -> bool:
    """Say whether a turn falls on other words of the claim than its verb: "without a speaker" of "ousted as speaker"."""
    verb = predicate_of(match).verb
    if verb is None or is_headline_case(match.reading):
        return False
    elsewhere = [i for i in match.mentions if match.means[i] == verb and i not in hits]
    if any(match.means[i] == verb for i in hits):
        told = [i for i in elsewhere if i < turn.cue.first and not _over(match, i)]
        quoted = any(word.lower in REPORT_WORDS - PRONOUNS for word in match.reading.words[: turn.cue.first])
        return not quoted and any(_told_at(match, i) > _told_at(match, hits[0]) for i in told)
    beside = any(i + 1 == turn.cue.first for i in elsewhere)  # "pleaded not guilty"
    without = match.reading.words[turn.cue.first].lower == "without"
    return not beside and (bool(elsewhere) or without or not match.has_no_context)


def _over(match: ClaimOverlap, at: int) -> bool:
    turn = match.reading.cue_over(at)
    return bool(turn and turn.is_negated)


def _told_at(match: ClaimOverlap, at: int) -> int:
    """Count what of the claim stands around a word: more around "leaving the race" than around "never leave the fight"."""
    return len({match.means[i] for i in match.mentions if abs(i - at) <= BESIDE})


def _weak_denial(match: ClaimOverlap, turn: NegationCue, hits: list[int]) -> Judgement | None:
    """Return a denial that any report outweighs, for a turn that says of something here that it is not so."""
    doubts = turn.kind is CueType.UNTRUE or (turn.kind is CueType.NOT and hits)
    if not doubts or not turn.is_negated or match.claim.negative or not match.terms_in_context:
        return None
    return Judgement(Stance.DENIED, match.reading.shown(turn.cue), HINT)


def _confidence(match: ClaimOverlap, cue: TokenSpan, hits: list[int], first: bool, share: float) -> float:
    if hits or first:
        sure = 0.3 + 0.2 * first + 0.2 * share + 0.25 * match.cover + 0.1 * match.context
        sure *= (
            1 if first or is_headline_case(match.reading) else 0.6
        )  # a headline has no room for another verb
    else:
        sure = 0.35 + 0.6 * match.context
    return min(0.95, sure) * (SUPPOSED if _unreal(match.reading, cue) else 1)


def _unreal(reading: ParsedSentence, cue: TokenSpan) -> bool:
    """Say whether a cue is only wished, feared or supposed: "I hope this isn't true", "may prove to be false"."""
    before = reading.words[max(reading.clause(cue.first).first - 1, 0) : cue.first]
    return any(word.lower in IRREALIS for word in before)


def _hits_first(match: ClaimOverlap, turn: NegationCue, content: list[int]) -> bool:
    """Say whether a turn falls on the claim's own verb or noun at once, or on its name ("that was not him").

    Names before it do not count: "denied that Trump called" falls on the call, "denied being told of a call" on
    the telling.
    """
    said_of = (
        turn.kind is not CueType.NOT or match.reading.words[turn.cue.first - 1].lower in BE
    )  # "was not him"
    if said_of and content and content[0] == turn.cue.after and content[0] in match.mentions:
        return not match.owns(content[0])
    if not is_headline_case(match.reading):
        content = [i for i in content if not match.is_name(i)]
    return bool(content) and content[0] in match.action_positions


def _with_another(match: ClaimOverlap) -> bool:
    """Say whether the deed is shared with somebody the claim does not name: "Zelensky and Trump spoke"."""
    words = match.reading.words
    names = match.claim.content - (match.claim.actions if match.claim.is_truecased else frozenset())
    found = {match.means[i] for i in match.mentions} & names
    if not found or found == names or is_headline_case(match.reading):
        return False
    for i, word in enumerate(words):
        if match.is_name(i) and is_content(word) and match.means[i] not in match.claim.content:
            beside = {words[k].lower for k in (i - 1, i + 1) if 0 <= k < len(words)}
            if words[max(i - 1, 0)].lower in {"with", "to"} or "and" in beside:
                return True
    return False


def _denies_other_object(match: ClaimOverlap, hits: list[int]) -> bool:
    """Say whether what is denied is done to somebody else: "did not call Xi", when the claim is of Putin."""
    last = hits[-1] + 1
    near = [i for i in range(last, min(last + 3, len(match.means))) if is_content(match.reading.words[i])]
    if not near or match.means[near[0]] in match.claim.content or not match.is_name(near[0]):
        return False
    names = match.claim.content - (match.claim.actions if match.claim.is_truecased else frozenset())
    return not is_headline_case(match.reading) and not names <= {
        match.means[i] for i in range(*match.reading.clause(last - 1))
    }


def _local(reading: ParsedSentence, run: TokenSpan) -> TokenSpan:
    """Return the clause around `run`, cut at the comma or the "and" before it."""
    clause = reading.clause(run.first)
    cuts = [i + 1 for i in range(clause.first, run.first) if reading.words[i].lower in {",", "and"}]
    return TokenSpan(cuts[-1] if cuts else clause.first, clause.after)


def _no_comment(match: ClaimOverlap) -> Judgement | None:
    """Return a refusal to comment, unless the sentence reports the claim beside it."""
    if not match.reading.withheld:
        return None
    local = _local(match.reading, match.reading.withheld[0])
    outside = [i for i in match.mentions if not local.first <= i < local.after]
    cover = match.claim.cover(frozenset(match.means[i] for i in outside))
    asked = any(word.lower in ASKING for word in match.reading.words)
    reports = cover >= RELATED and not asked and any(i in match.action_positions for i in outside)
    sure = 0.2 if reports else 0.45 + 0.45 * min(1.0, match.context / RELATED)
    return Judgement(Stance.NO_COMMENT, match.reading.shown(match.reading.withheld[0]), sure)


def _opposite(match: ClaimOverlap) -> Judgement | None:
    """Return a denial when the sentence says what cannot be so with the claim: "alive" against "dead"."""
    claimed = {word.lower for word in match.claim.reading.words}
    if match.claim.negative:
        return None
    for one, other in OPPOSITES:
        ours, theirs = (one, other) if claimed & one else (other, one)
        if not claimed & ours or claimed & theirs:
            continue
        lows = [word.lower for word in match.reading.words]
        at = next((i for i, low in enumerate(lows) if low in theirs), None)
        both = not ours.isdisjoint(lows)  # "innocent until proven guilty"
        if at is None or both or match.reading.cue_over(at) or not _same_object(match, at):
            continue
        sure = 0.3 + 0.5 * match.cover
        return Judgement(Stance.DENIED, match.reading.shown(TokenSpan(at, at + 1)), sure)
    return None


def _same_object(match: ClaimOverlap, at: int) -> bool:
    """Say whether an opposite is done to what the claim names: "lost the cup", not "lost to Saudi Arabia"."""
    if match.reading.words[at].lower not in CONTESTED:
        return True
    deed = predicate_of(match)
    wanted = deed.patients | ({deed.object} if deed.object else set())
    behind = {match.means[i] for i in range(at + 1, min(len(match.means), at + 1 + OBJECT))}
    return not wanted or not wanted.isdisjoint(behind)


def _withdrawal(match: ClaimOverlap) -> Judgement | None:
    """Return a denial when what the claim expects is called off: "quits the film" against "to star in the film"."""
    claimed = {word.lower for word in match.claim.reading.words}
    run = next(WITHDRAWALS.find(match.reading.words), None)
    if not run or not claimed & _AHEAD or match.means[run[0]] in match.claim.content or match.claim.negative:
        return None
    if match.claim.is_past:  # what has happened cannot be called off
        return None
    sure = 0.2 if match.reading.cue_over(run[0]) else 0.35 + 0.45 * match.cover
    return Judgement(Stance.DENIED, match.reading.shown(TokenSpan(*run)), sure)


def _contrary(match: ClaimOverlap) -> Judgement | None:
    """Return a denial when the sentence asserts what the claim says is not so."""
    turned = [i for i in match.action_positions if (turn := match.reading.cue_over(i)) and turn.is_negated]
    asserted = [
        i for i in match.action_positions if i not in turned and match.means[i] in match.claim.negated
    ]
    key = match.claim.negated_predicate
    if key and not any(match.means[i] == key for i in asserted):
        return None
    if match.claim.denial or not match.claim.negative or not asserted or turned:
        return None
    if match.claim.is_past and all(is_irrealis(match.reading, i) for i in asserted):
        return None
    cue = TokenSpan(asserted[0], asserted[0] + 1)
    sure = max(0.0, 0.1 + 0.7 * match.cover - 0.25 * _unreal(match.reading, cue))
    return Judgement(Stance.DENIED, match.reading.shown(cue), sure)


def _report(match: ClaimOverlap) -> Judgement | None:
    """Return a report when enough of the claim stands in the sentence and is not turned round.

    The confidence is 0.6 to 1, from hearsay to plain statement, where the claim is well covered.
    """
    plain = [i for i in match.action_positions if _agrees(match, i)]
    if not plain or match.context < 0.3:
        return None
    if len(plain) < len(match.action_positions) and _cover_apart(match, plain) < RELATED:
        return None
    fact = factuality(match.claim.reading, match.reading, match.cover)
    ours = match.context >= RELATED and not _with_another(match) and not mentions_only_others(match)
    ours = ours and _is_told(match)
    sure = MIN_CONFIDENCE + 0.4 * fact if ours else 0.3 + 0.2 * fact
    return Judgement(Stance.REPORTED, match.reading.shown(TokenSpan(plain[0], plain[0] + 1)), sure)


def _is_told(match: ClaimOverlap) -> bool:
    """Say whether the sentence holds the claim's verb, or nearly all else of it, as something that is more than supposed."""
    verb = predicate_of(match).verb
    places = [i for i in match.mentions if match.means[i] == verb]
    if verb is None or not places:
        return verb is None or (match.cover >= NEARLY and not match.claim.is_past)
    return not match.claim.is_past or not all(is_irrealis(match.reading, i) for i in places)


def _cover_apart(match: ClaimOverlap, plain: list[int]) -> float:
    """Return the share of the claim in the sentence without the actions that are turned against it."""
    kept = [i for i in match.mentions if i in plain or i not in match.action_positions]
    return match.claim.cover(frozenset(match.means[i] for i in kept))


def _agrees(match: ClaimOverlap, at: int) -> bool:
    turn = match.reading.cue_over(at)
    return bool(turn and turn.is_negated) == (match.means[at] in match.claim.negated)
