from pathlib import Path

import pytest

from index.circles import HOUSE
from index.errors import BadFeed, FetchError
from index.feeds import subscriptions
from index.feeds.schedule import DAY, HOUR, PollSchedule
from index.feeds.subscriptions import PollResult, Subscription, Subscriptions
from index.storage.postgres.address import PostgresAddress
from tests.index.feeds.harness import NOW, URL, item, taken


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
    failed = feeds.record_failure(feed, error, NOW)
    assert failed is not None
    assert (str(failed.last_error), failed.last_error.kind, failed.last_error.facts) == (
        str(error),
        error.kind,
        error.facts,
    )
    healed = feeds.record_success(failed, PollResult(URL, None, None, None), NOW, new=0)
    assert healed is not None
    assert (str(healed.last_error), healed.last_error.kind) == ("", "")


def test_a_removed_feed_is_forgotten_with_its_pages(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW)
    assert feeds.remove(URL)
    assert not feeds.remove(URL)
    assert (feeds.all(), taken(feeds)) == ([], [])


def test_feeds_and_pages_survive(
    feeds: Subscriptions, feed: Subscription, place: Path | PostgresAddress
) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1", html="<p>Text")], NOW)
    with Subscriptions(place) as again:
        assert again.all() == [feed]
        assert taken(again) == taken(feeds)
        assert taken(again)[0].feed_html == "<p>Text"


