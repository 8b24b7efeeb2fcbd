"""What the doctor finds on the network: the local Discord and the local newspaper."""

import asyncio

import pytest

from bot.cli.doctor import CheckStatus, run_checks
from bot.gateway.connection import FATAL_ERRORS
from index.feeds.manager import FeedCheck, FeedManager
from tests.bot.newsroom import online
from tests.web.newspaper import Newspaper

OFFLINE = {"settings", "token", "data folder", "model", "index"}


@pytest.fixture
def place(folder, discord_server):
    """A working folder with a token that the local Discord knows."""
    (folder / ".env").write_text(f"DISCORD_TOKEN={discord_server.token}\n")
    return folder


@pytest.fixture
def paper(place, monkeypatch):
    with Newspaper() as paper:
        monkeypatch.setenv("VERBATIM_OPEN_HOSTS", f"{paper.host}:{paper.port}")
        paper.press.publish("dam", "The Ellwater dam will be opened on Friday, the water board said.")
        yield paper


async def findings():
    """Return the results of the checks that need the network, as (subject, status, message)."""
    found = await asyncio.to_thread(lambda: list(run_checks(online=True)))
    return [
        (one.subject, one.status, one.message)
        for one in found
        if one.subject not in OFFLINE or one.status is CheckStatus.FIX
    ]


def of(subject, found):
    return [(status, message) for name, status, message in found if name == subject]


async def register(server, place):
    """Run the bot once, which registers its commands."""
    async with online(server, place / "data"):
        pass


async def test_all_is_well(discord_server, place, paper):
    await register(discord_server, place)
    follow(place, paper.press.feed(), paper)
    found = await findings()
    assert [status for _, status, _ in found] == [CheckStatus.OK] * 4
    assert of("discord", found)[0][1] == "takes the token of verbatim"
    link = f"https://discord.com/oauth2/authorize?client_id={discord_server.bot.id}"
    assert of("install link", found)[0][1] == link
    assert of("commands", found)[0][1] == f"{len(discord_server.commands)} are registered"
    assert of("feeds", found)[0][1] == "1 of 1 can be read"


def follow(place, url, paper):
    manager = FeedManager(place / "data", paper.settings())
    try:
        assert manager.add(FeedCheck(url))
    finally:
        manager.close()


async def test_it_registers_nothing_and_sends_nothing(discord_server, place):
    found = await findings()
    [(status, message)] = of("commands", found)
    assert status is CheckStatus.NOTE
    assert "not registered yet: " in message
    assert "ask, " in message
    assert {call.method for call in discord_server.rest.calls} == {"GET"}
    assert discord_server.commands == {}
    assert discord_server.gateway.identified == []
    assert sorted(path.name for path in (place / "data").iterdir()).count("bot.db") == 0


async def test_without_the_option_nothing_is_asked(discord_server, place):
    found = await asyncio.to_thread(lambda: list(run_checks()))
    assert {one.subject for one in found} == OFFLINE
    assert discord_server.rest.calls == []


async def test_commands_of_another_version_are_noted(discord_server, place):
    await register(discord_server, place)
    discord_server.commands[(1, "old")] = {**discord_server.commands[(1, "ask")], "name": "old"}
    [(status, message)] = of("commands", await findings())
    assert status is CheckStatus.NOTE
    assert "registered by another version" in message
    del discord_server.commands[(1, "old")]
    (place / "data" / "commands.sha256").write_text("of another version\n")
    [(status, message)] = of("commands", await findings())
    assert status is CheckStatus.NOTE


async def test_a_token_that_discord_does_not_know(discord_server, place):
    other = discord_server.token[:-4] + "xxxx"
    (place / ".env").write_text(f"DISCORD_TOKEN={other}\n")
    found = await findings()
    assert of("discord", found) == [(CheckStatus.FIX, FATAL_ERRORS[4004])]
    assert other not in str(found)
    assert of("feeds", found)[0][0] is CheckStatus.NOTE


async def test_a_malformed_token_is_not_sent(discord_server, place):
    (place / ".env").write_text("DISCORD_TOKEN=malformed\n")
    found = await findings()
    assert not of("discord", found)
    assert discord_server.rest.calls == []


async def test_discord_out_of_reach(discord_server, place):
    discord_server.faults.drop("GET", "/users/@me", times=20)
    [(status, message)] = of("discord", await findings())
    assert status is CheckStatus.FIX
    assert message.startswith("Discord cannot be reached (")


GUILD = {"oauth2_install_params": {"scopes": ["bot", "applications.commands"], "permissions": "274877991936"}}
USER = {"oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}}


@pytest.mark.parametrize(
    ("application", "status", "said"),
    [
        ({"integration_types_config": {"0": GUILD}}, CheckStatus.FIX, "switch on User Install"),
        ({"integration_types_config": {"1": USER}}, CheckStatus.FIX, "switch on Guild Install"),
        ({"integration_types_config": {}}, CheckStatus.FIX, "switch on Guild Install"),
        (
            {"integration_types_config": {"0": GUILD, "1": {}}},
            CheckStatus.FIX,
            "give User Install the scopes",
        ),
        ({"integration_types_config": {"0": USER, "1": USER}}, CheckStatus.FIX, "the scopes bot under"),
        ({"bot_require_code_grant": True}, CheckStatus.FIX, "OAuth2 Code Grant"),
        ({"interactions_endpoint_url": "https://a.example"}, CheckStatus.FIX, "Interactions Endpoint URL"),
        ({"bot_public": False}, CheckStatus.NOTE, "only you can add the bot"),
    ],
)
async def test_what_the_install_link_lacks(discord_server, place, application, status, said):
    discord_server.application.update(application)
    found = of("install link", await findings())
    first = next((one, text) for one, text in found if one is not CheckStatus.OK)
    assert first[0] is status
    assert said in first[1]
    assert any(one is CheckStatus.OK for one, _ in found) is (status is CheckStatus.NOTE)


async def test_permissions_that_servers_are_not_asked_for_are_named(discord_server, place):
    params = {**GUILD["oauth2_install_params"], "permissions": str(1 << 11)}  # Send Messages
    config = {"0": {"oauth2_install_params": params}, "1": USER}
    discord_server.application["integration_types_config"] = config
    note, link = of("install link", await findings())
    assert note[0] is CheckStatus.NOTE
    assert "embed links, read message history" in note[1]
    assert "send messages," not in note[1]
    assert link[0] is CheckStatus.OK


async def test_an_own_install_link_is_shown_and_needs_no_default_scopes(discord_server, place):
    discord_server.application.update(
        custom_install_url="https://bot.example.com/add", integration_types_config={"0": {}, "1": {}}
    )
    assert of("install link", await findings()) == [(CheckStatus.OK, "https://bot.example.com/add")]


async def test_feeds_that_cannot_be_read_are_named(discord_server, place, paper):
    follow(place, paper.press.feed(), paper)
    follow(place, f"{paper.origin}/nothing-here", paper)
    broken, counted = of("feeds", await findings())
    assert broken[0] is CheckStatus.NOTE
    assert broken[1].startswith(f"{paper.origin}/nothing-here: ")
    assert counted == (CheckStatus.OK, "1 of 2 can be read; `verbatim feeds check` says more")


async def test_no_feed_at_all_that_can_be_read_is_to_be_fixed(discord_server, place, paper):
    for number in range(12):
        follow(place, f"{paper.origin}/nothing-here/{number}", paper)
    *broken, counted = of("feeds", await findings())
    assert len(broken) == 10
    assert counted[0] is CheckStatus.FIX
    assert counted[1].startswith("0 of 12 can be read")
