"""Buttons that carry in their custom_id all that they need."""

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.answers import AnswerRef
from bot.texts import ENGLISH
from bot.ui.buttons import Action, ButtonSpec, answer_rows, read_button
from tests.bot.samples import quote

specs = st.builds(
    ButtonSpec,
    st.sampled_from(Action),
    st.text("abcXYZ019_-", min_size=11, max_size=11),
    st.frozensets(st.integers(0, 31)),
    st.integers(0, 99),
)


def sent(custom_id, **rest):
    return discord.Button({"type": 2, "style": 2, "custom_id": custom_id, **rest})


@given(specs)
def test_a_button_is_read_back_from_its_custom_id(spec):
    assert len(spec.custom_id) <= 100
    assert read_button(sent(spec.custom_id)) == spec


@pytest.mark.parametrize("disabled", [False, True])
def test_a_button_that_cannot_be_pressed_stays_so(disabled):
    assert read_button(sent("v1:newest:aaaaaaaaaaa:0:99", disabled=disabled)).disabled is disabled


@pytest.mark.parametrize(
    "custom_id",
    [
        "",
        "settings:private:1",
        "v1:erase:aaaaaaaaaaa:1:0",
        "v1:more:aaaaaaaaaaa:xyz:0",
        "v2:more:aaaaaaaaaaa:1:0",
    ],
)
def test_other_custom_ids_are_not_read(custom_id):
    assert read_button(sent(custom_id)) is None


def test_a_card_is_offered_only_what_it_can_open():
    quotes = [quote("One.", number=1), quote("Two.", number=2)]
    pages, votes = answer_rows(quotes, frozenset({0}), AnswerRef("a" * 11, shareable=True), ENGLISH)
    assert [button.action for button in pages] == [Action.MORE, Action.CONTEXT]  # both are of one day
    assert [button.action for button in votes] == [Action.SHARE, Action.UP, Action.DOWN]
