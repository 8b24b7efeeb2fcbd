"""What tests of the bot may ask for."""

from pathlib import Path

import pytest

from index.encoder import load_encoder


@pytest.fixture(scope="session")
def models(tmp_path_factory) -> Path:
    """A folder in which the bundled model is prepared, to be linked into data folders: it takes ten seconds."""
    folder = tmp_path_factory.mktemp("models")
    load_encoder(None, folder)
    return folder
