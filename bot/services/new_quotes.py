"""What a follow is told of the articles that came in: the quotes in them that answer it and are new to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.query_service import QueryService
from bot.storage.follows import Follow
from bot.storage.posts import Post, PostStore
from bot.ui.follow_cards import with_quotes
from index import Answer, Archive, ArrivedArticle, BadQuestion, Quote

MAX_AGE = timedelta(days=7)  # judged: an older article is no news, however late it arrives
MAX_QUOTES = 3  # of one post, judged


@dataclass(frozen=True, slots=True)
class NewQuotes:
    """What is to be posted for a follow: an answer with its new quotes alone, and these as they are remembered."""

    answer: Answer
    posts: tuple[Post, ...]


class NewQuoteFinder:
    """Decides what each follow is told, and posts nothing."""

    def __init__(self, service: QueryService, posts: PostStore, clock: Callable[[], datetime]) -> None:
        """Remember in `posts` what follows have had; `clock` returns aware times."""
        self._service = service
        self._posts = posts
        self._clock = clock

    async def find(
        self, follow: Follow, arrived: Sequence[ArrivedArticle], circle: str, outlets: Sequence[str]
    ) -> NewQuotes | None:
        """Return what is to be posted of some articles that a circle sees; None where that is nothing.

        `outlets` are those that are allowed there; none means all. Raise Stopping.
        """
        news = [one for one in arrived if self._is_news(one, outlets)]
        answer = await self._answer_from(follow, news, circle)
        quotes = await self._new_to(follow, answer, circle) if answer else ()
        if not answer or not quotes:
            return None
        posts = tuple(Post.of(follow.id, quote) for quote in quotes)
        return NewQuotes(with_quotes(answer, quotes), posts)

    def _is_news(self, arrived: ArrivedArticle, outlets: Sequence[str]) -> bool:
        """Return True if an article is recent, and from an outlet that is allowed."""
        is_allowed = not outlets or arrived.article.outlet in outlets
        return arrived.time >= self._clock() - MAX_AGE and is_allowed

    async def _answer_from(
        self, follow: Follow, news: Sequence[ArrivedArticle], circle: str
    ) -> Answer | None:
        """Answer the question from these articles alone; return None without articles or a question."""
        if not news:
            return None
        now = self._clock()
        try:
            return await self._service.run_background(
                lambda archive: archive.answer_from(
                    follow.question, news, now=now, circle=circle, day_first=follow.day_first
                )
            )
        except BadQuestion:
            return None

    async def _new_to(self, follow: Follow, answer: Answer, circle: str) -> tuple[Quote, ...]:
        """Return the quotes with new words, whose article is no near-duplicate of one quoted before."""
        keys, urls = await self._posts.posted(follow.id)
        found: list[Quote] = []
        for quote in answer.quotes:
            key = Post.of(follow.id, quote).key
            if key not in keys and not await self._service.run_background(
                _is_duplicate_of_any(quote, urls, circle)
            ):
                keys.add(key)
                found.append(quote)
        return tuple(found[:MAX_QUOTES])


def _is_duplicate_of_any(quote: Quote, urls: set[str], circle: str) -> Callable[[Archive], bool]:
    """Return a query that is True if the quoted article is a near-duplicate of one at these URLs."""
    return lambda archive: any(
        copy.url in urls for copy in archive.near_duplicates(quote.article.url, circle)
    )
