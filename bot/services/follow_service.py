"""Looking after what is followed: new quotes that answer, corrections of posted ones, daily briefs."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import discord
import structlog
from discord.ext import commands

from bot.errors import Stopping
from bot.gateway.locale import Locales
from bot.gateway.messages import announce, card_forms, forms_of
from bot.services.query_service import QueryService
from bot.storage.answers import AnswerStore
from bot.storage.daily_briefs import DailyBrief, DailyBriefStore
from bot.storage.follows import Follow, FollowStore, Post
from bot.storage.guild_settings import GuildSettingsStore
from bot.texts import Texts
from bot.ui.brief_card import brief_card, brief_line
from bot.ui.card import Card
from bot.ui.follow_cards import correction_card, correction_line, follow_line, only
from index import Answer, Archive, ArrivedArticle, BadQuestion, Quote, QuoteMatch, report_fault

AT_ONCE = 200  # arrivals that are looked at together
RECENT = timedelta(days=7)  # older articles are no news, however late they come in
LATE = timedelta(hours=6)  # a daily brief that is later than this is left out
SHOWN = 3  # quotes of a post
DAY = timedelta(days=1)
CORRECTIONS = "corrections"
TROUBLE = (discord.DiscordServerError, aiohttp.ClientError, OSError)
log = structlog.get_logger(__name__)


class FollowService:
    """One round after the other over all that is followed. `clock` gives aware times."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        service: QueryService,
        follows: FollowStore,
        dailies: DailyBriefStore,
        kept: AnswerStore,
        servers: GuildSettingsStore,
        languages: Locales,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bot = bot
        self._service = service
        self._follows = follows
        self._dailies = dailies
        self._kept = kept
        self._servers = servers
        self._languages = languages
        self._clock = clock
        self._turn = asyncio.Lock()

    async def round(self) -> None:
        """Look once at everything; what Discord does not take for the moment is tried again the next time."""
        async with self._turn:
            await self._round()

    async def _round(self) -> None:
        mark = await self._service.run_background(lambda news: news.cursor())
        await self._correct(mark)
        arrived: dict[int, Sequence[ArrivedArticle]] = {}  # most follows have come equally far
        for follow in await self._follows.all():
            if follow.mark < mark and not follow.resting and self._due(follow):
                if follow.mark not in arrived:
                    arrived[follow.mark] = await self._service.run_background(_arrivals(follow.mark))
                await self._told(follow, arrived[follow.mark])
        for daily in await self._dailies.due(self._clock()):
            await self._brief(daily)

    def _due(self, follow: Follow) -> bool:
        """Say whether enough time has passed since its last post."""
        daily = self._servers.of(follow.server if follow.channel else None).daily
        return self._clock().timestamp() - follow.last >= DAY.total_seconds() / max(daily, 1)

    async def _told(self, follow: Follow, fresh: Sequence[ArrivedArticle]) -> None:
        """Look after one follow; a fault of its own counts against it, and keeps nobody else waiting."""
        try:
            await self._look_after(follow, fresh)
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, the others are told
            report_fault(error, "looking after a follow")
            await self._follows.not_sent(follow, (), refused=True)

    async def _look_after(self, follow: Follow, fresh: Sequence[ArrivedArticle]) -> None:
        """Look at what came in since the last time, and post what is new and answers."""
        server = self._servers.of(follow.server if follow.channel else None)
        if not fresh:
            return
        news = [one for one in fresh if _counts(one, self._clock(), server.outlets)]
        answer = await self._answered(follow, news)
        quotes = await self._new(follow, answer) if answer else ()
        allowed = self._open(follow)
        posts = [Post(follow.id, quote.article.url, quote.start, quote.text) for quote in quotes]
        looked = await self._follows.look(follow, fresh[-1].cursor, posts if allowed else ())
        if looked and answer and quotes and allowed:
            await self._post(follow, only(answer, quotes), posts)

    async def _answered(self, follow: Follow, news: Sequence[ArrivedArticle]) -> Answer | None:
        """Ask the new articles alone."""
        if not news:
            return None
        try:
            return await self._service.run_background(
                lambda archive: archive.answer_from(follow.question, news)
            )
        except BadQuestion:
            return None

    async def _new(self, follow: Follow, answer: Answer) -> tuple[Quote, ...]:
        """Pick the quotes that are news to this follow: other words, and no copy of an article it had."""
        keys, urls = await self._follows.known(follow.id)
        found: list[Quote] = []
        for quote in answer.quotes:
            post = Post(follow.id, quote.article.url, quote.start, quote.text)
            if post.key not in keys and not await self._service.run_background(_copied(quote, urls)):
                keys.add(post.key)
                found.append(quote)
        return tuple(found[:SHOWN])

    async def _post(self, follow: Follow, answer: Answer, posts: Sequence[Post]) -> None:
        """Post once; where that fails, undo what was taken down of it."""
        texts = self._texts(follow)
        handle = await self._kept.keep(answer)
        forms = await asyncio.to_thread(card_forms, answer, texts, handle)
        try:
            place = await self._place(follow)
            sent = await announce(place, follow_line(follow.question, answer, texts), forms)
        except discord.NotFound:  # the channel is no more
            await self._follows.end(follow.id)
            return
        except TROUBLE as error:
            log.warning("not posted; tried again", why=type(error).__name__)
            await self._follows.not_sent(follow, posts, refused=False)
            return
        except discord.HTTPException as error:
            log.warning("not posted", status=error.status, code=error.code)
            sent = None
        if sent is None:
            await self._follows.not_sent(follow, posts, refused=True)
        else:
            await self._follows.sent(follow, posts, sent.channel.id, sent.id)

    def _open(self, to: Follow | DailyBrief) -> bool:
        """Say whether the server's settings let posts go there; in private they always may."""
        if to.channel is None:
            return True
        parent = getattr(self._bot.get_channel(to.channel), "parent_id", None)
        return self._servers.of(to.server).open_to(to.channel, parent)

    def _texts(self, to: Follow | DailyBrief) -> Texts:
        """Give the texts for a post: the person's in private, the server's, as it is now, in a channel."""
        return (
            Texts(to.language) if to.channel is None else self._languages.for_server(to.server, to.language)
        )

    async def _place(self, to: Follow | DailyBrief) -> discord.abc.Messageable:
        """Give where posts go: a channel, or the person's direct messages."""
        if to.channel is not None:
            return self._bot.get_partial_messageable(to.channel)
        return await self._bot.create_dm(discord.Object(to.person))

    async def _correct(self, mark: int) -> None:
        """Say so where an article that was quoted in a post no longer has the words."""
        known = await self._follows.mark(CORRECTIONS)
        if known is None or known >= mark:
            await self._follows.set_mark(CORRECTIONS, mark)
            return
        fresh = await self._service.run_background(lambda news: news.arrivals(known, AT_ONCE))
        for post in await self._follows.posted_from(
            [one.article.url for one in fresh if one.article.revised]
        ):
            try:
                await self._correct_one(post)
            except discord.HTTPException as error:
                log.warning("correction not posted", status=error.status, code=error.code)
        await self._follows.set_mark(CORRECTIONS, fresh[-1].cursor if fresh else mark)

    async def _correct_one(self, post: Post) -> None:
        """Post a correction as a reply to the message that holds the old words."""
        follow = await self._follows.get(post.follow)
        stands = await self._service.run_background(
            lambda news: news.context(post.url, post.words, post.start, 0)
        )
        article = await self._service.run_background(lambda news: news.article(post.url))
        if follow is None or stands or article is None or post.channel is None or post.message is None:
            return
        match = await self._service.run_background(_as_now(post))
        now = replace(post, start=match.quote.start, words=match.quote.text) if match else None
        await self._follows.corrected(post, now)
        texts = self._texts(follow)
        card = await asyncio.to_thread(correction_card, article, match, texts)
        refer = discord.MessageReference(
            message_id=post.message, channel_id=post.channel, guild_id=follow.server, fail_if_not_exists=False
        )
        place = self._bot.get_partial_messageable(post.channel)
        await announce(place, correction_line(article, texts), forms_of(card), refer)

    async def _brief(self, daily: DailyBrief) -> None:
        """Send a daily brief; a day without articles brings none."""
        now = self._clock()
        if now.timestamp() - daily.next > LATE.total_seconds():
            return
        server = self._servers.of(daily.server if daily.channel else None)
        if not self._open(daily):
            return
        stories = await self._service.run_background(lambda news: news.brief(now - DAY, now, server.outlets))
        if not stories:
            return
        texts = self._texts(daily)
        handle = await self._kept.keep_quotes([story.quote for story in stories])
        card: Card = await asyncio.to_thread(brief_card, stories, now, texts, handle)
        try:
            await announce(await self._place(daily), brief_line(stories, texts), forms_of(card))
        except discord.NotFound:
            await self._dailies.end(daily.id)
        except (discord.HTTPException, *TROUBLE) as error:
            log.warning("daily brief not sent", why=type(error).__name__)


def _arrivals(mark: int) -> Callable[[Archive], Sequence[ArrivedArticle]]:
    return lambda news: news.arrivals(mark, AT_ONCE)


def _counts(fresh: ArrivedArticle, now: datetime, outlets: Sequence[str]) -> bool:
    """Say whether an article is news, from an outlet that is allowed there."""
    return fresh.time >= now - RECENT and (not outlets or fresh.article.outlet in outlets)


def _copied(quote: Quote, urls: set[str]) -> Callable[[Archive], bool]:
    """Look whether an article is a copy of one at another of the addresses."""
    return lambda news: any(copy.url in urls for copy in news.near_duplicates(quote.article.url))


def _as_now(post: Post) -> Callable[[Archive], QuoteMatch | None]:
    """Look for the sentence that stands where posted words stood."""

    def work(news: Archive) -> QuoteMatch | None:
        try:
            matches = news.find_quote(post.words).matches
        except BadQuestion:
            return None
        return next((match for match in matches if match.quote.article.url == post.url), None)

    return work
