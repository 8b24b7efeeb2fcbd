from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import VerbatimError
from index.text.dates import parse_date, parse_typed_date, parse_written_date, plausible_date


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
        ("November 11, 2024 6:00 PM EST", None),
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
