"""The simulation gives what queueing theory does where that has a formula, and loses nothing on its way."""

import math
from dataclasses import fields, replace

import numpy as np
import pytest

from tests.bench.growth.needs import Costs, Load, Sizes, occupied
from tests.bench.growth.queues import CALM, QUEUE, RUSH, Course, World, broken, simulated

NOTHING = Costs(**{one.name: 0.0 for one in fields(Costs)})
STEADY = Course(before=25_000.0, peak=0.0, after=0.0)


def load(questions=0.0, articles=0.0, **more):
    """Return a load of so many questions and articles a second."""
    made = Load(1_000, 10, days=1, questions=questions * 86.4, articles=articles * 8_640, **more)
    assert made.questions_a_second == pytest.approx(questions)
    return made


def erlang_c(servers, offered):
    """Return the chance that whoever comes has to wait (Erlang, 1917)."""
    last = offered**servers / math.factorial(servers) * servers / (servers - offered)
    return last / (sum(offered**n / math.factorial(n) for n in range(servers)) + last)


@pytest.mark.parametrize(("servers", "rate"), [(1, 0.6), (2, 1.6)])
def test_bots_wait_as_erlang_says(servers, rate):
    """M/M/c: Poisson arrivals, exponential times of a second."""
    costs = replace(NOTHING, question=1.0, question_spread=1.0)
    world = World(load(questions=rate), costs, Sizes(1, 1, 1, servers), STEADY, 1.0)
    world.run()
    waits = world.waits()["bots"].of(STEADY, CALM)
    chance, left = erlang_c(servers, rate), servers - rate
    assert world.refused <= 2
    assert np.mean(waits > 0) == pytest.approx(chance, rel=0.05)
    assert waits.mean() == pytest.approx(chance / left, rel=0.12)
    assert np.mean(waits > 2) == pytest.approx(chance * math.exp(-2 * left), rel=0.12)
    assert np.percentile(waits, 99) == pytest.approx(math.log(100 * chance) / left, rel=0.12)


def test_turns_wait_as_pollaczek_and_khinchine_say():
    """M/D/1: all articles hold the lock for as long, and come to it one at a time from a fetcher that takes no time."""
    costs = replace(NOTHING, article_turn=0.7)
    world = World(load(articles=1.0), costs, Sizes(1, 500, 1), STEADY, 1.0)
    world.run()
    waits = world.waits()["primary, turns of the news"].of(STEADY, CALM)
    assert waits.mean() == pytest.approx(0.7 * 0.7 / (2 * (1 - 0.7)), rel=0.08)


MIXED = Costs(
    **{one.name: 0.0 for one in fields(Costs)}
    | {"question": 0.1, "question_spread": 0.5, "question_server": 0.002, "question_turn": 0.004}
    | {"article": 0.05, "article_server": 0.01, "article_turn": 0.008, "poll_server": 0.001}
    | {"follow": 0.03, "follow_article": 0.005, "follow_server": 0.002, "follow_article_server": 0.001}
)  # fmt: skip


def test_every_part_is_as_busy_as_arithmetic_says():
    course = Course(before=500.0, peak=0.0, after=0.0)
    busy = load(questions=20.0, articles=3.0, poll_every=1.0)
    there = Sizes(bots=3, fetchers=2, primary=2)
    world = World(busy, MIXED, there, course, 1.0)
    world.run()
    expected = occupied(busy, MIXED, there)
    stations = {
        "primary, processors": world.cores,
        "primary, turns of the bots' tables": world.tables,
        "primary, turns of the news": world.news,
    }
    for where, station in stations.items():
        servers = there.primary if where.endswith("processors") else 1
        found = station.busy / (servers * course.whole)
        assert found == pytest.approx(expected[where], rel=0.05), where
    bots = sum(bot.busy for bot in world.bots) / (there.bots * there.bot_cores * course.whole)
    assert bots == pytest.approx(expected["bots"], rel=0.05)


def test_what_comes_is_answered_committed_and_followed():
    course = Course(before=300.0, peak=300.0, after=300.0)
    world = World(load(questions=3.0, articles=0.5), MIXED, Sizes(2, 2, 2), course, 4.0)
    world.run()
    in_hand = world.asked - world.refused - len(world.answers.seconds)
    assert 0 <= in_hand <= 10
    assert 0 <= world.arrived - world.committed <= 10
    known = len(world.fresh.seconds) + sum(map(len, world._behind))
    assert (
        2 * world.committed - 40 <= known <= 2 * world.committed
    )  # each of both bots knows all, or is at it
    assert len(world.fetchers.of(course, RUSH)) == pytest.approx(4 * 0.5 * 300, rel=0.15)


def test_what_is_too_small_breaks_and_is_named():
    course = Course(before=60.0, peak=300.0, after=0.0)
    slow = replace(MIXED, question_turn=0.1)
    found = simulated(load(questions=2.0, articles=0.1), slow, Sizes(4, 2, 2), course, 10.0)
    assert broken(found)[-1] != "bots"
    assert "primary, turns of the bots' tables" in broken(found)
    assert broken(simulated(load(questions=2.0, articles=0.1), MIXED, Sizes(4, 2, 2), course, 10.0)) == []


def test_a_full_bot_refuses():
    course = Course(before=200.0, peak=0.0, after=0.0)
    costs = replace(NOTHING, question=10.0)
    world = World(load(questions=2.0), costs, Sizes(1, 1, 1), course, 1.0)
    world.run()
    assert world.asked - world.refused == pytest.approx(QUEUE + 2 * 200 / 10, abs=3)
