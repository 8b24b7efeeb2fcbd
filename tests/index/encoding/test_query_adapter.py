import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.encoding.encoder import Encoder
from index.encoding.query_adapter import QueryAdapter, encoder_weights, identity_adapter
from index.ranking.model import bundled_ranking

FLOATS = st.lists(st.floats(-1, 1, width=32), min_size=4, max_size=4)


@given(FLOATS)
def test_the_identity_adapter_only_makes_the_query_a_unit_vector(query):
    moved = identity_adapter("m", 4).transform(np.float32(query))
    length = np.linalg.norm(np.float32(query))
    assert np.allclose(moved * length, query, atol=1e-5)


def test_an_adapter_moves_a_query_the_way_it_was_fitted():
    adapter = QueryAdapter(
        "m", np.float32([[1.0], [0.0]]), np.float32([[0.0, 1.0]])
    )  # what asks for x is answered by y
    assert np.allclose(adapter.transform(np.float32([1.0, 0.0])), [np.sqrt(0.5), np.sqrt(0.5)])
    assert np.allclose(adapter.transform(np.float32([0.0, 1.0])), [0.0, 1.0])


def test_the_fitted_adapter_belongs_to_the_bundled_model_alone(encoder: Encoder):
    model = bundled_ranking()
    fitting = model.adapter_for(encoder.fingerprint, encoder.dimensions)
    assert fitting is model.adapter
    assert fitting.left.shape == fitting.right.T.shape == (encoder.dimensions, fitting.left.shape[1])
    other = model.adapter_for("another:fp32", 8)
    query = np.eye(8, dtype=np.float32)[0]
    assert np.array_equal(other.transform(query), query)


def test_a_precision_does_not_change_the_weights():
    assert encoder_weights("53aa:fp32") == encoder_weights("53aa:bf16") == "53aa"


def test_the_fitted_adapter_brings_a_question_nearer_to_its_answer(encoder: Encoder):
    question, answer, echo = encoder.encode(
        [
            "Who is the mayor of the town?",
            "Anna Weber, a former teacher, has led the town hall since 2019.",
            "Many asked who would be the mayor of the town.",
        ]
    )
    moved = bundled_ranking().adapter.transform(question)
    assert moved @ answer - moved @ echo > question @ answer - question @ echo
