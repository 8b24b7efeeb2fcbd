"""The fitted ranking model: query adapter, trees, answerability, as `model.json` holds them."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from index.arrays import FloatArray
from index.encoding.query_adapter import QueryAdapter, encoder_weights, identity_adapter
from index.ranking.answerability import SET_FEATURES, set_features
from index.ranking.tree_ensemble import TreeEnsemble


@dataclass(frozen=True, slots=True)
class RankingModel:
    """Everything that was fitted.

    `trees` rank candidates, by LambdaRank (Burges 2010); `answerability` are trees over the SET_FEATURES of
    all of them, whose log odds must reach `threshold`, or nothing is answered; `single_weights` are those of
    `single_confidence`.
    """

    adapter: QueryAdapter
    trees: TreeEnsemble
    answerability: TreeEnsemble
    threshold: float
    single_weights: dict[str, float]

    @classmethod
    def from_json(cls, text: str) -> "RankingModel":
        """Return a model as `verbatim eval --fit` writes it. Raise KeyError when a part is missing."""
        fitted = json.loads(text)
        sides = (np.array(fitted["aim"][side], dtype=np.float32) for side in ("left", "right"))
        return cls(
            QueryAdapter(fitted["aim"]["model"], *sides),
            TreeEnsemble.from_nodes(fitted["trees"]),
            TreeEnsemble.from_nodes(fitted["silence"], SET_FEATURES),
            fitted["threshold"],
            fitted["alone"],
        )

    def answerability_logit(self, matrix: FloatArray, scores: FloatArray) -> float:
        """Return how sure we are that candidates with these features, (n, features), and scores, (n,), answer, as log odds."""
        return float(self.answerability.score(set_features(matrix, scores)[None])[0])

    def adapter_for(self, fingerprint: str, dimensions: int) -> QueryAdapter:
        """Return the query adapter for an encoder; the identity if none was fitted on its weights."""
        weights = encoder_weights(fingerprint)
        return self.adapter if self.adapter.model == weights else identity_adapter(weights, dimensions)


@cache
def bundled_ranking() -> RankingModel:
    """Return the ranking model that comes with Verbatim."""
    return RankingModel.from_json((files("index.ranking") / "model.json").read_text("utf-8"))
