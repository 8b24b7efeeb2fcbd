"""Verbs of saying in all their forms, and lists that do not contradict each other."""

from index.attribution.lexicon import (
    AMBIGUOUS_VERBS,
    REACTION_VERBS,
    ROLE_SUFFIX_EXCEPTIONS,
    ROLE_SUFFIXES,
    ROLES,
    SAYING_GERUNDS,
    SAYING_VERBS,
)


def test_regular_verbs_have_all_their_forms():
    assert {"announce", "announces", "announced"} <= SAYING_VERBS
    assert {"testify", "testifies", "testified"} <= SAYING_VERBS
    assert {"stress", "stresses", "stressed"} <= SAYING_VERBS
    assert {"praise", "praises", "praised"} <= REACTION_VERBS
    assert {"believe", "believes", "believed"} <= REACTION_VERBS


def test_irregular_verbs_are_listed():
    assert {"said", "told", "wrote", "quipped"} <= SAYING_VERBS
    assert {"saying", "announcing", "praising", "quipping"} <= SAYING_GERUNDS


def test_a_verb_that_may_be_a_noun_is_a_verb_of_saying_too_or_of_another_use():
    assert "reports" in AMBIGUOUS_VERBS & SAYING_VERBS


def test_exceptions_end_like_roles_and_are_none():
    assert not ROLE_SUFFIX_EXCEPTIONS & ROLES
    assert all(word.endswith(ROLE_SUFFIXES) for word in ROLE_SUFFIX_EXCEPTIONS)
