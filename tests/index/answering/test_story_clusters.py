"""What is reported most: by independent outlets, told by a sentence that is an article's own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.index.conftest import BRIDGE, WHEAT, article

START = BRIDGE.published.replace(day=1, hour=0)


def report(name, outlet, *sentences, day=1):
    made = article(name, *sentences, outlet=outlet, day=day)
    return replace(
        made,
        url=f"https://{outlet.lower().replace(' ', '-')}.example.com/{name}",
        title="Bridge in Norwick closed",
    )


POST = report(
    "closed",
    "The Sample Post",
    "PHOTOS",
    "NORWICK (AP) — The bridge over the harbour in Norwick was closed after cracks were found in its cables.",
    "Engineers will repair two cables of the harbour bridge, the mayor said.",
)
COURIER = report(
    "cracks",
    "Sample Courier",
    "Cracks in the cables of Norwick's harbour bridge forced its closing, and commuters took ferries.",
    "Mayor Ada Fenn said repairs of the bridge would last six weeks.",
)
COPY = replace(BRIDGE, url="https://gazette.example.com/bridge", outlet="Sample Gazette")


@pytest.fixture
def archive(archive):
    archive.add([WHEAT, POST, BRIDGE, COURIER, COPY])
    return archive


def test_what_most_outlets_report_in_their_own_words_comes_first(archive):
    bridge, wheat = archive.brief(START)
    assert set(bridge.outlets) == {"The Sample Post", "Sample Wire", "Sample Courier"}, (
        "a copy is no voice of its own"
    )
    assert bridge.articles == 4
    assert bridge.outlets[0] == bridge.quote.article.outlet
    assert (wheat.outlets, wheat.articles, wheat.newest) == (("The Sample Post",), 1, WHEAT.published)


def test_a_story_is_told_by_a_sentence_of_an_article(archive):
    for story in archive.brief(START):
        assert story.quote.text in story.quote.article.text
        assert len(story.quote.text) > 40


def test_a_label_or_a_dateline_does_not_tell_a_story(archive):
    [story] = archive.brief(START, outlets=["The Sample Post"], until=START + timedelta(days=3))
    assert story.quote.text.startswith("The bridge over the harbour in Norwick was closed")


def test_only_the_time_asked_for_and_only_so_many(archive):
    assert [story.quote.article.url for story in archive.brief(WHEAT.published)] == [WHEAT.url]
    assert len(archive.brief(START, limit=1)) == 1
    assert archive.brief(START - timedelta(days=9), START) == ()


def test_one_article_alone_is_a_story(archive):
    assert len(archive.brief(START, outlets=["Sample Courier"])) == 1
