"""Health, readiness and metrics over HTTP: off unless asked for, loud when the address cannot be had."""

import socket

import aiohttp
import pytest

from bot.config import BadSettings, HttpAddress
from bot.gateway.connection import GatewayStatus
from bot.metrics import Metrics
from bot.monitoring.http_server import serve_operators
from bot.monitoring.status import BotStatus
from tests.bot.monitoring.parts import whole


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def address():
    return HttpAddress("127.0.0.1", free_port())


async def get(address, path):
    async with aiohttp.ClientSession() as session, session.get(f"http://{address}{path}") as response:
        return response.status, await response.text()


async def test_a_bot_that_works(address):
    async with serve_operators(address, whole(), Metrics()):
        assert await get(address, "/healthz") == (200, "ok\n")
        assert await get(address, "/readyz") == (200, "discord: ok\nindex: ok\nfeeds: ok\n")
        status, text = await get(address, "/metrics")
        assert status == 200
        assert "\nverbatim_articles 3.0\n" in text
        assert 'verbatim_answers_total{outcome="quotes",surface="command"} 0.0\n' in text
        assert "\nprocess_resident_memory_bytes " in text
        assert (await get(address, "/"))[0] == 404


async def test_a_bot_that_is_starting_lives_and_is_not_ready(address):
    async with serve_operators(address, BotStatus(), Metrics()):
        assert (await get(address, "/healthz"))[0] == 200
        assert await get(address, "/readyz") == (
            503,
            "discord: not connected\nindex: opening\nfeeds: starting\n",
        )
        assert "\nverbatim_ready 0.0\n" in (await get(address, "/metrics"))[1]


async def test_readiness_follows_the_connection(address):
    status = whole()
    async with serve_operators(address, status, Metrics()):
        status.gateway.now = GatewayStatus()
        assert (await get(address, "/readyz"))[0] == 503
        status.gateway.now = GatewayStatus(is_connected=True)
        assert (await get(address, "/readyz"))[0] == 200


async def test_nothing_listens_unless_asked_for(monkeypatch):
    def refuse(*_):
        raise AssertionError("it listens")

    monkeypatch.setattr("bot.monitoring.http_server._listen", refuse)
    async with serve_operators(None, whole(), Metrics()):
        pass


async def test_it_listens_no_more_at_the_end(address):
    async with serve_operators(address, whole(), Metrics()):
        pass
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(address, "/healthz")


async def test_a_taken_port_is_told(address):
    async with serve_operators(address, whole(), Metrics()):
        with pytest.raises(BadSettings, match=rf"VERBATIM_HTTP: {address} .* Another program"):
            async with serve_operators(address, whole(), Metrics()):
                pass


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
async def test_an_address_that_this_machine_has_not_is_told(host):
    with pytest.raises(BadSettings, match=f"VERBATIM_HTTP: {host}:9464 cannot be listened on"):
        async with serve_operators(HttpAddress(host, 9464), whole(), Metrics()):
            pass
