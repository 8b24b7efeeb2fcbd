"""Candidates -> ranked, without doubles, spread over articles. All weights are in `model.json` beside this."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from index.encoding.query_adapter import Aim, straight, weights_of
from index.ranking.answerability import VIEW, view
from index.ranking.tree_ensemble import Matrix, Trees


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that was fitted.

    `trees` rank candidates; `silence` are trees over what all of them show (`index.ranking.answerability.VIEW`), whose sum must
    reach `threshold`, or nothing is answered; `alone` weighs the signals of one candidate by itself.
    """

    aim: Aim
    trees: Trees
    silence: Trees
    threshold: float
    alone: dict[str, float]

    @classmethod
    def read(cls, text: str) -> "Model":
        """Read a model as `verbatim eval --fit` writes it."""
        fitted = json.loads(text)
        sides = (np.array(fitted["aim"][side], dtype=np.float32) for side in ("left", "right"))
        return cls(
            Aim(fitted["aim"]["model"], *sides),
            Trees.read(fitted["trees"]),
            Trees.read(fitted["silence"], VIEW),
            fitted["threshold"],
            fitted["alone"],
        )

    def answers(self, matrix: Matrix, scores: Matrix) -> bool:
        """Say whether candidates with these features and scores answer at all."""
        return bool(self.sureness(matrix, scores) >= self.threshold)

    def sureness(self, matrix: Matrix, scores: Matrix) -> float:
        """Return how sure we are of that, as log odds."""
        return float(self.silence.score(view(matrix, scores)[None])[0])

    def aim_for(self, fingerprint: str, dimensions: int) -> Aim:
        """Return the aim for an encoder; one on whose weights none was fitted looks straight."""
        weights = weights_of(fingerprint)
        return self.aim if self.aim.model == weights else straight(weights, dimensions)


@cache
def bundled_model() -> Model:
    """Return the ranking that comes with Verbatim."""
    return Model.read((files("index.ranking") / "model.json").read_text("utf-8"))
