"""Candidates -> ranked, without doubles, spread over articles. All weights are in `model.json` beside this."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from index.encoding.query_adapter import QueryAdapter, encoder_weights, identity_adapter
from index.ranking.answerability import SET_FEATURES, set_features
from index.ranking.tree_ensemble import Matrix, TreeEnsemble


@dataclass(frozen=True, slots=True)
class RankingModel:
    """Everything that was fitted.

    `trees` rank candidates; `answerability` are trees over what all of them show (`index.ranking.answerability.SET_FEATURES`), whose sum must
    reach `threshold`, or nothing is answered; `single_weights` weighs the signals of one candidate by itself.
    """

    adapter: QueryAdapter
    trees: TreeEnsemble
    answerability: TreeEnsemble
    threshold: float
    single_weights: dict[str, float]

    @classmethod
    def read(cls, text: str) -> "RankingModel":
        """Read a model as `verbatim eval --fit` writes it."""
        fitted = json.loads(text)
        sides = (np.array(fitted["aim"][side], dtype=np.float32) for side in ("left", "right"))
        return cls(
            QueryAdapter(fitted["aim"]["model"], *sides),
            TreeEnsemble.read(fitted["trees"]),
            TreeEnsemble.read(fitted["silence"], SET_FEATURES),
            fitted["threshold"],
            fitted["alone"],
        )

    def answers(self, matrix: Matrix, scores: Matrix) -> bool:
        """Say whether candidates with these features and scores answer at all."""
        return bool(self.answerability_logit(matrix, scores) >= self.threshold)

    def answerability_logit(self, matrix: Matrix, scores: Matrix) -> float:
        """Return how sure we are of that, as log odds."""
        return float(self.answerability.score(set_features(matrix, scores)[None])[0])

    def adapter_for(self, fingerprint: str, dimensions: int) -> QueryAdapter:
        """Return the aim for an encoder; one on whose weights none was fitted looks straight."""
        weights = encoder_weights(fingerprint)
        return self.adapter if self.adapter.model == weights else identity_adapter(weights, dimensions)


@cache
def bundled_ranking() -> RankingModel:
    """Return the ranking that comes with Verbatim."""
    return RankingModel.read((files("index.ranking") / "model.json").read_text("utf-8"))
