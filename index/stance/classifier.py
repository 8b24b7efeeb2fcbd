"""What a sentence does to a claim: report it, deny it, withhold comment on it, or none of these.

The signs for each are found one by one (negation cues in `index.stance.denials`), their confidence is
discounted where the sentence may be about something else (`index.stance.event_match.discount`), and the best
sign decides. How sure each sign is stands in `index.stance.weights`.
"""

from index.stance.claim import ClaimOverlap, overlap, parse_claim
from index.stance.cue_lexicon import CONTEST_RESULTS, INQUIRY_WORDS, OPPOSITES, WITHDRAWALS
from index.stance.denials import find_denials
from index.stance.event_match import discount
from index.stance.factuality import factuality, is_irrealis, is_supposed
from index.stance.judgement import Judgement, Stance
from index.stance.negation_scope import TokenSpan, local_clause
from index.stance.sentence_arguments import is_shared_with_other, mentions_only_others
from index.stance.weights import (
    CONTRARY,
    CONTRARY_COVER,
    CONTRARY_SUPPOSED,
    FULL_RELATEDNESS,
    GUESSED_REPORT,
    GUESSED_REPORT_FACT,
    MIN_CONFIDENCE,
    MIN_REPORT_COVER,
    MIN_SIGN,
    NO_COMMENT,
    NO_COMMENT_CONTEXT,
    NO_COMMENT_ON_REPORTED,
    OBJECT_WINDOW,
    OPPOSITE,
    OPPOSITE_COVER,
    REPORTED_FACT,
    VERBLESS_COVER,
    WITHDRAWN,
    WITHDRAWN_COVER,
    WITHDRAWN_NEGATED,
)

# A claim with one of these is of something to come, which can be called off.
_FUTURE_WORDS = frozenset({"will", "to", "plan", "plans", "planning", "launching", "upcoming", "soon"})


def classify_sentence(claim: str, sentence: str, title: str = "", previous: str = "") -> Judgement:
    """Return what `sentence` does to `claim`, a question or a headline; raises on no text.

    `title` is the article's headline and `previous` the sentence before: they tell what "the report" is
    about. The cue is always words of the sentence. A confidence below `MIN_CONFIDENCE` is a guess.
    """
    return classify(overlap(parse_claim(claim), sentence, title, previous))


def classify(match: ClaimOverlap) -> Judgement:
    """Return what a sentence does to the claim that it is set beside."""
    if match.sentence.is_question or not match.claim.content:
        return Judgement(Stance.BACKGROUND)
    direct = [_opposite(match), _withdrawal(match), _contrary(match)]
    signs = [
        *find_denials(match),
        *(discount(match, sign, direct=True) for sign in direct if sign),
        *(discount(match, sign) for sign in (_no_comment(match), _report(match)) if sign),
    ]
    best = max(signs, key=_rank, default=Judgement(Stance.BACKGROUND))
    if not match.has_no_context and best.confidence < MIN_CONFIDENCE:
        # a sure report goes before what may only be a denial
        return max((sign for sign in signs if sign.confidence >= MIN_CONFIDENCE), key=_rank, default=best)
    return best


def _rank(sign: Judgement) -> tuple[int, float]:
    """Return the rank of a sign.

    A sure denial before no comment, and either before the report it usually repeats.
    """
    if sign.stance is Stance.DENIED and sign.confidence >= MIN_CONFIDENCE:
        return 2, sign.confidence
    return int(sign.stance is not Stance.REPORTED and sign.confidence >= MIN_SIGN), sign.confidence


def _no_comment(match: ClaimOverlap) -> Judgement | None:
    """Return a refusal to comment, weak if the sentence reports the claim beside it."""
    if not match.sentence.no_comment_spans:
        return None
    span = match.sentence.no_comment_spans[0]
    clause = local_clause(match.sentence, span)
    outside = [i for i in match.mentions if not clause.first <= i < clause.after]
    cover = match.claim.cover(frozenset(match.concepts[i] for i in outside))
    asked = any(word.lower in INQUIRY_WORDS for word in match.sentence.words)
    reports = cover >= FULL_RELATEDNESS and not asked and any(i in match.action_positions for i in outside)
    confidence = (
        NO_COMMENT_ON_REPORTED
        if reports
        else NO_COMMENT + NO_COMMENT_CONTEXT * min(1.0, match.context_cover / FULL_RELATEDNESS)
    )
    return Judgement(Stance.NO_COMMENT, match.sentence.text_of(span), confidence)


def _opposite(match: ClaimOverlap) -> Judgement | None:
    """Return a denial when the sentence says what cannot be so with the claim: "alive" against "dead"."""
    claimed = {word.lower for word in match.claim.parsed.words}
    if match.claim.is_negative:
        return None
    for one, other in OPPOSITES:
        ours, theirs = (one, other) if claimed & one else (other, one)
        if not claimed & ours or claimed & theirs:
            continue
        words = [word.lower for word in match.sentence.words]
        no_comment = {i for span in match.sentence.no_comment_spans for i in range(span.first, span.after)}
        at = next((i for i, word in enumerate(words) if word in theirs and i not in no_comment), None)
        both = not ours.isdisjoint(words)  # "innocent until proven guilty"
        if at is None or both or match.sentence.cue_over(at) or not _has_same_object(match, at):
            continue
        confidence = OPPOSITE + OPPOSITE_COVER * match.cover
        return Judgement(Stance.DENIED, match.sentence.text_of(TokenSpan(at, at + 1)), confidence)
    return None


