"""Whether a message can be answered where it stands."""

from types import SimpleNamespace

import discord
import pytest

from bot.gateway.messages import may_write


def message(permissions, *, me=True, guild=True):
    channel = SimpleNamespace(permissions_for=lambda member: permissions)
    return SimpleNamespace(channel=channel, guild=SimpleNamespace(me=me or None) if guild else None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (message(discord.Permissions(send_messages=True)), True),
        (message(discord.Permissions(read_messages=True)), False),
        (message(discord.Permissions.none(), me=False), True),
        (message(discord.Permissions.none(), guild=False), True),
    ],
)
def test_may_write(given, expected):
    assert may_write(given) is expected


def test_a_thread_whose_channel_is_unknown_is_tried():
    def unknown(member):
        raise discord.ClientException("Parent channel not found")

    given = message(None)
    given.channel.permissions_for = unknown
    assert may_write(given)
