from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import BadFeed, FetchError
from index.feeds.schedule import DAY, HOUR, PollSchedule
from index.feeds.subscriptions import PollResult, Subscription, Subscriptions
from index.feeds.url_frontier import DAYS_REMEMBERED, PageState, QueuedPage
from index.parsing.feeds.items import FeedItem

URL = "https://post.example/feed"
NOW = datetime(2024, 11, 11, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Subscriptions]:
    with Subscriptions(tmp_path / "verbatim.db") as feeds:
        yield feeds


@pytest.fixture
def feed(feeds: Subscriptions) -> Subscription:
    feeds.add(URL, NOW)
    (feed,) = feeds.all()
    return feed


def item(name: str, mark: str = "a", age: float = 0.0, html: str = "") -> FeedItem:
    return FeedItem(
        f"https://post.example/{name}",
        name,
        datetime.fromtimestamp(NOW - age, UTC),
        fingerprint=mark,
        html=html,
    )


def taken(feeds: Subscriptions, now: float = NOW, most: int = 9) -> list[QueuedPage]:
    return feeds.pages.take(now, (), (), most)


def stored(feeds: Subscriptions, page: QueuedPage, now: float = NOW) -> None:
    feeds.pages.stored(page, page.url, now, carried=False, etag=None, modified=None)


def test_a_feed_is_followed_once(feeds: Subscriptions) -> None:
    assert feeds.add(f"{URL}?utm_source=x#top", NOW)
    assert not feeds.add(URL, NOW)
    assert [feed.url for feed in feeds.all()] == [URL]
    assert feeds.find(f" {URL}#x ") is not None


@pytest.mark.parametrize("url", ["", "post", "ftp://post.example/", "file:///etc/passwd", "https://"])
def test_only_addresses_on_the_web_are_followed(feeds: Subscriptions, url: str) -> None:
    with pytest.raises(BadFeed, match="http"):
        feeds.add(url, NOW)


@pytest.mark.parametrize(
    "url", ["post.example/feed", " feed:https://post.example/feed ", "https://post.example/feed"]
)
def test_an_address_may_be_written_as_people_do(feeds: Subscriptions, feed: Subscription, url: str) -> None:
    assert feeds.find(url) == feed
    assert not feeds.add(url, NOW)


def test_why_a_feed_failed_can_be_worded_in_any_language(feeds: Subscriptions, feed: Subscription) -> None:
    error = FetchError("post.example cannot be reached.", "fetch-unreachable", url=URL, host="post.example")
    failed = feeds.failed(feed, error, NOW)
    assert failed is not None
    assert (str(failed.why), failed.why.kind, failed.why.facts) == (str(error), error.kind, error.facts)
    healed = feeds.succeeded(failed, PollResult(URL, None, None, None), NOW, new=0)
    assert healed is not None
    assert (str(healed.why), healed.why.kind) == ("", "")


