"""Whose news: what a circle is answered from, and that nothing another circle has changes it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.archive import Archive
from index.articles import Article
from index.circles import HOUSE
from index.ingest.origins import Announced
from index.ingest.pipeline import IngestOutcome
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.conftest import open_archive

NOW = datetime(2024, 11, 12, tzinfo=UTC)
ONE, TWO = "guild:1", "guild:2"
QUESTION = "Who said the repairs of the harbour bridge in Norwick would take six weeks?"


def follow(archive: Archive, url: str, *circles: str) -> int:
    """Follow a feed for circles, and return its id."""
    store = archive._store
    with store.transaction():
        store.execute(
            "INSERT INTO feeds (url, added, added_by, inside, due) VALUES (?, 0, ?, 0, 0)", url, circles[0]
        )
        [(feed,)] = store.query("SELECT id FROM feeds WHERE url = ?", url)
        for circle in circles:
            store.join_circle(feed, circle)
    return feed


def announce(archive: Archive, feed: int, *articles: Article):
    return archive.add([Announced(one, frozenset({feed})) for one in articles], requested=False)


def copy_of(original: Article, site: str, outlet: str) -> Article:
    return Article(
        f"https://{site}/{original.url.rpartition('/')[2]}",
        outlet,
        original.title,
        original.text,
        published=original.published,
    )


def seen(archive: Archive, circle: str | None) -> set[str]:
    """The addresses of the articles that a circle is answered from, by every way to them."""
    table = archive.article_table(circle)
    stored = archive._store.get_many(table.first_sentence.tolist())
    urls = {one.article.url for one in stored.values()}
    arrived = {one.article.url for one in archive.arrivals(0, circle=circle)}
    assert urls == arrived
    assert archive.stats(circle).articles == len(urls)
    assert all(archive.article(url, circle) for url in urls)
    assert set(archive.outlets(circle)) == set(table.outlets)
    return urls


def view(archive: Archive, circle: str | None) -> str:
    """All that a circle is told, to the last digit."""
    since, until = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    return repr(
        (
            archive.ask(QUESTION, now=NOW, circle=circle),
            archive.ask("What happened to wheat prices in October?", now=NOW, circle=circle),
            archive.find_quote("the repairs would take six weeks", circle=circle),
            archive.brief(since, until, circle=circle),
            archive.outlets(circle),
            archive.stats(circle).outlets,
        )
    )


@pytest.fixture
def two(archive):
    """The house has BRIDGE; server 1 has WHEAT."""
    archive.add([BRIDGE])
    feed = follow(archive, "https://wire.example.com/feed", ONE)
    announce(archive, feed, WHEAT)
    return archive, feed


def test_a_circle_is_answered_from_the_house_and_from_what_is_its_own(two):
    archive, _ = two
    assert seen(archive, None) == seen(archive, ONE) == {BRIDGE.url, WHEAT.url}
    assert seen(archive, TWO) == seen(archive, HOUSE) == seen(archive, "unheard") == {BRIDGE.url}
    wheat = "What happened to wheat prices in October?"
    assert archive.ask(wheat, now=NOW, circle=ONE).quotes[0].article.url == WHEAT.url
    answer = archive.ask(wheat, now=NOW, circle=TWO)
    assert (answer.searched_articles, answer.indexed_articles) == (1, 1)
    assert WHEAT.url not in repr(answer)
    words = "Bakers warned that a loaf of bread could cost more"
    assert archive.find_quote(words, circle=ONE).matches[0].quote.article.url == WHEAT.url
    found = archive.find_quote(words, circle=TWO)
    assert (found.matches, found.articles) == ((), 1)
    quote = archive.ask(wheat, now=NOW, circle=ONE).quotes[0]
    assert archive.context(WHEAT.url, quote.text, quote.start, circle=ONE)
    assert archive.context(WHEAT.url, quote.text, quote.start, circle=TWO) is None
    assert archive.article(WHEAT.url, TWO) is None


def test_what_another_circle_sees_does_not_change_by_a_byte(two):
    archive, _ = two
    before = {circle: view(archive, circle) for circle in (ONE, TWO, HOUSE)}
    hostile = follow(archive, "https://hostile.example/feed", "guild:3")
    flood = [
        Article(
            f"https://hostile.example/{number}",
            "Sample Wire",
            f"Bridge, wheat, repairs and Norwick in story {number}",
            f"The harbour bridge in Norwick needs no repairs, wheat prices fell, said the mayor for the {number}th"
            " time in a very long sentence that goes on and on about the harbour, the bridge and the repairs.\n"
            + BRIDGE.text,
            published=datetime(2024, 11, 11, tzinfo=UTC),
        )
        for number in range(40)
    ]
    announce(archive, hostile, *flood)
    assert len(seen(archive, "guild:3")) == 41
    assert {circle: view(archive, circle) for circle in (ONE, TWO, HOUSE)} == before


def test_a_copy_is_folded_only_behind_what_the_circle_has(archive):
    alien = follow(archive, "https://alien.example/feed", TWO)
    announce(archive, alien, copy_of(BRIDGE, "alien.example", "Alien Post"))
    own = follow(archive, "https://own.example/feed", ONE)
    announce(archive, own, copy_of(BRIDGE, "own.example", "Own Post"))
    answer = archive.ask(QUESTION, now=NOW, circle=ONE)
    assert {quote.article.outlet for quote in answer.quotes} == {"Own Post"}
    assert all(not quote.duplicates for quote in answer.quotes)
    assert archive.near_duplicates("https://own.example/bridge", ONE) == ()
    [story] = archive.brief(datetime(2024, 1, 1, tzinfo=UTC), circle=ONE)
    assert (story.outlets, story.articles) == (("Own Post",), 1)


def test_an_article_that_two_circles_have_shows_the_same_quote_in_both(two):
    archive, feed = two
    with archive._store.transaction():
        archive._store.join_circle(feed, TWO)
    archive._indexes.refresh()
    archive._indexes.sync()
    assert seen(archive, ONE) == seen(archive, TWO)
    assert view(archive, ONE) == view(archive, TWO)


def test_an_article_of_two_feeds_has_both_circles_and_leaves_one_with_its_feed(two):
    archive, _ = two
    second = follow(archive, "https://wire.example.com/second", TWO)
    [result] = announce(archive, second, WHEAT)
    assert result.outcome is IngestOutcome.UNCHANGED
    assert WHEAT.url in seen(archive, ONE) & seen(archive, TWO)
    assert archive.ask("wheat prices", now=NOW, circle=TWO).quotes
    archive.remove_circle(ONE)
    assert WHEAT.url not in seen(archive, ONE)
    assert WHEAT.url in seen(archive, TWO)
    assert archive.prune().articles == 0
    archive.remove_circle(TWO)
    assert WHEAT.url not in seen(archive, TWO)
    assert archive._store.query("SELECT url FROM feeds") == []
    assert archive.prune().articles == 1
    assert seen(archive, None) == {BRIDGE.url}


def test_a_feed_that_is_lifted_answers_everywhere_and_the_words_move_along(two):
    archive, feed = two
    with archive._store.transaction():
        assert archive._store.join_circle(feed, HOUSE)
    archive._indexes.sync()
    assert WHEAT.url in seen(archive, TWO)
    assert archive.ask("wheat prices", now=NOW, circle=TWO).quotes
    counts = [index._searcher.num_docs for index in (archive._indexes.keywords, archive._indexes._others)]
    assert counts == [8, 1]  # the sentences with their headlines, and a watermark each
    archive.remove_circle(ONE)
    assert WHEAT.url in seen(archive, HOUSE)


def test_what_the_owner_added_stays_when_its_feed_leaves_the_house(archive):
    feed = follow(archive, "https://wire.example.com/feed", HOUSE)
    announce(archive, feed, BRIDGE)
    with archive._store.transaction():
        assert archive._store.leave_circle(feed, HOUSE)
        archive._store.unfollow_nobodys_feeds()
    archive._indexes.sync()
    assert seen(archive, TWO) == {BRIDGE.url}
    assert archive.prune().articles == 0
    with pytest.raises(ValueError, match="house"):
        archive.remove_circle(HOUSE)


def test_the_circles_of_an_article_outlive_a_correction_and_a_restart(two, place, encoder, tmp_path):
    archive, feed = two
    corrected = Article(
        WHEAT.url, WHEAT.outlet, WHEAT.title, WHEAT.text + "\nNobody else was asked about wheat."
    )
    announce(archive, feed, corrected)
    assert WHEAT.url in seen(archive, ONE)
    assert WHEAT.url not in seen(archive, TWO)
    archive.close()
    with open_archive(place, encoder, tmp_path) as again:
        assert WHEAT.url in seen(again, ONE)
        assert seen(again, TWO) == {BRIDGE.url}
        assert again.ask("wheat prices", now=NOW, circle=ONE).quotes


@pytest.mark.parametrize("first", [True, False])
def test_a_feed_that_announces_another_sites_page_changes_nothing_of_it(archive, first):
    house = follow(archive, "https://wire.example.com/feed", HOUSE)
    hostile = follow(archive, "https://hostile.example/feed", TWO)
    forged = Article(
        BRIDGE.url, "Sample Wire", BRIDGE.title, "The bridge is open and nothing was ever wrong."
    )
    for feed, one in [(house, BRIDGE), (hostile, forged)][:: 1 if first else -1]:
        announce(archive, feed, one)
    assert archive.article(BRIDGE.url) == BRIDGE
    assert seen(archive, ONE) == seen(archive, TWO) == {BRIDGE.url}


def test_an_article_arrives_where_its_own_feed_brings_it_whoever_had_it_before(archive):
    one, two = (
        follow(archive, "https://one.example/feed", ONE),
        follow(archive, "https://two.example/feed", TWO),
    )
    announce(archive, one, BRIDGE)
    known = archive.cursor()
    announce(archive, two, BRIDGE)
    [arrived] = archive.arrivals(known, circle=TWO)
    assert arrived.article.url == BRIDGE.url
    assert known < arrived.cursor <= archive.cursor()
    assert archive.answer_from(QUESTION, [arrived], now=NOW, circle=TWO).quotes
    assert not archive.arrivals(arrived.cursor, circle=TWO)
    assert not archive.arrivals(known, circle=ONE)
    assert not archive.arrivals(known)
    announce(archive, one, WHEAT)
    known = archive.cursor()
    with archive._store.transaction():
        archive._store.join_circle(
            one, TWO
        )  # all that a feed brought before is no news to who follows it later
    assert not archive.arrivals(known, circle=TWO)
    assert {one.article.url for one in archive.arrivals(0, circle=TWO)} == {BRIDGE.url, WHEAT.url}


def test_lines_that_another_circle_repeats_are_no_furniture_to_others(archive):
    promise = "Make smart choices about bread without hours of waiting."
    question = "How do you make smart choices about bread without hours of waiting?"
    archive.add([replace(BRIDGE, text=f"{BRIDGE.text}\n{promise}")])
    feed = follow(archive, "https://liar.example/feed", TWO)
    before = {circle: repr(archive.ask(question, now=NOW, circle=circle)) for circle in (HOUSE, ONE)}
    assert all(promise in answer for answer in before.values())
    repeated = [
        replace(
            WHEAT,
            url=f"https://wire.example.com/repeated-{number}",
            outlet=BRIDGE.outlet,
            text=f"The {number}th mill of Norwick was sold for {number} million pounds on Monday.\n{promise}",
        )
        for number in range(2, 18)
    ]
    assert all(one.outcome is IngestOutcome.ADDED for one in announce(archive, feed, *repeated))
    after = {circle: repr(archive.ask(question, now=NOW, circle=circle)) for circle in (HOUSE, ONE)}
    assert after == before
    assert not any(quote.text == promise for quote in archive.ask(question, now=NOW, circle=TWO).quotes)
