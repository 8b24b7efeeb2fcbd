import json
from importlib.resources import files

import numpy as np
import pytest

from index.ranking.features import FEATURE_NAMES
from index.ranking.model import RankingModel, bundled_ranking


def row(**values):
    return np.array([values.get(name, 0.0) for name in FEATURE_NAMES], dtype=np.float32)


def test_the_bundled_model_reads_and_ranks():
    model = bundled_ranking()
    weak, strong = (
        row(),
        row(
            similarity=0.9,
            window=0.7,
            covered=1.0,
            aimed=0.9,
            aimed_window=0.7,
            body=1.0,
            around=1.0,
            fits=1.0,
        ),
    )
    scores = model.trees.score(np.stack([weak, strong]))
    assert scores[1] > scores[0]
    assert np.isfinite(model.threshold)


def test_an_encoder_without_a_fitted_adapter_gets_the_identity():
    model = bundled_ranking()
    query = np.float32([0.6, 0.8])
    assert model.adapter_for("other:fp32", 2).transform(query) == pytest.approx(query)
    weights, dimensions = model.adapter.model, len(model.adapter.left)
    assert model.adapter_for(f"{weights}:fp32", dimensions) is model.adapter


def test_a_file_without_one_of_its_parts_is_no_model():
    fitted = json.loads((files("index.ranking") / "model.json").read_text("utf-8"))
    for part in ("aim", "trees", "silence", "threshold", "alone"):
        with pytest.raises(KeyError, match=part):
            RankingModel.from_json(json.dumps({name: fitted[name] for name in fitted if name != part}))
