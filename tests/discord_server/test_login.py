"""A bare discord.py client finds its feet here."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from discord import app_commands

from tests.discord_server import DiscordServer


class Client(discord.Client):
    """The smallest bot: one command, an echo in private."""

    def __init__(self, **options):
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True), **options
        )
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        await self.tree.sync()


@asynccontextmanager
async def running(client: discord.Client, server: DiscordServer) -> AsyncIterator[None]:
    task = asyncio.create_task(client.start(server.token))
    try:
        await server.ready()
        yield
    finally:
        await client.close()
        await task


async def test_slash_and_dm(discord_server):
    client = Client()

    @client.tree.command()
    async def ask(interaction: discord.Interaction, question: str) -> None:
        """Ask."""
        await interaction.response.send_message(f"You asked {question}", ephemeral=True)

    @client.event
    async def on_message(message):
        if message.guild is None and message.author.id != client.user.id:
            await message.reply(f"You said {message.content}", mention_author=False)

    async with running(client, discord_server):
        ann = discord_server.person("Ann")
        asked = await ann.slash(discord_server.channel, "ask", question="who?")
        seen = await ann.waits_for_answer(asked)
        assert seen.text == "You asked who?"
        assert seen.ephemeral
        note = await ann.dm("hello")
        assert (await ann.waits_for_reply(note)).text == "You said hello"