def test_a_poll_that_worked_schedules_the_next(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.frontier.enqueue_items(feed.id, [item(str(number), age=number * HOUR) for number in range(20)], NOW)
    result = PollResult(URL, '"1"', "Mon", None, "RSS", "The Post")
    after = feeds.record_success(feed, result, NOW, new=20)
    assert after is not None
    assert (after.title, after.kind, after.etag, after.last_new_item) == ("The Post", "RSS", '"1"', NOW)
    assert after.interval == pytest.approx(180, rel=0.2)
    assert after.interval <= after.due - NOW <= 1.1 * after.interval
    assert feeds.due_feeds(NOW) == []
    assert [one.id for one in feeds.due_feeds(after.due)] == [feed.id]


def test_the_next_feed_is_one_that_was_not_due_already(feeds: Subscriptions, feed: Subscription) -> None:
    assert feeds.next_due_time(NOW) is None
    assert feeds.next_due_time(NOW - 1) == NOW
    feeds.add("https://wire.example/feed", NOW + 9)
    assert feeds.next_due_time(NOW) == NOW + 9


def test_what_was_polled_by_a_clock_that_was_ahead_is_due(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.record_success(feed, PollResult(feed.url, None, None, None), NOW + 86_400, new=0)
    assert [one.id for one in feeds.due_feeds(NOW)] == [feed.id]


def test_a_server_that_says_not_modified_is_asked_more_often(
    feeds: Subscriptions, feed: Subscription
) -> None:
    whole, unchanged = PollResult(URL, '"1"', None, None, "RSS"), PollResult(URL, '"1"', None, None)
    feeds.frontier.enqueue_items(feed.id, [item(str(number), age=number * HOUR) for number in range(20)], NOW)

    def after(result: PollResult, new: int) -> Subscription:
        nonlocal feed
        feed = feeds.record_success(feed, result, NOW, new=new) or feed
        assert feed.interval
        return feed

    assert not after(whole, 20).conditional
    heavy = after(whole, 0).interval or 0.0
    assert after(unchanged, 0).conditional
    assert (after(whole, 3).interval or heavy) < heavy  # news is sent whole by any server
    assert feed.conditional
    assert not after(whole, 0).conditional  # but what says nothing new need not have been


def test_what_a_feed_asks_holds_until_it_is_read_again(feeds: Subscriptions, feed: Subscription) -> None:
    result = PollResult(URL, None, None, None, "RSS", "", 7_200.0, frozenset({14}), frozenset())
    after = feeds.record_success(feed, result, NOW, new=0)
    assert after is not None
    assert after.due == NOW + 3 * HOUR
    later = feeds.record_success(after, PollResult(URL, None, None, None), NOW, new=0)
    assert later is not None
    assert (later.ttl, later.due) == (7_200.0, NOW + 3 * HOUR)


def test_a_feed_that_moved_is_asked_where_it_is_now(feeds: Subscriptions, feed: Subscription) -> None:
    moved = feeds.record_success(feed, PollResult("https://new.example/feed", None, None, None), NOW, new=0)
    assert moved is not None
    assert moved.url == "https://new.example/feed"
    feeds.add(URL, NOW)
    other = feeds.find(URL)
    assert other is not None
    stays = feeds.record_success(other, PollResult(moved.url, None, None, None), NOW, new=0)
    assert stays is not None
    assert stays.url == URL


def test_a_feed_that_stays_broken_is_paused_told_once_and_heals(
    feeds: Subscriptions, feed: Subscription
) -> None:
    for _ in range(PollSchedule().failures_before_pause):
        assert not feed.paused
        feed = feeds.record_failure(feed, BadFeed("no such page"), NOW) or feed
    assert feed.paused
    assert feed.due >= NOW + DAY
    assert [one.error_text for one in feeds.unreported_pauses()] == ["no such page"]
    feeds.mark_reported(feed)
    feed = feeds.record_failure(feed, BadFeed("still"), NOW) or feed
    assert feeds.unreported_pauses() == []
    feed = feeds.record_success(feed, PollResult(URL, None, None, None), NOW, new=0) or feed
    assert (feed.paused, feed.failures, feed.error_text) == (False, 0, None)


def test_a_feed_that_is_gone_for_good_is_paused_at_once(feeds: Subscriptions, feed: Subscription) -> None:
    gone = feeds.record_failure(feed, BadFeed("gone"), NOW, permanent=True)
    assert gone is not None
    assert gone.paused


def test_adding_a_paused_feed_again_takes_it_up(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.record_failure(feed, BadFeed("gone"), NOW, permanent=True)
    assert not feeds.add(URL, NOW + 5)
    assert [one.paused for one in feeds.due_feeds(NOW + 5)] == [False]


def test_a_feed_that_several_have_is_one_and_leaves_each_by_itself(feeds: Subscriptions) -> None:
    assert feeds.add(URL, NOW, circle="guild:1", allow_private=False)
    assert feeds.add(URL, NOW, circle="guild:2", allow_private=False)
    assert not feeds.add(URL, NOW, circle="guild:2", allow_private=False)
    (feed,) = feeds.all()
    assert (feed.added_by, feeds.circles_of(feed)) == ("guild:1", ("guild:1", "guild:2"))
    assert (feeds.count("guild:1"), feeds.count("guild:3"), feeds.count()) == (1, 0, 1)
    assert feeds.remove(URL, "guild:1")
    assert not feeds.remove(URL, "guild:1")
    assert [(feed.url, feed.added_by) for feed in feeds.all("guild:2")] == [(URL, "guild:2")]
    assert feeds.all("guild:1") == []
    assert feeds.remove(URL)
    assert feeds.all() == []


def test_what_others_follow_is_bounded_and_the_owner_is_not(
    feeds: Subscriptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscriptions, "MAX_FEEDS", 2)
    for number in range(3):
        feeds.add(f"{URL}/{number}", NOW)
    for number in range(3, 5):
        feeds.add(f"{URL}/{number}", NOW, circle=f"user:{number}")
    with pytest.raises(BadFeed) as refused:
        feeds.add(f"{URL}/5", NOW, circle="user:5")
    assert refused.value.kind == "feed-most"
    assert feeds.add(f"{URL}/0", NOW, circle="user:5"), "one that is followed costs nothing"
    assert feeds.add(f"{URL}/6", NOW)


def test_who_leaves_leaves_no_name_behind(feeds: Subscriptions) -> None:
    for circle in ("user:1", "guild:2"):
        feeds.add(URL, NOW, circle=circle)
    feeds.add(f"{URL}/own", NOW, circle="user:1")
    feeds.add(f"{URL}/third", NOW, circle="user:3")
    feeds.remove(f"{URL}/third", "user:3")
    with feeds._store.transaction():
        feeds._store.remove_circle("user:1")
    assert [(feed.url, feed.added_by) for feed in feeds.all()] == [(URL, "guild:2")]
    assert feeds._store.query("SELECT key FROM circles ORDER BY id") == [(HOUSE,), ("guild:2",)]


def test_a_feed_is_lifted_once_and_only_one_that_is_followed(feeds: Subscriptions) -> None:
    assert not feeds.accept(URL)
    feeds.add(URL, NOW, circle="guild:1")
    assert feeds.accept(URL)
    assert not feeds.accept(URL)
    (feed,) = feeds.all()
    assert feeds.circles_of(feed) == (HOUSE, "guild:1")
    assert feeds.is_in_house(feed)


def test_the_owners_network_is_open_to_a_feed_only_while_it_is_the_houses(feeds: Subscriptions) -> None:
    feeds.add(URL, NOW, circle="guild:1", allow_private=True)
    assert [feed.allow_private for feed in feeds.all()] == [False]
    feeds.accept(URL)
    assert [feed.allow_private for feed in feeds.all()] == [False]
    feeds.add("https://lan.example/feed", NOW)
    feeds.add("https://lan.example/feed", NOW, circle="guild:1", allow_private=False)
    lan = feeds.find("https://lan.example/feed")
    assert lan is not None
    assert lan.allow_private
    feeds.remove(lan.url, HOUSE)
    lan = feeds.get(lan.id)
    assert lan is not None
    assert not lan.allow_private


def test_a_circle_has_so_many_feeds_and_no_more(feeds: Subscriptions) -> None:
    for number in range(3):
        feeds.add(f"{URL}/{number}", NOW, circle="guild:1", most=3)
    with pytest.raises(BadFeed) as refused:
        feeds.add(f"{URL}/3", NOW, circle="guild:1", most=3)
    assert (refused.value.kind, refused.value.facts) == ("feeds-many", {"number": 3})
    assert feeds.add(f"{URL}/3", NOW, circle="guild:2", most=3)
    assert not feeds.add(f"{URL}/2", NOW, circle="guild:1", most=3)
