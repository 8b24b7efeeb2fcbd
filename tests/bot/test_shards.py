"""Which shards a process has, as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shards import Shards, number_ranges, parse_shards


@pytest.mark.parametrize(
    ("written", "count", "ids"),
    [
        ("0-3", 16, (0, 1, 2, 3)),
        ("8, 0-2", 16, (0, 1, 2, 8)),
        (" 5 ", 6, (5,)),
        ("2 - 2", 3, (2,)),
        ("", 3, (0, 1, 2)),
    ],
)
def test_numbers_and_ranges_are_read(written, count, ids):
    assert parse_shards(written, count) == Shards(ids, count)


@pytest.mark.parametrize(
    ("written", "count", "words"),
    [
        ("0-3", 2, "shard 3 does not exist: there are 2 shards, numbered from 0 to 1"),
        ("1", 1, "there is only shard 0"),
        ("0-3,2", 4, "shard 2 is named twice"),
        ("3-0", 4, "smaller number of a range first: 0-3"),
        ("0-x", 4, "write numbers and ranges"),
        ("0,,1", 4, "write numbers and ranges"),
        ("-1", 4, "write numbers and ranges"),
        ("0-999999", 4, "there are at most"),
    ],
)
def test_what_cannot_be_is_told_in_words(written, count, words):
    with pytest.raises(ValueError, match="(?i)" + words.replace("(", r"\(")):
        parse_shards(written, count)


@given(st.sets(st.integers(0, 99), min_size=1))
def test_what_is_written_is_read_back(numbers):
    assert parse_shards(number_ranges(numbers), 100).ids == tuple(sorted(numbers))


def test_one_process_has_the_first_shard():
    assert str(parse_shards("0-3", 16)) == "0-3 of 16"
    assert parse_shards("0-3", 16).has_first
    assert not parse_shards("4-7", 16).has_first
