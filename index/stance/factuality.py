"""Factuality: whether a sentence states something as fact, or only as claimed, supposed or wished."""

import math
from collections.abc import Mapping

from index.stance.cue_lexicon import BE_FORMS, HEDGES, IRREALIS, REPORTING_VERBS, SAY_AND_TELL
from index.stance.negation_scope import CueType, ParsedSentence, TokenSpan
from index.text.word_lists import load_words

# The weights of a logistic regression over the features of `factuality_features`, by name. Fitted by
# `index.evaluation.eval_stance.fit_factuality` on the headlines of Emergent (Ferreira and Vlachos 2016) that
# report a claim or leave it open: the probability that a headline reports. "bias" is the intercept; a
# negative weight makes a report less likely.
WEIGHTS: Mapping[str, float] = {
    "asks": -2.01,
    "bias": 1.26,
    "claim ahead": -0.25,
    "claim hedged": 0.11,
    "claims": -2.16,
    "confirms": 0.15,
    "cover": 0.05,
    "denial": -0.18,
    "doubt": -0.49,
    "hearsay": -3.36,
    "modal": -1.88,
    "negation": 0.68,
    "report": -3.07,
    "says": -1.66,
    "withheld": -0.05,
}
_FUTURE_WORDS = frozenset({"will", "to", "plan", "plans", "planning"})  # of a claim about what is to come

# What may stand between "could" and its verb.
_AUXILIARIES = BE_FORMS | load_words("stance/auxiliaries_and_adverbs")
_MODALS = frozenset({"could", "may", "might", "should", "must", "can", "would"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
# "threatened to call": nobody has called yet.
_WANTING_WORDS = load_words("stance/wanting_words")
# "possible arrest", "calls for his arrest".
_UNREALIZED_NOUN_OPENERS = load_words("stance/unrealized_noun_openers")
_NOUN_WINDOW = 4  # words before a noun among which one of these stands; judged
_CLAUSE_WINDOW = 8  # words before a verb among which "threatened" or "if" stands; judged


def factuality_features(claim: ParsedSentence, sentence: ParsedSentence, cover: float) -> dict[str, float]:
    """Return the features by name: 0 or 1 each, but for `cover`, the share of the claim in the sentence.

    A hedge counts only when the claim does not hold it: "Apple may sue" reported as "Apple may sue" is plain.
    Where the claim is that somebody said something, no word for saying is a hedge.
    """
    claimed = {word.lower for word in claim.words}
    claimed |= SAY_AND_TELL if claimed & SAY_AND_TELL else frozenset()
    words = {word.lower for word in sentence.words}
    hedged = {name: float(not hedges.isdisjoint(words - claimed)) for name, hedges in HEDGES.items()}
    kinds = {cue.kind for cue in sentence.cues if cue.is_negated}
    return hedged | {
        "bias": 1.0,
        "cover": cover,
        "asks": float("?" in words),
        "denial": float(bool(kinds & {CueType.DENIAL, CueType.UNTRUE})),
        "negation": float(CueType.NOT in kinds),
        "withheld": float(bool(sentence.no_comment_spans)),
        "claim ahead": float(not claimed.isdisjoint(_FUTURE_WORDS)),
        "claim hedged": float(any(not hedges.isdisjoint(claimed) for hedges in HEDGES.values())),
    }


def predict(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that the sentence states the claim as fact."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in features.items())))


def factuality(claim: ParsedSentence, sentence: ParsedSentence, cover: float) -> float:
    """Return the probability, 0 to 1, that the sentence states the claim as fact, by the fitted WEIGHTS."""
    return predict(factuality_features(claim, sentence, cover), WEIGHTS)


def is_irrealis(sentence: ParsedSentence, at: int) -> bool:
    """Return True if the word at `at`, a verb or its noun, is only supposed.

    As in "could call", "threatened to call".
    """
    words = sentence.words
    i = at - 1
    while i >= 0 and (words[i].lower in _AUXILIARIES or words[i].lower.endswith("ly")):
        i -= 1
    if i < 0:
        return False
    word = words[i].lower
    if word == "would":  # "she said she would resign" says that she will
        return not any(word.lower in REPORTING_VERBS for word in words[:i])
    if word in _MODALS:
        return True
    if word == "to":
        near = words[max(0, i - _CLAUSE_WINDOW) : i]
        return any(word.lower in _WANTING_WORDS for word in near)
    near = words[max(sentence.clause(at).first - 1, at - _NOUN_WINDOW, 0) : at]
    return any(word.lower in _UNREALIZED_NOUN_OPENERS for word in near) or _is_conditional(sentence, at)


def _is_conditional(sentence: ParsedSentence, at: int) -> bool:
    """Return True if "if" or the like opens the clause around `at`; a comma ends it."""
    words = sentence.words
    for i in range(at - 1, max(-1, at - _CLAUSE_WINDOW), -1):
        if words[i].lower in _CONDITIONS:
            return True
        if words[i].lower in {",", ";", ":"}:
            return False
    return False


def is_supposed(sentence: ParsedSentence, span: TokenSpan) -> bool:
    """Return True if a cue at `span` is only wished, feared or supposed.

    As in "I hope this isn't true", "may be false".
    """
    before = sentence.words[max(sentence.clause(span.first).first - 1, 0) : span.first]
    return any(word.lower in IRREALIS for word in before)
