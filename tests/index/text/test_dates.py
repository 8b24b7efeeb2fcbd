from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import VerbatimError
from index.text.dates import (
    EARLIEST_FEED_DATE,
    DateDoubt,
    collect_hints,
    find_date,
    may_be_same_day,
    parse_date,
    parse_typed_date,
    parse_written_date,
    plausible_date,
    read_date,
)
from index.text.time_zones import DateHints

NOW = datetime(2026, 11, 28, tzinfo=UTC)
EVENING = datetime(2026, 11, 11, 22, 52, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020/07/02", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020/7/2", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020-07-02", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020-07-02T00:00:00", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020-07-02T00:00:00Z", datetime(2020, 7, 2, tzinfo=UTC)),
        ("2020-07-02T23:30:00-05:00", datetime(2020, 7, 3, 4, 30, tzinfo=UTC)),
        ("2020-07-02 08:15", datetime(2020, 7, 2, 8, 15, tzinfo=UTC)),
        ("Thu, 02 Jul 2020 08:15:00 EST", datetime(2020, 7, 2, 13, 15, tzinfo=UTC)),
        ("11 Nov 2024 18:00:00 GMT", datetime(2024, 11, 11, 18, tzinfo=UTC)),
        ("November 11, 2024 6:00 PM EST", datetime(2024, 11, 11, 23, tzinfo=UTC)),
        ("1889-05-06", datetime(1889, 5, 6, 12, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("1970/01/20", None),
        ("2099-01-01", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_machine_dates(text: str | None, moment: datetime | None) -> None:
    assert parse_date(text) == moment


@given(st.text(max_size=200))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("November 11, 2024 6:00 PM EST", datetime(2024, 11, 11, 23, tzinfo=UTC)),
        ("Nov. 11, 2024, 6 p.m.", datetime(2024, 11, 11, 18, tzinfo=UTC)),
        ("11 November 2024", datetime(2024, 11, 11, 12, tzinfo=UTC)),
        ("2 days ago", None),
        ("November 2024", None),
        ("word " * 20_000, None),
    ],
)
def test_dates_in_words(text: str, moment: datetime | None) -> None:
    assert parse_written_date(text) == moment


def test_tomorrow_is_plausible_and_next_week_is_not() -> None:
    now = datetime(2024, 11, 11, 12, tzinfo=UTC)
    ahead = datetime(2024, 11, 12, 6, tzinfo=timezone(timedelta(hours=14)))
    assert plausible_date(ahead, now) == ahead
    assert plausible_date(now + timedelta(days=7), now) is None


@pytest.mark.parametrize("text", ["11 Nov 2024", "November 11, 2024", "2024-11-11", "2024/11/11"])
def test_dates_a_person_types(text: str) -> None:
    assert parse_typed_date(text) == datetime(2024, 11, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "32 Nov 2024", "x" * 5_000])
def test_a_date_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(VerbatimError, match="as a date"):
        parse_typed_date(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1794437550", EVENING),
        ("@1794437550", EVENING),
        ("1794437550000", EVENING),
        ("1794437550.0", EVENING),
        ("2026-11-11 22:52:30 EST", EVENING + timedelta(hours=5)),
        ("2026-11-11T22:52:30 PST", EVENING + timedelta(hours=8)),
        ("Wed, 11 Nov 2026 22:52:30+5:30", EVENING - timedelta(hours=5, minutes=30)),
        ("Wed, 11 Nov 2026 22:52:30 +530", EVENING - timedelta(hours=5, minutes=30)),
        ("Wed, 11 Nov 2026 22:52:30 GMT+5:30", EVENING - timedelta(hours=5, minutes=30)),
        ("Wed, 11 Nov 2026 22:52:30 −05", EVENING + timedelta(hours=5)),
        ("Wed Nov 11 2026 22:52:30 GMT+0530 (India Standard Time)", EVENING - timedelta(hours=5, minutes=30)),
        ("2026-11-11T22:52:30+01:00[Europe/Paris]", EVENING - timedelta(hours=1)),
        ("Wed, 11 Nov 2026 22:52:30 America/New_York", EVENING + timedelta(hours=5)),
        ("Wed Nov 11 22:52:30 JST 2026", EVENING - timedelta(hours=9)),
        ("20261111T225230Z", EVENING),
        ("Wed, 11 Nov 2026 24:00:00 GMT", datetime(2026, 11, 12, tzinfo=UTC)),
        ("Wed, 11 Nov 26 22:52:30 UT", EVENING),
        ("Mi, 11 Nov 2026 22:52:30 +0100", EVENING - timedelta(hours=1)),
        ("mar. 10 nov. 2026 22:52:30 +0000", EVENING - timedelta(days=1)),
        ("11 Dez 2025 22:00 +0100", datetime(2025, 12, 11, 21, tzinfo=UTC)),
        ("13/11/2026 22:00 +0100", datetime(2026, 11, 13, 21, tzinfo=UTC)),
        ("11 Nov 2026", datetime(2026, 11, 11, 12, tzinfo=UTC)),
    ],
)
def test_what_is_written_without_doubt_is_sure(text: str, moment: datetime) -> None:
    reading = read_date(text, now=NOW, earliest=EARLIEST_FEED_DATE)
    assert (reading.moment, reading.doubt) == (moment, None)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, Jun 26 2026 10:04:03 PM", datetime(2026, 6, 26, 22, 4, 3, tzinfo=UTC)),
        ("26 June 2026, 12:15 a.m.", datetime(2026, 6, 26, 0, 15, tzinfo=UTC)),
        ("2026-06-26 12:15 pm", datetime(2026, 6, 26, 12, 15, tzinfo=UTC)),
        ("2026년 6월 26일 오후 10:04", datetime(2026, 6, 26, 22, 4, tzinfo=UTC)),
        ("mercredi 11 novembre 2026 à 22h52", datetime(2026, 11, 11, 22, 52, tzinfo=UTC)),
        ("11.11.2026, 22:52 Uhr", datetime(2026, 11, 11, 22, 52, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_a_guess(text: str, moment: datetime) -> None:
    reading = read_date(text, now=NOW)
    assert (reading.moment, reading.doubt) == (moment, DateDoubt.NO_ZONE)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Wed, 11 Nov 2026 22:52:30 IST", DateDoubt.OPEN_ZONE),
        ("Wed, 11 Nov 2026 22:52:30 XYZ", DateDoubt.UNKNOWN_ZONE),
        ("11/12/2025 22:00 GMT", DateDoubt.OPEN_ORDER),
        ("1 Nov 1794 12:00 GMT", DateDoubt.IMPLAUSIBLE),
        ("Fri, 31 Dec 1989 12:00:00 GMT", DateDoubt.IMPLAUSIBLE),
        ("Fri, 11 Nov 2056 12:00:00 GMT", DateDoubt.IMPLAUSIBLE),
        ("2026", DateDoubt.NOT_UNDERSTOOD),
        ("2026-11", DateDoubt.NOT_UNDERSTOOD),
        ("November 2026", DateDoubt.NOT_UNDERSTOOD),
        ("-0001-11-30T00:00:00+00:00", DateDoubt.IMPLAUSIBLE),
        ("Wed, 11 Nov 2026 25:00:00 GMT", DateDoubt.NOT_UNDERSTOOD),
        ("31 Feb 2026 10:00 GMT", DateDoubt.NOT_UNDERSTOOD),
        ("11 listopad 2025", DateDoubt.NOT_UNDERSTOOD),
        ("three days before 11 Nov 2026", DateDoubt.NOT_UNDERSTOOD),
    ],
)
def test_what_is_not_sure_is_no_date(text: str, doubt: DateDoubt) -> None:
    reading = read_date(text, now=NOW, earliest=EARLIEST_FEED_DATE)
    assert (reading.moment, reading.doubt) == (None, doubt)


