"""Errors whose text is meant for the person."""

import pytest

from bot.errors import CrowdedServer, TooOften, UnknownOutlet, error_text
from bot.texts import LANGUAGES, Texts
from index import VerbatimError


@pytest.mark.parametrize(("seconds", "shown"), [(0.0, 1), (0.2, 1), (1.4, 2), (20.0, 20)])
def test_whole_seconds_to_wait_are_told_and_never_too_few(seconds, shown):
    for error in (TooOften(seconds), CrowdedServer(seconds)):
        assert error.facts["seconds"] == shown
        assert error.seconds == seconds


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_outlet_names_those_there_are(language):
    assert "Daily Courier" in error_text(UnknownOutlet("X", ["Daily Courier"]), Texts(language))
    assert error_text(UnknownOutlet("X", []), Texts(language))


def test_what_has_only_english_words_keeps_them():
    assert error_text(VerbatimError("Only English."), Texts("de")) == "Only English."
