"""What the doctor finds, and what it says to do."""

import base64
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing

import pytest

from bot import logs
from bot.cli.doctor import CheckStatus, run_checks, run_doctor
from index.archive import Archive
from tests.index.storage.test_circles import follow
from tests.index.storage.test_damaged_circles import change

TOKEN = f"{base64.urlsafe_b64encode(b'123456789012345678').decode()}.Gabcde.made-up_letters-0123456789"


@pytest.fixture(autouse=True)
def place(folder):
    """A working folder where everything is in order."""
    (folder / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\n")
    return folder


def findings():
    """Run all checks, and return the results by their subject."""
    return {finding.subject: finding for finding in run_checks()}


def only_fault(found):
    faults = [finding for finding in found.values() if finding.status is CheckStatus.FIX]
    assert len(faults) == 1
    return faults[0]


def test_all_is_well(capsys):
    found = findings()
    assert list(found) == ["settings", "token", "data folder", "model", "index"]
    assert {name for name, finding in found.items() if finding.status is CheckStatus.OK} == set(found) - {
        "index"
    }
    assert found["index"].status is CheckStatus.NOTE
    assert "verbatim add" in found["index"].message
    assert run_doctor() == 0
    assert TOKEN not in capsys.readouterr().out


def test_no_token(place, capsys):
    (place / ".env").unlink()
    fault = only_fault(findings())
    assert fault.subject == "token"
    assert "DISCORD_TOKEN is not set" in fault.message
    assert run_doctor() == 1
    assert "DISCORD_TOKEN" in capsys.readouterr().out


def test_a_malformed_token(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "malformed-secret")
    fault = only_fault(findings())
    assert fault.subject == "token"
    assert "malformed-secret" not in fault.message


def test_bad_settings_are_told_each(monkeypatch):
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "loud")
    monkeypatch.setenv("VERBATIM_OPEN_HOSTS", "http://x")
    found = list(run_checks())
    assert [finding.status for finding in found] == [CheckStatus.FIX, CheckStatus.FIX]
    assert "VERBATIM_LOG_LEVEL" in found[0].message
    assert "VERBATIM_OPEN_HOSTS" in found[1].message


def test_a_mistyped_setting_is_noted(place):
    (place / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\nVERBATIM_DTA=news\n")
    found = findings()
    assert found["settings"].status is CheckStatus.NOTE
    assert "VERBATIM_DTA" in found["settings"].message


def test_a_data_folder_that_is_a_file(monkeypatch, place):
    (place / "file").write_text("x")
    monkeypatch.setenv("VERBATIM_DATA", "file")
    fault = only_fault(findings())
    assert fault.subject == "data folder"
    assert "VERBATIM_DATA" in fault.message


def test_a_full_disk(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**9, 10**9 - 1000, 1000))
    fault = only_fault(findings())
    assert fault.subject == "data folder"
    assert "make room" in fault.message


def test_a_model_that_is_none(monkeypatch, place):
    (place / "nothing").mkdir()
    monkeypatch.setenv("VERBATIM_MODEL", str(place / "nothing"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    found = findings()
    assert found["model"].status is CheckStatus.FIX
    assert "VERBATIM_MODEL" in found["model"].message


def test_an_index_of_another_model(place):
    Archive.open(place / "data").close()
    with closing(sqlite3.connect(place / "data" / "verbatim.db")) as database:
        database.execute("UPDATE meta SET value = 'another:fp32' WHERE key = 'encoder'")
        database.commit()
    fault = only_fault(findings())
    assert fault.subject == "index"
    assert "verbatim rebuild" in fault.message


def test_a_damaged_index(place):
    (place / "data" / "verbatim.db").write_bytes(b"this is no database, " * 1000)
    assert only_fault(findings()).subject == "index"


def test_whose_news_a_disk_has_changed(place):
    with Archive.open(place / "data") as archive:
        follow(archive, "https://one.example/feed", "guild:1")
        archive._store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    change(place / "data", "feed_circle_rows", "circle = 3 WHERE feed = 1")
    fault = only_fault(findings())
    assert fault.subject == "index"
    assert "https://one.example/feed" in fault.message
    assert "verbatim rebuild" in fault.message


def test_on_request_it_looks_at_the_network_too(run, place, monkeypatch):
    levels = []
    configure = logs.configure_logging
    monkeypatch.setattr(logs, "configure_logging", lambda level: levels.append(level) or configure(level))
    (place / ".env").write_text("DISCORD_TOKEN=malformed\n")
    told = run("doctor", "--online")
    assert told.code == 1
    assert "none is followed" in told.out
    assert levels == ["ERROR"]  # and that stays
    assert "none is followed" not in run("doctor").out
