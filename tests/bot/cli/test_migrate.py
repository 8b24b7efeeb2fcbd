"""`verbatim migrate`, from a folder with news and settings to a server and back."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.cli.migrate import run_migrate
from bot.config import Settings
from bot.context import TABLES
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettings, GuildSettingsStore
from index import Archive, PostgresAddress, VerbatimError
from tests.conftest import MODELS
from tests.index.conftest import BRIDGE, WHEAT
from tests.postgres import PASSWORD

NOW = datetime(2024, 11, 12, tzinfo=UTC)
QUESTION = "Who said the repairs of the harbour bridge in Norwick would take six weeks?"
CHOSEN = GuildSettings(outlets=("Sample Wire",), language="uk")


def settings(folder, store=None):
    return Settings(_env_file=None, data=folder, store=store)


async def chosen(folder, store=None, put=None):
    database = await Database.open(folder, TABLES, store)
    kept = GuildSettingsStore(database)
    if put:
        await kept.put(7, put)
    await kept.load()
    await database.close()
    return kept.get(7)


def answers(archive):
    """All that a person is told, to the last digit."""
    found = archive.find_quote("a loaf of bread could cost more by Christmas")
    return repr((archive.ask(QUESTION, now=NOW), found, archive.brief(datetime(2024, 1, 1, tzinfo=UTC))))


def test_a_folder_moves_to_a_server_and_back(models, tmp_path, postgres_address, capsys):
    home, back = tmp_path / "home", tmp_path / "back"
    home.mkdir()
    (home / "models").symlink_to(MODELS, target_is_directory=True)
    with Archive.open(home) as archive:
        archive.add([BRIDGE, WHEAT])
        expected = answers(archive)
    assert BRIDGE.url in expected
    asyncio.run(chosen(home, put=CHOSEN))
    assert run_migrate(settings(home), postgres_address.url) == 0
    told = "".join(capsys.readouterr())
    assert "2 articles" in told
    assert str(postgres_address) in told
    assert PASSWORD not in told
    assert run_migrate(settings(home, postgres_address.url), str(back)) == 0
    assert asyncio.run(chosen(tmp_path, postgres_address)) == asyncio.run(chosen(back)) == CHOSEN
    for opened in (Archive.open(home, store=postgres_address), Archive.open(back, models=MODELS)):
        with opened as archive:
            assert answers(archive) == expected


@pytest.mark.parametrize("to", ["postgresql://", "mysql://a:s3cret@b/c", "postgresql://a:s3cret@[b/c"])
def test_what_is_no_address_is_refused_without_repeating_it(tmp_path, to):
    with pytest.raises(VerbatimError, match="--to is not") as refused:
        run_migrate(settings(tmp_path), to)
    assert "s3cret" not in str(refused.value)


def test_where_it_is_it_stays(tmp_path):
    with pytest.raises(VerbatimError, match="already"):
        run_migrate(settings(tmp_path), str(tmp_path))
    address = PostgresAddress.parse("postgresql://owner@127.0.0.1:1/news")
    with pytest.raises(VerbatimError, match="already"):
        run_migrate(settings(tmp_path, address.url), address.url)
