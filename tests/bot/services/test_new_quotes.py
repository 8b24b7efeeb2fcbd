from datetime import UTC, datetime, timedelta

import pytest

from bot.context import TABLES
from bot.services.new_quotes import MAX_AGE, NewQuoteFinder
from bot.services.query_service import QueryService
from bot.storage.database import Database
from bot.storage.follows import Follow, FollowStore
from bot.storage.posts import Post
from index import HOUSE
from index.archive import Archive
from tests.bot.samples import article

NOW = datetime(2024, 11, 12, 15, tzinfo=UTC)
CLAIM = "has the harbour bridge in norwick opened again"
OPEN = "When will the harbour bridge in Norwick open again?"
SETTLES = "The harbour bridge in Norwick opened again on Monday, mayor Ada Fenn said."
SETTLES_NOTHING = "The harbour bridge in Norwick will open again in six weeks, engineers hope, and the mayor wants it earlier."


@pytest.fixture
def archive(tmp_path, models):
    with Archive.open(tmp_path / "news", models=models) as opened:
        yield opened


@pytest.fixture
async def found(tmp_path, archive):
    """What a follow is told of articles that come in, as a function."""
    database = await Database.open(tmp_path, TABLES)
    service, follows = QueryService(archive), FollowStore(database)
    finder = NewQuoteFinder(service, follows.posts, lambda: NOW)
    told = {}

    async def tell(question, *texts, outlets=(), age=timedelta(hours=1), known=()):
        follow = told.get(question)
        if follow is None:
            posts = [Post(0, "https://elsewhere.example/1", 0, words) for words in known]
            follow = await follows.add(Follow(0, 1, None, None, question, "en", 0), posts, 9)
        cursor = archive.cursor()
        archive.add(
            [
                article(text, outlet=f"Wire {cursor}", number=place, published=NOW - age)
                for place, text in enumerate(texts)
            ]
        )
        new = await finder.find(follow, archive.arrivals(cursor), HOUSE, outlets)
        await follows.advance(follow, follow.cursor + 1, new.posts if new else ())
        told[question] = await follows.get(follow.id)
        return [quote.text for quote in new.answer.quotes] if new else []

    yield tell
    await service.stop(5)
    await database.close()


async def test_a_yes_or_no_question_is_told_what_settles_it(found):
    assert await found(CLAIM, SETTLES, "The harbour bridge in Norwick is painted green.") == [SETTLES]


async def test_an_open_question_is_told_what_answers(found):
    assert await found(OPEN, SETTLES_NOTHING) == [SETTLES_NOTHING]


async def test_the_same_words_are_told_once(found):
    assert await found(OPEN, SETTLES_NOTHING) == [SETTLES_NOTHING]
    assert await found(OPEN, SETTLES_NOTHING) == []


async def test_words_that_were_known_from_elsewhere_are_no_news(found):
    assert await found(OPEN, SETTLES_NOTHING, known=[SETTLES_NOTHING.upper()]) == []


async def test_what_is_old_or_of_another_outlet_is_no_news(found):
    assert await found(OPEN, SETTLES_NOTHING, age=MAX_AGE + timedelta(hours=1)) == []
    assert await found(OPEN, SETTLES_NOTHING, outlets=["Sample Wire"]) == []


async def test_what_is_no_question_finds_nothing(found):
    assert await found("?", SETTLES) == []
