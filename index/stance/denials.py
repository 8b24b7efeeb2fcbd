"""Denials of a claim: what each negation cue of a sentence does to the claim.

A cue decides only when it bears on the claim: it governs the claim's own words ("did not call"), or a word
that stands for the report of the claim ("denied the report", "called it false").
"""

from collections.abc import Iterator

from index.stance.claim import ClaimOverlap, is_headline_case
from index.stance.content_words import is_content
from index.stance.cue_lexicon import (
    BE_FORMS,
    COMPLEMENTIZERS,
    EVALUATIVE_ADJECTIVES,
    FALSEHOOD_STEMS,
    KNOWING_GERUNDS,
    PRONOUNS,
    REPORT_MODIFIERS,
    REPORT_WORDS,
    UNTRUE_ADJECTIVES,
)
from index.stance.event_match import discount
from index.stance.factuality import is_supposed
from index.stance.judgement import Judgement, Stance
from index.stance.negation_scope import CueType, NegationCue, ParsedSentence, TokenSpan, local_clause
from index.stance.sentence_arguments import is_shared_with_other
from index.stance.weights import (
    FULL_RELATEDNESS,
    MAX_DENIAL,
    NEARBY,
    NOT_DENIED,
    NOT_DENIED_UNSURE,
    OTHER_VERB,
    OWN_WORDS,
    OWN_WORDS_CONTEXT,
    OWN_WORDS_COVER,
    OWN_WORDS_FIRST,
    OWN_WORDS_SHARE,
    REPORT_DENIED,
    REPORT_DENIED_CONTEXT,
    SUPPOSED,
    WEAK_DENIAL,
)

# The share of a claim's actions that a cue must govern when it does not fall on the first of them; judged.
_MIN_SHARES = {CueType.DENIAL: 0.0, CueType.UNTRUE: 0.0, CueType.NOT: 0.34, CueType.AVOIDANCE: 1.0}
_PRONOUN_WINDOW = 3  # words between a denial and the "it" that it denies; judged
_PARTS = frozenset(
    {"part", "parts", "aspects", "details"}
)  # who denies "parts of the report" does not deny it


def find_denials(match: ClaimOverlap) -> Iterator[Judgement]:
    """Yield what each cue of a sentence does to the claim, without the cues of a refusal to comment."""
    uncommented = [
        at
        for span in match.sentence.no_comment_spans
        for at in range(span.first, local_clause(match.sentence, span).after)
    ]
    for cue in match.sentence.cues:
        if cue.span.first not in uncommented and (judgement := _judge_cue(match, cue)):
            yield judgement


def _judge_cue(match: ClaimOverlap, cue: NegationCue) -> Judgement | None:
    """Return what one cue does to the claim.

    It denies it, or, negated itself or of a negative claim, reports it.
    """
    if cue.kind is CueType.UNTRUE and match.claim.actions & FALSEHOOD_STEMS:
        return None  # "false claims" are what it tells of
    if _answers_other_question(match, cue) or match.sentence.in_question(cue.span.first):
        return None
    governed = match.actions_under(cue)
    content = match.content_under(cue)
    first = bool(governed) if cue.kind is CueType.UNTRUE else _falls_on_claim_first(match, cue, content)
    if (
        (governed or first)
        and cue.kind in {CueType.NOT, CueType.AVOIDANCE}
        and _misses_verb(match, cue, governed)
    ):
        return None
    share = len({match.concepts[i] for i in governed}) / max(1, len(match.claim.actions))
    on_report = cue.kind in {CueType.DENIAL, CueType.UNTRUE} and refers_to_report(match, cue)
    on_report = on_report and (
        match.has_no_context or match.claim.predicate.verb in match.terms_in_context | {None}
    )
    if not on_report and not match.has_no_context and is_attributive(match.sentence, cue):
        return _weak_denial(match, cue, governed)  # "the unsubstantiated idea" that they planted
    if not on_report and not first and (not governed or share < _MIN_SHARES[cue.kind]):
        return _weak_denial(match, cue, governed)
    if governed and _denies_other_object(match, governed):
        return None
    if cue.is_negated == _is_negative_at(match, governed):
        about_claim = match.context_cover >= FULL_RELATEDNESS and not is_shared_with_other(match)
        confidence = NOT_DENIED if about_claim else NOT_DENIED_UNSURE
        return discount(match, Judgement(Stance.REPORTED, match.sentence.text_of(cue.span), confidence))
    if match.claim.is_denial and not cue.is_negated and cue.kind is not CueType.DENIAL:
        return None
    confidence = _confidence(match, cue.span, governed, first, share)
    if on_report:
        confidence = max(confidence, _confidence(match, cue.span, [], False, 0.0))
    judgement = Judgement(Stance.DENIED, match.sentence.text_of(cue.span), confidence)
    direct = bool(governed or first) and cue.kind is not CueType.AVOIDANCE
    return discount(match, judgement, direct=direct, positions=governed[:1])


