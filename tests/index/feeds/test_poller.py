"""When feeds and pages of the local newspaper are fetched, and what their failures lead to."""

import asyncio
import time
from dataclasses import replace
from itertools import pairwise

import pytest

import index.feeds.worker
from index.errors import BusyIndex, NoParser
from index.feeds.schedule import PollSchedule
from index.feeds.subscriptions import Subscriptions
from index.feeds.url_frontier import PageState
from index.parsing.worker_process import ParserProcess
from index.storage.places import NEWS_FILE
from tests.index.feeds.harness import DAM, PATIENT, QUICK, RAISED, found, polling, states, until
from tests.web import feeds
from tests.web.feeds import Story
from tests.web.newspaper import Newspaper, Wanted
from tests.web.press import page_of


async def test_a_silent_correction_and_a_silent_removal_are_noticed(archive, subscriptions, tmp_path, paper):
    paper.press.publish("dam", DAM)
    feed = feeds.rss([Story(paper.press.url("dam"))])
    paper.wanted["/fixed.xml"] = Wanted(feed)
    subscriptions.add(f"{paper.origin}/fixed.xml", time.time())
    async with polling(archive, tmp_path, paper, replace(QUICK, recheck_delays=(0.3,) * 200)):
        await until(lambda: found(archive, DAM), "article")
        paper.press.correct("dam", RAISED)
        await until(lambda: found(archive, RAISED), "correction")
        paper.press.withdrawn["dam"] = 404
        await until(lambda: not found(archive, RAISED), "removal")


async def test_an_article_that_is_missing_once_stays(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    schedule = PollSchedule(min_interval=60.0, not_found_recheck_delay=2.0, recheck_delays=(0.3,) * 20)
    async with polling(archive, tmp_path, paper, schedule):
        await until(lambda: found(archive, DAM), "article")
        paper.press.withdrawn["dam"] = 404
        seen = paper.seen["/press/dam"]
        await until(lambda: paper.seen["/press/dam"] > seen, "request")
        del paper.press.withdrawn["dam"]
        await until(lambda: paper.seen["/press/dam"] > seen + 3, "more requests")
    assert archive.article(url) is not None


def missed(archive):
    return archive._store.query("SELECT missing FROM articles")[0][0]


async def test_an_article_that_is_missing_now_and_then_stays(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    schedule = PollSchedule(min_interval=60.0, not_found_recheck_delay=1.0, recheck_delays=(0.3,) * 200)
    async with polling(archive, tmp_path, paper, schedule):
        await until(lambda: found(archive, DAM), "article")
        for _ in range(2):
            paper.press.withdrawn["dam"] = 404
            await until(lambda: missed(archive) == 1, "miss")
            del paper.press.withdrawn["dam"]
            await until(lambda: missed(archive) == 0, "sight of it")
    assert archive.article(url) is not None


async def test_an_article_stays_while_one_of_its_addresses_answers(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    twin = f"{url}/"
    paper.wanted["/press/dam/"] = Wanted(page_of(paper.press.articles["dam"]), "text/html")
    paper.wanted["/two.xml"] = Wanted(feeds.rss([Story(url), Story(twin)]))
    subscriptions.add(f"{paper.origin}/two.xml", time.time())
    async with polling(archive, tmp_path, paper, replace(QUICK, recheck_delays=(0.3,) * 200)):
        await until(lambda: states(subscriptions) == {PageState.STORED: 2}, "both")
        assert len(found(archive, DAM)) == 1
        paper.press.withdrawn["dam"] = 404
        await until(lambda: states(subscriptions) == {PageState.STORED: 1, PageState.GONE: 1}, "end of one")
        assert archive.article(url) is not None
        paper.wanted["/press/dam/"] = Wanted(status=404)
        await until(lambda: states(subscriptions) == {PageState.GONE: 2}, "end of both")
    assert archive.article(url) is None


async def test_a_page_without_an_article_is_refused_once_and_told(archive, subscriptions, tmp_path, paper):
    paper.wanted["/pay.xml"] = Wanted(feeds.rss([Story(f"{paper.origin}/news/teaser")]))
    subscriptions.add(f"{paper.origin}/pay.xml", time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.REFUSED: 1}, "refusal")
        await until(lambda: paper.seen["/pay.xml"] > 2, "further requests")
    assert paper.seen["/news/teaser"] == 1
    (feed,) = subscriptions.all()
    assert "without a subscription" in subscriptions.frontier.refusals(feed.id, 1)[0][1]


async def test_a_failing_page_is_tried_again(archive, subscriptions, tmp_path, paper):
    paper.press.publish("dam", DAM)
    paper.press.withdrawn["dam"] = 502
    subscriptions.add(paper.press.feed(), time.time())
    schedule = PollSchedule(min_interval=0.1, max_interval=0.1, retry_delays=(0.3,) * 1_000)
    async with polling(archive, tmp_path, paper, schedule):
        await until(lambda: paper.seen["/press/dam"], "request")
        del paper.press.withdrawn["dam"]
        await until(lambda: found(archive, DAM), "article")


def failing_once(monkeypatch, owner, name, error):
    """Let the first call of a method raise an error."""
    method, errors = getattr(owner, name), [error]

    def call(*arguments, **more):
        if errors:
            raise errors.pop()
        return method(*arguments, **more)

    monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize(
    ("owner", "name", "error"),
    [
        (ParserProcess, "parse_feed", NoParser()),
        (ParserProcess, "parse_page", NoParser()),
        (Subscriptions, "is_in_house", BusyIndex("The database is locked.")),
    ],
)
async def test_what_is_not_a_pages_fault_does_not_get_it_refused(
    archive, subscriptions, tmp_path, paper, monkeypatch, owner, name, error
):
    monkeypatch.setattr(index.feeds.worker, "RETRY_DELAY", 0.2)
    failing_once(monkeypatch, owner, name, error)
    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.STORED: 1}, "article")


