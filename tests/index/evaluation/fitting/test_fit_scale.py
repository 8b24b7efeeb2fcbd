import numpy as np
import pytest

from index.evaluation.eval_reading import JudgedReadings
from index.evaluation.fitting.fit_scale import fit_scale


def readings(theirs, seed=1):
    """Readings of passages that ours tells apart, with those that another model makes of the same."""
    rng = np.random.default_rng(seed)
    ours = rng.normal(0, 2, 4000).astype(np.float32)
    relevant = rng.random(4000) < 1 / (1 + np.exp(1.5 - ours))
    return JudgedReadings(ours, theirs(ours).astype(np.float32), relevant)


def test_a_model_on_another_scale_is_brought_to_ours():
    read = readings(lambda ours: ours * 0.25 - 3.0)
    scaled = fit_scale(read).apply(read.theirs)
    np.testing.assert_allclose(scaled, read.ours, atol=0.15)


def test_a_model_that_says_nothing_is_refused():
    noise = np.random.default_rng(2).normal(size=4000)
    with pytest.raises(ValueError, match="does not tell"):
        fit_scale(readings(lambda ours: -ours))
    with pytest.raises(ValueError, match="does not tell"):
        fit_scale(readings(lambda ours: ours * 0.0))
    assert fit_scale(readings(lambda ours: ours + noise)).slope < 1.0