def _has_same_object(match: ClaimOverlap, at: int) -> bool:
    """Return True if an opposite is done to what the claim names.

    As in "lost the cup", not "lost to Saudi Arabia".
    """
    if match.sentence.words[at].lower not in CONTEST_RESULTS:
        return True
    predicate = match.claim.predicate
    wanted = predicate.patients | ({predicate.object} if predicate.object else set())
    behind = {match.concepts[i] for i in range(at + 1, min(len(match.concepts), at + 1 + OBJECT_WINDOW))}
    return not wanted or not wanted.isdisjoint(behind)


def _withdrawal(match: ClaimOverlap) -> Judgement | None:
    """Return a denial when what the claim expects is called off.

    As in "quits the film" against "to star in the film".
    """
    claimed = {word.lower for word in match.claim.parsed.words}
    span = next(WITHDRAWALS.find(match.sentence.words), None)
    if (
        not span
        or not claimed & _FUTURE_WORDS
        or match.concepts[span[0]] in match.claim.content
        or match.claim.is_negative
    ):
        return None
    if match.claim.is_past:  # what has happened cannot be called off
        return None
    negated = match.sentence.cue_over(span[0])
    confidence = WITHDRAWN_NEGATED if negated else WITHDRAWN + WITHDRAWN_COVER * match.cover
    return Judgement(Stance.DENIED, match.sentence.text_of(TokenSpan(*span)), confidence)


def _contrary(match: ClaimOverlap) -> Judgement | None:
    """Return a denial when the sentence asserts what the claim says is not so."""
    negated = [i for i in match.action_positions if (cue := match.sentence.cue_over(i)) and cue.is_negated]
    asserted = [
        i for i in match.action_positions if i not in negated and match.concepts[i] in match.claim.negated
    ]
    verb = match.claim.negated_predicate
    if verb and not any(match.concepts[i] == verb for i in asserted):
        return None
    if match.claim.is_denial or not match.claim.is_negative or not asserted or negated:
        return None
    if match.claim.is_past and all(is_irrealis(match.sentence, i) for i in asserted):
        return None
    span = TokenSpan(asserted[0], asserted[0] + 1)
    supposed = is_supposed(match.sentence, span)
    confidence = max(0.0, CONTRARY + CONTRARY_COVER * match.cover - CONTRARY_SUPPOSED * supposed)
    return Judgement(Stance.DENIED, match.sentence.text_of(span), confidence)


def _report(match: ClaimOverlap) -> Judgement | None:
    """Return a report when enough of the claim stands in the sentence and is not negated.

    Where the claim is well covered the confidence is MIN_CONFIDENCE and more, by how plainly it is stated.
    """
    agreeing = [i for i in match.action_positions if _has_claimed_polarity(match, i)]
    if not agreeing or match.context_cover < MIN_REPORT_COVER:
        return None
    if (
        len(agreeing) < len(match.action_positions)
        and _cover_without_rest(match, agreeing) < FULL_RELATEDNESS
    ):
        return None
    fact = factuality(match.claim.parsed, match.sentence, match.cover)
    about_claim = (
        match.context_cover >= FULL_RELATEDNESS
        and not is_shared_with_other(match)
        and not mentions_only_others(match)
    )
    about_claim = about_claim and _states_predicate(match)
    confidence = (
        MIN_CONFIDENCE + REPORTED_FACT * fact if about_claim else GUESSED_REPORT + GUESSED_REPORT_FACT * fact
    )
    cue = match.sentence.text_of(TokenSpan(agreeing[0], agreeing[0] + 1))
    return Judgement(Stance.REPORTED, cue, confidence)


def _states_predicate(match: ClaimOverlap) -> bool:
    """Return True if the sentence holds the claim's verb, or nearly all else of it, as more than supposed."""
    verb = match.claim.predicate.verb
    positions = [i for i in match.mentions if match.concepts[i] == verb]
    if verb is None or not positions:
        return verb is None or (match.cover >= VERBLESS_COVER and not match.claim.is_past)
    return not match.claim.is_past or not all(is_irrealis(match.sentence, i) for i in positions)


def _cover_without_rest(match: ClaimOverlap, agreeing: list[int]) -> float:
    """Return the share of the claim, 0 to 1, in the sentence, without the actions that do not agree."""
    kept = [i for i in match.mentions if i in agreeing or i not in match.action_positions]
    return match.claim.cover(frozenset(match.concepts[i] for i in kept))


def _has_claimed_polarity(match: ClaimOverlap, at: int) -> bool:
    """Return True if the word at `at` is negated in the sentence just where the claim negates it."""
    cue = match.sentence.cue_over(at)
    return bool(cue and cue.is_negated) == (match.concepts[at] in match.claim.negated)
