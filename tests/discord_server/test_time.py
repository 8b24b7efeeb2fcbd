"""When an interaction must be answered, how often, and for how long."""

import asyncio

import discord
import pytest

from tests.discord_server import running
from tests.discord_server.bare import BareClient


@pytest.fixture
async def held(discord_server):
    """A client whose one command hands its interactions over, so that the test answers them."""
    client, queue = BareClient(), asyncio.Queue()

    @client.tree.command()
    async def ask(interaction: discord.Interaction) -> None:
        """Ask."""
        await queue.put(interaction)

    @client.event
    async def on_interaction(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await queue.put(interaction)

    async with running(client, discord_server):
        yield discord_server, discord_server.person("Ann"), queue


async def test_three_seconds_without_an_answer_end_it(held):
    server, ann, queue = held
    await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    server.clock.advance(3.1)
    with pytest.raises(discord.NotFound) as caught:
        await interaction.response.send_message("late")
    assert caught.value.code == 10062
    assert ann.sees(server.channel) == []


async def test_the_wait_is_recorded(held):
    server, ann, queue = held
    asked = await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    assert asked.wait is None
    server.clock.advance(2)
    await interaction.response.defer()
    assert asked.wait >= 2


async def test_a_second_first_answer_is_refused(held):
    server, ann, queue = held
    await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    await interaction.response.send_message("one")
    interaction.response._response_type = None
    with pytest.raises(discord.HTTPException) as caught:
        await interaction.response.send_message("two")
    assert caught.value.code == 40060
    assert [one.text for one in ann.sees(server.channel)] == ["one"]


async def test_a_quarter_of_an_hour_ends_the_token(held):
    server, ann, queue = held
    await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    await interaction.response.send_message("one")
    server.clock.advance(14 * 60)
    await interaction.followup.send("two")
    server.clock.advance(61)
    with pytest.raises(discord.HTTPException) as caught:
        await interaction.followup.send("three")
    assert (caught.value.status, caught.value.code) == (401, 50027)


async def test_no_follow_up_before_the_first_answer(held):
    server, ann, queue = held
    await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    with pytest.raises(discord.NotFound) as caught:
        await interaction.followup.send("too early")
    assert caught.value.code == 10015


async def test_a_refused_first_answer_can_be_mended(held):
    server, ann, queue = held
    asked = await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    with pytest.raises(discord.HTTPException) as caught:
        await interaction.response.send_message("x" * 2001)
    assert caught.value.code == 50035
    await interaction.response.send_message("short")
    assert (await ann.waits_for_answer(asked)).text == "short"
    assert len(server.violations) == 1
    server.violations.clear()


async def test_the_first_follow_up_fills_the_deferred_message(held):
    server, ann, queue = held
    asked = await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    await interaction.response.defer(ephemeral=True)
    await interaction.followup.send("filled", ephemeral=False)
    await interaction.followup.send("public", ephemeral=False)
    seen = await ann.waits_for_answer(asked)
    assert (seen.text, seen.ephemeral) == ("filled", True)
    further = await ann.waits_for_followup(asked)
    assert (further.text, further.ephemeral) == ("public", False)


async def test_an_app_only_its_user_installed_has_five_follow_ups(held):
    server, _, queue = held
    elsewhere = await server.new_guild("Elsewhere", bot_inside=False)
    ivy = server.person("Ivy", guild=elsewhere, installed_app=True)
    await ivy.slash(elsewhere.channels[0], "ask")
    interaction = await queue.get()
    await interaction.response.send_message("first")
    for number in range(5):
        await interaction.followup.send(f"{number}")
    with pytest.raises(discord.HTTPException) as caught:
        await interaction.followup.send("one too many")
    assert caught.value.code == 40094


async def test_the_original_can_be_read_changed_and_deleted(held):
    server, ann, queue = held
    asked = await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    await interaction.response.send_message("one")
    assert (await interaction.original_response()).content == "one"
    await interaction.edit_original_response(content="two")
    seen = await ann.waits_for_answer(asked)
    assert (seen.text, len(seen.history)) == ("two", 1)
    await interaction.delete_original_response()
    assert seen.deleted
    with pytest.raises(discord.NotFound):
        await interaction.edit_original_response(content="three")


async def _clicked(server, ann, queue):
    """What Ann did and what the bot got when she pressed a button under its answer."""
    await ann.slash(server.channel, "ask")
    first = await queue.get()
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="More", custom_id="more"))
    await first.response.send_message("one", view=view)
    asked = await ann.click(ann.sees(server.channel)[0], "More")
    return asked, await queue.get()


async def test_a_refused_update_of_a_message_can_be_mended(held):
    server, ann, queue = held
    asked, click = await _clicked(server, ann, queue)
    with pytest.raises(discord.HTTPException):
        await click.response.edit_message(content="x" * 2001)
    server.violations.clear()
    await click.response.edit_message(content="two")
    assert (await ann.waits_for_answer(asked)).text == "two"


async def test_a_deferred_update_is_settled_by_its_edit(held):
    server, ann, queue = held
    asked, click = await _clicked(server, ann, queue)
    await click.response.defer()
    with pytest.raises(TimeoutError, match="an answer to"):
        await ann.waits_for_answer(asked, within=0.05)
    await click.edit_original_response(content="two")
    assert (await ann.waits_for_answer(asked)).text == "two"


async def test_a_slash_command_cannot_update_a_message(held):
    server, ann, queue = held
    await ann.slash(server.channel, "ask")
    interaction = await queue.get()
    route = discord.http.Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=interaction.id,
        webhook_token=interaction.token,
    )
    for body in ({"type": 7, "data": {"content": "x"}}, {"type": 8, "data": {"choices": []}}):
        with pytest.raises(discord.HTTPException, match="cannot answer an interaction of type 2"):
            await interaction.client.http.request(route, json=body)
    with pytest.raises(discord.HTTPException, match="only EPHEMERAL"):
        await interaction.client.http.request(route, json={"type": 5, "data": {"flags": 1 << 15}})
    assert len(server.violations) == 3
    server.violations.clear()
