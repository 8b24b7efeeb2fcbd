"""Several `verbatim run` beside each other, each a process of its own, on one data folder and the local Discord."""

import asyncio
import os
import re
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from tests.conftest import REPOSITORY
from tests.discord_server import DiscordServer

PATIENT = 120.0  # seconds after which something waited for will not come any more, on however busy a machine


@dataclass
class Member:
    """One process and the file that it logs to."""

    process: asyncio.subprocess.Process
    log: object

    @property
    def said(self):
        return self.log.read_text()

    def count(self, event):
        """How often an event is in its log."""
        return len(re.findall(rf'"event": "{event}"', self.said))

    async def ends(self):
        async with asyncio.timeout(PATIENT):
            return await self.process.wait()

    async def stops(self, number=signal.SIGTERM):
        """End it with a signal; give its exit code."""
        self.process.send_signal(number)
        return await self.ends()


@dataclass
class Fleet:
    """The processes that were started, in this order."""

    server: DiscordServer
    data: object
    settings: dict[str, str]
    stack: AsyncExitStack
    members: list[Member] = field(default_factory=list)

    async def starts(self, *options, **settings):
        """Start one more with these options of `verbatim run`."""
        return await self.starts_by(
            "tests.discord_server.launch", self.server.url, "run", *options, **settings
        )

    async def starts_made_up(self, *options, **settings):
        """The same with made-up news behind it, which is sooner there."""
        arguments = (self.server.url, str(self.data), self.server.token, "", *options)
        return await self.starts_by("tests.bot.run_bot", *arguments, **settings)

    async def starts_hasty(self, *options, **settings):
        """The same as `starts`, but what a killed process was posting passes on within seconds."""
        return await self.starts_by("tests.bot.run_hastily", self.server.url, *options, **settings)

    async def starts_in_a_hurry(self, *command, **settings):
        """Start any command, which polls, posts and tries again within a second, and asks at a person's will."""
        return await self.starts_by("tests.bot.run_failing_over", self.server.url, *command, **settings)

    async def starts_by(self, module, *arguments, **settings):
        """Run a module that runs a command its own way."""
        log = self.data / f"{len(self.members)}.log"
        environment = {name: value for name, value in os.environ.items() if "VERBATIM" not in name}
        environment |= {"DISCORD_TOKEN": self.server.token, "VERBATIM_DATA": str(self.data)}
        environment |= {"VERBATIM_LOG_FORMAT": "json"} | self.settings | settings
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, *arguments,
                cwd=REPOSITORY, env=environment, stdout=file, stderr=file,
            )  # fmt: skip
        self.stack.push_async_callback(_kill, process)
        self.members.append(Member(process, log))
        return self.members[-1]

    async def has(self, shards):
        """Wait until so many shards are connected."""
        await self.server.ready(PATIENT, shards=shards)


async def _kill(process):
    if process.returncode is None:
        process.kill()
        await process.wait()


@asynccontextmanager
async def fleet(server, data, **settings):
    """Run processes; those that still run at the end are killed."""
    async with AsyncExitStack() as stack:
        yield Fleet(server, data, settings, stack)


__all__ = ["PATIENT", "Fleet", "Member", "fleet"]
