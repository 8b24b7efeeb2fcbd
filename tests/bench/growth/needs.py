"""What many servers and feeds need, by arithmetic from measured costs."""

import math
from dataclasses import dataclass
from typing import Any

DAY = 86_400
BOT_CORES = 2  # of a bot: as many as it has threads for questions
FULL = 0.7  # of a processor's or a lock's time that is planned for at the peak: beyond it queues grow fast


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured, in seconds of one processor and bytes; but `page_parsed` and `larger`, which are assumed.

    A `turn` is the time for which no other process can write: the bots' tables have one lock, the news has another. It is
    counted by processor time, more than all that is done in it, so that it does not depend on what else a machine does.
    A bot follows in one go what was committed since it last did, when a question comes: `follow` is what that takes,
    and `follow_article` what each article adds.
    """

    question: float  # on a bot's processors, both of its cores together
    question_spread: float  # standard deviation to mean of a question's time
    question_server: float
    question_turn: float
    question_log: float
    article: float  # on a fetcher's processor
    article_server: float
    article_turn: float
    article_log: float
    follow: float
    follow_article: float
    follow_server: float
    follow_article_server: float
    poll_server: float
    page_server: float
    room_server: float
    room_bot: float
    page_parsed: float = 0.1  # a page, or the polls it takes to find it, parsed
    larger: float = 0.06  # a question in an index of millions of sentences, beside one of thousands

    @classmethod
    def measured(cls, rows: dict[str, dict[str, Any]], sentences: float) -> "Costs":
        """Return what a run of `python -m tests.bench.growth` found, for articles of so many sentences."""

        def value(name: str) -> float:
            return float(rows[name]["value"])

        def ms(name: str) -> float:
            return value(name) / 1000

        follow = "a bot follows a commit of {}, processor of {}"
        one, many = (ms(follow.format(size, "the bot")) for size in (1, 16))
        one_server, many_server = (ms(follow.format(size, "PostgreSQL")) for size in (1, 16))
        each, each_server = (many - one) / 15, (many_server - one_server) / 15
        bot = "questions, 1 bot, PostgreSQL"
        fetcher = "articles taken in, 1 fetcher, PostgreSQL"
        stored = "articles stored, 2 fetchers, PostgreSQL"
        length = (
            sentences * value(fetcher) / value(f"{fetcher}, sentences")
        )  # beside those that were measured
        return cls(
            question=ms(f"{bot}, processor of the bots"),
            question_spread=value(f"{bot}, spread"),
            question_server=ms(f"{bot}, processor of PostgreSQL"),
            question_turn=ms("a whole question, processor of PostgreSQL"),
            question_log=value("a whole question, write-ahead log"),
            article=length * ms(f"{fetcher}, processor of the fetchers"),
            article_server=length * ms(f"{fetcher}, processor of PostgreSQL"),
            article_turn=length
            * (ms(f"{stored}, processor of the fetchers") + ms(f"{stored}, processor of PostgreSQL")),
            article_log=length * value(f"{fetcher}, write-ahead log"),
            follow=max(0.0, one - each),
            follow_article=length * each,
            follow_server=max(0.0, one_server - each_server),
            follow_article_server=length * each_server,
            poll_server=ms("a poll, processor of PostgreSQL"),
            page_server=ms("a page, processor of PostgreSQL"),
            room_server=value("room on the server"),
            room_bot=value("room on a bot"),
        )


@dataclass(frozen=True, slots=True)
class Load:
    """How many servers and feeds, and what is assumed of each. `days` are those of which news is kept."""

    servers: int
    feeds: int
    days: int
    questions: float = 10.0  # a server and day
    articles: float = 20.0  # a feed and day
    sentences: float = 25.0  # an article
    poll_every: float = 300.0  # seconds, of a feed
    peak: float = 10.0  # times the mean, of questions and articles at once

    @property
    def questions_a_second(self) -> float:
        """Return how many questions come in the mean."""
        return self.servers * self.questions / DAY

    @property
    def articles_a_second(self) -> float:
        """Return how many articles come in the mean."""
        return self.feeds * self.articles / DAY

    @property
    def polls_a_second(self) -> float:
        """Return how often a feed is polled."""
        return self.feeds / self.poll_every

    @property
    def kept(self) -> float:
        """Return how many sentences are kept."""
        return self.feeds * self.articles * self.sentences * self.days


FIRST, SECOND = Load(10_000, 1_000, days=30), Load(100_000, 10_000, days=7)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many processes there are: bots of two cores each, fetchers of one, and cores of the primary."""

    bots: int
    fetchers: int
    primary: int
    bot_cores: int = BOT_CORES


def follow_share(load: Load, costs: Costs, bots: int, factor: float) -> float:
    """Return the cores that each bot is busy with following, at so many times the mean."""
    articles = load.articles_a_second * factor
    return goes(load, bots, factor) * costs.follow + articles * costs.follow_article


def goes(load: Load, bots: int, factor: float) -> float:
    """Return how often a second a bot follows: after each time it waits for a commit, and then for a question."""
    asked, added = load.questions_a_second * factor / bots, load.articles_a_second * factor
    return asked * added / (asked + added) if asked and added else 0.0


def primary_cores(load: Load, costs: Costs, bots: int, factor: float) -> float:
    """Return how many cores the primary is busy with, at so many times the mean."""
    questions, articles = load.questions_a_second * factor, load.articles_a_second * factor
    following = goes(load, bots, factor) * costs.follow_server + articles * costs.follow_article_server
    return (
        questions * costs.question_server
        + articles * (costs.article_server + costs.page_server)
        + load.polls_a_second * costs.poll_server
        + bots * following
    )


def sizes(load: Load, costs: Costs) -> Sizes:
    """Return what keeps every processor at FULL of its time at the peak; two of each at least, for one may fail."""
    questions, articles = load.questions_a_second * load.peak, load.articles_a_second * load.peak
    bots = 2
    while (
        questions / bots * (costs.question + costs.larger) + follow_share(load, costs, bots, load.peak)
        > FULL * BOT_CORES
    ):
        bots += 1
    fetchers = max(2, math.ceil(articles * (costs.article + costs.page_parsed) / FULL))
    primary = max(2, math.ceil(primary_cores(load, costs, bots, load.peak) / FULL))
    return Sizes(bots, fetchers, primary)


def occupied(load: Load, costs: Costs, there: Sizes, factor: float = 1.0) -> dict[str, float]:
    """Return the share of its time that each part is busy, at so many times the mean: at 1 it can do no more."""
    questions, articles = load.questions_a_second * factor, load.articles_a_second * factor
    following = follow_share(load, costs, there.bots, factor)
    asking = questions / there.bots * (costs.question + costs.larger)
    return {
        "bots": (asking + following) / there.bot_cores,
        "fetchers": articles * (costs.article + costs.page_parsed) / there.fetchers,
        "primary, processors": primary_cores(load, costs, there.bots, factor) / there.primary,
        "primary, turns of the bots' tables": questions * costs.question_turn,
        "primary, turns of the news": articles * costs.article_turn,
    }
