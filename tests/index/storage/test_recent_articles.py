from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.index.conftest import BRIDGE, WHEAT, article

FERRY = article(
    "ferry", "The ferry between Norwick and Oldport sailed again on Sunday after a long storm.", day=3
)
START = datetime(2024, 11, 1, tzinfo=UTC)


@pytest.fixture
def archive(archive):
    archive.add([BRIDGE, WHEAT, FERRY])
    return archive


def urls(found):
    return [fresh.article.url for fresh in found]


def test_articles_come_newest_first_within_the_time_asked_for(archive):
    assert urls(archive.latest(START)) == [WHEAT.url, FERRY.url, BRIDGE.url]
    assert urls(archive.latest(START, limit=1)) == [WHEAT.url]
    assert urls(archive.latest(FERRY.published)) == [WHEAT.url, FERRY.url]
    assert urls(archive.latest(START, FERRY.published)) == [BRIDGE.url]
    assert urls(archive.latest(START, outlets=["The Sample Post"])) == [WHEAT.url]
    assert archive.latest(WHEAT.published + timedelta(days=1)) == ()


def test_an_article_without_a_date_counts_from_when_it_came_in(archive):
    undated = replace(article("undated", "The council of Norwick met on the old bridge."), published=None)
    archive.add([undated])
    [fresh] = archive.latest(datetime.now(UTC) - timedelta(minutes=5))
    assert (fresh.article.url, fresh.time) == (undated.url, fresh.added)


def test_a_follower_hears_everything_once_and_corrections_too(archive):
    first = archive.arrivals(0, limit=2)
    assert urls(first) == [BRIDGE.url, WHEAT.url]
    rest = archive.arrivals(first[-1].cursor)
    assert urls(rest) == [FERRY.url]
    assert archive.arrivals(rest[-1].cursor) == ()
    assert archive.cursor() == rest[-1].cursor
    archive.add([replace(BRIDGE, text=BRIDGE.text.replace("six weeks", "eight months")), WHEAT])
    [corrected] = archive.arrivals(rest[-1].cursor)
    assert corrected.article.url == BRIDGE.url
    assert corrected.article.revised is not None
    assert corrected.added <= corrected.article.revised
    archive.remove(BRIDGE.url)
    assert archive.arrivals(rest[-1].cursor) == ()


def test_an_article_is_about_what_its_beginning_says(archive, encoder):
    wheat, _, bridge = archive.latest(START)
    assert [BRIDGE.text[slice(*span)] for span in bridge.lead] == BRIDGE.text.split("\n")
    about = encoder.encode(["the price of bread"])[0]
    assert np.linalg.norm(wheat.vector) == pytest.approx(1.0, abs=1e-5)
    assert about @ wheat.vector > about @ bridge.vector + 0.2


def test_copies_are_named_and_share_a_story(archive):
    twin = replace(
        BRIDGE, url="https://post.example.com/bridge", outlet="The Sample Post", published=FERRY.published
    )
    archive.add([twin])
    assert archive.near_duplicates(BRIDGE.url) == (twin,)
    assert archive.near_duplicates(twin.url) == (BRIDGE,)
    assert (
        archive.near_duplicates(WHEAT.url) == archive.near_duplicates("https://wire.example.com/none") == ()
    )
    stories = {fresh.article.url: fresh.cluster_id for fresh in archive.latest(START)}
    assert stories[BRIDGE.url] == stories[twin.url] != stories[WHEAT.url]


def test_a_question_is_answered_from_given_articles_alone(archive):
    asked = "What did engineers find in the cables of the harbour bridge in Norwick?"
    fresh = archive.arrivals(0)
    about = [one for one in fresh if one.article.url == BRIDGE.url]
    others = [one for one in fresh if one.article.url != BRIDGE.url]
    assert {quote.article.url for quote in archive.answer_from(asked, fresh).quotes} == {BRIDGE.url}
    assert archive.answer_from(asked, about).quotes
    assert not archive.answer_from(asked, others).quotes
    assert not archive.answer_from(asked, []).quotes
    archive.remove(BRIDGE.url)
    assert not archive.answer_from(asked, about).quotes, "it has gone meanwhile"
