from index.reader.training.examples import DENIES, NO_COMMENT, NOT_REPORTS, OTHER, REPORTS, STANCES, UNKNOWN


def test_stances_are_numbered_as_the_networks_outputs():
    assert [STANCES[place] for place in (REPORTS, DENIES, NO_COMMENT, OTHER)] == list(STANCES)
    assert {NOT_REPORTS, UNKNOWN}.isdisjoint(range(len(STANCES)))
