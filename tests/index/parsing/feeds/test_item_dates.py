from datetime import UTC, datetime

import pytest

from index.parsing.feeds.items import Feed
from tests.index.parsing.feeds.harness import read
from tests.web import feeds
from tests.web.feeds import Story

EVENING = datetime(2024, 11, 11, 22, 52, 30, tzinfo=UTC)
AT_SIX = EVENING.replace(hour=17, minute=22)


def feed_of(*written: str, extra: str = "") -> Feed:
    """The feed whose items have these dates, the first under the address ending in 0."""
    stories = [Story(f"https://post.example/{number}", published=None) for number in range(len(written))]
    page = feeds.rss(stories, extra=extra)
    for number, date in enumerate(written):
        link = f"<link>https://post.example/{number}</link>"
        page = page.replace(link, f"{link}<pubDate>{date}</pubDate>")
    return read(page)


def dates(feed: Feed) -> list[datetime | None]:
    return [item.published for item in sorted(feed.items, key=lambda item: item.url)]


IST = "Mon, 11 Nov 2024 22:52:30 IST"


@pytest.mark.parametrize(
    ("written", "moment", "words"),
    [
        ("Mon, Nov 11 2024 10:52:30 PM", EVENING, "by a guess: without a time zone"),
        (str(int(EVENING.timestamp())), EVENING, ""),
        ("2024-11-11 17:52:30 EST", EVENING, ""),
        ("Tue, 12 Nov 2024 04:22:30+5:30", EVENING, ""),
        ("Mon, 11 Nov 2024 23:52:30 CET", EVENING, ""),
        (IST, None, "time zone of several meanings"),
        ("Mon, 11 Nov 2024 22:52:30 QQQ", None, "time zone that is not known"),
        ("Sat, 01 Nov 1794 00:00:00 GMT", None, "cannot be true"),
        ("Sun, 31 Dec 1989 00:00:00 GMT", None, "cannot be true"),
        ("11/10/2024 10:00 GMT", None, "day and month may be either"),
        ("the other day", None, "not understood, not taken (“the other day”)"),
    ],
)
def test_a_date_is_read_or_refused_and_told(written: str, moment: datetime | None, words: str) -> None:
    feed = feed_of(written)
    assert dates(feed) == [moment]
    assert words in " ".join(feed.warnings)
    assert bool(words) == bool(feed.warnings)


def test_the_language_of_a_feed_decides_a_zone() -> None:
    feed = feed_of(IST, extra="<language>en-IN</language>")
    assert (dates(feed), feed.warnings) == ([AT_SIX], ())


@pytest.mark.parametrize(
    "extra", ["", "<lastBuildDate>Mon, 11 Nov 2024 23:00:00 +0530</lastBuildDate><language>en</language>"]
)
def test_other_dates_of_a_feed_decide_a_zone_and_it_is_told(extra: str) -> None:
    feed = feed_of(IST, *(() if extra else ("Mon, 11 Nov 2024 21:00:00 +0530",)), extra=extra)
    assert dates(feed)[0] == AT_SIX
    assert feed.warnings == (
        f"1 item dated by a guess: a time zone of several meanings, read as its other dates are (“{IST}”)",
    )


def test_other_dates_of_a_feed_decide_day_and_month() -> None:
    feed = feed_of("05/11/2024 10:00 GMT", "25/10/2024 10:00 GMT")
    assert dates(feed)[0] == datetime(2024, 11, 5, 10, tzinfo=UTC)
    assert "read as in its other dates" in feed.warnings[0]


def test_what_is_not_understood_leaves_the_date_of_the_change() -> None:
    changed = Story("https://post.example/1", published=EVENING, updated=EVENING)
    feed = read(feeds.rss([changed]).replace(changed.date, "lately"))
    assert dates(feed) == [EVENING]
    assert "not understood" in feed.warnings[0]
