"""What every test may ask for."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.encoding.encoder import Encoder, load_encoder
from index.storage.postgres.address import PostgresAddress
from tests.postgres import PostgresServer

with warnings.catch_warnings():
    # discord.py imports audioop, which Python 3.11 announces as leaving; neither it nor we use it for text.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord  # noqa: F401 - imported here so that no later import meets the warning

# How long a test takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["tests.discord_server.fixtures"]

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
MODELS = REPOSITORY / "data" / "models"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of evaluation data beside the repository; a test without it is skipped, never passed."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the data folder ../shared/data is absent")
    return SHARED_DATA


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder in which the bundled model is prepared, once for all runs: it takes ten seconds."""
    load_encoder(None, MODELS)
    return MODELS


@pytest.fixture(scope="session")
def encoder(models) -> Encoder:
    """The bundled encoder, loaded once."""
    return load_encoder(None, models)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server of PostgreSQL, which runs for all tests that use it."""
    server = PostgresServer()
    with pytest.MonkeyPatch.context() as patched:
        for name in ("CONNECT_TIMEOUT", "LOOK_TIMEOUT"):  # however slow the machine is
            patched.setattr(f"index.storage.postgres.connections.{name}", 60)
        yield server
    server.close()


@pytest.fixture
def postgres_address(postgres: PostgresServer) -> Iterator[PostgresAddress]:
    """The address of an empty database."""
    address = postgres.new_database()
    yield address
    postgres.give_back(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | PostgresAddress:
    """Where a store may be: in a file, or on a server."""
    if request.param == "sqlite":
        return tmp_path / "verbatim.db"
    address: PostgresAddress = request.getfixturevalue("postgres_address")
    return address
