"""The names around a verb of a sentence."""

import pytest

from index.stance.claim import overlap, parse_claim
from index.stance.sentence_arguments import (
    UNNAMED_OTHERS,
    has_unrelated_person,
    is_in_other_name,
    is_shared_with_other,
    mentions_any,
    mentions_only_others,
    modifier,
    names_between,
    object_names,
    possessor,
    subject_names,
)

CLAIM = parse_claim("Did Trump call Putin?")


def match_of(sentence, previous="", claim=CLAIM):
    return overlap(claim, sentence, "", previous)


def at(match, word):
    return next(i for i, one in enumerate(match.sentence.words) if one.lower == word)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Trump called Putin.", [("trump",)]),
        ("Trump and Xi later called Putin.", [("trump",), ("xi",)]),
        ("Jane Roe, the mayor of Oslo, called Putin.", [("jane", "roe")]),
        ("Roe, who called Putin, left.", [("roe",)]),
        ("Roe agreed to have called Putin.", [("roe",)]),
        ("Hundreds of angry lawmakers called Putin.", [UNNAMED_OTHERS]),
        ("It rained as a producer called Putin.", [UNNAMED_OTHERS]),
    ],
)
def test_the_subject_of_a_verb(sentence, names):
    match = match_of(sentence)
    assert subject_names(match, CLAIM.predicate, at(match, "called")) == names


def test_a_pronoun_stands_for_a_name_before_it():
    match = match_of("He called Putin.", "Xi was in Moscow.")
    assert subject_names(match, CLAIM.predicate, 1) == [("xi",)]


def test_the_object_of_a_verb():
    match = match_of("He called Russia's president, Vladimir Putin, on Monday.")
    assert object_names(match, 1)[-1] == ("vladimir", "putin")
    assert object_names(match_of("He called on Monday."), 1) == []


def test_who_owns_or_modifies_a_noun():
    match = match_of("Jane Roe's arrest came late.")
    assert possessor(match, at(match, "arrest")) == [("jane", "roe")]
    match = match_of("Monday's arrest came late.")
    assert possessor(match, at(match, "arrest")) == []
    match = match_of("It was a Russian missile attack.")
    assert modifier(match, at(match, "attack")) == [("russia",)]


def test_those_between_whom_a_call_was():
    match = match_of("The call between Xi and Joe Biden was long.")
    assert names_between(match, 1) == {"xi", "biden"}
    assert names_between(match_of("The call was long."), 1) == set()


def test_a_namesake_is_somebody_else():
    claim = parse_claim("Did Jane Roe call?")
    match = match_of("Jane Poe called.", claim=claim)
    assert is_in_other_name(match, ("jane", "roe"), 0)
    assert not mentions_any(match, claim.predicate.topics)
    assert mentions_any(match_of("Roe called.", claim=claim), claim.predicate.topics)


def test_others_in_the_sentence():
    match = match_of("Yesterday Jane Roe left when Putin called.")
    assert has_unrelated_person(match, at(match, "called"))
    assert mentions_only_others(match_of("Later Jane Roe left."))
    assert not mentions_only_others(match_of("Later Jane Roe called Putin."))
    assert is_shared_with_other(match_of("Zelensky and Trump spoke."))
    assert not is_shared_with_other(match_of("Trump and Putin spoke."))