def test_other_dates_of_a_source_decide_the_order_of_day_and_month() -> None:
    reading = read_date("11/12/2025 22:00 GMT", collect_hints(["25/12/2025 10:00 GMT"]), now=NOW)
    assert reading.moment == datetime(2025, 12, 11, 22, tzinfo=UTC)
    assert reading.doubt is DateDoubt.INFERRED_ORDER


@pytest.mark.parametrize(
    ("text", "language", "month"),
    [
        ("11/12/2025 22:00 GMT", "en-US", 11),
        ("11/12/2025 22:00 GMT", "en-GB", 12),
        ("11/12/2025 22:00 GMT", "de", 12),
        ("Thu, 11/12/2026 22:00 GMT", "", 11),
        ("11 listopad 2025", "hr", 10),
        ("11 listopad 2025", "pl", 11),
    ],
)
def test_language_and_weekday_decide_what_numbers_and_names_leave_open(
    text: str, language: str, month: int
) -> None:
    moment = read_date(text, DateHints(language), now=NOW).moment
    assert moment is not None
    assert moment.month == month


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("By Jo Berg | 11 Nov 2026, 9 p.m.", datetime(2026, 11, 11, 21, tzinfo=UTC)),
        (
            "Published November 11, 2026 at 9:04 p.m. ET | Updated Nov 12",
            datetime(2026, 11, 12, 2, 4, tzinfo=UTC),
        ),
        ("© 2026 Harbour Daily. All rights reserved.", None),
        ("Jo Berg 2026", None),
        ("Updated 1909 GMT (0309 HKT) November 18, 2019", datetime(2019, 11, 18, 12, tzinfo=UTC)),
    ],
)
def test_a_date_is_found_in_a_line(line: str, moment: datetime | None) -> None:
    assert find_date(line) == moment


def test_a_day_holds_the_hours_it_has_anywhere() -> None:
    day = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert may_be_same_day(day, datetime(2026, 11, 27, 20, 4, tzinfo=UTC))
    assert not may_be_same_day(day, datetime(2026, 11, 29, 1, tzinfo=UTC))
