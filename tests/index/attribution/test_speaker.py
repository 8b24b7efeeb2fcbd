"""A speaker in one line."""

from index.attribution.speaker import Speaker


def test_a_speaker_is_shown_with_the_description_if_there_is_one():
    assert str(Speaker("Dmitry Peskov", "Kremlin spokesman")) == "Dmitry Peskov, Kremlin spokesman"
    assert str(Speaker("Peskov")) == "Peskov"
