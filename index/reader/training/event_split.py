"""Judged questions parted into those to train on and those to calibrate with: no event is on both sides."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.reader.training.judged_questions import deciding_pages, events_of
from index.reader.training.public_sets import Row

KEPT_ASIDE = (
    "2023"  # corpus of the questions that are neither trained on nor calibrated with: they are a check
)
CALIBRATION_SHARE = 22  # of 100 events, by the hash of their name; judged
LARGE_EVENT = 100  # questions, from which an event is for training alone: it would be half of the calibration


@dataclass(frozen=True, slots=True)
class EventSplit:
    """Judged questions to train on, from files and of our own, and those to calibrate with."""

    training: list[Row]
    own_training: list[Row]
    calibration: list[Row]


def split_by_event(judged: Sequence[Row], own: Sequence[Row]) -> EventSplit:
    """Return `judged` questions parted by their events, and our `own` beside them.

    Those of the corpus KEPT_ASIDE are left out, but connect events as the others do.

    No page with a sentence that decides a question of one side decides one of the other. Own questions follow the
    judged ones whose pages they share; one that shares pages with both sides is left out, and so is one to train on
    that shares pages with own questions to calibrate with.
    """
    training, calibration = _split_judged(judged)
    training_pages, calibration_pages = _pages(training), _pages(calibration)
    own_training, own_calibration = [], []
    for row in own:
        pages = deciding_pages(row)
        in_training = not training_pages.isdisjoint(pages)
        in_calibration = not calibration_pages.isdisjoint(pages)
        if in_training and in_calibration:
            continue
        if in_calibration or (not in_training and _is_drawn(_own_event(row))):
            own_calibration.append(row)
        else:
            own_training.append(row)
    taken = _pages(own_calibration)
    return EventSplit(
        training,
        [row for row in own_training if taken.isdisjoint(deciding_pages(row))],
        [*calibration, *own_calibration],
    )


def apart_from(rows: Iterable[Row], calibration: Sequence[Row]) -> list[Row]:
    """Return the rows none of whose pages decides a question of `calibration`."""
    taken = _pages(calibration)
    return [row for row in rows if taken.isdisjoint(one["url"] for one in row["candidates"])]


def _split_judged(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    events = events_of(rows)
    sizes = Counter(events)
    training: list[Row] = []
    calibration: list[Row] = []
    for row, event in zip(rows, events, strict=True):
        if row.get("corpus") == KEPT_ASIDE:
            continue
        is_drawn = sizes[event] < LARGE_EVENT and _is_drawn(event)
        (calibration if is_drawn else training).append(row)
    return training, calibration


def _own_event(row: Row) -> str:
    """Return a name of what an own question is about: its first deciding page, or itself."""
    return next(iter(deciding_pages(row)), f"nothing:{row['question']}")


def _is_drawn(event: str) -> bool:
    """Return True if the name of an event falls into the share for calibration."""
    return int(hashlib.sha256(event.encode()).hexdigest()[:8], 16) % 100 < CALIBRATION_SHARE


def _pages(rows: Sequence[Row]) -> set[str]:
    return {page for row in rows for page in deciding_pages(row)}
