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
    st.none() | st.just("Label"),
    st.none() | st.just("👍"),
    st.booleans(),
)


@given(specs)
def test_a_button_is_read_back_as_it_was_sent(spec):
    assert len(spec.custom_id) <= 100
    assert read_button(discord.Button(spec.item().to_component_dict())) == spec


@pytest.mark.parametrize(
    "custom_id",
    [
        None,
        "",
        "settings:private:1",
        "v1:more:short:0:0",
        "v1:erase:aaaaaaaaaaa:1:0",
        "v1:more:aaaaaaaaaaa:xyz:0",
        "v1:more:aaaaaaaaaaa:1:0:0",
        "v2:more:aaaaaaaaaaa:1:0",
    ],
)
def test_other_custom_ids_are_not_read(custom_id):
    assert read_button(discord.Button({"type": 2, "style": 2, "custom_id": custom_id})) is None


def test_a_card_is_offered_only_what_it_can_open():
    quotes = [quote("One.", number=1), quote("Two.", number=2)]
    pages, votes = answer_rows(quotes, frozenset({0}), AnswerRef("a" * 11, shareable=True), ENGLISH)
    assert [button.action for button in pages] == [Action.MORE, Action.CONTEXT]  # both are of one day
    assert [button.action for button in votes] == [Action.SHARE, Action.UP, Action.DOWN]
