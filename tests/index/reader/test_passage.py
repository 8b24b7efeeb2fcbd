from index.reader.passage import Passage


def test_a_sentence_may_stand_alone():
    assert Passage("It rained.") == ("It rained.", "", "")
