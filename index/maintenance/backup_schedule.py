"""The schedule of backups: how often one is written, where, and how many are kept."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.errors import VerbatimError

DEFAULT_KEEP = 7
FOLDER = "backups"  # in the data folder, where the setting names no other
MAX_KEEP = 1_000  # judged: what a person may have meant
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_INTERVAL = re.compile(r"(\d{1,4})\s?([hdw])", re.IGNORECASE)
_KEEP = re.compile(r"keep\s+(\d{1,4})", re.IGNORECASE)
_IN = re.compile(r"in\s+(\S.*)", re.IGNORECASE)
_NAME = re.compile(r"verbatim-(\d{8}-\d{6})\.zip")
_TIME = "%Y%m%d-%H%M%S"  # in the name, UTC


@dataclass(frozen=True, slots=True)
class BackupSchedule:
    """A backup every `interval`, the newest `keep` of which are kept, in `folder` (None: one in the data folder)."""

    interval: timedelta
    keep: int = DEFAULT_KEEP
    folder: Path | None = None

    def folder_in(self, data: Path) -> Path:
        """Return the folder of backups for the data folder `data`."""
        return self.folder or data / FOLDER


def parse_backup_schedule(text: str) -> BackupSchedule | None:
    """Return the schedule that a setting says: `24h`, `24h, keep 7`, `1d, keep 30, in /mnt/backups`.

    None for an empty text. Raise VerbatimError, in words.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        return None
    interval, keep, folder = None, DEFAULT_KEEP, None
    for part in parts:
        if (match := _INTERVAL.fullmatch(part)) and int(match[1]):
            interval = int(match[1]) * _UNITS[match[2].lower()]
        elif (match := _KEEP.fullmatch(part)) and 0 < int(match[1]) <= MAX_KEEP:
            keep = int(match[1])
        elif match := _IN.fullmatch(part):
            folder = Path(match[1]).expanduser()
        else:
            raise VerbatimError(f"I cannot read “{part[:40]}”. Write it like 24h, keep 7, in /mnt/backups.")
    if interval is None:
        raise VerbatimError("I do not know how often. Write it like 24h, keep 7.")
    return BackupSchedule(interval, keep, folder)


def backup_name(moment: datetime) -> str:
    """Return the name of a backup that is taken at a moment."""
    return f"verbatim-{moment.astimezone(UTC).strftime(_TIME)}.zip"


def kept_backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Return when the backups in a folder were taken, and their files, the newest first. Other files are left out."""
    names = ((path, _NAME.fullmatch(path.name)) for path in folder.glob("verbatim-*.zip"))
    found = [(datetime.strptime(match[1], _TIME).replace(tzinfo=UTC), path) for path, match in names if match]
    return sorted(found, reverse=True)


def next_backup(schedule: BackupSchedule, data: Path, now: datetime) -> datetime:
    """Return when the next backup is due: at once when there is none yet."""
    kept = kept_backups(schedule.folder_in(data))
    return kept[0][0] + schedule.interval if kept else now


def drop_old_backups(schedule: BackupSchedule, data: Path) -> list[Path]:
    """Delete the backups that the schedule does not keep; return which. Raise OSError."""
    old = [path for _, path in kept_backups(schedule.folder_in(data))[schedule.keep :]]
    for path in old:
        path.unlink(missing_ok=True)
    return old
