"""What `verbatim feeds` prints of feeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.feeds_output import check_lines, format_age, format_duration, status_lines
from index import FeedCheck, FeedStatus, VerbatimError
from tests.bot.ui.test_feed_cards import feed


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (45, "45 seconds"),
        (60, "1 minute"),
        (360, "6 minutes"),
        (3_600, "1 hour"),
        (7_200, "2 hours"),
        (86_400, "24 hours"),
        (3 * 86_400, "3 days"),
    ],
)
def test_a_duration_has_one_unit(seconds, words):
    assert format_duration(seconds) == words


@given(st.floats(0, 1e9))
def test_every_age_is_in_words(seconds):
    assert format_age(seconds) == "just now" or format_age(seconds).endswith(" ago")


def test_an_address_is_named_once_beside_its_error():
    url = "https://news.example/feed"
    assert list(check_lines(url, FeedCheck(url, error=VerbatimError("gone")))) == [f"fix: {url}: gone"]
    error = VerbatimError(f"{url} is gone")
    assert list(check_lines(url, FeedCheck(url, error=error))) == [f"fix: {url} is gone"]


def test_a_paused_feed_says_so_before_its_error():
    paused = feed(paused=True, failures=12, error_text="no answer", last_new_item=None)
    _, facts = status_lines(FeedStatus(paused, {}), now=0.0)
    assert "PAUSED, looked at once a day · failed 12 times: no answer" in facts
