"""Feeds followed for real: the local newspaper on one side, a real archive on the other."""

import asyncio
import math
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise

import pytest

from index.archive import DATABASE, Archive
from index.articles import Article
from index.errors import BusyIndex
from index.feeds.ingest_queue import BATCH
from index.feeds.schedule import PollSchedule
from index.feeds.subscriptions import Subscriptions
from index.feeds.url_frontier import PageState
from index.feeds.worker import FeedWorker
from tests.web import feeds, pages
from tests.web.feeds import KINDS, Story
from tests.web.newspaper import Newspaper, Wanted
from tests.web.press import page_of

QUICK = PollSchedule(
    fastest=0.1, slowest=0.1, back_off=0.1, longest_back_off=0.2, failures_before_pause=4, again=0.0, retries=(0.1, 0.1),
    missing=0.1, rechecks=(0.3, 0.3, 60.0),
)  # fmt: skip
PATIENT = 60.0  # seconds after which something waited for will not come any more
DAM = "The Ellwater dam will be opened on Friday, the water board of Norwick said after its meeting."
RAISED = "The Ellwater dam stays closed until spring, the water board of Norwick said in a correction."


@pytest.fixture
def paper():
    with Newspaper() as paper:
        yield paper


@pytest.fixture
def archive(tmp_path, models):
    with Archive.open(tmp_path, models=models) as archive:
        yield archive


@pytest.fixture
def subscriptions(archive, tmp_path):
    with Subscriptions(tmp_path / DATABASE, QUICK) as subscriptions:
        yield subscriptions


async def until(condition, what):
    end = time.monotonic() + PATIENT
    while not (found := await asyncio.to_thread(condition)):
        assert time.monotonic() < end, f"no {what}"
        await asyncio.sleep(0.02)
    return found


@asynccontextmanager
async def watching(archive, folder, paper, rhythm=QUICK, **settings):
    watch = FeedWorker(archive, folder, paper.settings(**settings), rhythm)
    watch.start()
    try:
        yield watch
    finally:
        assert await watch.stop(PATIENT)


def found(archive, words):
    """The articles that have these words in them."""
    return [stored for stored in archive.entries().values() if words in stored.article.text]


def states(subscriptions):
    return {
        state: number for counts in subscriptions.pages.counts().values() for state, number in counts.items()
    }


