"""What is logged, and what never is."""

import json
import logging
import subprocess
import sys

import pytest
import structlog

from bot import logs
from tests.bot.test_config import TOKEN
from tests.conftest import REPOSITORY


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


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_foreign_word_makes_a_line_of_its_own_or_steers_the_terminal(capsys, log_format):
    logs.configure_logging("INFO", log_format)
    foreign = "a\n2026-01-01 [error] forged\x1b[2J\r\x9b2J\u202e"
    structlog.get_logger().info(foreign, title=foreign, host="\x1b[31mred")
    logging.getLogger("a.library").warning("It said %s", foreign)
    written = capsys.readouterr().err
    assert written.count("\n") == 2
    assert not set("\x1b\r\x9b\u202e").intersection(written)
    assert written.count("forged") == 3


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


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_token_is_ever_logged(capsys, log_format):
    logs.configure_logging("INFO", log_format)
    interaction = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OmFiY2RlZmdoaWprbG1ub3A"
    structlog.get_logger().warning(f"with {TOKEN}", url=f"https://discord.com/webhooks/1/{interaction}/x")
    logging.getLogger("discord.http").warning("PUT /webhooks/1/%s as Bot %s", interaction, TOKEN)
    written = capsys.readouterr().err
    assert written.count("[token]") == 4
    assert TOKEN not in written
    assert interaction not in written


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize(
    "value",
    [[TOKEN], {"token": TOKEN}, {"a": ["b", (TOKEN,)]}, TOKEN.encode(), ValueError(f"Bot {TOKEN}")],
    ids=repr,
)
def test_no_token_is_logged_within_another_value(capsys, log_format, value):
    logs.configure_logging("INFO", log_format)
    structlog.get_logger().warning("an event", value=value)
    written = capsys.readouterr().err
    assert TOKEN not in written
    assert "[token]" in written


@pytest.mark.parametrize("where", ["_open", "make_client"])
def test_a_crash_of_the_whole_bot_shows_neither_token_nor_question(tmp_path, where):
    """As a process, since what the interpreter itself prints counts, too."""
    code = (
        "import sys\n"
        "from bot import client, config\n"
        "def fail(*_, **__):\n"
        "    raise RuntimeError(f'Bot {sys.argv[1]} asked: who is ill?')\n"
        f"if {where!r} == '_open':\n"
        "    client._open = fail\n"
        "else:\n"
        "    client._open, client._serve = (lambda settings: None), fail\n"
        "    client.BotContext = client.FeedWorker = client.QueryService = fail\n"
        "sys.exit(client.run(config.Settings(discord_token=sys.argv[1], data=sys.argv[2])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, TOKEN, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=False,
    )
    assert done.returncode == 1
    assert "fault" in done.stderr
    assert "RuntimeError" in done.stderr
    assert TOKEN not in done.stdout + done.stderr
    assert "ill" not in done.stdout + done.stderr.replace("fail", "")


@pytest.mark.parametrize("text", ["www.sample-wire-of-the-coast.com", "a" * 90, "1.2.3", "v1:more:7"])
def test_other_words_are_logged_as_they_are(capsys, text):
    logs.configure_logging("INFO")
    structlog.get_logger().info("feed read", feed=text)
    assert text in capsys.readouterr().err


def test_json_is_one_object_a_line_ours_and_that_of_libraries(capsys):
    logs.configure_logging("INFO", "json")
    structlog.get_logger().info("answered", outcome="quotes", seconds=0.25)
    logging.getLogger("discord.gateway").info("Shard %s\nconnected", 0)
    try:
        raise ConnectionError("the secret question")  # noqa: TRY301 - a traceback is wanted
    except ConnectionError:
        logging.getLogger("discord.shard").exception("Failed")
    written = capsys.readouterr().err
    ours, theirs, failed = map(json.loads, written.splitlines())
    assert (ours["event"], ours["level"], ours["outcome"], ours["seconds"]) == (
        "answered",
        "info",
        "quotes",
        0.25,
    )
    assert (theirs["event"], theirs["logger"]) == ("Shard 0\nconnected", "discord.gateway")
    assert failed["event"] == "Failed (ConnectionError)"
    assert all(line["timestamp"].endswith("Z") for line in (ours, theirs, failed))
    assert "secret" not in written


def test_our_lines_are_counted_by_level_and_those_not_logged_are_not():
    counted = []
    logs.configure_logging("WARNING", "json", counted.append)
    for level in ("info", "warning", "error"):
        getattr(structlog.get_logger(), level)("an event")
    assert counted == ["warning", "error"]
