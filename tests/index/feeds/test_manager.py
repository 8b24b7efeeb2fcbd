from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import BadFeed
from index.feeds.manager import FeedCheck, FeedManager, FeedStatus
from index.feeds.subscriptions import Subscriptions
from index.feeds.url_frontier import PageState
from index.fetching.settings import FetchSettings
from index.storage.postgres.address import PostgresAddress
from tests.index.feeds.harness import NOW, URL, item
from tests.web import feeds as feed_files
from tests.web import pages
from tests.web.feeds import Story
from tests.web.newspaper import Newspaper, Wanted


@pytest.fixture
def manager(tmp_path: Path, place: Path | PostgresAddress) -> Iterator[FeedManager]:
    store = None if isinstance(place, Path) else place
    manager = FeedManager(tmp_path, FetchSettings(), store=store)
    yield manager
    manager.close()


@pytest.fixture
def guest(tmp_path: Path, paper: Newspaper) -> Iterator[FeedManager]:
    """A manager that may fetch from the local newspaper."""
    manager = FeedManager(tmp_path, paper.settings())
    yield manager
    manager.close()


def opml(*urls: str) -> bytes:
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in urls)
    return f"<opml><body>{outlines}</body></opml>".encode()


def test_an_import_adds_up_to_its_limit_and_counts_the_others(manager: FeedManager) -> None:
    manager.add(FeedCheck(URL))
    found = manager.import_opml(opml(URL, *(f"{URL}/{n}" for n in range(4))), circle="guild:1", limit=2)
    assert found == (2, 3)
    assert (manager.count("guild:1"), manager.count("house")) == (2, 1)


def test_what_is_exported_can_be_imported(manager: FeedManager, tmp_path: Path) -> None:
    for number in range(3):
        manager.add(FeedCheck(f"{URL}/{number}"))
    again = FeedManager(tmp_path / "again", FetchSettings())
    assert again.import_opml(manager.export_opml()) == (3, 0)
    assert {status.feed.url for status in again.statuses()} == {
        status.feed.url for status in manager.statuses()
    }
    again.close()


def test_a_list_that_is_none_is_refused(manager: FeedManager) -> None:
    with pytest.raises(BadFeed):
        manager.import_opml(b"no list")


def test_a_feeds_status_counts_its_pages(manager: FeedManager, feeds: Subscriptions) -> None:
    feeds.add(URL, NOW)
    (feed,) = feeds.all()
    feeds.frontier.enqueue_items(feed.id, [item("1"), item("2")], NOW)
    (status,) = manager.statuses()
    assert status.page_counts == {PageState.WAITING: 2}
    assert (status.waiting_pages, status.stored_articles) == (2, 0)
    assert FeedStatus(feed, {PageState.STORED: 3}).stored_articles == 3


def test_a_pause_is_reported_until_it_is_marked(manager: FeedManager, feeds: Subscriptions) -> None:
    feeds.add(URL, NOW)
    feeds.record_failure(feeds.all()[0], BadFeed("gone"), NOW, permanent=True)
    (paused,) = manager.unreported_pauses()
    manager.mark_reported(paused)
    assert manager.unreported_pauses() == []


async def test_a_check_says_whether_the_newest_page_has_an_article(
    guest: FeedManager, paper: Newspaper
) -> None:
    full = "".join(f"<p>{text}</p>" for text in pages.PARAGRAPHS)
    paper.press.publish("dam", "The Ellwater dam will be opened on Friday.")
    paper.wanted["/teaser.xml"] = Wanted(feed_files.rss([Story(f"{paper.origin}/news/teaser")]))
    paper.wanted["/full.xml"] = Wanted(feed_files.rss([Story(f"{paper.origin}/news/teaser", full=full)]))
    urls = [paper.press.feed(), f"{paper.origin}/teaser.xml", f"{paper.origin}/full.xml"]
    good, paywalled, carried = await guest.check(urls)
    assert (good.article_error, good.article_from_feed) == (None, False)
    assert paywalled.article_error is not None
    assert (carried.article_error, carried.article_from_feed) == (None, True)


async def test_an_address_without_a_feed_is_told_not_raised(guest: FeedManager, paper: Newspaper) -> None:
    checked = await guest.preview(f"{paper.origin}/nowhere")
    assert checked.feed is None
    assert checked.error is not None


def test_feeds_of_circles_that_are_lifted_answer_everywhere_at_once(tmp_path) -> None:
    first = FeedManager(tmp_path, FetchSettings())
    first.add(FeedCheck(URL), circle="guild:1")
    first.add(FeedCheck(f"{URL}/person"), circle="user:1")
    assert [status.in_house for status in first.statuses()] == [False, False]
    first.close()
    manager = FeedManager(tmp_path, FetchSettings(), lambda key: key.startswith("guild:"))
    assert {status.feed.url: status.circles for status in manager.statuses()} == {
        URL: ("house", "guild:1"),
        f"{URL}/person": ("user:1",),
    }
    manager.add(FeedCheck(f"{URL}/more"), circle="guild:2", most=9)
    assert manager.find(f"{URL}/more")
    assert [status.in_house for status in manager.statuses("guild:2")] == [True]
    assert manager.remove(f"{URL}/more", "guild:2")
    assert manager.find(f"{URL}/more") is None
    assert manager.export_opml("user:1").count(b"person") > 0
    manager.close()