async def test_an_article_comes_is_corrected_and_goes(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")
        paper.press.correct("dam", RAISED)
        (corrected,) = await until(lambda: found(archive, RAISED), "correction")
        assert corrected.article.revised is not None
        assert not found(archive, DAM)
        paper.press.withdraw("dam")
        await until(lambda: archive.article(url) is None, "removal")
        await until(lambda: states(subscriptions) == {PageState.GONE: 1}, "end")
    assert not archive.ask("When will the Ellwater dam be opened?").quotes


@pytest.mark.parametrize("kind", ["rss", "rdf", "atom", "json", "sitemap"])
async def test_every_kind_of_feed_is_followed(archive, subscriptions, tmp_path, paper, kind):
    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(kind), time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")


async def test_an_index_of_sitemaps_is_followed(archive, subscriptions, tmp_path, paper):
    paper.press.publish("dam", DAM)
    paper.wanted["/sitemaps.xml"] = Wanted(
        feeds.sitemap_index(paper.press.feed("sitemap"), f"{paper.origin}/none")
    )
    subscriptions.add(f"{paper.origin}/sitemaps.xml", time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")


async def test_what_has_not_changed_is_neither_sent_nor_fetched_again(
    archive, subscriptions, tmp_path, paper
):
    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(archive, tmp_path, paper, PollSchedule(fastest=0.05, slowest=0.05)):
        await until(lambda: found(archive, DAM), "article")
        await until(lambda: paper.seen["/feed/rss"] > 4, "further looks")
    assert "If-None-Match" in paper.headers["/feed/rss"]
    assert paper.seen["/press/dam"] == 1


async def test_a_silent_correction_and_a_silent_removal_are_noticed(archive, subscriptions, tmp_path, paper):
    paper.press.publish("dam", DAM)
    feed = feeds.rss([Story(paper.press.url("dam"))])
    paper.wanted["/fixed.xml"] = Wanted(feed)
    subscriptions.add(f"{paper.origin}/fixed.xml", time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")
        paper.press.correct("dam", RAISED)
        await until(lambda: found(archive, RAISED), "correction")


async def test_an_article_that_is_missing_once_stays(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    rhythm = PollSchedule(fastest=60.0, missing=2.0, rechecks=(0.3,) * 20)
    async with watching(archive, tmp_path, paper, rhythm):
        await until(lambda: found(archive, DAM), "article")
        paper.press.withdrawn["dam"] = 404
        seen = paper.seen["/press/dam"]
        await until(lambda: paper.seen["/press/dam"] > seen, "look")
        del paper.press.withdrawn["dam"]
        await until(lambda: paper.seen["/press/dam"] > seen + 3, "more looks")
    assert archive.article(url) is not None


def missed(archive):
    return archive._store.query("SELECT missing FROM articles")[0][0]


async def test_an_article_that_is_missing_now_and_then_stays(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    rhythm = PollSchedule(fastest=60.0, missing=1.0, rechecks=(0.3,) * 200)
    async with watching(archive, tmp_path, paper, rhythm):
        await until(lambda: found(archive, DAM), "article")
        for _ in range(2):
            paper.press.withdrawn["dam"] = 404
            await until(lambda: missed(archive) == 1, "miss")
            del paper.press.withdrawn["dam"]
            await until(lambda: missed(archive) == 0, "sight of it")
    assert archive.article(url) is not None


async def test_what_its_owner_removed_does_not_come_back_by_a_feed(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    story = Article(url, "The Press", "The dam", f"{DAM}\n{RAISED}")
    list(archive.add([story]))
    archive.remove(url)
    async with watching(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.REFUSED: 1}, "refusal")
    assert archive.article(url) is None


@pytest.mark.parametrize("status", [401, 403, 500])
async def test_the_text_a_feed_carries_is_used_where_the_page_cannot_be_had(
    archive, subscriptions, tmp_path, paper, status
):
    url = paper.press.publish("dam", DAM, carried=True)
    paper.press.withdrawn["dam"] = status
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(archive, tmp_path, paper):
        (stored,) = await until(lambda: found(archive, DAM), "article")
    assert (stored.article.url, stored.article.title) == (url, "The story of dam")
    assert stored.article.published is not None


async def test_the_carried_text_of_a_paywalled_page_is_used(archive, subscriptions, tmp_path, paper):
    full = "".join(f"<p>{text}</p>" for text in (DAM, *pages.PARAGRAPHS))
    paper.wanted["/pay.xml"] = Wanted(feeds.rss([Story(f"{paper.origin}/news/teaser", full=full)]))
    subscriptions.add(f"{paper.origin}/pay.xml", time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")


def carrying(paper, *texts):
    """Let the feed carry these paragraphs of the article `dam`, and announce that they changed."""
    full = "".join(f"<p>{text}</p>" for text in texts)
    paper.wanted["/carrying.xml"] = Wanted(feeds.rss([Story(paper.press.url("dam"), full=full)]))


async def test_an_excerpt_in_a_feed_does_not_replace_a_page_that_fails(
    archive, subscriptions, tmp_path, paper
):
    url = paper.press.publish("dam", DAM)
    carrying(paper, *pages.PARAGRAPHS[:2])
    subscriptions.add(f"{paper.origin}/carrying.xml", time.time())
    rhythm = replace(QUICK, rechecks=(600.0,))
    async with watching(archive, tmp_path, paper, rhythm):
        await until(lambda: found(archive, DAM), "article")
        before = archive.article(url)
        paper.press.withdrawn["dam"] = 403
        for texts in ((RAISED, pages.PARAGRAPHS[4]), pages.PARAGRAPHS[4:]):  # short; long, with nothing new
            seen = paper.seen["/press/dam"]
            carrying(paper, *texts)
            await until(lambda: paper.seen["/press/dam"] > seen, "look")  # noqa: B023
            await until(
                lambda: (subscriptions.pages.next_due((), ()) or math.inf) > time.time() + 30, "end of it"
            )
            assert archive.article(url) == before
        carrying(paper, RAISED, *pages.PARAGRAPHS[4:])  # whole, and really another text
        (corrected,) = await until(lambda: found(archive, RAISED), "correction")
    assert (corrected.article.url, corrected.article.outlet) == (url, before.outlet)
    assert corrected.article.revised is not None


async def test_an_article_stays_while_one_of_its_addresses_answers(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    twin = f"{url}/"
    paper.wanted["/press/dam/"] = Wanted(page_of(paper.press.articles["dam"]), "text/html")
    paper.wanted["/two.xml"] = Wanted(feeds.rss([Story(url), Story(twin)]))
    subscriptions.add(f"{paper.origin}/two.xml", time.time())
    async with watching(archive, tmp_path, paper, replace(QUICK, rechecks=(0.3,) * 200)):
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
    async with watching(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.REFUSED: 1}, "refusal")
        await until(lambda: paper.seen["/pay.xml"] > 2, "further looks")
    assert paper.seen["/news/teaser"] == 1
    (feed,) = subscriptions.all()
    assert "without a subscription" in subscriptions.pages.refusals(feed.id, 1)[0][1]


async def test_a_failing_page_is_tried_again(archive, subscriptions, tmp_path, paper):
    paper.press.publish("dam", DAM)
    paper.press.withdrawn["dam"] = 502
    subscriptions.add(paper.press.feed(), time.time())
    rhythm = PollSchedule(fastest=0.1, slowest=0.1, retries=(0.3,) * 1_000)
    async with watching(archive, tmp_path, paper, rhythm):
        await until(lambda: paper.seen["/press/dam"], "look")
        del paper.press.withdrawn["dam"]
        await until(lambda: found(archive, DAM), "article")


async def test_a_page_not_there_yet_is_tried_again_and_then_left(archive, subscriptions, tmp_path, paper):
    paper.wanted["/f.xml"] = Wanted(feeds.rss([Story(f"{paper.origin}/nowhere")]))
    subscriptions.add(f"{paper.origin}/f.xml", time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.GONE: 1}, "end")
    assert paper.seen["/nowhere"] == 2


async def test_what_the_owner_took_out_does_not_come_back(archive, subscriptions, tmp_path, paper):
    url = paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")
        archive.remove(url)
        await until(lambda: states(subscriptions) == {PageState.REMOVED: 1}, "end")
        paper.press.correct("dam", RAISED)
        looks = paper.seen["/feed/rss"]
        await until(lambda: paper.seen["/feed/rss"] > looks + 3, "further looks")
    assert archive.article(url) is None
    assert states(subscriptions) == {PageState.REMOVED: 1}


async def test_a_broken_feed_is_tried_less_often_paused_and_healed(
    archive, subscriptions, tmp_path, paper, capsys
):
    paper.wanted["/f.xml"] = Wanted(status=500)
    subscriptions.add(f"{paper.origin}/f.xml", time.time())
    rhythm = PollSchedule(fastest=0.1, slowest=0.1, back_off=0.05, failures_before_pause=4, paused=0.5)
    with Subscriptions(tmp_path / DATABASE, rhythm):
        async with watching(archive, tmp_path, paper, rhythm):
            await until(subscriptions.unreported_faults, "pause")
            paper.press.publish("dam", DAM)
            paper.wanted["/f.xml"] = Wanted(feeds.rss([Story(paper.press.url("dam"))]))
            await until(lambda: found(archive, DAM), "article")
    assert not subscriptions.all()[0].paused
    logged = capsys.readouterr()
    assert "feed paused" in logged.out + logged.err


async def test_a_server_that_asks_to_wait_is_left_alone(archive, subscriptions, tmp_path, paper):
    subscriptions.add(f"{paper.origin}/status/429", time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].failures, "failure")
        subscriptions.add(paper.press.feed(), time.time() - 60)  # of the same host
        await asyncio.sleep(1.5)
    assert not paper.seen["/feed/rss"]
    feed = subscriptions.find(f"{paper.origin}/status/429")
    assert 120 <= feed.due - feed.polled <= 133


async def test_what_a_feed_and_its_server_ask_is_heeded(archive, subscriptions, tmp_path, paper):
    paper.press.channel = "<ttl>5</ttl>"
    paper.press.headers = {"Cache-Control": "max-age=900"}
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].polled, "look")
    assert subscriptions.all()[0].interval == 900.0


async def test_a_feed_that_moved_for_good_is_asked_there(archive, subscriptions, tmp_path, paper):
    subscriptions.add(f"{paper.origin}/to?status=301&url=/feed/rss", time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].polled, "look")
    assert subscriptions.all()[0].url == paper.press.feed()


async def test_one_request_at_a_time_goes_to_a_host_with_a_pause_between(
    archive, subscriptions, tmp_path, paper
):
    for number in range(5):
        paper.press.publish(f"dam-{number}", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(archive, tmp_path, paper, pause=0.2):
        await until(lambda: len(found(archive, DAM)) == 5, "articles")
    times = sorted(moment for path, moments in paper.times.items() if "press" in path for moment in moments)
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(times))


async def test_many_feeds_of_a_host_do_not_keep_its_pages_waiting(archive, subscriptions, tmp_path, paper):
    """Each feed is due anew before the others have had their turn."""
    paper.press.publish("dam", DAM)
    for number in range(6):
        subscriptions.add(f"{paper.press.feed()}?part={number}", time.time())
    rhythm = PollSchedule(fastest=0.1, slowest=0.1)
    async with watching(archive, tmp_path, paper, rhythm, pause=0.1):
        await until(lambda: found(archive, DAM), "article")


async def test_a_slow_host_does_not_hold_up_the_others(archive, subscriptions, tmp_path, paper):
    with Newspaper("127.0.0.2") as slow:
        hosts = frozenset({f"{slow.host}:{slow.port}", f"{paper.host}:{paper.port}"})
        subscriptions.add(f"{slow.origin}/hang", time.time() - 9)
        paper.press.publish("dam", DAM)
        subscriptions.add(paper.press.feed(), time.time())
        async with watching(
            archive, tmp_path, paper, open_hosts=hosts, silence=2 * PATIENT, total=2 * PATIENT
        ):
            await until(lambda: found(archive, DAM), "article")
            assert slow.seen["/hang"] == 1
            assert subscriptions.find(f"{slow.origin}/hang").polled is None


async def test_a_feed_outside_does_not_lead_into_the_owners_network(archive, subscriptions, tmp_path, paper):
    """A feed that may not reach open hosts itself fails; one that may leads only where it lies itself."""
    subscriptions.add(paper.press.feed(), time.time(), inside=False)
    async with watching(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].failures, "failure")
    assert not paper.seen


