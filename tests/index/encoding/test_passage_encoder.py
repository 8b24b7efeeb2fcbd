import numpy as np

from index.encoding import openvino_session
from index.encoding.openvino_session import NoBfloat16Error
from index.encoding.passage_encoder import MIN_TEXTS_FOR_BF16, PassageEncoder

PLACES = ["Norwick", "Ashby", "Corle", "Dunmere", "Eastham", "Fairholt", "Garsdale", "Hexford"]
THINGS = ["harbour", "bridge", "wheat", "ferry", "council", "strike", "storm", "election", "school", "fire"]
TEXTS = [
    f"The {THINGS[n % 10]} of {PLACES[n % 8]} made news {n} times" + " in the rain" * (n % 7) + "."
    for n in range(MIN_TEXTS_FOR_BF16)
]
QUESTIONS = [f"What happened to the {thing} of {place}?" for thing in THINGS for place in PLACES[:2]]


def test_few_are_encoded_as_questions_are(encoder):
    calls = []
    passages = PassageEncoder(encoder, lambda: calls.append(1))
    assert (passages.fingerprint, passages.dimensions) == (encoder.fingerprint, encoder.dimensions)
    few = TEXTS[:60]
    assert np.allclose(passages.encode(few), encoder.encode(few), atol=1e-6)
    assert len(calls) > 1
    calls.clear()
    encoder.encode(few)
    assert not calls


def test_many_are_encoded_in_bf16_and_rank_as_those_in_fp32(encoder, bf16):
    calls = []
    passages = PassageEncoder(encoder, lambda: calls.append(1))
    quick, exact, asked = passages.encode(TEXTS), encoder.encode(TEXTS), encoder.encode(QUESTIONS)
    assert calls
    assert np.allclose(np.linalg.norm(quick, axis=1), 1.0, atol=1e-3)
    likeness = (quick * exact).sum(axis=1)
    assert likeness.min() > 0.999
    assert likeness.min() < 1 - 1e-6  # else it was fp32
    first = [np.argsort(-asked @ vectors.T, axis=1)[:, :10] for vectors in (quick, exact)]
    both = [len(set(one) & set(other)) / 10 for one, other in zip(*first, strict=True)]
    assert np.mean(both) > 0.95
    assert np.allclose(passages.encode(TEXTS), quick, atol=1e-2)


def test_without_bf16_many_are_encoded_in_fp32(encoder, monkeypatch):
    def none(path):
        raise NoBfloat16Error

    monkeypatch.setattr(openvino_session, "_compile", none)
    passages = PassageEncoder(encoder, lambda: None)
    assert np.allclose(passages.encode(TEXTS), encoder.encode(TEXTS), atol=1e-6)
