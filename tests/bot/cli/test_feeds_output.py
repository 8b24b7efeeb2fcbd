"""What `verbatim feeds` prints of feeds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.feeds_output import check_lines, format_age, format_duration, status_lines
from index import Article, DateSource, FeedCheck, FeedStatus, VerbatimError
from index.parsing.feeds.items import Feed, FeedItem, FeedKind
from tests.bot.ui.test_feed_cards import feed


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (45, "45 seconds"),
        (60, "1 minute"),
        (360, "6 minutes"),
        (3_599, "60 minutes"),
        (3_600, "1 hour"),
        (7_200, "2 hours"),
        (86_400, "24 hours"),
        (200_000, "2 days"),
        (3 * 86_400, "3 days"),
    ],
)
def test_a_duration_has_one_unit_and_an_age_below_a_minute_none(seconds, words):
    assert format_duration(seconds) == words
    assert format_age(seconds) == ("just now" if seconds < 60 else f"{words} ago")


@given(st.floats(0, 1e9))
def test_every_age_is_in_words(seconds):
    assert format_age(seconds) == ("just now" if seconds < 60 else f"{format_duration(seconds)} ago")


def test_an_address_is_named_once_beside_its_error():
    url = "https://news.example/feed"
    assert list(check_lines(url, FeedCheck(url, error=VerbatimError("gone")))) == [f"fix: {url}: gone"]
    error = VerbatimError(f"{url} is gone")
    assert list(check_lines(url, FeedCheck(url, error=error))) == [f"fix: {url} is gone"]


def test_a_paused_feed_says_so_before_its_error():
    paused = feed(paused=True, failures=12, error_text="no answer", last_new_item=None)
    _, facts = status_lines(FeedStatus(paused, {}), now=0.0)
    assert "PAUSED, looked at once a day · failed 12 times: no answer" in facts


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (DateSource.FEED, ""),
        (DateSource.METADATA, ""),
        (DateSource.BYLINE, "dated by a guess, from its byline"),
        (DateSource.ELSEWHERE, "dated by a guess, from its address"),
        (None, "has no date"),
    ],
)
def test_a_guessed_date_is_told(source, words):
    day = datetime(2024, 11, 11, 12, tzinfo=UTC) if source else None
    article = Article("https://a.example/1", "Post", "One", "Text.", published=day, date_source=source)
    announced = Feed(FeedKind.RSS, "Post", (FeedItem("https://a.example/1"),))
    lines = list(
        check_lines("https://a.example/feed", FeedCheck("https://a.example/feed", announced, article=article))
    )
    assert words in " ".join(lines)
    assert bool(words) == any("date" in line for line in lines[1:])
