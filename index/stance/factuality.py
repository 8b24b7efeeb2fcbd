"""Whether a sentence states a claim as fact, or only says that somebody may think so.

A logistic regression over a few named, yes-or-no observations. `WEIGHTS` were fitted by
`index.evaluation.eval_stance.fit_factuality` on Emergent (Ferreira and Vlachos 2016), reports against neutral headlines.
"""

import math
from collections.abc import Mapping

from index.stance.cue_lexicon import BE, HEDGES, SAYING, SAYS
from index.stance.negation_scope import CueType, ParsedSentence
from index.text.word_lists import load_words

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


def factuality_features(claim: ParsedSentence, sentence: ParsedSentence, cover: float) -> dict[str, float]:
    """Return what is weighed, by name: 0 or 1 each, but for `cover`, the share of the claim in the sentence.

    A hedge counts only when the claim does not hold it: "Apple may sue" reported as "Apple may sue" is plain. Where
    the claim is that somebody said something, no word for saying is a hedge.
    """
    claimed = {word.lower for word in claim.words}
    claimed |= SAYING if claimed & SAYING else frozenset()
    said = {word.lower for word in sentence.words}
    seen = {name: float(not hedges.isdisjoint(said - claimed)) for name, hedges in HEDGES.items()}
    kinds = {turn.kind for turn in sentence.cues if turn.is_negated}
    return seen | {
        "bias": 1.0,
        "cover": cover,
        "asks": float("?" in said),
        "denial": float(bool(kinds & {CueType.DENIAL, CueType.UNTRUE})),
        "negation": float(CueType.NOT in kinds),
        "withheld": float(bool(sentence.withheld)),
        "claim ahead": float(not claimed.isdisjoint({"will", "to", "plan", "plans", "planning"})),
        "claim hedged": float(any(not hedges.isdisjoint(claimed) for hedges in HEDGES.values())),
    }


def predict(observed: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that the sentence states the claim as fact."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in observed.items())))


def factuality(claim: ParsedSentence, sentence: ParsedSentence, cover: float) -> float:
    """Return `weighed` with the fitted weights."""
    return predict(factuality_features(claim, sentence, cover), WEIGHTS)


_HELPERS = BE | load_words("stance/auxiliaries_and_adverbs")


_MODALS = frozenset({"could", "may", "might", "should", "must", "can", "would"})


_IF = frozenset({"if", "unless", "whether"})


# "threatened to call": nobody has called yet.
_WANTING = load_words("stance/wanting_words")


# "possible arrest", "calls for his arrest".
_BEFORE_NOUN = load_words("stance/unrealized_noun_openers")


_NEAR = 4  # words


def is_irrealis(reading: ParsedSentence, at: int) -> bool:
    """Say whether the word at `at`, a verb or its noun, is only supposed: "could call", "threatened to call"."""
    words = reading.words
    i = at - 1
    while i >= 0 and (words[i].lower in _HELPERS or words[i].lower.endswith("ly")):
        i -= 1
    if i < 0:
        return False
    low = words[i].lower
    if low == "would":  # "she said she would resign" says that she will
        return not any(word.lower in SAYS for word in words[:i])
    if low in _MODALS:
        return True
    if low == "to":
        near = words[max(0, i - 2 * _NEAR) : i]
        return any(word.lower in _WANTING for word in near)
    near = words[max(reading.clause(at).first - 1, at - _NEAR, 0) : at]
    return any(word.lower in _BEFORE_NOUN for word in near) or _in_condition(reading, at)


def _in_condition(reading: ParsedSentence, at: int) -> bool:
    """Say whether "if" or the like opens the clause: a comma ends it."""
    words = reading.words
    for i in range(at - 1, max(-1, at - 2 * _NEAR), -1):
        if words[i].lower in _IF:
            return True
        if words[i].lower in {",", ";", ":"}:
            return False
    return False
