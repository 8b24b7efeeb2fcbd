"""What tests of the bot share."""

import io
import logging
import sys
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from bot import config
from bot.cli import app
from bot.context import TABLES
from bot.storage.database import Database
from tests.bot.newsroom import online


@contextmanager
def log_of_its_own():
    """Undo what a command or a bot set up of the log of this process."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def log_as_before():
    with log_of_its_own():
        yield


@pytest.fixture
def folder(tmp_path, monkeypatch, models) -> Path:
    """A working folder of its own, without settings, with a data folder in which the model is prepared already."""
    for field in config.Settings.model_fields:
        monkeypatch.delenv(config.environment_variable(field), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(models)
    return tmp_path


class Terminal(io.TextIOWrapper):
    """Standard input that is typed."""

    def isatty(self):
        return True


class Ran:
    """What a command left behind: exit code, standard output, standard error."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capsys, monkeypatch):
    """Run one command in process; never a traceback."""

    def command(*arguments, stdin=b"", terminal=False):
        monkeypatch.setattr(sys, "stdin", (Terminal if terminal else io.TextIOWrapper)(io.BytesIO(stdin)))
        monkeypatch.setenv("COLUMNS", "120")
        with log_of_its_own(), pytest.raises(SystemExit) as left:
            app.main(list(arguments))
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Ran(left.value.code, captured.out, captured.err)

    return command


class FixedDatetime(datetime):
    """A datetime whose present is always the same."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 11, 30, 12, tzinfo=UTC).astimezone(tz)


@pytest.fixture
def fixed_date(monkeypatch):
    """Questions are asked on one day, whenever the tests run: how old an article is counts in its rank."""
    for module in ("index.archive", "bot.cli.ask"):
        monkeypatch.setattr(f"{module}.datetime", FixedDatetime)


@pytest.fixture
async def bot(discord_server, tmp_path):
    """The bot on the local Discord, with one made-up answer to everything."""
    async with online(discord_server, tmp_path) as running:
        yield running


@pytest.fixture
def ada(discord_server):
    """A person on the server."""
    return discord_server.person("Ada")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request):
    """Where the bot's tables are: None for a file in the folder."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_address")


@pytest.fixture
async def databases(tmp_path, store):
    """One database, as three processes have opened it."""
    async with AsyncExitStack() as stack:
        opened = [await Database.open(tmp_path, TABLES, store) for _ in range(3)]
        for one in opened:
            stack.push_async_callback(one.close)
        yield opened


@pytest.fixture
async def database(tmp_path, store):
    """The bot's database."""
    opened = await Database.open(tmp_path, TABLES, store)
    yield opened
    await opened.close()
