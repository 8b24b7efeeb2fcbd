"""The bot as a whole: how it starts, registers its commands, comes back and ends."""

import asyncio
import os
import signal
import socket
import sys
from contextlib import asynccontextmanager

import pytest

from bot.gateway.command_sync import FINGERPRINT_FILE
from bot.gateway.connection import FATAL_ERRORS
from bot.texts import ENGLISH
from tests.bot.newsroom import online
from tests.conftest import REPOSITORY
from tests.discord_server.interactions import WAIT

SIGNALS = [signal.SIGTERM, signal.SIGINT]


class Process:
    """A bot in a process of its own, and everything it wrote."""

    def __init__(self, process):
        self.process = process
        self.output = ""

    async def ends(self):
        async with asyncio.timeout(WAIT):
            out, _ = await self.process.communicate()
        self.output = out.decode()
        return self.process.returncode

    def gets(self, number):
        self.process.send_signal(number)


@asynccontextmanager
async def process(server, folder, mode="", token=None, **settings):
    environment = {name: value for name, value in os.environ.items() if "VERBATIM" not in name} | settings
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.run_bot", server.url, str(folder), token or server.token, mode,
        cwd=REPOSITORY, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield Process(running)
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


def ended_well(bot, code):
    assert code == 0, bot.output
    assert "Traceback" not in bot.output
    assert "fault" not in bot.output, bot.output[-3000:]


@pytest.mark.parametrize("number", SIGNALS)
async def test_it_ends_while_the_archive_opens(discord_server, tmp_path, number):
    async with process(discord_server, tmp_path, "slow") as bot:
        await discord_server.until((tmp_path / "opening").exists, "the archive to open")
        bot.gets(number)
        ended_well(bot, await bot.ends())
    assert discord_server.rest.calls == []


@pytest.mark.parametrize("number", SIGNALS)
async def test_it_ends_while_logging_in(discord_server, tmp_path, number):
    login = discord_server.faults.slow("GET", "/users/@me", seconds=600)
    async with process(discord_server, tmp_path) as bot:
        await discord_server.until(lambda: login.used, "a login")
        bot.gets(number)
        ended_well(bot, await bot.ends())
    assert (tmp_path / "closed").exists()


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("trouble", ["silent", "unreachable"])
async def test_it_ends_while_connecting(discord_server, tmp_path, number, trouble):
    setattr(discord_server.gateway, trouble, True)
    async with process(discord_server, tmp_path) as bot:
        await discord_server.until(lambda: discord_server.commands, "a login")
        await asyncio.sleep(0.3)
        bot.gets(number)
        ended_well(bot, await bot.ends())
    assert (tmp_path / "closed").exists()


@pytest.mark.parametrize("number", SIGNALS)
async def test_it_ends_while_idle(discord_server, tmp_path, number):
    async with process(discord_server, tmp_path) as bot:
        await discord_server.ready()
        bot.gets(number)
        ended_well(bot, await bot.ends())
    assert discord_server.gateway.closings == [1000]
    assert (tmp_path / "closed").exists()


@pytest.mark.parametrize("number", SIGNALS)
async def test_it_ends_after_answering(discord_server, tmp_path, number):
    ada = discord_server.person("Ada")
    async with process(discord_server, tmp_path) as bot:
        await discord_server.ready()
        asked = await ada.slash(discord_server.channel, "ask", question="slow question?")
        note = await ada.dm("slow as well?")
        await asyncio.sleep(0.3)
        bot.gets(number)
        assert "### Denied" in (await ada.waits_for_answer(asked)).texts
        assert "### Denied" in (await ada.waits_for_reply(note)).texts
        ended_well(bot, await bot.ends())
    assert discord_server.gateway.closings == [1000]


async def test_it_ends_though_the_archive_never_answers_and_says_so(discord_server, tmp_path):
    ada = discord_server.person("Ada")
    async with process(discord_server, tmp_path) as bot:
        await discord_server.ready()
        asked = await ada.slash(discord_server.channel, "ask", question="stuck question?")
        await discord_server.until(lambda: asked.callback, "an acknowledgement")
        bot.gets(signal.SIGTERM)
        assert ENGLISH("error-stopping") in (await ada.waits_for_answer(asked)).text
        ended_well(bot, await bot.ends())
    assert discord_server.gateway.closings == [1000]
    assert not (tmp_path / "closed").exists()
    assert "leaving unfinished work behind" in bot.output
    assert "work=['query']" in bot.output


async def test_a_rejected_token_is_told_in_words(discord_server, tmp_path):
    other = discord_server.token[:-4] + "xxxx"
    async with process(discord_server, tmp_path, token=other) as bot:
        assert await bot.ends() == 2
    assert FATAL_ERRORS[4004] in bot.output
    assert "Traceback" not in bot.output
    assert other not in bot.output