def _is_negative_at(match: ClaimOverlap, positions: list[int]) -> bool:
    """Return True if the claim says that most of its actions at `positions` are not so.

    With no positions, most of all.
    """
    if not positions:
        return match.claim.is_negative
    return 2 * sum(match.concepts[i] in match.claim.negated for i in positions) >= len(positions)


def _answers_other_question(match: ClaimOverlap, cue: NegationCue) -> bool:
    """Return True if a "no" answers something else.

    Neither it nor the sentence before holds the claim's verb.
    """
    no = (
        not match.has_no_context
        and cue.kind is CueType.UNTRUE
        and match.sentence.words[cue.span.first].lower == "no"
    )
    verb = match.claim.predicate.verb
    return no and cue.span.after - cue.span.first == 1 and verb is not None and verb not in match.terms_nearby


def _misses_verb(match: ClaimOverlap, cue: NegationCue, governed: list[int]) -> bool:
    """Return True if a cue falls on other words of the claim than its verb.

    As in "without a speaker" of "ousted as speaker".
    """
    verb = match.claim.predicate.verb
    if verb is None or is_headline_case(match.sentence):
        return False
    elsewhere = [i for i in match.mentions if match.concepts[i] == verb and i not in governed]
    if any(match.concepts[i] == verb for i in governed):
        asserted = [i for i in elsewhere if i < cue.span.first and not _is_negated_at(match, i)]
        quoted = any(word.lower in REPORT_WORDS - PRONOUNS for word in match.sentence.words[: cue.span.first])
        return not quoted and any(_terms_near(match, i) > _terms_near(match, governed[0]) for i in asserted)
    beside = any(i + 1 == cue.span.first for i in elsewhere)  # "pleaded not guilty"
    without = match.sentence.words[cue.span.first].lower == "without"
    return not beside and (bool(elsewhere) or without or not match.has_no_context)


def _is_negated_at(match: ClaimOverlap, at: int) -> bool:
    cue = match.sentence.cue_over(at)
    return bool(cue and cue.is_negated)


def _terms_near(match: ClaimOverlap, at: int) -> int:
    """Count the claim's concepts around a word.

    More in "leaving the race" than in "never leave the fight".
    """
    return len({match.concepts[i] for i in match.mentions if abs(i - at) <= NEARBY})


def _weak_denial(match: ClaimOverlap, cue: NegationCue, governed: list[int]) -> Judgement | None:
    """Return a denial that any report outweighs, for a cue that says of something here that it is not so."""
    doubts = cue.kind is CueType.UNTRUE or (cue.kind is CueType.NOT and governed)
    if not doubts or not cue.is_negated or match.claim.is_negative or not match.terms_in_context:
        return None
    return Judgement(Stance.DENIED, match.sentence.text_of(cue.span), WEAK_DENIAL)


def _confidence(
    match: ClaimOverlap, span: TokenSpan, governed: list[int], first: bool, share: float
) -> float:
    """Return how sure a denial by the cue at `span` is, 0 to 1, before any discount."""
    if governed or first:
        confidence = (
            OWN_WORDS
            + OWN_WORDS_FIRST * first
            + OWN_WORDS_SHARE * share
            + OWN_WORDS_COVER * match.cover
            + OWN_WORDS_CONTEXT * match.context_cover
        )
        # a headline has no room for another verb
        confidence *= 1 if first or is_headline_case(match.sentence) else OTHER_VERB
    else:
        confidence = REPORT_DENIED + REPORT_DENIED_CONTEXT * match.context_cover
    return min(MAX_DENIAL, confidence) * (SUPPOSED if is_supposed(match.sentence, span) else 1)


def _falls_on_claim_first(match: ClaimOverlap, cue: NegationCue, content: list[int]) -> bool:
    """Return True if a cue falls on the claim's own verb or noun at once, or its name ("was not him").

    Names before it do not count: "denied that Trump called" falls on the call, "denied being told of a call"
    on the telling.
    """
    on_name = (
        cue.kind is not CueType.NOT or match.sentence.words[cue.span.first - 1].lower in BE_FORMS
    )  # "was not him"
    if on_name and content and content[0] == cue.span.after and content[0] in match.mentions:
        return not match.is_possessive(content[0])
    if not is_headline_case(match.sentence):
        content = [i for i in content if not match.is_capitalized(i)]
    return bool(content) and content[0] in match.action_positions


