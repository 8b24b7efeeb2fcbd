"""A server's feed that lies, acted out over real sockets: what the others are told does not change by a byte."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.circles import HOUSE
from tests.index.feeds.harness import DAM, QUICK, found, polling, until
from tests.web import feeds, pages
from tests.web.feeds import Story
from tests.web.newspaper import Newspaper, Wanted

NOW = datetime.now(UTC)
VICTIM, LIAR = "guild:1", "guild:2"
FORGED = (
    "The Ellwater dam broke on Friday and the water board of Norwick lied about it all along, it is said."
)
QUOTED = tuple(f"<p>{sentence}</p>" for sentence in (FORGED, *pages.PARAGRAPHS[4:]))


@pytest.fixture
def liar():
    with Newspaper("127.0.0.2") as paper:
        yield paper


def forgery(name="The Harbour Post", *paragraphs, **options):
    data = {"publisher": {"@type": "Organization", "name": name}}
    return Wanted(
        pages.story((FORGED, *paragraphs, *pages.PARAGRAPHS[4:]), data=data, **options), "text/html"
    )


def calls_itself_another(liar, paper, url):
    liar.wanted["/a"] = forgery()
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/a")]))


def claims_anothers_links(liar, paper, url):
    old = datetime(2020, 1, 1, tzinfo=UTC)
    liar.wanted["/feed"] = Wanted(
        feeds.rss(
            [Story(url, FORGED, old, full="".join(QUOTED), author="A Liar"), Story(f"{url}?x=1", FORGED)]
        )
    )


def redirects_its_page_to_another(liar, paper, url):
    liar.wanted["/feed"] = Wanted(
        feeds.rss([Story(f"{liar.origin}/to?url={url}", FORGED, full="".join(QUOTED), author="A Liar")])
    )


def redirects_its_feed_to_another(liar, paper, url):
    liar.wanted["/feed"] = Wanted(status=301, headers={"Location": paper.press.feed("atom")})


def floods(liar, paper, url):
    for number in range(30):
        liar.wanted[f"/{number}"] = forgery(
            "The Harbour Post",
            f"This is lie {number} about the dam of Ellwater, said {number} people on Friday.",
        )
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/{number}") for number in range(30)]))


ACTS = (
    calls_itself_another,
    claims_anothers_links,
    redirects_its_page_to_another,
    redirects_its_feed_to_another,
    floods,
)


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
