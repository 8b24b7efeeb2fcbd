"""Whether a sentence states something as fact, or only as claimed, supposed or wished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stance.cue_lexicon import HEDGES
from index.stance.factuality import (
    WEIGHTS,
    factuality,
    factuality_features,
    is_irrealis,
    is_supposed,
    predict,
)
from index.stance.negation_scope import TokenSpan, parse

CLAIM = parse("Did the mayor resign?")


def test_hearsay_and_modals_are_less_than_fact():
    plain = factuality(CLAIM, parse("The mayor resigned."), 1.0)
    for sentence in ("The mayor reportedly resigned.", "The mayor may resign.", "Did the mayor resign?"):
        assert factuality(CLAIM, parse(sentence), 1.0) < plain


def test_a_hedge_of_the_claim_itself_is_none_of_the_sentence():
    claim = parse("Apple may sue")
    assert factuality_features(claim, parse("Apple may sue."), 1.0)["modal"] == 0
    assert factuality_features(CLAIM, parse("The mayor may resign."), 1.0)["modal"] == 1


def test_there_is_a_weight_for_each_feature_and_for_each_kind_of_hedge():
    features = factuality_features(CLAIM, parse("The mayor resigned."), 0.5)
    assert set(features) == set(WEIGHTS)
    assert set(HEDGES) <= set(WEIGHTS)
    assert features["bias"] == 1
    assert features["cover"] == 0.5


def test_a_prediction_is_a_probability():
    assert predict({"bias": 1.0}, {"bias": 0.0}) == 0.5
    assert predict({"bias": 1.0}, {}) == 0.5
    assert predict({"bias": 1.0}, {"bias": 3.0}) > 0.9


@pytest.mark.parametrize(
    ("sentence", "word", "is_so"),
    [
        ("She could resign.", "resign", True),
        ("She might soon be fired.", "fired", True),
        ("She wants the board to resign.", "resign", True),
        ("They agreed to resign.", "resign", False),
        ("She has resigned.", "resigned", False),
        ("She would resign.", "resign", True),
        ("She said she would resign.", "resign", False),
        ("If she resigns, all is lost.", "resigns", True),
    ],
)
def test_what_is_only_supposed(sentence, word, is_so):
    parsed = parse(sentence)
    at = next(i for i, one in enumerate(parsed.words) if one.lower == word)
    assert is_irrealis(parsed, at) is is_so


@pytest.mark.parametrize(
    ("sentence", "cue", "is_so"),
    [
        ("I hope this is false.", "false", True),
        ("This is false.", "false", False),
        ("It may be false.", "false", True),
    ],
)
def test_a_cue_that_is_only_supposed(sentence, cue, is_so):
    parsed = parse(sentence)
    at = next(i for i, word in enumerate(parsed.words) if word.lower == cue)
    assert is_supposed(parsed, TokenSpan(at, at + 1)) is is_so


WORDS = [
    "the mayor", "she", "could", "might", "would", "wants", "to", "resign", "resigned", "if", "reportedly",
    "said", "that", "may", "not", "has", "hopes", "false", "Did", ",", ".", "?",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join) | st.text(max_size=120)


@given(TEXTS, TEXTS)
def test_any_text_has_a_factuality_and_any_word_may_be_asked_about(claim, sentence):
    parsed = parse(sentence)
    assert all(is_irrealis(parsed, i) in {True, False} for i in range(len(parsed.words)))
    assert 0 < factuality(parse(claim), parsed, 0.5) < 1
