from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from index.text.time_zones import DateHints, is_zone_name, language_territory, zone_offset
from index.text.word_lists import load_words

WINTER, SUMMER = datetime(2026, 11, 11, 22), datetime(2026, 7, 15, 22)  # noqa: DTZ001 - local times
INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("name", "local", "hours"),
    [
        ("CET", WINTER, 1), ("CEST", SUMMER, 2), ("BST", SUMMER, 1), ("JST", WINTER, 9), ("ET", WINTER, -5),
        ("ET", SUMMER, -4), ("EST", SUMMER, -5), ("CST", WINTER, -6), ("MESZ", SUMMER, 2), ("AEDT", WINTER, 11),
        ("MSK", WINTER, 3), ("GMT", SUMMER, 0), ("Asia/Tokyo", WINTER, 9), ("Europe/London", SUMMER, 1),
    ],
)  # fmt: skip
def test_a_name_means_an_offset(name: str, local: datetime, hours: float) -> None:
    meaning = zone_offset(name, local)
    assert meaning is not None
    assert (meaning.offset, meaning.inferred) == (timedelta(hours=hours), False)


@pytest.mark.parametrize(
    ("name", "language", "hours"),
    [
        ("IST", "en-IN", 5.5), ("IST", "hi", 5.5), ("IST", "he", 2), ("IST", "en_IE", 1), ("IST", "ga", 1),
        ("CST", "zh-CN", 8), ("CST", "zh-Hant-TW", 8), ("CST", "es-CU", -5), ("CST", "en-US", -6),
        ("BST", "bn", 6), ("PST", "en-PH", 8), ("AMT", "hy", 4), ("EST", "en-AU", 11),
    ],
)  # fmt: skip
def test_the_language_decides_between_meanings(name: str, language: str, hours: float) -> None:
    meaning = zone_offset(name, WINTER, DateHints(language))
    assert meaning is not None
    assert (meaning.offset, meaning.inferred) == (timedelta(hours=hours), False)


@pytest.mark.parametrize("language", ["", "en", "en-US", "de"])
def test_a_name_of_several_meanings_is_left_open(language: str) -> None:
    assert zone_offset("IST", WINTER, DateHints(language)) is None


def test_other_dates_decide_between_meanings() -> None:
    hints = DateHints("en", (SUMMER.replace(tzinfo=INDIA), WINTER.replace(tzinfo=ZoneInfo("UTC"))))
    meaning = zone_offset("IST", WINTER, hints)
    assert meaning is not None
    assert (meaning.offset, meaning.inferred) == (timedelta(hours=5, minutes=30), True)
    assert zone_offset("IST", WINTER, DateHints("", (WINTER.replace(tzinfo=ZoneInfo("Asia/Tokyo")),))) is None


def test_every_kept_place_is_one_of_the_database() -> None:
    for entry in load_words("text/time_zones"):
        name, *places = entry.split()
        assert is_zone_name(name)
        assert sum(place.startswith("*") for place in places) <= 1
        for place in places:
            ZoneInfo(place.lstrip("*"))


def test_what_is_no_zone() -> None:
    assert not is_zone_name("XYZ")
    assert not is_zone_name("../../etc/passwd")
    assert zone_offset("XYZ", WINTER) is None
    assert language_territory("") == ""