async def test_a_token_rejected_by_the_gateway_is_told_in_words(discord_server, tmp_path):
    discord_server.gateway.refuse(4004)
    async with process(discord_server, tmp_path) as bot:
        assert await bot.ends() == 2
    assert FATAL_ERRORS[4004] in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize(
    "noticed_by", ["a connection that breaks", "a close of Discord's", "a refused message"]
)
async def test_a_token_revoked_meanwhile_ends_the_bot_and_says_what_to_do(
    discord_server, tmp_path, noticed_by
):
    ada = discord_server.person("Ada")
    async with process(discord_server, tmp_path) as bot:
        await discord_server.ready()
        discord_server.revoke_token()
        if noticed_by == "a refused message":
            await ada.dm("Did Trump call Putin?")
        elif noticed_by == "a close of Discord's":
            await discord_server.gateway.close(4004)
        else:
            await discord_server.gateway.cut()
        assert await bot.ends() == 2, bot.output
    assert FATAL_ERRORS[4004] in bot.output
    assert "Traceback" not in bot.output
    assert "fault" not in bot.output
    assert (tmp_path / "closed").exists()


@pytest.mark.parametrize("slow", ["", "slow"])
async def test_a_port_that_another_program_listens_on_is_told_at_the_start(discord_server, tmp_path, slow):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        async with process(discord_server, tmp_path, slow, VERBATIM_HTTP=address) as bot:
            assert await bot.ends() == 2
    assert f"verbatim: VERBATIM_HTTP: {address} cannot be listened on" in bot.output
    assert discord_server.rest.calls == []


async def test_it_waits_for_a_discord_that_is_out_of_reach(discord_server, tmp_path):
    discord_server.faults.drop("GET", "/users/@me", times=2)
    async with process(discord_server, tmp_path) as bot:
        await discord_server.ready()
        bot.gets(signal.SIGTERM)
        ended_well(bot, await bot.ends())
    assert "out of reach" in bot.output


async def test_it_comes_back_after_the_gateway_went_away(discord_server, tmp_path):
    ada = discord_server.person("Ada")
    async with process(discord_server, tmp_path) as bot:
        await discord_server.ready()
        await discord_server.gateway.close(4000)
        await discord_server.ready()
        seen = await ada.waits_for_reply(await ada.dm("Did Trump call Putin?"))
        assert "### Denied" in seen.texts
        bot.gets(signal.SIGTERM)
        ended_well(bot, await bot.ends())


def syncs(server):
    return [call for call in server.rest.calls if call.method == "PUT" and call.path.endswith("/commands")]


async def test_commands_are_registered_once_and_again_when_they_change(discord_server, tmp_path):
    for _ in range(2):
        async with online(discord_server, tmp_path):
            pass
    assert len(syncs(discord_server)) == 1
    (tmp_path / FINGERPRINT_FILE).write_text("of another version\n")
    async with online(discord_server, tmp_path):
        pass
    assert len(syncs(discord_server)) == 2


async def test_a_failed_registration_does_not_keep_the_bot_from_starting(discord_server, tmp_path, capsys):
    discord_server.faults.error("PUT", "/commands", status=400, code=50035)
    async with online(discord_server, tmp_path):
        ada = discord_server.person("Ada")
        assert "### Denied" in (await ada.waits_for_reply(await ada.dm("Did Trump call Putin?"))).texts
    assert "commands not registered" in capsys.readouterr().out
    async with online(discord_server, tmp_path):
        assert len(syncs(discord_server)) == 2


async def test_commands_are_offered_everywhere_but_those_of_a_server(discord_server, tmp_path):
    async with online(discord_server, tmp_path):
        for (_, name), command in discord_server.commands.items():
            server_only = name == "settings"
            assert sorted(command["integration_types"]) == ([0] if server_only else [0, 1])
            assert sorted(command["contexts"]) == ([0] if server_only else [0, 1, 2])


async def test_no_privileged_intent_is_asked_for(discord_server, tmp_path):
    async with online(discord_server, tmp_path) as bot:
        assert bot.intents.value == 4609
        assert not bot.intents.message_content
        assert bot.allowed_mentions.to_dict() == {"parse": []}


async def test_an_error_in_a_listener_is_logged_without_its_words(discord_server, tmp_path, capsys):
    async with online(discord_server, tmp_path) as bot:

        async def on_message(message):
            raise ValueError(message.content)

        bot.on_message = on_message
        ada = discord_server.person("Ada")
        await ada.waits_for_reply(await ada.dm("Did the secret leak?"))
    logged = capsys.readouterr()
    assert "ValueError" in logged.out
    assert "secret" not in logged.out + logged.err


EAGER = """
import builtins, os, signal, sys
loading = builtins.__import__

def impatient(name, *rest, **more):
    if name == "bot.client":
        builtins.__import__ = loading
        os.kill(os.getpid(), signal.SIGTERM)
    return loading(name, *rest, **more)

builtins.__import__ = impatient
from bot.cli.app import main
main(["run"])
"""


async def test_it_ends_though_discord_is_still_being_loaded(discord_server, tmp_path, models):
    (tmp_path / "models").symlink_to(models)
    settings = {"DISCORD_TOKEN": discord_server.token, "VERBATIM_DATA": str(tmp_path)}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-c", EAGER, env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await running.communicate()
    assert running.returncode == 0, said
    assert b"Traceback" not in said
    assert discord_server.rest.calls == []
