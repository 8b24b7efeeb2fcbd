"""The arithmetic of growth, at cases that are worked out by hand."""

from dataclasses import fields, replace

import pytest

from tests.bench.growth.needs import Costs, Load, Sizes, occupied, sizes

FREE = Costs(**{one.name: 0.0 for one in fields(Costs)})
LOAD = Load(8_640, 864, days=10, questions=10.0, articles=10.0, sentences=20.0, poll_every=100.0, peak=10.0)


def test_what_comes_is_counted_by_the_second():
    assert LOAD.questions_a_second == pytest.approx(1.0)
    assert LOAD.articles_a_second == pytest.approx(0.1)
    assert LOAD.polls_a_second == pytest.approx(8.64)
    assert LOAD.kept == 864 * 10 * 20 * 10


def test_as_many_are_there_as_the_peak_needs():
    # 10 questions a second of 0.55 s: 5.5 cores, 69 % of 4 bots of two; 1 article a second of 2 s: 67 % of 3 fetchers
    costs = replace(FREE, question=0.5, larger=0.05, article=1.9, page_parsed=0.1, question_server=0.33)
    assert sizes(LOAD, costs) == Sizes(bots=4, fetchers=3, primary=5)
    assert sizes(LOAD, FREE) == Sizes(2, 2, 2)


def test_following_takes_its_part_of_every_bot():
    # at the peak 1 article and 2.5 questions a second and bot: 1 s until an article comes, and 0.4 s until a question
    costs = replace(FREE, follow=0.1, follow_article=0.2, follow_server=0.01, follow_article_server=0.03)
    busy = occupied(LOAD, costs, Sizes(4, 2, 2), 10.0)
    assert busy["bots"] == pytest.approx((0.1 / 1.4 + 0.2) / 2)
    assert busy["primary, processors"] == pytest.approx(4 * (0.01 / 1.4 + 0.03) / 2)
    # 20 bots have half a question a second each: 1 s and 2 s
    busy = occupied(LOAD, costs, Sizes(20, 2, 2), 10.0)
    assert busy["bots"] == pytest.approx((0.1 / 3 + 0.2) / 2)


def test_turns_and_polls_are_counted():
    costs = replace(FREE, question_turn=0.02, article_turn=0.3, poll_server=0.01, page_server=0.1)
    busy = occupied(LOAD, costs, Sizes(2, 2, 2), 10.0)
    assert busy["primary, turns of the bots' tables"] == pytest.approx(0.2)
    assert busy["primary, turns of the news"] == pytest.approx(0.3)
    assert busy["primary, processors"] == pytest.approx((8.64 * 0.01 + 1 * 0.1) / 2)


def test_costs_are_read_from_what_was_measured():
    follow = "a bot follows a commit of {}, processor of {}"
    bot, fetcher = "questions, 1 bot, PostgreSQL", "articles taken in, 1 fetcher, PostgreSQL"
    stored = "articles stored, 2 fetchers, PostgreSQL"
    values = {
        f"{bot}, processor of the bots": 100, f"{bot}, spread": 0.5, f"{bot}, processor of PostgreSQL": 2,
        "a whole question, processor of PostgreSQL": 3, "a whole question, write-ahead log": 600,
        fetcher: 10, f"{fetcher}, sentences": 500, f"{fetcher}, processor of the fetchers": 60, f"{fetcher}, processor of PostgreSQL": 9,
        f"{stored}, processor of the fetchers": 5, f"{stored}, processor of PostgreSQL": 3,
        f"{fetcher}, write-ahead log": 50_000,
        follow.format(1, "the bot"): 22, follow.format(16, "the bot"): 52,
        follow.format(1, "PostgreSQL"): 3, follow.format(16, "PostgreSQL"): 18,
        "a poll, processor of PostgreSQL": 4, "a page, processor of PostgreSQL": 5,
        "room on the server": 1500, "room on a bot": 1200,
    }  # fmt: skip
    costs = Costs.measured({name: {"value": value} for name, value in values.items()}, 25)
    assert (costs.question, costs.question_turn, costs.question_log) == pytest.approx((0.1, 0.003, 600))
    # of articles half as long
    assert (costs.article, costs.article_server, costs.article_turn) == pytest.approx((0.03, 0.0045, 0.004))
    assert (costs.follow, costs.follow_article) == pytest.approx((0.02, 0.001))
    assert (costs.follow_server, costs.follow_article_server) == pytest.approx((0.002, 0.0005))
    assert (costs.room_server, costs.article_log) == (1500, 25_000)
