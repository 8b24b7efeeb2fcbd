"""The verb of a claim, who does it, and to whom."""

import pytest

from index.stance.claim import parse_claim
from index.stance.predicate_arguments import consecutive_runs, is_opened_as_noun, is_passive
from index.text.tokens import tokenize

# claim, verb, agents, patients, object
CLAIMS = [
    ("Did Trump call Putin?", "call", {"trump"}, {"putin"}, None),
    ("Was Putin arrested?", "arrest", set(), {"putin"}, None),
    ("Was Roe killed by Poe?", "die", {"poe"}, {"roe"}, None),
    ("Did Roe pull the trigger?", "pull", {"roe"}, set(), "trigger"),
    ("Did Oslo workers strike?", "attack", {"oslo", "worker"}, set(), None),
]


@pytest.mark.parametrize(("text", "verb", "agents", "patients", "thing"), CLAIMS)
def test_a_claim_is_taken_apart(text, verb, agents, patients, thing):
    predicate = parse_claim(text).predicate
    assert (predicate.verb, predicate.object) == (verb, thing)
    assert (predicate.agents, predicate.patients) == (agents, patients)


def test_names_of_several_words_stay_together():
    predicate = parse_claim("Did Jane Roe call John Poe?").predicate
    assert predicate.names == (("jane", "roe"), ("john", "poe"))
    assert predicate.topics == (("jane", "roe"),)


def test_a_killing_has_somebody_on_both_sides():
    assert parse_claim("Did Roe kill Poe?").predicate.kills
    assert not parse_claim("Was Poe killed?").predicate.kills


def test_a_claim_without_a_verb_and_without_words():
    assert parse_claim("Ada").predicate.verb is None
    assert parse_claim("").predicate.names == ()


def test_runs_of_neighbours():
    assert consecutive_runs([1, 2, 4, 7, 8]) == [[1, 2], [4], [7, 8]]
    assert consecutive_runs([]) == []


def test_nouns_and_passives_by_their_neighbours():
    words = tuple(tokenize("the call was answered by Roe"))
    assert is_opened_as_noun(words, 1)
    assert not is_opened_as_noun(words, 3)
    assert is_passive(words, 3)
    assert not is_passive(tuple(tokenize("Roe called Poe")), 1)
