"""Play a year of news to followed questions, and write what each would have been posted."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.context import TABLES
from bot.services.new_quotes import NewQuoteFinder
from bot.services.query_service import QueryService
from bot.storage.database import Database
from bot.storage.follows import Follow, FollowStore
from bot.storage.posts import Post
from index import HOUSE, Archive, ArrivedArticle
from index.answering.answers import Quote

PERSON_FOLLOWS = 10  # of one person


@dataclass(frozen=True, slots=True)
class PlayedQuote:
    """A quote as it would have been posted: for which question, on which day, under which heading ("": none)."""

    question: str
    day: str
    heading: str
    outlet: str
    published: str
    title: str
    before: str
    text: str
    url: str
    chances: Mapping[str, float]


class PlayedClock:
    """A clock that stands where it was put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def time(self) -> datetime:
        """Return the moment it stands at."""
        return self.now

    def seconds(self) -> float:
        """Return the same as a Unix time."""
        return self.now.timestamp()


def by_day(archive: Archive, year: int) -> dict[date, list[ArrivedArticle]]:
    """Return the articles of a year by the day they were published, in the order of publication."""
    days: defaultdict[date, list[ArrivedArticle]] = defaultdict(list)
    first = datetime(year, 1, 1, tzinfo=UTC)
    last = datetime(year + 1, 1, 1, tzinfo=UTC)
    for arrived in reversed(archive.latest(first, last, limit=1_000_000)):
        if arrived.article.published:
            days[arrived.article.published.date()].append(arrived)
    return dict(days)


async def play(
    archive: Archive, questions: Sequence[str], year: int, folder: Path
) -> AsyncIterator[PlayedQuote]:
    """Follow questions from the first day of a year; yield each quote that is posted, in the order of days.

    The articles of a day come in at its end. `folder` is where what was posted is remembered, as the bot does.
    """
    clock = PlayedClock(datetime(year, 1, 1, tzinfo=UTC))
    database = await Database.open(folder, TABLES)
    service = QueryService(archive)
    store = FollowStore(database, clock.seconds)
    finder = NewQuoteFinder(service, store.posts, clock.time)
    try:
        for number, question in enumerate(questions):
            await _begin(archive, store, number, question, clock.now)
        for day, arrived in by_day(archive, year).items():
            clock.now = datetime.combine(day, time(), UTC) + timedelta(days=1)
            for follow in await store.all():
                found = await finder.find(follow, arrived, HOUSE, ())
                await store.advance(follow, follow.cursor + 1, found.posts if found else ())
                if found:
                    for group in found.answer.groups:
                        for quote in group.quotes:
                            yield _played(
                                follow.question, day, group.stance.value if group.stance else "", quote
                            )
    finally:
        await service.stop(0)
        await database.close()


async def _begin(archive: Archive, store: FollowStore, number: int, question: str, now: datetime) -> None:
    """Follow a question as `/follow` does: what answers it by then is known."""
    answer = archive.ask(question, now=now, until=now, circle=HOUSE)
    known = [Post.of(0, quote) for quote in answer.quotes]
    follow = Follow(0, number // PERSON_FOLLOWS, None, None, question, "en", 0)
    await store.add(follow, known, len(known))


def _played(question: str, day: date, heading: str, quote: Quote) -> PlayedQuote:
    article = quote.article
    return PlayedQuote(
        question,
        day.isoformat(),
        heading,
        article.outlet,
        article.published.isoformat() if article.published else "",
        article.title,
        quote.context_text or "",
        quote.text,
        article.url,
        {name: round(chance, 4) for name, chance in quote.chances.items()},
    )