async def test_a_page_not_there_yet_is_tried_again_and_then_left(archive, subscriptions, tmp_path, paper):
    paper.wanted["/f.xml"] = Wanted(feeds.rss([Story(f"{paper.origin}/nowhere")]))
    subscriptions.add(f"{paper.origin}/f.xml", time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.GONE: 1}, "end")
    assert paper.seen["/nowhere"] == 2


async def test_what_the_owner_took_out_does_not_come_back(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")
        archive.remove(url)
        await until(lambda: states(subscriptions) == {PageState.REMOVED: 1}, "end")
        paper.press.correct("dam", RAISED)
        requests = paper.seen["/feed/rss"]
        await until(lambda: paper.seen["/feed/rss"] > requests + 3, "further requests")
    assert archive.article(url) is None
    assert states(subscriptions) == {PageState.REMOVED: 1}


async def test_a_broken_feed_is_tried_less_often_paused_and_healed(
    archive, subscriptions, tmp_path, paper, capsys
):
    paper.wanted["/f.xml"] = Wanted(status=500)
    subscriptions.add(f"{paper.origin}/f.xml", time.time())
    schedule = PollSchedule(
        min_interval=0.1,
        max_interval=0.1,
        initial_back_off=0.05,
        failures_before_pause=4,
        paused_interval=0.5,
    )
    with Subscriptions(tmp_path / NEWS_FILE, schedule):
        async with polling(archive, tmp_path, paper, schedule):
            await until(subscriptions.unreported_pauses, "pause")
            paper.press.publish("dam", DAM)
            paper.wanted["/f.xml"] = Wanted(feeds.rss([Story(paper.press.url("dam"))]))
            await until(lambda: found(archive, DAM), "article")
    assert not subscriptions.all()[0].paused
    logged = capsys.readouterr()
    assert "feed paused" in logged.out + logged.err


async def test_a_server_that_asks_to_wait_is_left_alone(archive, subscriptions, tmp_path, paper):
    subscriptions.add(f"{paper.origin}/status/429", time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].failures, "failure")
        subscriptions.add(paper.press.feed(), time.time() - 60)  # of the same host
        await asyncio.sleep(1.5)
    assert not paper.seen["/feed/rss"]
    feed = subscriptions.find(f"{paper.origin}/status/429")
    assert 120 <= feed.due - feed.last_polled <= 133


async def test_what_a_feed_and_its_server_ask_is_granted(archive, subscriptions, tmp_path, paper):
    paper.press.channel = "<ttl>5</ttl>"
    paper.press.headers = {"Cache-Control": "max-age=900"}
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].last_polled, "request")
    assert subscriptions.all()[0].interval == 900.0


async def test_a_feed_that_moved_for_good_is_asked_there(archive, subscriptions, tmp_path, paper):
    subscriptions.add(f"{paper.origin}/to?status=301&url=/feed/rss", time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].last_polled, "request")
    assert subscriptions.all()[0].url == paper.press.feed()


async def test_one_request_at_a_time_goes_to_a_host_with_a_pause_between(
    archive, subscriptions, tmp_path, paper
):
    for number in range(5):
        paper.press.publish(f"dam-{number}", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper, min_crawl_delay=0.2):
        await until(lambda: len(found(archive, DAM)) == 5, "articles")
    times = sorted(moment for path, moments in paper.times.items() if "press" in path for moment in moments)
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(times))


async def test_a_feed_that_cannot_be_started_is_not_looked_for_all_the_time(
    archive, subscriptions, tmp_path, paper, monkeypatch
):
    looks = []
    due_feeds = Subscriptions.due_feeds
    monkeypatch.setattr(
        Subscriptions, "due_feeds", lambda self, now: looks.append(now) or due_feeds(self, now)
    )
    for path in ("hang", "feed/rss"):
        subscriptions.add(f"{paper.origin}/{path}", time.time())
    async with polling(archive, tmp_path, paper, read_timeout=PATIENT, total_timeout=PATIENT):
        await until(lambda: paper.seen["/hang"], "request")
        before = len(looks)
        await asyncio.sleep(2.0)
    assert len(looks) - before <= 4  # one a second, and some for what ends


async def test_many_feeds_of_a_host_do_not_keep_its_pages_waiting(archive, subscriptions, tmp_path, paper):
    """Each feed is due anew before the others have had their turn."""
    paper.press.publish("dam", DAM)
    for number in range(6):
        subscriptions.add(f"{paper.press.feed()}?part={number}", time.time())
    schedule = PollSchedule(min_interval=0.1, max_interval=0.1)
    async with polling(archive, tmp_path, paper, schedule, min_crawl_delay=0.1):
        await until(lambda: found(archive, DAM), "article")


async def test_a_slow_host_does_not_hold_up_the_others(archive, subscriptions, tmp_path, paper):
    with Newspaper("127.0.0.2") as slow:
        hosts = frozenset({f"{slow.host}:{slow.port}", f"{paper.host}:{paper.port}"})
        subscriptions.add(f"{slow.origin}/hang", time.time() - 9)
        paper.press.publish("dam", DAM)
        subscriptions.add(paper.press.feed(), time.time())
        async with polling(
            archive, tmp_path, paper, open_hosts=hosts, read_timeout=2 * PATIENT, total_timeout=2 * PATIENT
        ):
            await until(lambda: found(archive, DAM), "article")
            assert slow.seen["/hang"] == 1
            assert subscriptions.find(f"{slow.origin}/hang").last_polled is None
