"""Opening the archive for a command."""

import pytest
import structlog

from bot import logs
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


def test_what_is_logged_does_not_stand_among_the_answer(folder, capsys):
    with open_archive(Settings(data=folder / "data")):
        log = structlog.get_logger()
        log.info("the indexes are made")
        log.warning("a word index is damaged")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "a word index is damaged" in printed.err
    assert "the indexes are made" not in printed.err


def test_a_log_that_was_set_up_before_is_left_as_it_is(folder, capsys):
    logs.configure_logging("INFO", "json")
    with open_archive(Settings(data=folder / "data")):
        structlog.get_logger().info("polled")
    assert '"event": "polled"' in capsys.readouterr().err


def test_an_upgrade_is_told_in_words():
    assert upgrade_lines({"house": 41_212, "guild:42": 3}) == [
        "41,212 articles now answer for the house",
        "3 articles now answer for server 42",
    ]
    assert upgrade_lines({}) == []
