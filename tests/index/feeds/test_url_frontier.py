from collections import Counter
from dataclasses import replace

import pytest

from index.circles import HOUSE
from index.feeds.schedule import DAY, HOUR, PollSchedule
from index.feeds.subscriptions import PollResult, Subscription, Subscriptions
from index.feeds.url_frontier import MAX_DAILY_PAGES, UNLISTED_RETENTION, PageState, QueuedPage
from index.parsing.feeds.items import FeedItem
from index.storage.engine import Row
from tests.index.feeds.harness import NOW, URL, item, taken


def stored(feeds: Subscriptions, page: QueuedPage, now: float = NOW) -> None:
    feeds.frontier.mark_stored(page, page.url, now, from_feed=False, etag=None, last_modified=None)


def test_a_page_is_new_once(feeds: Subscriptions, feed: Subscription) -> None:
    assert feeds.frontier.enqueue_items(feed.id, [item("1"), item("2")], NOW) == 2
    assert feeds.frontier.enqueue_items(feed.id, [item("1"), item("2"), item("3")], NOW) == 1


def test_one_page_of_a_host_is_given_at_a_time(feeds: Subscriptions, feed: Subscription) -> None:
    other = FeedItem("https://wire.example/1", "1", fingerprint="a")
    feeds.frontier.enqueue_items(feed.id, [item("1"), item("2"), other], NOW)
    assert [page.url for page in taken(feeds)] == ["https://post.example/1", "https://wire.example/1"]
    assert len(taken(feeds, limit=1)) == 1
    rest = feeds.frontier.due_pages(NOW, {"wire.example"}, {"https://post.example/1"}, 9)
    assert [page.url for page in rest] == ["https://post.example/2"]
    assert feeds.frontier.next_due_time({"wire.example"}, ()) == NOW
    assert feeds.frontier.next_due_time({"wire.example", "post.example"}, ()) is None


def test_only_of_pages_that_are_given_the_texts_are_read(
    feeds: Subscriptions, feed: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = [
        FeedItem(f"https://post.example/{number}", "t", content_html="<p>Long") for number in range(3)
    ] + [FeedItem(f"https://wire{number}.example/1", "t") for number in range(3)]
    feeds.frontier.enqueue_items(feed.id, hosts, NOW)
    query, read = feeds.store.query, []

    def remembering(statement: str, *values: object) -> list[Row]:
        rows = query(statement, *values)
        read.extend(row for row in rows if len(row) > 2)
        return rows

    monkeypatch.setattr(feeds.store, "query", remembering)
    pages = taken(feeds, limit=2)
    assert [page.url for page in pages] == ["https://post.example/0", "https://wire0.example/1"]
    assert [page.feed_html for page in pages] == ["<p>Long", ""]
    assert sorted(row[0] for row in read) == [page.url for page in pages]


def test_the_newest_news_is_fetched_first_and_old_pages_last(
    feeds: Subscriptions, feed: Subscription
) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("old", age=9 * HOUR)], NOW)
    stored(feeds, taken(feeds)[0], NOW)
    later = feeds.frontier.next_due_time((), ()) or 0.0
    feeds.frontier.enqueue_items(feed.id, [item("1", age=60), item("2", age=30)], later)
    feeds.frontier.enqueue_items(feed.id, [item("3", age=10)], later + 1)
    order = []
    while pages := taken(feeds, later + 2):
        order.append(pages[0].title)
        feeds.frontier.finish(pages[0], PageState.STORED, "", later + 2)
    assert order == ["3", "2", "1", "old"]


def test_a_stored_page_is_looked_at_again_later_and_later(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW)
    now, gaps = NOW, []
    while pages := taken(feeds, now):
        stored(feeds, pages[0], now)
        due = feeds.frontier.next_due_time((), ())
        gaps.append(round((due - now) / HOUR) if due else 0)
        now = due or now
    assert gaps[0] == 1
    assert gaps == [*sorted(gaps[:-1]), 0]


def test_a_changed_announcement_is_fetched_again(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW)
    stored(feeds, taken(feeds)[0])
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW + 1)
    assert taken(feeds, NOW + 300) == []
    feeds.frontier.enqueue_items(feed.id, [item("1", mark="b")], NOW + 2)
    assert taken(feeds, NOW + 100) == []  # not again and again, however often a feed changes its mind
    assert [page.state for page in taken(feeds, NOW + 120)] == [PageState.STORED]


