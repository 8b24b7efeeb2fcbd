"""The launcher aims discord.py before it hands over to the product, and nothing stays aimed behind."""

import sys
import types

from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord_server import aimed_at, launch

BASE = "http://127.0.0.1:5/api/v10"


def test_the_product_runs_aimed_with_its_arguments(monkeypatch):
    seen = []
    module = types.ModuleType("bot.cli.app")
    module.main = lambda: seen.append((Route.BASE, str(DiscordWebSocket.DEFAULT_GATEWAY), sys.argv[1:]))
    monkeypatch.setitem(sys.modules, "bot.cli.app", module)
    monkeypatch.setattr(sys, "argv", ["pytest"])
    launch.main([BASE])
    launch.main([BASE, "stats", "--plain"])
    assert seen == [
        (BASE, "ws://127.0.0.1:5/gateway", ["run"]),
        (BASE, "ws://127.0.0.1:5/gateway", ["stats", "--plain"]),
    ]


def test_afterwards_all_is_as_before():
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    with aimed_at(BASE):
        assert BASE == Route.BASE
    assert before == (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)
