"""`verbatim run` as a process of its own on a local Discord, with its memory and open files looked at from outside."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.discord_server import DiscordServer


@dataclass(frozen=True, slots=True)
class Sample:
    """The process at one moment: seconds since the first sample, resident megabytes, open file handles, threads."""

    at: float
    megabytes: float
    handles: int
    threads: int


@dataclass
class BotProcess:
    """A running bot and its samples, oldest first."""

    process: asyncio.subprocess.Process
    log: Path
    samples: list[Sample] = field(default_factory=list)

    async def watch(self, interval: float) -> None:
        """Take a sample every so many seconds, until cancelled."""
        begun = time.monotonic()
        while True:
            self.samples.append(self._sample(time.monotonic() - begun))
            await asyncio.sleep(interval)

    def _sample(self, at: float) -> Sample:
        about = Path("/proc", str(self.process.pid))
        status = dict(
            line.split(":", 1) for line in (about / "status").read_text().splitlines() if ":" in line
        )
        kilobytes, threads = int(status["VmRSS"].split()[0]), int(status["Threads"])
        return Sample(at, kilobytes / 1000, len(list((about / "fd").iterdir())), threads)


@asynccontextmanager
async def running_bot(server: DiscordServer, data: Path, **settings: str) -> AsyncIterator[BotProcess]:
    """Run the bot until the block ends; then it has to stop in order, within a minute."""
    environment = {name: value for name, value in os.environ.items() if "VERBATIM" not in name}
    environment |= {"DISCORD_TOKEN": server.token, "VERBATIM_DATA": str(data), **settings}
    log = data / "soak.log"
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.discord_server.launch", server.url, "run",
            cwd=REPOSITORY, env=environment, stdout=file, stderr=file,
        )  # fmt: skip
        try:
            await server.ready()
            yield BotProcess(process, log)
            process.terminate()
            async with asyncio.timeout(60):
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