def test_a_change_while_the_page_is_fetched_is_not_lost(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW)
    (page,) = taken(feeds)
    feeds.frontier.enqueue_items(feed.id, [item("1", mark="b", html="<p>New")], NOW + 1)
    stored(feeds, page, NOW + 2)
    assert [again.feed_html for again in taken(feeds, NOW + 120)] == ["<p>New"]


def test_a_withdrawal_while_the_page_is_fetched_is_not_lost(feeds: Subscriptions, feed: Subscription) -> None:
    items = [item(str(number), age=number) for number in range(3)]
    feeds.frontier.enqueue_items(feed.id, items, NOW)
    while pages := taken(feeds):
        stored(feeds, pages[0])
    feeds.frontier.enqueue_items(feed.id, [items[0], item("1", mark="b", age=1), items[2]], NOW + 200)
    (again,) = taken(feeds, NOW + 200)
    feeds.frontier.enqueue_items(feed.id, [items[0], items[2]], NOW + 201)
    stored(feeds, again, NOW + 202)
    assert [page.title for page in taken(feeds, NOW + 202)] == ["1"]


def test_only_the_feed_that_announced_a_page_changes_it(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.add("https://post.example/other", NOW)
    other = feeds.find("https://post.example/other")
    assert other is not None
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW)
    stored(feeds, taken(feeds)[0])
    assert feeds.frontier.enqueue_items(other.id, [item("1", mark="b")], NOW) == 0
    assert taken(feeds, NOW + 300) == []


def test_a_page_withdrawn_from_the_middle_of_a_feed_is_looked_at(
    feeds: Subscriptions, feed: Subscription
) -> None:
    items = [item(str(number), age=number * 60) for number in range(1, 6)]
    feeds.frontier.enqueue_items(feed.id, items, NOW)
    while pages := taken(feeds):
        stored(feeds, pages[0])
    feeds.frontier.enqueue_items(feed.id, [items[0], items[1], items[3]], NOW + 1)
    assert [page.title for page in taken(feeds, NOW + 1)] == ["3"]  # 5 has merely become too old for the feed


