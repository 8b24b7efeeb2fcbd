"""What tests of the bot share."""

from pathlib import Path

import pytest

from bot import config


@pytest.fixture
def folder(tmp_path, monkeypatch, models) -> Path:
    """A working folder of its own, without settings, with a data folder in which the model is prepared already."""
    for field in config.Settings.model_fields:
        monkeypatch.delenv(config.variable(field), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(models)
    return tmp_path
