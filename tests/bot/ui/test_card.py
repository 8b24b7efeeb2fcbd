"""The three forms of a card, and its limits."""

import pytest

from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import (
    CARD,
    MAX_COMPONENTS,
    RESERVED_COMPONENTS,
    Block,
    Card,
    Link,
    append_line,
    fit_blocks,
    link_url,
)
from tests.bot.ui.card_checks import assert_within_limits

LINK = Link("Read", "https://news.example/a")


def test_a_card_counts_the_components_it_is_built_of():
    row = (ButtonSpec(Action.MORE, "a" * 11, label="More"),)
    card = Card(1, (Block("a"), Block("b", LINK, divider=True)), (row,))
    assert card.components == card.view().total_children_count


def test_blocks_that_do_not_fit_are_left_out_from_the_end():
    body = [Block("x" * 900, LINK, divider=True) for _ in range(6)]
    card, shown = fit_blocks(1, Block("header"), body, Block("footer"))
    assert shown == frozenset(range(4))
    assert card.blocks[-1].text == "footer"
    assert card.size <= CARD.text
    many, shown = fit_blocks(1, Block("header"), [Block("x", LINK)] * 30, Block("footer"))
    assert many.components <= MAX_COMPONENTS - RESERVED_COMPONENTS
    assert_within_limits(many.view())


def test_equal_labels_of_links_are_numbered():
    labels = [
        item.label
        for item in Card(1, (Block("a", LINK), Block("b", LINK))).view().walk_children()
        if hasattr(item, "label")
    ]
    assert labels == ["Read", "Read (2)"]


def test_a_line_is_appended_only_where_it_fits():
    card = Card(1, (Block("a"),))
    assert append_line(card, "more").text() == "a\n-# more"
    full = Card(1, (Block("a" * CARD.text),))
    assert append_line(full, "more") is full
    crowded = Card(0, (Block("a"),) * (MAX_COMPONENTS - 1))
    assert append_line(crowded, "more") is crowded


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://a.example/x",
        "https://[::1",
        "https://a.example/<b>",
        "https://localhost/",
    ],
)
def test_what_discord_would_refuse_as_a_link_is_none(url):
    assert link_url(url) is None