def test_a_removed_feed_is_forgotten_with_its_pages(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.pages.announce(feed.id, [item("1")], NOW)
    assert feeds.remove(URL)
    assert not feeds.remove(URL)
    assert (feeds.all(), taken(feeds)) == ([], [])


def test_feeds_and_pages_survive(feeds: Subscriptions, feed: Subscription, tmp_path: Path) -> None:
    feeds.pages.announce(feed.id, [item("1", html="<p>Text")], NOW)
    with Subscriptions(tmp_path / "verbatim.db") as again:
        assert again.all() == [feed]
        assert taken(again) == taken(feeds)
        assert taken(again)[0].html == "<p>Text"


def test_a_look_that_worked_says_when_to_look_again(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.pages.announce(feed.id, [item(str(number), age=number * HOUR) for number in range(20)], NOW)
    reading = PollResult(URL, '"1"', "Mon", None, "RSS", "The Post")
    after = feeds.succeeded(feed, reading, NOW, new=20)
    assert after is not None
    assert (after.title, after.kind, after.etag, after.newest) == ("The Post", "RSS", '"1"', NOW)
    assert after.interval == pytest.approx(180, rel=0.2)
    assert after.interval <= after.due - NOW <= 1.1 * after.interval
    assert feeds.due(NOW) == []
    assert [one.id for one in feeds.due(after.due)] == [feed.id]


def test_a_server_that_says_not_modified_is_asked_more_often(
    feeds: Subscriptions, feed: Subscription
) -> None:
    whole, unchanged = PollResult(URL, '"1"', None, None, "RSS"), PollResult(URL, '"1"', None, None)
    feeds.pages.announce(feed.id, [item(str(number), age=number * HOUR) for number in range(20)], NOW)

    def after(reading: PollResult, new: int) -> Subscription:
        nonlocal feed
        feed = feeds.succeeded(feed, reading, NOW, new=new) or feed
        assert feed.interval
        return feed

    assert not after(whole, 20).light
    heavy = after(whole, 0).interval or 0.0
    assert after(unchanged, 0).light
    assert (after(whole, 3).interval or heavy) < heavy  # news is sent whole by any server
    assert feed.light
    assert not after(whole, 0).light  # but what says nothing new need not have been


def test_what_a_feed_asks_holds_until_it_is_read_again(feeds: Subscriptions, feed: Subscription) -> None:
    reading = PollResult(URL, None, None, None, "RSS", "", 7_200.0, frozenset({14}), frozenset())
    after = feeds.succeeded(feed, reading, NOW, new=0)
    assert after is not None
    assert after.due == NOW + 3 * HOUR
    later = feeds.succeeded(after, PollResult(URL, None, None, None), NOW, new=0)
    assert later is not None
    assert (later.ttl, later.due) == (7_200.0, NOW + 3 * HOUR)


def test_a_feed_that_moved_is_asked_where_it_is_now(feeds: Subscriptions, feed: Subscription) -> None:
    moved = feeds.succeeded(feed, PollResult("https://new.example/feed", None, None, None), NOW, new=0)
    assert moved is not None
    assert moved.url == "https://new.example/feed"
    feeds.add(URL, NOW)
    other = feeds.find(URL)
    assert other is not None
    stays = feeds.succeeded(other, PollResult(moved.url, None, None, None), NOW, new=0)
    assert stays is not None
    assert stays.url == URL


def test_a_feed_that_stays_broken_is_paused_told_once_and_heals(
    feeds: Subscriptions, feed: Subscription
) -> None:
    for _ in range(PollSchedule().failures_before_pause):
        assert not feed.paused
        feed = feeds.failed(feed, BadFeed("no such page"), NOW) or feed
    assert feed.paused
    assert feed.due >= NOW + DAY
    assert [one.reason for one in feeds.unreported_faults()] == ["no such page"]
    feeds.mark_told(feed)
    feed = feeds.failed(feed, BadFeed("still"), NOW) or feed
    assert feeds.unreported_faults() == []
    feed = feeds.succeeded(feed, PollResult(URL, None, None, None), NOW, new=0) or feed
    assert (feed.paused, feed.failures, feed.reason) == (False, 0, None)


def test_a_feed_that_is_gone_for_good_is_paused_at_once(feeds: Subscriptions, feed: Subscription) -> None:
    gone = feeds.failed(feed, BadFeed("gone"), NOW, for_good=True)
    assert gone is not None
    assert gone.paused


def test_adding_a_paused_feed_again_takes_it_up(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.failed(feed, BadFeed("gone"), NOW, for_good=True)
    assert not feeds.add(URL, NOW + 5)
    assert [one.paused for one in feeds.due(NOW + 5)] == [False]


def test_a_page_is_new_once(feeds: Subscriptions, feed: Subscription) -> None:
    assert feeds.pages.announce(feed.id, [item("1"), item("2")], NOW) == 2
    assert feeds.pages.announce(feed.id, [item("1"), item("2"), item("3")], NOW) == 1


def test_one_page_of_a_host_is_given_at_a_time(feeds: Subscriptions, feed: Subscription) -> None:
    other = FeedItem("https://wire.example/1", "1", fingerprint="a")
    feeds.pages.announce(feed.id, [item("1"), item("2"), other], NOW)
    assert [page.url for page in taken(feeds)] == ["https://post.example/1", "https://wire.example/1"]
    assert len(taken(feeds, most=1)) == 1
    rest = feeds.pages.take(NOW, {"wire.example"}, {"https://post.example/1"}, 9)
    assert [page.url for page in rest] == ["https://post.example/2"]
    assert feeds.pages.next_due({"wire.example"}, ()) == NOW
    assert feeds.pages.next_due({"wire.example", "post.example"}, ()) is None


def test_the_newest_news_is_fetched_first_and_old_pages_last(
    feeds: Subscriptions, feed: Subscription
) -> None:
    feeds.pages.announce(feed.id, [item("old", age=9 * HOUR)], NOW)
    stored(feeds, taken(feeds)[0], NOW)
    later = feeds.pages.next_due((), ()) or 0.0
    feeds.pages.announce(feed.id, [item("1", age=60), item("2", age=30)], later)
    feeds.pages.announce(feed.id, [item("3", age=10)], later + 1)
    order = []
    while pages := taken(feeds, later + 2):
        order.append(pages[0].title)
        feeds.pages.finish(pages[0], PageState.STORED, "", later + 2)
    assert order == ["3", "2", "1", "old"]


def test_a_stored_page_is_looked_at_again_later_and_later(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.pages.announce(feed.id, [item("1")], NOW)
    now, gaps = NOW, []
    while pages := taken(feeds, now):
        stored(feeds, pages[0], now)
        due = feeds.pages.next_due((), ())
        gaps.append(round((due - now) / HOUR) if due else 0)
        now = due or now
    assert gaps[0] == 1
    assert gaps == [*sorted(gaps[:-1]), 0]


def test_a_changed_announcement_is_fetched_again(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.pages.announce(feed.id, [item("1")], NOW)
    stored(feeds, taken(feeds)[0])
    feeds.pages.announce(feed.id, [item("1")], NOW + 1)
    assert taken(feeds, NOW + 300) == []
    feeds.pages.announce(feed.id, [item("1", mark="b")], NOW + 2)
    assert taken(feeds, NOW + 100) == []  # not again and again, however often a feed changes its mind
    assert [page.state for page in taken(feeds, NOW + 120)] == [PageState.STORED]


def test_a_change_while_the_page_is_fetched_is_not_lost(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.pages.announce(feed.id, [item("1")], NOW)
    (page,) = taken(feeds)
    feeds.pages.announce(feed.id, [item("1", mark="b", html="<p>New")], NOW + 1)
    stored(feeds, page, NOW + 2)
    assert [again.html for again in taken(feeds, NOW + 120)] == ["<p>New"]


def test_a_withdrawal_while_the_page_is_fetched_is_not_lost(feeds: Subscriptions, feed: Subscription) -> None:
    items = [item(str(number), age=number) for number in range(3)]
    feeds.pages.announce(feed.id, items, NOW)
    while pages := taken(feeds):
        stored(feeds, pages[0])
    feeds.pages.announce(feed.id, [items[0], item("1", mark="b", age=1), items[2]], NOW + 200)
    (again,) = taken(feeds, NOW + 200)
    feeds.pages.announce(feed.id, [items[0], items[2]], NOW + 201)
    stored(feeds, again, NOW + 202)
    assert [page.title for page in taken(feeds, NOW + 202)] == ["1"]


def test_only_the_feed_that_announced_a_page_changes_it(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.add("https://post.example/other", NOW)
    other = feeds.find("https://post.example/other")
    assert other is not None
    feeds.pages.announce(feed.id, [item("1")], NOW)
    stored(feeds, taken(feeds)[0])
    assert feeds.pages.announce(other.id, [item("1", mark="b")], NOW) == 0
    assert taken(feeds, NOW + 300) == []


def test_a_page_withdrawn_from_the_middle_of_a_feed_is_looked_at(
    feeds: Subscriptions, feed: Subscription
) -> None:
    items = [item(str(number), age=number * 60) for number in range(1, 6)]
    feeds.pages.announce(feed.id, items, NOW)
    while pages := taken(feeds):
        stored(feeds, pages[0])
    feeds.pages.announce(feed.id, [items[0], items[1], items[3]], NOW + 1)
    assert [page.title for page in taken(feeds, NOW + 1)] == ["3"]  # 5 has merely become too old for the feed


def test_what_could_not_be_had_is_tried_again_so_many_times(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.pages.announce(feed.id, [item("1", html="<p>Text")], NOW)
    (page,) = taken(feeds)
    assert feeds.pages.retry(page, "failing", NOW, wait=500.0)
    assert taken(feeds, NOW + 499) == []
    tries, now = 1, NOW
    while feeds.pages.retry(taken(feeds, now + DAY)[0], "failing", now):
        tries += 1
    assert tries == len(PollSchedule().retries)
    assert taken(feeds, NOW + DAY)[0].html == "<p>Text"
    feeds.pages.finish(taken(feeds, NOW + DAY)[0], PageState.REFUSED, "failing", NOW)
    assert taken(feeds, NOW + DAY) == []
    assert feeds.pages.refusals(feed.id, 5) == [(page.url, "failing")]
    assert feeds.pages.counts() == {feed.id: {"refused": 1}}


def test_pages_that_left_their_feed_long_ago_are_forgotten(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.pages.announce(feed.id, [item("1"), item("2")], NOW)
    for page in [*taken(feeds), item("2")]:
        if isinstance(page, QueuedPage):
            feeds.pages.finish(page, PageState.REFUSED, "no article", NOW)
    feeds.pages.announce(feed.id, [item("2")], NOW + DAYS_REMEMBERED + 1)
    assert feeds.pages.counts() == {feed.id: {"waiting": 1}}


def test_the_pace_of_a_feed_is_that_of_its_newest_items(feeds: Subscriptions, feed: Subscription) -> None:
    undated = FeedItem("https://post.example/x", "x", fingerprint="a")
    feeds.pages.announce(feed.id, [item("1", age=50), undated, item("2", age=-9_000)], NOW)
    assert feeds.pages.publication_times(feed.id) == [NOW, NOW, NOW - 50]
