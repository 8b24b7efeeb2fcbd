"""Outlets as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.ask import resolve_outlets, terminal_day_first
from index import Archive, BadQuestion
from tests.conftest import MODELS
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.test_circles import announce, follow

INDEXED = ["Sample Wire", "Daily Courier", "Évening Post"]


@given(st.sampled_from(INDEXED), st.sampled_from([str.upper, str.lower, str.title, "  {} ".format]))
def test_an_outlet_is_found_however_it_is_written(outlet, written):
    assert resolve_outlets([written(outlet)], INDEXED) == (outlet,)


def test_similar_names_are_suggested():
    with pytest.raises(BadQuestion, match="Did you mean Sample Wire"):
        resolve_outlets(["Sampel Wire"], INDEXED)


def test_an_unknown_outlet_without_anything_similar_is_refused():
    with pytest.raises(BadQuestion) as refused:
        resolve_outlets(["x" * 500], INDEXED)
    assert "Did you mean" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_question_is_answered_as_on_a_server(folder, run):
    with Archive.open(folder / "data", models=MODELS) as archive:
        archive.add([WHEAT])
        announce(archive, follow(archive, "https://wire.example.com/feed", "guild:42"), BRIDGE)
    question = "Who said the repairs of the harbour bridge in Norwick would take six weeks?"
    assert "Ada Fenn" in run("ask", question).out
    assert "Ada Fenn" in run("ask", question, "--server", "42").out
    assert "Ada Fenn" not in run("ask", question, "--server", "7").out


@pytest.mark.parametrize(
    ("variables", "day_first"),
    [
        ({"LANG": "de_DE.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"}, True),
        ({"LANG": "ja_JP.UTF-8"}, None),
        ({"LANG": "C"}, None),
        ({}, None),
    ],
)
def test_the_terminal_tells_in_which_order_dates_are_written(monkeypatch, variables, day_first):
    for name in ("LANGUAGE", "LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert terminal_day_first() is day_first
