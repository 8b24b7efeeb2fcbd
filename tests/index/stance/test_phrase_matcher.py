import pytest

from index.stance.phrase_matcher import PhraseMatcher, verb_forms
from index.text.tokens import tokenize


def found(phrases, text):
    tokens = tokenize(text)
    return [
        " ".join(token.lower for token in tokens[first:after])
        for first, after in PhraseMatcher.from_phrases(phrases).find(tokens)
    ]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("dismiss", {"dismiss", "dismisses", "dismissed", "dismissing"}),
        ("refute", {"refute", "refutes", "refuted", "refuting"}),
        ("reject", {"reject", "rejects", "rejected", "rejecting"}),
        ("play down", {"play down", "plays down", "played down", "playing down"}),
    ],
)
def test_regular_verbs_have_four_forms(verb, forms):
    assert verb_forms([verb]) == forms


def test_the_longest_phrase_wins_and_none_overlap():
    assert found({"no", "no comment", "comment on"}, "No comment on that, no.") == ["no comment", "no"]


def test_an_adverb_may_stand_inside_a_phrase():
    assert found({"could not confirm"}, "They could not immediately confirm it.") == [
        "could not immediately confirm"
    ]
    assert found({"could not confirm"}, "They could not today confirm it.") == []