def _denies_other_object(match: ClaimOverlap, governed: list[int]) -> bool:
    """Return True if what is denied is done to somebody else.

    As in "did not call Xi", when the claim is of Putin.
    """
    last = governed[-1] + 1
    near = [i for i in range(last, min(last + 3, len(match.concepts))) if is_content(match.sentence.words[i])]
    if not near or match.concepts[near[0]] in match.claim.content or not match.is_capitalized(near[0]):
        return False
    names = match.claim.content - (match.claim.actions if match.claim.is_truecased else frozenset())
    return not is_headline_case(match.sentence) and not names <= {
        match.concepts[i] for i in range(*match.sentence.clause(last - 1))
    }


def refers_to_report(match: ClaimOverlap, cue: NegationCue) -> bool:
    """Return True if a cue governs a word for a report spoken of before.

    As in "denied it", "called the report false".
    """
    governed = [i for i in range(*cue.scope) if match.governed_by(cue, i)]
    words = match.sentence.words
    if cue.kind is CueType.DENIAL and not any(words[i].lower[0].isalnum() for i in governed):
        return True
    if any(words[i].lower in _PARTS for i in governed):
        return False
    nearby = range(cue.span.first - _PRONOUN_WINDOW, cue.span.after + _PRONOUN_WINDOW)
    named = [
        i
        for i in governed
        if words[i].lower in REPORT_WORDS and (words[i].lower not in PRONOUNS or i in nearby)
    ]
    named = [
        i
        for i in named
        if not _is_by_topic(match, i) and (match.terms_nearby or words[i].lower not in PRONOUNS)
    ]
    if cue.kind is CueType.DENIAL:
        named = [i for i in named if _is_object_of_denial(match.sentence, cue, i)]
    if is_attributive(match.sentence, cue):  # "false claims of fraud", "give misleading testimony in a claim"
        named = [i for i in named if cue.span.after <= i < cue.span.after + _PRONOUN_WINDOW]
    own = [i for i in named if cue.kind is CueType.UNTRUE and i == cue.span.after]
    return any(_stands_for_claim(match, cue, i) for i in own or named)


def _is_by_topic(match: ClaimOverlap, at: int) -> bool:
    """Return True if a report is by whom the claim is about, and so another one.

    As in "Musk's claims" of "Did Musk ...?".
    """
    own = {concept for name in match.claim.predicate.topics for concept in name}
    return any(
        match.is_possessive(i) and match.concepts[i] in own for i in range(max(0, at - _PRONOUN_WINDOW), at)
    )


def _is_object_of_denial(parsed: ParsedSentence, cue: NegationCue, at: int) -> bool:
    """Return True if a report is what is denied, not only named in it.

    As in "denied being aware of the allegations".
    """
    if at < cue.span.first:
        return True
    return not any(word.lower in KNOWING_GERUNDS for word in parsed.words[cue.span.after : at])


def is_attributive(parsed: ParsedSentence, cue: NegationCue) -> bool:
    """Return True if an "untrue" word stands before the noun that it describes.

    As in "false accusations", not "is false".
    """
    if cue.kind is not CueType.UNTRUE or cue.span.after >= len(parsed.words):
        return False
    following = parsed.words[cue.span.after]
    before = parsed.words[cue.span.first - 1].lower if cue.span.first else ""
    return (
        parsed.words[cue.span.first].lower in UNTRUE_ADJECTIVES | EVALUATIVE_ADJECTIVES
        and before not in BE_FORMS
        and is_content(following)
    )


def _stands_for_claim(match: ClaimOverlap, cue: NegationCue, at: int) -> bool:
    """Return True if the report word at `at` can mean the claim.

    Not "the tax report", "allegations of fraud".
    """
    words, own = match.sentence.words, match.claim.actions
    after = [i for i in range(at + 1, cue.scope.after) if cue.covers(i)]
    if words[at].lower == "that" or (after and words[after[0]].lower in COMPLEMENTIZERS):
        content = [i for i in after if is_content(words[i])]
        if content and not any(match.concepts[i] in own and match.governed_by(cue, i) for i in content):
            return False
    if at == 0 or not cue.covers(at - 1) or words[at].lower in PRONOUNS:
        return True
    before = words[at - 1]
    plain = not is_content(before) or before.lower in REPORT_MODIFIERS or match.is_capitalized(at - 1)
    return plain or match.concepts[at - 1] in own
