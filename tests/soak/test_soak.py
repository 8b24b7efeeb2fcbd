"""The soak in short: some dozen questions in all the ways that there are, then many at once."""

from collections import Counter

import pytest

from tests.soak.bot_process import Sample
from tests.soak.run import Load, SoakReport, soak

SHORT = Load(questions=40, rate=12.0, people=40, at_once=40, paper=0.5, patience=90.0, lost_after=300.0)


async def test_no_question_is_lost_or_answered_twice(tmp_path, models):
    report = await soak(tmp_path, models, SHORT)
    told = "\n".join(report.lines())
    assert report.bad == []
    assert sum(report.outcomes.values()) == SHORT.questions
    assert sum(report.outcomes_at_once.values()) == SHORT.at_once
    assert report.outcomes["answered"] > 0
    assert "p95" in told
    assert report.samples
    assert report.articles[0] > 0


def made_up(**changes):
    usual = {
        "outcomes": Counter(answered=5),
        "outcomes_at_once": Counter(busy=1),
        "seconds": {},
        "samples": tuple(Sample(n, 300 + n, 40, 20) for n in range(10)),
        "articles": (1, 1),
        "exit_code": 0,
        "faults": 0,
        "violations": 0,
    }
    return SoakReport(**usual | changes)


def test_what_a_soak_calls_in_order():
    assert made_up().bad == []
    assert made_up().grown == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcomes": Counter(lost=1)}, "1 questions: lost"),
        ({"outcomes_at_once": Counter(doubled=2)}, "2 questions: doubled"),
        ({"exit_code": -9}, "it ended with -9"),
        ({"faults": 3}, "3 faults logged"),
    ],
)
def test_what_a_soak_calls_bad(changes, said):
    assert made_up(**changes).bad == [said]


def test_what_a_soak_calls_growth():
    samples = tuple(Sample(n, 300 + 20 * n, 40 + 2 * n, 20) for n in range(10))
    assert len(made_up(samples=samples).grown) == 2
