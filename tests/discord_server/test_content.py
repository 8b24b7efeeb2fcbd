"""Who gets to read what, and whom a message notifies."""

import asyncio

import discord
import pytest

from tests.discord_server import DiscordServer, aimed_at, running
from tests.discord_server.bare import BareClient


@pytest.fixture
async def heard(discord_server):
    client = BareClient()
    async with running(client, discord_server):
        yield client, discord_server, discord_server.person("Ann")


async def _contents(client, server, number: int) -> list[str]:
    await server.until(lambda: len(client.heard) >= number, f"{number} messages")
    return [message.content for message in client.heard]


async def test_content_is_for_mentions_direct_messages_and_replies(heard):
    client, server, ann = heard
    await ann.says(server.channel, "not for you")
    await ann.mention(server.channel, "for you")
    await ann.dm("private")
    own = await client.get_partial_messageable(server.channel.id).send("mine")
    await ann.reply(server.world.messages[own.id], "with a ping")
    await ann.reply(server.world.messages[own.id], "without one", ping=False)
    expected = ["", f"<@{server.bot.id}> for you", "private", "mine", "with a ping", ""]
    assert await _contents(client, server, 6) == expected
    assert client.heard[4].reference.resolved.content == "mine"


async def test_the_replied_message_is_stripped_too(heard):
    client, server, ann = heard
    claim = await ann.says(server.channel, "a claim")
    await ann.reply(claim, f"<@{server.bot.id}> is it so?")
    await _contents(client, server, 2)
    assert client.heard[1].reference.resolved.content == ""
    assert client.heard[1].content.endswith("is it so?")


async def test_the_privileged_intent_reads_all():
    async with DiscordServer(privileged=1 << 15) as server:
        with aimed_at(server.url):
            client = BareClient(discord.Intents(guilds=True, guild_messages=True, message_content=True))
            async with running(client, server):
                await server.person().says(server.channel, "for all")
                assert await _contents(client, server, 1) == ["for all"]


async def test_what_the_bot_cannot_see_it_does_not_hear(discord_server):
    unseen = discord_server.place("unseen", permissions=0)
    client = BareClient()
    async with running(client, discord_server):
        ann, ben = discord_server.person("Ann"), discord_server.person("Ben")
        await ann.mention(unseen, "hello?")
        await ann.says(discord_server.world.direct_channel(ann.user, ben.user), "between us")
        await ann.dm("hello!")
        assert await _contents(client, discord_server, 1) == ["hello!"]


async def test_edits_and_deletions_are_told(heard):
    client, server, ann = heard
    note = await ann.dm("one")
    await _contents(client, server, 1)
    edited = client.wait_for("message_edit", timeout=10)
    (before, after), _ = await asyncio.gather(edited, ann.edits(note, "two"))
    assert (before.content, after.content) == ("one", "two")
    deleted = client.wait_for("raw_message_delete", timeout=10)
    gone, _ = await asyncio.gather(deleted, ann.deletes(note))
    assert gone.message_id == note.id


async def test_threads_are_places_too(discord_server):
    thread = discord_server.thread(discord_server.channel, "floods")
    client = BareClient()
    async with running(client, discord_server):
        ann = discord_server.person()
        later = discord_server.thread(discord_server.channel, "storms")
        await discord_server.announce(later)
        for place in (thread, later):
            await ann.mention(place, "hello")
        await _contents(client, discord_server, 2)
        assert [message.channel.name for message in client.heard] == ["floods", "storms"]
        assert all(isinstance(message.channel, discord.Thread) for message in client.heard)


@pytest.mark.parametrize(
    ("text", "allowed", "kinds"),
    [
        ("@everyone", discord.AllowedMentions.all(), ["everyone"]),
        ("@here", discord.AllowedMentions(everyone=True), ["everyone"]),
        ("@everyone <@{ann}> <@&5>", discord.AllowedMentions.none(), []),
        ("<@{ann}>", discord.AllowedMentions(users=True), ["user"]),
        ("<@!{ann}>", discord.AllowedMentions(users=False, everyone=False, roles=False), []),
        ("<@&5>", discord.AllowedMentions(roles=[discord.Object(5)], users=False, everyone=False), ["role"]),
        ("<@&6>", discord.AllowedMentions(roles=[discord.Object(5)], users=False, everyone=False), []),
        ("@everyone <@{ann}>", None, ["everyone", "user"]),
    ],
)
@pytest.mark.parametrize("in_card", [False, True])
async def test_pings_are_recorded(heard, text, allowed, kinds, in_card):
    client, server, ann = heard
    text = text.format(ann=ann.id)
    channel = client.get_partial_messageable(server.channel.id)
    if in_card:
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.TextDisplay(text))
        await channel.send(view=view, allowed_mentions=allowed)
    else:
        await channel.send(text, allowed_mentions=allowed)
    assert [ping.kind for ping in server.pings] == kinds


@pytest.mark.parametrize(("mention", "kinds"), [(True, ["reply"]), (False, [])])
async def test_a_reply_may_ping_its_author(heard, mention, kinds):
    client, server, ann = heard
    await ann.dm("hello")
    await _contents(client, server, 1)
    await client.heard[0].reply("hi", mention_author=mention)
    assert [(ping.kind, ping.target) for ping in server.pings] == [(kind, ann.id) for kind in kinds]


async def test_an_edit_without_rules_pings_again(heard):
    client, server, ann = heard
    sent = await client.get_partial_messageable(server.channel.id).send("quiet")
    await sent.edit(content=f"<@{ann.id}>")
    assert [ping.kind for ping in server.pings] == ["user"]
