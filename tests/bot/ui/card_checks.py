"""What holds of every card: Discord's limits, and that text from outside never becomes markup."""

import re

import discord

from bot.ui.markdown import utf16_length

_OWN_MARKUP = re.compile(
    r"^(?:#{2,3} |-# |> (?:-# )?|- )|\*\*|<t:-?\d+:[dDfR]>|<https?://[^<>\s]+>|\[…\]", re.MULTILINE
)
_ACTIVE = re.compile(r"[*_~|`<>@]|\[[^\]]*\]\(|://")


def texts_of(view):
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def assert_within_limits(view):
    """Components and characters are at most as many as Discord takes."""
    assert view.total_children_count <= 40
    assert 0 < sum(map(utf16_length, texts_of(view))) <= 4000
    for item in view.walk_children():
        if isinstance(item, discord.ui.Button):
            assert utf16_length(item.label or "") <= 80
            assert len(item.custom_id or "") <= 100
        if isinstance(item, discord.ui.Select):
            assert 1 <= len(item.options) <= 25
            assert all(1 <= utf16_length(option.label) <= 100 for option in item.options)
            assert len({option.value for option in item.options}) == len(item.options)


def assert_no_foreign_markup(view):
    """Without escaped characters and the card's own markup nothing is left that Discord would interpret."""
    for text in texts_of(view):
        bare = _OWN_MARKUP.sub("", re.sub(r"\\[^0-9A-Za-z\s]", "x", text))
        assert not _ACTIVE.search(bare), bare
