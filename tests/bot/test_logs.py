"""What is logged, and what never is."""

import logging
import sys

import pytest
import structlog

from bot import logs


@pytest.fixture(autouse=True)
def as_before():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers, root.level = before
    structlog.reset_defaults()


def test_a_librarys_exception_is_one_line_without_its_words(capsys):
    logs.configure_logging("INFO")
    try:
        raise ConnectionError("the secret question")  # noqa: TRY301 - a traceback is wanted
    except ConnectionError:
        logging.getLogger("discord.shard").exception("Failed to connect for shard %s", 3)
    written = capsys.readouterr().err
    assert "Failed to connect for shard 3 (ConnectionError)" in written
    assert "secret" not in written
    assert "Traceback" not in written
    assert written.count("\n") == 1


def test_libraries_never_log_what_they_debug(capsys):
    logs.configure_logging("DEBUG")
    logging.getLogger("discord.gateway").debug("the secret question")
    structlog.get_logger().debug("ours")
    written = capsys.readouterr().err
    assert "secret" not in written
    assert "ours" in written


@pytest.mark.parametrize(("level", "seen"), [("ERROR", False), ("WARNING", True), ("INFO", True)])
def test_the_level_counts_for_us_and_for_libraries(capsys, level, seen):
    logs.configure_logging(level)
    logging.getLogger("discord").warning("theirs")
    structlog.get_logger().warning("ours")
    written = capsys.readouterr().err
    assert ("theirs" in written) is seen
    assert ("ours" in written) is seen


def test_it_says_nothing_of_voice(capsys):
    logs.configure_logging("INFO")
    logging.getLogger("discord.client").warning("PyNaCl is not installed, voice will NOT be supported")
    assert capsys.readouterr().err == ""


def test_logs_go_to_standard_error_only(capsys):
    logs.configure_logging("INFO")
    structlog.get_logger().info("here", length=3)
    out, err = capsys.readouterr()
    assert out == ""
    assert "length=3" in err
    assert sys.stderr is not sys.stdout
