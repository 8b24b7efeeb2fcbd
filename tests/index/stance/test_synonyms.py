"""Words that mean nearly the same have one concept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stance.synonyms import concept_of
from index.text.tokens import stem
from index.text.word_lists import load_words

LISTS = ("stance/synonyms", "stance/irregular_verbs", "stance/nations")


@pytest.mark.parametrize(
    "words",
    [
        "call phoned telephone spoke",
        "resign quit",
        "told tells tell",
        "Russia Russian Kremlin",
        "Canada Canadian",
        "China Chinese",
    ],
)
def test_a_family_has_one_concept(words):
    assert len({concept_of(stem(word.lower())) for word in words.split()}) == 1


def test_no_word_is_in_two_families():
    family_of = {}
    for name in LISTS:
        for line in load_words(name):
            for word in line.split():
                assert family_of.setdefault(stem(word), line) == line


@given(st.text(alphabet="abcdefgiosnuy", min_size=1, max_size=12))
def test_a_concept_is_never_empty(word):
    assert concept_of(word)
