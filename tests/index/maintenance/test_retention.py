from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Span
from index.errors import VerbatimError
from index.maintenance.retention import (
    KEEP_EVERYTHING,
    RetentionPolicy,
    _fair_shares,
    oldest_urls,
    parse_age,
    parse_retention,
    urls_matching,
    urls_over_limit,
)
from index.storage.store import Store
from tests.index.conftest import article

NOW = datetime(2024, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("", KEEP_EVERYTHING),
        (" , ", KEEP_EVERYTHING),
        ("90d", RetentionPolicy(timedelta(days=90))),
        ("12W", RetentionPolicy(timedelta(days=84))),
        ("2 m", RetentionPolicy(timedelta(days=60))),
        ("1y", RetentionPolicy(timedelta(days=365))),
        ("100000", RetentionPolicy(max_articles=100_000)),
        ("1.5 gb", RetentionPolicy(max_bytes=1_500_000_000)),
        ("90d, 1000, 500MB", RetentionPolicy(timedelta(days=90), 1000, 500_000_000)),
        ("Sample Wire: 30d", RetentionPolicy(outlets={"Sample Wire": RetentionPolicy(timedelta(days=30))})),
        ("1y, The Hill: Opinion: 7d, The Hill: Opinion: 5", RetentionPolicy(timedelta(days=365), outlets={
            "The Hill: Opinion": RetentionPolicy(timedelta(days=7), 5)})),
    ],
)  # fmt: skip
def test_bounds_are_read(text, keep):
    assert parse_retention(text) == keep


@pytest.mark.parametrize("text", ["90", "0d", "d", "-1d", "90 days", "1e3d", "", "9999999999d"])
def test_an_age_that_is_none_is_told_in_words(text):
    with pytest.raises(VerbatimError, match="Write it like 90d"):
        parse_age(text)


@pytest.mark.parametrize("text", ["3000y", "9999y", "99999y", "99999m"])
def test_an_age_before_all_dates_is_told_in_words(text):
    for setting in (text, f"Sample Wire: {text}"):
        with pytest.raises(VerbatimError, match=f"as long ago as “{text}”. Write it like 90d"):
            parse_retention(setting)


@given(st.integers(1, 99_999), st.sampled_from("dwmy"))
def test_any_age_that_is_read_can_be_counted_back_from_now(number, unit):
    with suppress(VerbatimError):
        keep = parse_retention(f"{number}{unit}")
        assert not keep.is_too_old("Sample Wire", datetime.now(UTC))


@pytest.mark.parametrize(
    "text", ["ninety", "0", "5 KB", "0GB", ": 30d", "Wire: 5GB", "Wire: x", "Wire:", "90d 5GB"]
)
def test_a_bound_that_is_none_is_told_in_words(text):
    with pytest.raises(VerbatimError, match="I cannot read"):
        parse_retention(text)


@given(st.text(max_size=60))
def test_any_text_is_bounds_or_is_told_in_words(text):
    with suppress(VerbatimError):
        assert isinstance(parse_retention(text), RetentionPolicy)


@pytest.fixture
def store(place):
    opened = Store(place)
    vectors = np.zeros((1, 4), np.float16)
    with opened.transaction():
        for day in range(1, 11):
            outlet = "Sample Wire" if day % 2 else "The Sample Post"
            opened.upsert(article(f"a{day}", "Words.", outlet=outlet, day=day), [Span(0, 0)], vectors)
        opened.upsert(replace(article("undated", "Words."), published=None), [Span(0, 0)], vectors)
    yield opened
    opened.close()


def days(urls):
    return sorted(int(url.rpartition("/a")[2]) for url in urls)


def test_what_is_older_goes(store):
    now = datetime(2024, 11, 11, tzinfo=UTC)
    assert urls_over_limit(store, KEEP_EVERYTHING, now) == []
    assert days(urls_over_limit(store, RetentionPolicy(timedelta(days=7)), now)) == [1, 2, 3]


def test_an_outlets_own_age_stands_instead_of_the_general_one(store):
    now = datetime(2024, 11, 11, tzinfo=UTC)
    keep = RetentionPolicy(
        timedelta(days=7),
        outlets={"Sample Wire": RetentionPolicy(timedelta(days=4)), "Nobody": RetentionPolicy(timedelta(1))},
    )
    assert days(urls_over_limit(store, keep, now)) == [1, 2, 3, 5]
    assert days(
        urls_over_limit(
            store,
            RetentionPolicy(timedelta(7), outlets={"Sample Wire": RetentionPolicy(timedelta(365))}),
            now,
        )
    ) == [2]


def test_the_newest_of_many_stay(store):
    assert days(urls_over_limit(store, RetentionPolicy(max_articles=8), NOW)) == [1, 2, 3]
    assert days(
        urls_over_limit(
            store, RetentionPolicy(outlets={"The Sample Post": RetentionPolicy(max_articles=2)}), NOW
        )
    ) == [2, 4, 6]
    assert urls_over_limit(store, RetentionPolicy(max_articles=11), NOW) == []


def test_bounds_that_meet_name_an_article_once(store):
    found = urls_over_limit(
        store,
        RetentionPolicy(timedelta(days=22), 8, outlets={"Sample Wire": RetentionPolicy(max_articles=3)}),
        NOW,
    )
    assert days(found) == [1, 2, 3, 4, 5, 6, 8]  # the undated one is of Sample Wire, and new


def test_the_oldest_and_those_an_owner_names(store):
    assert days(oldest_urls(store, 2)) == [1, 2]
    assert days(urls_matching(store, "the sample post", None)) == [2, 4, 6, 8, 10]
    assert days(urls_matching(store, None, datetime(2024, 11, 3, 12, tzinfo=UTC))) == [1, 2]
    assert days(urls_matching(store, "Sample Wire", datetime(2024, 11, 4, tzinfo=UTC))) == [1, 3]
    assert urls_matching(store, "Nobody", None) == []


def test_what_is_found_too_late_is_too_old():
    keep = parse_retention("30d, Sample Wire: 7d, The Sample Post: 100")
    assert keep.is_too_old("Other", NOW - timedelta(days=31), NOW)
    assert not keep.is_too_old("Other", NOW - timedelta(days=8), NOW)
    assert keep.is_too_old("Sample Wire", NOW - timedelta(days=8), NOW)
    assert not keep.is_too_old("Other", None, NOW)
    assert not KEEP_EVERYTHING.is_too_old("Other", datetime(1900, 1, 1, tzinfo=UTC), NOW)


@pytest.mark.parametrize(
    ("articles", "room", "kept"),
    [
        ({1: 10}, 4, {1: 4}),
        ({1: 10, 2: 5}, 20, {1: 10, 2: 5}),
        ({1: 10, 2: 1000}, 20, {1: 10, 2: 10}),
        ({1: 10, 2: 3, 3: 1000}, 20, {1: 10, 2: 3, 3: 7}),
        ({1: 100, 2: 3, 3: 1000}, 40, {1: 30, 2: 3, 3: 7}),
        ({1: 100, 2: 3}, 40, {1: 37, 2: 3}),
        ({2: 3, 3: 9}, 0, {1: 0, 2: 0, 3: 0}),
        ({}, 0, {1: 0}),
    ],
)
def test_no_circle_takes_the_room_of_another(articles, room, kept):
    assert _fair_shares(articles, room) == kept
