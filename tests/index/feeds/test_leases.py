"""Leases: what one fetcher has in its hands no other one gets, until it is given back or runs out."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.feeds import leases
from index.feeds.leases import FetchLeases, HeldElsewhere, LostLeases
from index.feeds.subscriptions import PollResult, Subscription, Subscriptions
from index.feeds.url_frontier import PageState
from index.parsing.feeds.items import FeedItem
from index.storage.postgres.address import PostgresAddress
from tests.index.feeds.harness import NOW, item, taken

HOST = "post.example"
WIRE = FeedItem("https://wire.example/1", "1", fingerprint="a")


@pytest.fixture
def other_feeds(feeds: Subscriptions, place: Path | PostgresAddress) -> Iterator[Subscriptions]:
    """The same database, as another process has it."""
    with Subscriptions(place) as other:
        yield other


@pytest.fixture
def ours(feeds: Subscriptions) -> FetchLeases:
    return FetchLeases(feeds.store)


@pytest.fixture
def theirs(other_feeds: Subscriptions) -> FetchLeases:
    return FetchLeases(other_feeds.store)


def no_rest(host: str) -> float:
    return 0.0


def ahead(clock: Callable[[], float], later: float) -> Callable[[], float]:
    return lambda: clock() + later


def test_what_one_has_no_other_one_gets_until_it_is_given_back(
    feeds: Subscriptions, feed: Subscription, ours: FetchLeases, theirs: FetchLeases
) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1"), WIRE], NOW)
    page, wire = taken(feeds)
    assert ours.take_page(page)
    assert ours.take_page(page)  # it has it already
    assert theirs.sync((), (), no_rest) == ({HOST}, {page.url})
    assert ours.sync({HOST}, {page.url}, no_rest) == HeldElsewhere()
    assert not theirs.take_page(page)
    assert not theirs.take_feed(feed)  # of the same host
    assert theirs.take_page(wire)
    assert ours.sync((), {page.url}, no_rest).hosts == {"wire.example"}
    assert not theirs.take_page(page)  # its article is still being added
    assert theirs.take_feed(feed)
    ours.close()
    assert theirs.take_page(page)


def test_what_was_dealt_with_meanwhile_is_not_taken_again(
    feeds: Subscriptions, feed: Subscription, ours: FetchLeases, theirs: FetchLeases
) -> None:
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW)
    [page] = taken(feeds)
    assert ours.take_page(page)
    feeds.frontier.finish(page, PageState.STORED, "", NOW)
    feeds.record_success(feed, PollResult(feed.url, None, None, None), NOW, new=0)
    ours.close()
    assert not theirs.take_page(page)
    assert not theirs.take_feed(feed)
    assert theirs.sync((), (), no_rest) == ours.sync((), (), no_rest) == HeldElsewhere()


def test_a_host_rests_for_everybody(
    feeds: Subscriptions, feed: Subscription, ours: FetchLeases, theirs: FetchLeases
) -> None:
    assert ours.take_feed(feed)
    assert ours.sync((), (), lambda host: 60.0).hosts == {HOST}
    assert not ours.take_feed(feed)
    assert not theirs.take_feed(feed)
    theirs._store.now = ahead(theirs._store.now, 61)
    assert theirs.sync((), (), no_rest).hosts == set()
    assert theirs.take_feed(feed)


def test_what_was_taken_while_the_clock_was_ahead_is_free_when_it_was_put_back(
    feeds: Subscriptions, feed: Subscription, ours: FetchLeases, theirs: FetchLeases
) -> None:
    theirs._store.now = ahead(theirs._store.now, 86_400)
    assert theirs.take_feed(feed)
    assert ours.sync((), (), no_rest) == HeldElsewhere()
    assert ours.take_feed(feed)
    ours.close()
    assert theirs.take_feed(feed)
    theirs.sync((), (), lambda host: 60.0)  # the host rests
    assert ours.take_feed(feed)


def test_the_leases_of_one_that_was_killed_run_out_and_those_of_one_that_lives_do_not(
    feeds: Subscriptions,
    feed: Subscription,
    ours: FetchLeases,
    theirs: FetchLeases,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.0)
    feeds.frontier.enqueue_items(feed.id, [item("1")], NOW)
    [page] = taken(feeds)
    assert ours.take_page(page)
    for store in (ours._store, theirs._store):
        store.now = ahead(store.now, leases.LEASE_SECONDS - 1)
    ours.sync({HOST}, {page.url}, no_rest)
    for store in (ours._store, theirs._store):
        store.now = ahead(store.now, 2)
    assert not theirs.take_page(page)
    theirs._store.now = ahead(theirs._store.now, leases.LEASE_SECONDS)
    assert theirs.take_page(page)
    with pytest.raises(LostLeases):
        ours.sync({HOST}, {page.url}, no_rest)
    ours.close()
    assert ours.sync((), (), no_rest).pages == {page.url}


def test_leases_that_nobody_prolonged_are_deleted(
    feeds: Subscriptions, feed: Subscription, ours: FetchLeases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.0)
    assert ours.take_feed(feed)
    ours.sync((), (), no_rest)
    time.sleep(0.01)
    ours.sync((), (), no_rest)
    assert feeds.store.query("SELECT * FROM fetch_leases") == []


async def test_a_host_that_a_page_led_to_is_taken_before_it_is_asked_and_the_first_one_given_back(
    feeds: Subscriptions, ours: FetchLeases, theirs: FetchLeases, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds.frontier.enqueue_items(1, [item("1"), WIRE], NOW)
    page, wire = taken(feeds)
    for one, its_page, host in ((ours, page, HOST), (theirs, wire, "wire.example")):
        monkeypatch.setattr(one, "min_sleep", 0.01)
        assert one.take_page(its_page)
        await one.take_turn(host)
        one.end_turn(host)
    crosswise = [
        asyncio.create_task(ours.take_turn("wire.example")),
        asyncio.create_task(theirs.take_turn(HOST)),
    ]
    await asyncio.sleep(0.1)
    assert not any(one.done() for one in crosswise)
    ours.sync({HOST}, {page.url}, no_rest)  # its task goes on, at the other host
    theirs.sync({"wire.example"}, {wire.url}, no_rest)
    await asyncio.gather(*crosswise)
    assert ours.sync((), {page.url}, no_rest) == ({HOST}, {wire.url})
    theirs.end_turn(HOST)
    assert theirs.sync((), {wire.url}, lambda host: 60.0).hosts == {HOST, "wire.example"}
    assert ours.sync((), {page.url}, no_rest).hosts == {HOST}
    monkeypatch.setattr(leases, "TURN_SECONDS", 0.05)
    with pytest.raises(TimeoutError):
        await ours.take_turn(HOST)
