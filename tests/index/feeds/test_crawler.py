"""What the crawler brings from the local newspaper, seen in a real archive."""

import math
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.articles import DateSource
from index.feeds.schedule import PollSchedule
from index.parsing.feeds.items import FeedKind
from tests.index.feeds.harness import DAM, QUICK, RAISED, found, polling, until
from tests.web import feeds, pages
from tests.web.feeds import KINDS, Story
from tests.web.newspaper import Wanted
from tests.web.raw_server import answering, http

EVENING = datetime(2024, 11, 11, 20, 4, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["rss", "rdf", "atom", "json", "sitemap"])
async def test_every_kind_of_feed_is_followed(archive, subscriptions, tmp_path, paper, kind):
    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(kind), time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")


async def test_an_index_of_sitemaps_is_followed(archive, subscriptions, tmp_path, paper):
    paper.press.publish("dam", DAM)
    paper.wanted["/sitemaps.xml"] = Wanted(
        feeds.sitemap_index(paper.press.feed("sitemap"), f"{paper.origin}/none")
    )
    subscriptions.add(f"{paper.origin}/sitemaps.xml", time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")


async def test_an_index_that_stays_as_it_is_leads_to_sitemaps_that_change(
    archive, subscriptions, tmp_path, paper
):
    """Also where a version before has kept the validators of the index."""
    url = f"{paper.origin}/sitemaps.xml"
    paper.wanted["/sitemaps.xml"] = Wanted(
        feeds.sitemap_index(paper.press.feed("sitemap")), headers={"ETag": '"v1"'}
    )
    subscriptions.add(url, time.time(), kind=FeedKind.SITEMAP_INDEX.value)
    with subscriptions.store.transaction():
        subscriptions.store.execute("UPDATE feeds SET etag = ?", '"v1"')
    paper.press.publish("dam", DAM)
    async with polling(archive, tmp_path, paper):
        await until(lambda: found(archive, DAM), "article")
        paper.press.publish("weir", RAISED)
        await until(lambda: found(archive, RAISED), "second article")
    assert subscriptions.all()[0].etag is None


async def test_what_has_not_changed_is_neither_sent_nor_fetched_again(
    archive, subscriptions, tmp_path, paper
):
    paper.press.publish("dam", DAM)
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper, PollSchedule(min_interval=0.05, max_interval=0.05)):
        await until(lambda: found(archive, DAM), "article")
        await until(lambda: paper.seen["/feed/rss"] > 4, "further requests")
    assert "If-None-Match" in paper.headers["/feed/rss"]
    assert paper.seen["/press/dam"] == 1


@pytest.mark.parametrize("status", [401, 403, 500])
async def test_the_text_a_feed_carries_is_used_where_the_page_cannot_be_had(
    archive, subscriptions, tmp_path, paper, status
):
    url = paper.press.publish("dam", DAM, carried=True)
    paper.press.withdrawn["dam"] = status
    subscriptions.add(paper.press.feed(), time.time())
    async with polling(archive, tmp_path, paper):
        (stored,) = await until(lambda: found(archive, DAM), "article")
    assert (stored.article.url, stored.article.title) == (url, "The story of dam")
    assert stored.article.published is not None


async def test_the_carried_text_of_a_paywalled_page_is_used(archive, subscriptions, tmp_path, paper):
    full = "".join(f"<p>{text}</p>" for text in (DAM, *pages.PARAGRAPHS))
    paper.wanted["/pay.xml"] = Wanted(feeds.rss([Story(f"{paper.origin}/news/teaser", full=full)]))
    subscriptions.add(f"{paper.origin}/pay.xml", time.time())
    async with polling(archive, tmp_path, paper):
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
    schedule = replace(QUICK, recheck_delays=(600.0,))
    async with polling(archive, tmp_path, paper, schedule):
        await until(lambda: found(archive, DAM), "article")
        before = archive.article(url)
        paper.press.withdrawn["dam"] = 403
        for texts in ((RAISED, pages.PARAGRAPHS[4]), pages.PARAGRAPHS[4:]):  # short; long, with nothing new
            seen = paper.seen["/press/dam"]
            carrying(paper, *texts)
            await until(lambda: paper.seen["/press/dam"] > seen, "request")  # noqa: B023
            await until(
                lambda: (subscriptions.frontier.next_due_time((), ()) or math.inf) > time.time() + 30,
                "end of it",
            )
            assert archive.article(url) == before
        carrying(paper, RAISED, *pages.PARAGRAPHS[4:])  # whole, and really another text
        (corrected,) = await until(lambda: found(archive, RAISED), "correction")
    assert (corrected.article.url, corrected.article.outlet) == (url, before.outlet)
    assert corrected.article.revised is not None


async def test_a_feed_outside_does_not_lead_into_the_owners_network(archive, subscriptions, tmp_path, paper):
    """A feed that may not reach open hosts itself fails; one that may leads only where it lies itself."""
    subscriptions.add(paper.press.feed(), time.time(), allow_private=False)
    async with polling(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].failures, "failure")
    assert not paper.seen


async def test_headers_that_are_no_text_keep_no_feed_from_being_read(archive, subscriptions, tmp_path, paper):
    answer = http(feeds.rss([]).encode(), b'ETag: "\xff"', b"Last-Modified: \xff", b"Content-Type: a/\xff")
    async with answering(answer) as (url, settings):
        subscriptions.add(f"{url}/f", time.time())
        async with polling(archive, tmp_path, paper, open_hosts=settings.open_hosts):
            await until(lambda: subscriptions.all()[0].last_polled, "request")
    assert (subscriptions.all()[0].failures, subscriptions.all()[0].etag) == (0, None)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_feed_with_nothing_in_it_is_no_failure(archive, subscriptions, tmp_path, paper, kind):
    paper.wanted["/f"] = Wanted(KINDS[kind]([]))
    subscriptions.add(f"{paper.origin}/f", time.time())
    async with polling(archive, tmp_path, paper):
        await until(lambda: subscriptions.all()[0].last_polled, "request")
    assert subscriptions.all()[0].failures == 0


async def test_the_feeds_date_outranks_what_is_guessed_from_a_page(archive, subscriptions, tmp_path, paper):
    paragraphs = "".join(f"<p>{text}</p>" for text in (DAM, *pages.PARAGRAPHS))
    byline = "<p class='byline'>11 November 2024</p>"
    footer = "<footer><p>© 2024 Harbour Daily. All rights reserved.</p></footer>"
    html = f"<html><body><article><h1>The dam</h1>{byline}{paragraphs}</article>{footer}</body></html>"
    paper.wanted["/plain"] = Wanted(html, "text/html; charset=utf-8")
    paper.wanted["/plain.xml"] = Wanted(feeds.rss([Story(f"{paper.origin}/plain", published=EVENING)]))
    subscriptions.add(f"{paper.origin}/plain.xml", time.time())
    async with polling(archive, tmp_path, paper):
        (stored,) = await until(lambda: found(archive, DAM), "article")
    assert (stored.article.published, stored.article.date_source) == (EVENING, DateSource.FEED)
