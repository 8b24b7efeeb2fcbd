"""Opening the archive for a command."""

import pytest

from bot.cli.open_archive import models_folder, open_archive, upgrade_lines
from bot.config import Settings
from index.errors import BrokenIndex


def test_the_archive_is_opened_in_the_folder_and_closed(folder, capsys):
    settings = Settings(data=folder / "data")
    with open_archive(settings, folder / "other") as archive:
        assert archive.stats().articles == 0
    assert (folder / "other").is_dir()
    assert models_folder(settings) == folder / "data" / "models"
    assert capsys.readouterr().out == ""  # standard output is for results


def test_a_damaged_index_raises_broken_index(folder):
    with open_archive(Settings(data=folder / "data")):
        pass
    for file in (folder / "data").glob("*.db"):
        file.write_bytes(b"not a database " * 100)
    with pytest.raises(BrokenIndex), open_archive(Settings(data=folder / "data")):
        pass


def test_an_upgrade_is_told_in_words():
    assert upgrade_lines({"house": 41_212, "guild:42": 3}) == [
        "41,212 articles now answer for the house",
        "3 articles now answer for server 42",
    ]
    assert upgrade_lines({}) == []
