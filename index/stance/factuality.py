"""Whether a sentence states a claim as fact, or only says that somebody may think so.

A logistic regression over a few named, yes-or-no observations. `WEIGHTS` were fitted by
`index.evaluation.eval_stance.fit` on Emergent (Ferreira and Vlachos 2016), reports against neutral headlines.
"""

import math
from collections.abc import Mapping

from index.stance.cue_lexicon import HEDGES, SAYING
from index.stance.negation_scope import Kind, Reading

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


def observe(claim: Reading, sentence: Reading, cover: float) -> dict[str, float]:
    """Return what is weighed, by name: 0 or 1 each, but for `cover`, the share of the claim in the sentence.

    A hedge counts only when the claim does not hold it: "Apple may sue" reported as "Apple may sue" is plain. Where
    the claim is that somebody said something, no word for saying is a hedge.
    """
    claimed = {word.low for word in claim.words}
    claimed |= SAYING if claimed & SAYING else frozenset()
    said = {word.low for word in sentence.words}
    seen = {name: float(not hedges.isdisjoint(said - claimed)) for name, hedges in HEDGES.items()}
    kinds = {turn.kind for turn in sentence.turns if turn.turned}
    return seen | {
        "bias": 1.0,
        "cover": cover,
        "asks": float("?" in said),
        "denial": float(bool(kinds & {Kind.DENIAL, Kind.UNTRUE})),
        "negation": float(Kind.NOT in kinds),
        "withheld": float(bool(sentence.withheld)),
        "claim ahead": float(not claimed.isdisjoint({"will", "to", "plan", "plans", "planning"})),
        "claim hedged": float(any(not hedges.isdisjoint(claimed) for hedges in HEDGES.values())),
    }


def weighed(observed: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that the sentence states the claim as fact."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in observed.items())))


def stated(claim: Reading, sentence: Reading, cover: float) -> float:
    """Return `weighed` with the fitted weights."""
    return weighed(observe(claim, sentence, cover), WEIGHTS)
