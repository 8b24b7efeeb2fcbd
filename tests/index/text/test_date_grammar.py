from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.date_grammar import parse_parts


def test_a_date_comes_apart() -> None:
    parts = parse_parts("Wed, 11 Nov 2026 10:04:03.5 PM EST")
    assert parts is not None
    assert (parts.days, parts.weekday) == (((2026, 11, 11),), 2)
    assert (parts.clock, parts.offset, parts.zone) == (time(22, 4, 3, 500_000), None, "EST")


def test_what_is_open_stays_open() -> None:
    parts = parse_parts("11/12/2025 22:00 +05:30")
    assert parts is not None
    assert (parts.days, parts.day_first) == (((2025, 11, 12), (2025, 12, 11)), None)
    assert parts.offset == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize(
    ("text", "day_first"), [("25/12/2025", True), ("12/25/2025", False), ("25.12.2025", None)]
)
def test_an_order_shows_where_a_number_is_no_month(text: str, day_first: bool | None) -> None:
    parts = parse_parts(text)
    assert parts is not None
    assert (parts.days, parts.day_first) == (((2025, 12, 25),), day_first)


@pytest.mark.parametrize(
    "text", ["", "2026", "10:04", "11 Nov", "Nov 2026", "32 Nov 2026", "2026-13-01", "11 11 11"]
)
def test_part_of_a_date_is_none(text: str) -> None:
    assert parse_parts(text) is None


@given(st.text(alphabet="0123456789:-/.,+TZ APMNov年月日()[]", max_size=40))
def test_any_text_has_parts_or_none(text: str) -> None:
    parts = parse_parts(text, "en")
    assert parts is None or parts.days
