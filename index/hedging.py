"""Whether a sentence states a claim as fact, or only says that somebody may think so.

A logistic regression over a few named, yes-or-no observations. `WEIGHTS` were fitted by
`index.evaluation.stance.fit` on Emergent (Ferreira and Vlachos 2016), reports against neutral headlines.
"""

import math
from collections.abc import Mapping

from index.cues import HEDGES
from index.polarity import Kind, Reading

WEIGHTS: Mapping[str, float] = {
    "asks": -1.98,
    "bias": 1.23,
    "claim ahead": -0.24,
    "claim hedged": 0.23,
    "claims": -2.15,
    "confirms": 0.13,
    "cover": 0.07,
    "denial": -0.18,
    "doubt": -0.49,
    "hearsay": -3.35,
    "modal": -1.87,
    "negation": 0.66,
    "report": -3.08,
    "says": -1.36,
    "withheld": -0.04,
}


def observe(claim: Reading, sentence: Reading, cover: float) -> dict[str, float]:
    """Return what is weighed, by name: 0 or 1 each, but for `cover`, the share of the claim in the sentence.

    A hedge counts only when the claim does not hold it: "Apple may sue" reported as "Apple may sue" is plain.
    """
    claimed = {word.low for word in claim.words}
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
