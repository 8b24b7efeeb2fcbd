"""Corrections: replies to posts of follows whose article no longer has the quoted words."""

import asyncio
import zlib
from collections.abc import Callable
from dataclasses import replace

import discord
import structlog
from discord.ext import commands

from bot.gateway.messages import TRANSIENT_ERRORS, announce, forms_of
from bot.services.destinations import Destinations
from bot.services.query_service import QueryService
from bot.storage.follows import FollowStore
from bot.storage.posts import Post
from bot.ui.follow_cards import correction_card, correction_line
from index import Archive, Article, BadQuestion, QuoteMatch

ARRIVALS_PER_ROUND = 200  # arrivals read in one round, judged: a round stays short after a large import
CURSOR_NAME = "corrections"  # of the cursor in the database
log = structlog.get_logger(__name__)


class CorrectionService:
    """Looks at revised articles that were quoted in posts."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        service: QueryService,
        follows: FollowStore,
        destinations: Destinations,
    ) -> None:
        self._bot = bot
        self._service = service
        self._follows = follows
        self._destinations = destinations

    async def post_corrections(self, cursor: int) -> None:
        """Look at what was revised up to `cursor`, an arrival of the archive, and post what has changed."""
        known = await self._follows.posts.cursor(CURSOR_NAME)
        if known is None or known >= cursor:
            await self._follows.posts.set_cursor(CURSOR_NAME, cursor)
            return
        arrived = await self._service.run_background(
            lambda archive: archive.arrivals(known, ARRIVALS_PER_ROUND)
        )
        revised = [one.article.url for one in arrived if one.article.revised]
        for post in await self._follows.posts.from_articles(revised):
            try:
                await self._correct(post)
            except TRANSIENT_ERRORS as error:
                log.warning("correction not posted; tried again", why=type(error).__name__)
                return
        await self._follows.posts.set_cursor(CURSOR_NAME, arrived[-1].cursor if arrived else cursor)

    async def _correct(self, post: Post) -> None:
        """Reply to the message with the old words, unless they still stand or the article is gone.

        Raise one of TRANSIENT_ERRORS when Discord does not accept it at the moment: nothing is stored then.
        """
        follow = await self._follows.get(post.follow)
        if follow is None or post.channel is None or post.message is None:
            return
        circle = self._destinations.circle(follow)
        context = await self._service.run_background(
            lambda archive: archive.context(post.url, post.words, post.start, 0, circle=circle)
        )
        article = await self._service.run_background(lambda archive: archive.article(post.url, circle))
        if context or article is None:
            return
        match = await self._service.run_background(_current_match(post, circle))
        corrected = replace(post, start=match.quote.start, words=match.quote.text) if match else None
        texts = self._destinations.texts(follow)
        card = await asyncio.to_thread(correction_card, article, match, texts)
        reference = discord.MessageReference(
            message_id=post.message, channel_id=post.channel, guild_id=follow.server, fail_if_not_exists=False
        )
        channel = self._bot.get_partial_messageable(post.channel)
        line, nonce = correction_line(article, texts), _nonce(post, article)
        try:
            await announce(channel, line, forms_of(card), nonce=nonce, reference=reference)
        except TRANSIENT_ERRORS:
            raise
        except discord.HTTPException as error:
            log.warning("correction not posted", status=error.status, code=error.code)
        await self._follows.posts.replace(post, corrected)


def _nonce(post: Post, article: Article) -> str:
    """Return a name for this correction of a message, in 25 characters: another revision is another correction."""
    revision = zlib.crc32(f"{article.revised} {post.words}".encode())
    return f"c{post.message:x}{revision:08x}"


def _current_match(post: Post, circle: str) -> Callable[[Archive], QuoteMatch | None]:
    """Return a query for the sentence of the article that is closest to the posted words now."""

    def query(archive: Archive) -> QuoteMatch | None:
        try:
            matches = archive.find_quote(post.words, circle=circle).matches
        except BadQuestion:
            return None
        return next((match for match in matches if match.quote.article.url == post.url), None)

    return query