async def test_only_one_process_follows_a_folders_feeds(archive, subscriptions, tmp_path, paper, capsys):
    paper.press.publish("dam", DAM)
    async with watching(archive, tmp_path, paper), watching(archive, tmp_path, paper):
        subscriptions.add(paper.press.feed(), time.time())
        await until(lambda: found(archive, DAM), "article")
        await until(lambda: "another process" in "".join(capsys.readouterr()), "word of it")


async def test_nothing_announced_is_lost_when_it_stops(archive, subscriptions, tmp_path, paper):
    for number in range(40):
        paper.press.publish(f"dam-{number}", f"{DAM} Gate {number}.")
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: archive.entries(), "articles")
    async with watching(archive, tmp_path, paper):
        await until(lambda: len(archive.entries()) == 40, "all articles")


async def test_an_archive_that_is_busy_gets_the_articles_later(archive, subscriptions, tmp_path, paper):
    class Busy:
        refusals = 1
        article, count_not_found, touch = archive.article, archive.count_not_found, archive.touch

        def add(self, articles, *, asked):
            if self.refusals:
                self.refusals -= 1
                raise BusyIndex("The disk is full.")
            return archive.add(articles, asked=asked)

    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(Busy(), tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")


async def test_one_odd_article_does_not_keep_out_the_others(archive, subscriptions, tmp_path, paper):
    class Odd:
        article, count_not_found, touch = archive.article, archive.count_not_found, archive.touch

        def add(self, articles, *, asked):
            if any("odd" in article.title for article in articles):
                raise ZeroDivisionError
            return archive.add(articles, asked=asked)

    paper.press.publish("odd", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with watching(Odd(), tmp_path, paper):
        await until(lambda: states(subscriptions) == {PageState.REFUSED: 1}, "refusal")
        paper.press.publish("dam", DAM)
        await until(lambda: found(archive, DAM), "article")
    assert BATCH > 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_feed_with_nothing_in_it_is_no_failure(archive, subscriptions, tmp_path, paper, kind):
    paper.wanted["/f"] = Wanted(KINDS[kind]([]))
    subscriptions.add(f"{paper.origin}/f", time.time())
    async with watching(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].polled, "look")
    assert subscriptions.all()[0].failures == 0
