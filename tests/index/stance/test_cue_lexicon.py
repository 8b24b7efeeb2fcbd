"""The lists of cues fit together: each special case belongs to the list that it is an exception of."""

from index.stance.cue_lexicon import (
    CLAUSE_BREAKS,
    CONTEST_RESULTS,
    CONTRAST_MARKERS,
    DENIALS,
    EVALUATIVE_ADJECTIVES,
    OPPOSITES,
    PHYSICAL_SENSE_VERBS,
    PRONOUNS,
    REPORT_WORDS,
    UNTRUE_ADJECTIVES,
)


def test_verbs_are_found_in_all_their_forms():
    assert {"deny", "denies", "denied", "denying", "shot", "rebutted"} <= set(DENIALS.by_head)


def test_verbs_with_a_physical_sense_are_verbs_of_denial():
    assert set(DENIALS.by_head) >= PHYSICAL_SENSE_VERBS


def test_adjectives_are_either_untrue_or_evaluative():
    assert not UNTRUE_ADJECTIVES & EVALUATIVE_ADJECTIVES


def test_opposites_exclude_each_other():
    assert all(not one & other for one, other in OPPOSITES)
    assert any(one | other >= CONTEST_RESULTS for one, other in OPPOSITES)


def test_smaller_lists_are_part_of_larger_ones():
    assert PRONOUNS <= REPORT_WORDS
    assert CONTRAST_MARKERS <= CLAUSE_BREAKS
