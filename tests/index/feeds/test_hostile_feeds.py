"""A server's feed that lies, acted out over real sockets: what the others are told does not change by a byte."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.circles import HOUSE
from tests.index.feeds.harness import DAM, QUICK, found, polling, until
from tests.web import feeds
from tests.web.feeds import Story
from tests.web.liars import ACTS, FORGED, forgery
from tests.web.newspaper import Newspaper, Wanted

NOW = datetime.now(UTC)
VICTIM, LIAR = "guild:1", "guild:2"


@pytest.fixture
def liar():
    with Newspaper("127.0.0.2") as paper:
        yield paper


def follow(subscriptions, url, circle):
    """Follow a feed on the loopback, which the fetcher opens to the owner's feeds alone."""
    subscriptions.add(url, time.time(), circle=circle)
    with subscriptions._store.transaction():
        subscriptions._store.execute("UPDATE feeds SET inside = 1")


def told(archive, circle):
    return repr(
        (
            archive.ask(
                "What did the water board of Norwick say about the Ellwater dam?", now=NOW, circle=circle
            ),
            archive.find_quote("the water board of Norwick said", circle=circle),
            archive.brief(datetime(2019, 1, 1, tzinfo=UTC), circle=circle),
            archive.stats(circle).outlets,
            [one.article for one in archive.arrivals(0, circle=circle)],
        )
    )


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("circle", [HOUSE, VICTIM])
async def test_what_others_are_told_does_not_change(
    archive, subscriptions, tmp_path, paper, liar, act, circle
):
    url = paper.press.publish("dam", DAM)
    follow(subscriptions, paper.press.feed(), circle)
    both = frozenset({f"{paper.host}:{paper.port}", f"{liar.host}:{liar.port}"})
    async with polling(archive, tmp_path, paper, open_hosts=both):
        await until(lambda: found(archive, DAM), "article")
        archive._indexes.sync()
        before = {key: told(archive, key) for key in (HOUSE, VICTIM)}
        act(liar, paper, url)
        follow(subscriptions, f"{liar.origin}/feed", LIAR)
        await until(lambda: liar.seen["/feed"] > 4 or moved(subscriptions, liar), "polls")
        await until(lambda: not pages_waiting(subscriptions), "pages that wait")
        archive._indexes.sync()
        assert {key: told(archive, key) for key in (HOUSE, VICTIM)} == before
        told(archive, LIAR)
        names = {one.outlet for one in (story.article for story in archive.arrivals(0, circle=LIAR))}
    own = {one.article for one in found(archive, FORGED)}
    assert all(one.url.startswith(liar.origin) for one in own)
    assert all(one.outlet.endswith(f"({liar.host})") for one in own if circle == HOUSE), names


def moved(subscriptions, liar):
    """Whether the liar's feed was found at another address, and read there."""
    return not any(feed.url.startswith(liar.origin) for feed in subscriptions.all(LIAR))


def pages_waiting(subscriptions):
    return subscriptions._store.query(
        "SELECT url FROM pages WHERE state = 'waiting' AND due <= ?", time.time()
    )


async def test_a_feed_that_changes_its_identity_later_is_quoted_under_its_host(
    archive, subscriptions, tmp_path, paper, liar
):
    url = paper.press.publish("dam", DAM)
    follow(subscriptions, paper.press.feed(), HOUSE)
    liar.wanted["/first"] = forgery("The Village Gazette")
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/first")], title="The Village Gazette"))
    follow(subscriptions, f"{liar.origin}/feed", LIAR)
    both = frozenset({f"{paper.host}:{paper.port}", f"{liar.host}:{liar.port}"})
    async with polling(archive, tmp_path, paper, open_hosts=both):
        await until(lambda: found(archive, DAM) and found(archive, FORGED), "articles")
        archive._indexes.sync()
        before = told(archive, VICTIM)
        assert archive.article(f"{liar.origin}/first").outlet == "The Village Gazette"
        liar.wanted["/second"] = forgery()
        liar.wanted["/feed"] = Wanted(
            feeds.rss([Story(f"{liar.origin}/second"), Story(url, FORGED)], title="The Harbour Post")
        )
        await until(lambda: archive.article(f"{liar.origin}/second"), "second article")
        archive._indexes.sync()
        assert told(archive, VICTIM) == before
        assert archive.article(f"{liar.origin}/second").outlet == f"The Harbour Post ({liar.host})"


async def test_a_page_that_led_to_anothers_article_takes_nothing_along_when_it_goes(
    archive, subscriptions, tmp_path, paper, liar
):
    url = paper.press.publish("dam", DAM)
    follow(subscriptions, paper.press.feed(), VICTIM)
    liar.wanted["/lead"] = Wanted(status=302, headers={"Location": url})
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/lead")]))
    both = frozenset({f"{paper.host}:{paper.port}", f"{liar.host}:{liar.port}"})
    async with polling(
        archive, tmp_path, paper, replace(QUICK, recheck_delays=(0.3,) * 200), open_hosts=both
    ):
        await until(lambda: found(archive, DAM), "article")
        archive._indexes.sync()
        before = told(archive, VICTIM)
        follow(subscriptions, f"{liar.origin}/feed", LIAR)
        await until(lambda: archive.article(url, LIAR), "second source")
        liar.wanted["/lead"] = Wanted(status=410)
        await until(lambda: archive.article(url, LIAR) is None, "end of the lead")
        archive._indexes.sync()
        assert told(archive, VICTIM) == before
