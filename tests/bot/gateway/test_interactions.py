"""Answers to interactions while Discord has trouble."""

import pytest

from tests.discord_server.interactions import DEFER

CALLBACK, EDIT = "/callback", "/messages/@original"


async def ask(server, ada, bot, *, slowly=False, **options):
    """Ask, and open the gate only after the acknowledgement when the answer is to come slowly."""
    if slowly:
        bot.news.gate.clear()
    asked = await ada.slash(server.channel, "ask", question="Did Trump call Putin?", **options)
    if slowly:
        await server.until(lambda: asked.callback, "an acknowledgement")
        bot.news.gate.set()
    return asked, await ada.waits_for_answer(asked)


def cards(server, ada):
    return [seen for seen in ada.sees(server.channel) if "### Denied" in seen.texts]


async def test_a_server_error_on_the_answer_is_tried_again_in_time(discord_server, bot, ada):
    discord_server.faults.error("POST", CALLBACK, status=500)
    await ask(discord_server, ada, bot)
    assert len(cards(discord_server, ada)) == 1


async def test_a_server_error_on_the_acknowledgement_is_tried_again_in_time(discord_server, bot, ada):
    discord_server.faults.error("POST", CALLBACK, status=500)
    asked, _ = await ask(discord_server, ada, bot, slowly=True)
    assert asked.callback == DEFER
    assert len(cards(discord_server, ada)) == 1


@pytest.mark.parametrize("status", [None, 502])
@pytest.mark.parametrize("slowly", [False, True])
async def test_a_lost_confirmation_shows_the_answer_once(discord_server, bot, ada, status, slowly):
    discord_server.faults.lose_answer("POST", CALLBACK, status=status)
    await ask(discord_server, ada, bot, slowly=slowly)
    await discord_server.until(lambda: cards(discord_server, ada), "the card")
    assert len(ada.sees(discord_server.channel)) == 1
    assert discord_server.violations == [] or all("40060" in one for one in discord_server.violations)
    discord_server.violations.clear()


async def test_a_broken_connection_is_tried_again(discord_server, bot, ada):
    discord_server.faults.drop("POST", CALLBACK)
    await ask(discord_server, ada, bot)
    assert len(cards(discord_server, ada)) == 1


async def test_trouble_with_the_edit_is_ridden_out(discord_server, bot, ada):
    discord_server.faults.error("PATCH", EDIT, status=503)
    discord_server.faults.rate_limit("PATCH", EDIT, retry_after=0.05)
    await ask(discord_server, ada, bot, slowly=True)
    assert len(cards(discord_server, ada)) == 1


async def test_too_late_is_no_fault(discord_server, bot, ada, capsys):
    bot.news.gate.clear()
    asked = await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
    discord_server.clock.advance(4)
    await discord_server.until(
        lambda: [call for call in discord_server.rest.calls if CALLBACK in call.path],
        "a late acknowledgement",
    )
    bot.news.gate.set()
    other = await ada.slash(discord_server.channel, "ask", question="Did it rain?")
    assert "### Denied" in (await ada.waits_for_answer(other)).texts
    assert asked.answer is None
    assert "fault" not in capsys.readouterr().out
    discord_server.violations.clear()


async def test_a_command_the_bot_no_longer_knows_is_told(discord_server, bot, ada):
    bot.tree.remove_command("help")
    asked = await ada.slash(discord_server.channel, "help")
    seen = await ada.waits_for_answer(asked)
    assert "This command has changed" in seen.text
    assert seen.ephemeral
