"""A raw gateway client, for tests of the server without discord.py."""

import asyncio
import json

import aiohttp

IDENTIFY = {"intents": 4609, "properties": {}}


class Wire:
    """One connection to the gateway."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse):
        self.socket = socket

    async def send(self, op: int, data: object) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def next(self) -> dict:
        frame = await asyncio.wait_for(self.socket.receive(), 10)
        return (
            json.loads(frame.data)
            if frame.type is aiohttp.WSMsgType.TEXT
            else {"closed": self.socket.close_code}
        )

    async def login(self, token: str) -> dict:
        """Log in without shards; give READY."""
        ready, guild = await self.identify(token), await self.next()
        assert (ready["t"], guild["t"]) == ("READY", "GUILD_CREATE")
        return ready["d"]

    async def identify(self, token: str, **more: object) -> dict:
        """Identify after HELLO, and give what comes then."""
        assert (await self.next())["op"] == 10
        await self.send(2, IDENTIFY | {"token": token} | more)
        return await self.next()
