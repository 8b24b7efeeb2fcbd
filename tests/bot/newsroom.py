"""A bot on the local Discord, with news of the test's own making behind it."""

import asyncio
import threading
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import chain

from bot.client import Verbatim
from bot.context import TABLES, BotContext
from bot.services.conversation import Conversation
from bot.services.query_service import Limits, QueryService
from bot.storage.database import Database
from bot.storage.guild_settings import GuildSettingsStore
from index.answering.answers import QuoteContext
from index.articles import Span
from index.errors import BadQuestion
from index.feeds.manager import FeedManager
from index.fetching.settings import DEFAULT_FETCH_SETTINGS
from index.maintenance.pruning import PruneResult
from index.maintenance.stats import IndexStats
from index.text.sentence_splitter import split_sentences
from tests.bot.samples import call_answer, nothing, question

PATIENT = Limits(questions=1000, server=1000, clicks=1000)


class News:
    """Answers everything with one made-up answer; `gate` holds answers back, `asked` remembers the questions.

    `articles` are those of the answer's quotes, by address: they can be changed, or taken away. Of what is in
    `silent_on` no article says anything.
    """

    percent_built = None  # its indexes are made

    def is_behind(self):
        return False

    def check_encoder(self):
        pass

    def __init__(self, answer=None):
        self.answer = answer or call_answer()
        sources = [[quote.article, *quote.duplicates] for quote in self.answer.quotes]
        self.articles = {article.url: article for article in chain(*sources)}
        self.asked, self.silent_on = [], set()
        self.gate = threading.Event()
        self.gate.set()
        self.fault = None

    def ask(self, text, **how):
        self.asked.append((text, how))
        if not self.gate.wait(600):
            raise TimeoutError("the test never opened the gate")
        if not text.strip():
            raise BadQuestion("That is not a question. Ask in a few words.")
        if len(text) > 2000:
            raise BadQuestion("That is longer than 2,000 characters.")
        if self.fault:
            raise self.fault
        if text in self.silent_on:
            return nothing(question(text))
        filters = {name: how[name] for name in ("since", "until", "outlets") if how.get(name)}
        return replace(self.answer, question=replace(self.answer.question, text=text, **filters))

    def article(self, url, circle=None):
        return self.articles.get(url)

    def context(self, url, words, start, around=2, circle=None):
        if not self.gate.wait(600):
            raise TimeoutError("the test never opened the gate")
        article = self.articles.get(url)
        at = article.text.find(words) if article else -1
        if at < 0:
            return None
        spans, end = split_sentences(article.text), at + len(words)
        before = [span for span in spans if span.end <= at]
        after = [span for span in spans if span.start >= end]
        return QuoteContext(article, Span(at, end), tuple(before[-around:]), tuple(after[:around]))

    def cursor(self):
        return 0

    def outlets(self, circle=None):
        return ("Sample Wire", "Daily Courier", "x" * 101, " ")

    def stats(self, circle=None):
        return IndexStats(1, 1, (), None, None, None, "made up", 0)

    def circles(self):
        return frozenset({"house"})

    def remove_circle(self, circle):
        pass

    def prune(self):
        return PruneResult(0, 0)


@asynccontextmanager
async def online(server, folder, news=None, limits=PATIENT, fetching=DEFAULT_FETCH_SETTINGS):
    """Run the bot on a local Discord; whatever still waits at the end is let go."""
    news = news or News()
    database = await Database.open(folder, TABLES)
    guild_settings = GuildSettingsStore(database)
    await guild_settings.load()
    service = QueryService(news, limits, outlet_policy=guild_settings.allowed_outlets)
    feeds = FeedManager(folder, fetching)
    bot = Verbatim(BotContext.create(service, Conversation(), database, guild_settings, feeds), folder)
    task = asyncio.create_task(_run(bot, server.token))
    try:
        await server.ready()
        bot.news, bot.service, bot.database = news, service, database
        yield bot
    finally:
        if isinstance(news, News):
            news.gate.set()
        await service.stop(5)
        await bot.close()
        await task
        await database.close()
        feeds.close()


async def _run(bot, token):
    async with bot:
        await bot.start(token)


__all__ = ["PATIENT", "News", "online", "question"]
