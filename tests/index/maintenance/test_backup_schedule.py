from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import VerbatimError
from index.maintenance.backup_schedule import (
    BackupSchedule,
    backup_name,
    drop_old_backups,
    kept_backups,
    next_backup,
    parse_backup_schedule,
)

NOW = datetime(2026, 11, 29, 13, 2, 28, tzinfo=UTC)
DAILY = BackupSchedule(timedelta(hours=24), keep=2)


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("", None),
        (" , ", None),
        ("24h", BackupSchedule(timedelta(hours=24), 7)),
        ("24h, keep 7", BackupSchedule(timedelta(hours=24), 7)),
        ("keep 30, 1D", BackupSchedule(timedelta(days=1), 30)),
        ("2w,keep 1,in /mnt/my backups", BackupSchedule(timedelta(weeks=2), 1, Path("/mnt/my backups"))),
    ],
)
def test_a_schedule_is_read(text, schedule):
    assert parse_backup_schedule(text) == schedule


@pytest.mark.parametrize(
    "text", ["daily", "0h", "24h, keep 0", "24h, keep many", "keep 7", "24h 7", "24m", "in"]
)
def test_what_is_no_schedule_is_told_with_how_to_write_one(text):
    with pytest.raises(VerbatimError, match="24h, keep 7"):
        parse_backup_schedule(text)


def backups(data, *days):
    folder = data / "backups"
    folder.mkdir(exist_ok=True)
    for day in days:
        (folder / backup_name(NOW - timedelta(days=day))).write_bytes(b"")
    return folder


def test_the_next_is_due_by_the_name_of_the_last(tmp_path):
    assert next_backup(DAILY, tmp_path, NOW) == NOW
    backups(tmp_path, 3, 0.5)
    assert next_backup(DAILY, tmp_path, NOW) == NOW + timedelta(days=0.5)


def test_only_its_own_old_backups_are_deleted(tmp_path):
    folder = backups(tmp_path, 0, 1, 2, 3)
    for name in ("mine.zip", "verbatim-before-the-move.zip", "replaced-verbatim-20200101-000000.zip"):
        (folder / name).write_bytes(b"")
    dropped = drop_old_backups(DAILY, tmp_path)
    assert [path.name for path in dropped] == ["verbatim-20261127-130228.zip", "verbatim-20261126-130228.zip"]
    assert [moment for moment, _ in kept_backups(folder)] == [NOW, NOW - timedelta(days=1)]
    assert len(list(folder.iterdir())) == 5


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from(["24h", "keep", "7", "in", "/x", ",", " ", "d", "0"])).map("".join)
)
def test_any_text_is_a_schedule_or_refused_in_words(text):
    try:
        schedule = parse_backup_schedule(text)
    except VerbatimError:
        return
    assert schedule is None or (schedule.interval > timedelta(0) and schedule.keep > 0)