def test_what_could_not_be_had_is_tried_again_so_many_times(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1", html="<p>Text")], NOW)
    (page,) = taken(feeds)
    assert feeds.frontier.schedule_retry(page, "failing", NOW, retry_after=500.0)
    assert taken(feeds, NOW + 499) == []
    tries, now = 1, NOW
    while feeds.frontier.schedule_retry(taken(feeds, now + DAY)[0], "failing", now):
        tries += 1
    assert tries == len(PollSchedule().retry_delays)
    assert taken(feeds, NOW + DAY)[0].feed_html == "<p>Text"
    feeds.frontier.finish(taken(feeds, NOW + DAY)[0], PageState.REFUSED, "failing", NOW)
    assert taken(feeds, NOW + DAY) == []
    assert feeds.frontier.refusals(feed.id, 5) == [(page.url, "failing")]
    assert feeds.frontier.counts_by_state() == {feed.id: {"refused": 1}}


def test_pages_that_left_their_feed_long_ago_are_forgotten(feeds: Subscriptions, feed: Subscription) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1"), item("2")], NOW)
    for page in [*taken(feeds), item("2")]:
        if isinstance(page, QueuedPage):
            feeds.frontier.finish(page, PageState.REFUSED, "no article", NOW)
    feeds.frontier.enqueue_items(feed.id, [item("2")], NOW + UNLISTED_RETENTION + 1)
    assert feeds.frontier.counts_by_state() == {feed.id: {"waiting": 1}}


def test_publication_times_are_those_of_the_newest_items(feeds: Subscriptions, feed: Subscription) -> None:
    undated = FeedItem("https://post.example/x", "x", fingerprint="a")
    feeds.frontier.enqueue_items(feed.id, [item("1", age=50), undated, item("2", age=-9_000)], NOW)
    assert feeds.frontier.publication_times(feed.id) == [NOW, NOW, NOW - 50]


def test_a_date_that_is_read_in_another_way_is_announced_anew(
    feeds: Subscriptions, feed: Subscription
) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1", age=9.0)], NOW)
    feeds.frontier.finish(taken(feeds)[0], PageState.REFUSED, "too old", NOW)
    feeds.frontier.enqueue_items(feed.id, [item("1", age=9.0)], NOW)
    assert taken(feeds, NOW + HOUR) == []
    feeds.frontier.enqueue_items(feed.id, [item("1", age=3.0)], NOW)
    (page,) = taken(feeds, NOW + HOUR)
    assert page.published is not None
    assert page.published.timestamp() == NOW - 3.0


def test_a_page_of_several_feeds_belongs_to_the_most_trusted_and_its_article_to_all(
    feeds: Subscriptions,
) -> None:
    for url, circle in (
        ("https://liar.example/f", "guild:1"),
        (URL, "guild:2"),
        ("https://own.example/f", HOUSE),
    ):
        feeds.add(url, NOW, circle=circle)
    liar, post, house = (feeds.find(url) for url in ("https://liar.example/f", URL, "https://own.example/f"))
    assert liar
    assert post
    assert house
    forged = replace(item("a", html="<p>forged</p>", age=9e8), author="A Liar")
    assert feeds.frontier.enqueue_items(liar.id, [forged], NOW) == 1
    [page] = taken(feeds)
    assert (page.feed_id, page.title, page.published, page.feed_html, page.author) == (
        liar.id,
        "",
        None,
        "",
        "",
    )
    feeds.frontier.enqueue_items(post.id, [item("a", html="<p>own</p>")], NOW)
    [page] = taken(feeds)
    assert (page.feed_id, page.feed_html) == (post.id, "<p>own</p>")
    feeds.frontier.enqueue_items(house.id, [item("a", html="<p>house</p>")], NOW)
    feeds.frontier.enqueue_items(liar.id, [forged], NOW)
    feeds.frontier.enqueue_items(post.id, [item("a", html="<p>own again</p>", mark="b")], NOW)
    [page] = taken(feeds)
    assert (page.feed_id, page.feed_html) == (house.id, "<p>house</p>")
    assert feeds.frontier.announcing_feeds(page.url) == {liar.id, post.id, house.id}
    assert feeds.remove("https://own.example/f")
    [page] = taken(feeds)
    assert (page.feed_id, page.feed_html) == (liar.id, "")
    assert feeds.frontier.announcing_feeds(page.url) == {liar.id, post.id}


def test_a_feed_that_floods_is_cut_off_for_the_day_slowed_and_told_of(
    feeds: Subscriptions, feed: Subscription
) -> None:
    items = [item(str(number)) for number in range(MAX_DAILY_PAGES + 5)]
    assert feeds.frontier.enqueue_items(feed.id, items, NOW) == MAX_DAILY_PAGES
    slowed = feeds.record_success(feed, PollResult(URL, None, None, None, kind="RSS"), NOW, new=9)
    assert slowed is not None
    assert slowed.is_flooding
    assert slowed.due >= NOW + HOUR
    assert feeds.frontier.enqueue_items(feed.id, items, NOW + HOUR) == 0
    assert feeds.frontier.enqueue_items(feed.id, items, NOW + DAY + 1) == 5
    calm = feeds.record_success(slowed, PollResult(URL, None, None, None, kind="RSS"), NOW + 3 * DAY, new=0)
    assert calm is not None
    assert not calm.is_flooding


def test_one_circles_thousand_pages_keep_nobody_else_waiting(feeds: Subscriptions) -> None:
    def announce(name: str, circle: str, hosts: int) -> None:
        url = f"https://{name}.example/feed"
        feeds.add(url, NOW, circle=circle)
        found = feeds.find(url)
        assert found
        pages = [FeedItem(f"https://{name}{number}.example/a", "t") for number in range(hosts)]
        feeds.frontier.enqueue_items(found.id, pages, NOW)

    announce("flood", "guild:1", 300)
    announce("small", "guild:2", 3)
    announce("house", HOUSE, 40)
    pages = taken(feeds, limit=24)
    counts = Counter(page.url.split("//")[1][:5] for page in pages)
    assert counts == {"house": 20, "flood": 2, "small": 2}
    busy = [f"https://flood{number}.example/a" for number in range(8)]
    later = feeds.frontier.due_pages(NOW, [f"flood{number}.example" for number in range(8)], busy, 99)
    assert Counter(page.url.split("//")[1][:5] for page in later) == {"house": 40, "small": 3}


def test_on_a_host_the_houses_pages_come_first(feeds: Subscriptions) -> None:
    for url, circle, name in (
        ("https://liar.example/f", "guild:1", "newer"),
        ("https://own.example/f", HOUSE, "older"),
    ):
        feeds.add(url, NOW, circle=circle)
        found = feeds.find(url)
        assert found
        feeds.frontier.enqueue_items(found.id, [item(name, age=0.0 if name == "newer" else 9e6)], NOW)
    assert [page.url for page in taken(feeds)] == ["https://post.example/older"]
