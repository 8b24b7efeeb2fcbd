import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import ReferenceEncoder, bundled_model, load_encoder
from index.errors import BrokenIndex

TEXTS = [
    "Did Trump call Putin?",
    "The Kremlin denied that the two had spoken.",
    "Wheat prices rose by nine percent in October.",
    "",
    "日本の首相が辞任した。",
    "word " * 400,
]


def test_the_export_gives_what_sentence_transformers_gives(encoder):
    reference = ReferenceEncoder(str(bundled_model())).encode(TEXTS)
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.allclose((vectors * reference).sum(axis=1), 1.0, atol=1e-5)


def test_order_and_company_do_not_matter(encoder):
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-4)


def test_nothing_gives_nothing(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimensions)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_gives_unit_rows(encoder, texts):
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_another_model_has_another_fingerprint(encoder):
    assert ReferenceEncoder(str(bundled_model())).fingerprint != encoder.fingerprint


def test_a_model_that_is_none_is_refused_in_words(tmp_path):
    with pytest.raises(BrokenIndex, match="VERBATIM_MODEL"):
        load_encoder(str(tmp_path), tmp_path)
