"""The bot on a server of PostgreSQL: it makes its indexes while it says so, and hears of what other processes commit."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager

from bot.texts import ENGLISH
from index.archive import Archive
from tests.conftest import REPOSITORY
from tests.discord_server.interactions import WAIT
from tests.index.conftest import BRIDGE, WHEAT, article
from tests.postgres import PASSWORD

QUESTION = "Why did the harbour bridge in Norwick close?"
FERRY_QUESTION = "When did the ferry between Norwick and Oldport sail again?"
FERRY = article(
    "ferry", "The ferry between Norwick and Oldport sailed again on Sunday after a long storm.", day=3
)


@asynccontextmanager
async def running(server, folder, address):
    """A bot in a process of its own with an empty data folder, its model aside."""
    settings = {
        "DISCORD_TOKEN": server.token,
        "VERBATIM_DATA": str(folder / "data"),
        "VERBATIM_STORE": address.url,
        "VERBATIM_READER": "none",
    }
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bot.run_building", server.url, str(folder),
            cwd=REPOSITORY, env=os.environ | settings, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        await server.ready()
        yield
        process.terminate()
        async with asyncio.timeout(WAIT):
            assert await process.wait() == 0, (folder / "log").read_text()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def told(ada, question):
    """What the bot answers in private."""
    return (await ada.waits_for_reply(await ada.dm(question))).text


async def ask_until(ada, question, condition):
    async with asyncio.timeout(WAIT):
        while not condition(await told(ada, question)):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


async def test_a_bot_makes_its_indexes_and_follows_what_others_commit(
    discord_server, ada, postgres_address, encoder, models, tmp_path
):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(models)
    with Archive(tmp_path / "other", encoder, store=postgres_address) as other:
        other.add([BRIDGE, WHEAT])
        async with running(discord_server, tmp_path, postgres_address):
            unfinished = await told(ada, QUESTION)
            assert unfinished == ENGLISH("error-index-unfinished", percent=50)
            (tmp_path / "go").touch()
            await ask_until(ada, QUESTION, lambda text: "cracks in two of its cables" in text)
            assert "sailed again" not in await told(ada, FERRY_QUESTION)
            other.add([FERRY])
            await ask_until(ada, FERRY_QUESTION, lambda text: "sailed again on Sunday" in text)
            other.remove(FERRY.url)
            await ask_until(ada, FERRY_QUESTION, lambda text: "sailed again" not in text)
    log = (tmp_path / "log").read_text()
    assert "the indexes are made" in log
    assert PASSWORD not in log
