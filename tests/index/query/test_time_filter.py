"""Which times limit the search, which are preferred. The reader asks on Wednesday, 13 November 2024."""

from datetime import UTC, datetime, timedelta

import pytest

from index.articles import Span
from index.query.outlet_mentions import OutletMention
from index.query.time_filter import TimeConstraint, read_period, time_constraint

NOW = datetime(2024, 11, 13, 15, 30, tzinfo=UTC)
NAMED = [OutletMention("CNN", Span(0, 0), Span(0, 0))]


def scope(text, named=()):
    return time_constraint(text, NOW, list(named))


def day(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What did the Kremlin say last week?", "2024-11-04", "2024-11-11"),
        ("What was reported in October 2024?", "2024-10-01", "2024-11-01"),
        ("What happened in Damascus last month?", "2024-10-01", "2024-11-01"),
        ("What's new in Gaza since Monday?", "2024-11-11", None),
        ("how did Kyiv react on 7 November", "2024-11-07", "2024-11-09"),
        ("any news about Myanmar since March?", "2024-03-01", None),
        ("show me headlines from last week", "2024-11-04", "2024-11-11"),
        ("Ukraine last week", "2024-11-04", "2024-11-11"),
        ("and last week?", "2024-11-04", "2024-11-11"),
        ("What did they say before 2023?", None, "2023-01-01"),
        ("What did they say between 3 and 5 May 2024?", "2024-05-03", "2024-05-07"),
    ],
)
def test_a_question_for_reports_is_limited_to_the_time(text, since, until):
    found = scope(text)
    assert (found.since, found.until) == (day(since), day(until))
    assert found.phrase
    assert found.prefer_around is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Did they speak last week?", "2024-11-04"),
        ("Did Trump call Putin in November 2024?", "2024-11-01"),
        ("Has the Fed cut rates since September?", "2024-09-01"),
        ("Was the minister fired on Monday?", "2024-11-11"),
        ("Last week, did they speak?", "2024-11-04"),
        ("What happened to the minister in October 2024?", "2024-10-01"),
        ("Who has resigned since Monday?", "2024-11-11"),
        ("How many have died in Gaza since 8 October 2023?", "2023-10-08"),
        ("What did he say about the call of 7 November 2024 on 8 November 2024?", "2024-11-08"),
    ],
)
def test_what_is_claimed_of_a_time_may_be_reported_later_but_not_before(text, since):
    assert (scope(text).since, scope(text).until) == (day(since), None)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("Who resigned this week?", NOW),
        ("Which seed was recently put on the list?", NOW),
        ("What is the latest on the inquiry into the crash?", NOW),
        ("Did the vote fail? The minister was fired yesterday.", day("2024-11-12") + timedelta(hours=12)),
        ("Who won the cup on Sunday?", day("2024-11-10") + timedelta(hours=12)),
        ("Who resigned yesterday?", day("2024-11-12") + timedelta(hours=12)),
        ("Which company gained most over the past two days?", NOW - timedelta(days=1)),
        ("Which country lost most forest in 2022?", day("2022-07-02") + timedelta(hours=12)),
        (
            "The mayor was fired last year. Who is the mayor who was fired last year?",
            day("2023-07-02") + timedelta(hours=12),
        ),
    ],
)
def test_the_time_of_an_event_is_only_preferred(text, around):
    found = scope(text)
    assert (found.since, found.until, found.phrase) == (None, None, None)
    assert found.prefer_around == around
    assert found.prefer_within > timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        "Who won the 2024 election?",
        "US election 2024",
        "Who was king before 1952?",
        "What happened on 9/11?",
        "Who owns USA Today?",
        "Did Trump call Putin?",
    ],
)
def test_a_time_that_belongs_to_the_fact_asks_nothing(text):
    assert scope(text) == TimeConstraint()


@pytest.mark.parametrize(
    "text", ["did they win in the coach's last season", "was it the players’ last week?"]
)
def test_a_time_that_somebody_has_limits_nothing(text):
    found = scope(text)
    assert (found.since, found.until, found.phrase) == (None, None, None)


def test_an_outlet_named_beside_it_makes_a_time_an_exact_limit():
    text = "Who resigned yesterday?"
    assert scope(text, NAMED).since == day("2024-11-12")
    assert scope(text, NAMED).until == day("2024-11-13")


def test_the_end_of_a_time_that_is_not_over_limits_nothing():
    assert scope("What did the Kremlin say yesterday?").until is None
    assert scope("What was said in November 2024?").until is None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("last Tuesday", "2024-11-12", "2024-11-13"),
        ("2023", "2023-01-01", "2024-01-01"),
        ("May", "2024-05-01", "2024-06-01"),
        ("this week", "2024-11-11", "2024-11-18"),
        ("Christmas", "2023-12-24", "2023-12-27"),
        ("since Monday", "2024-11-11", None),
        ("before 2023.", None, "2023-01-01"),
        ("tomorrow", "2024-11-14", "2024-11-15"),
        ("may 6-8", "2024-05-06", "2024-05-09"),
        ("11/12/2023", "2023-12-11", "2023-12-12"),
    ],
)
def test_a_time_by_itself_is_read_as_a_whole(text, since, until):
    period = read_period(text, NOW, day_first=True)
    assert period is not None
    assert (period.since, period.until) == (day(since), day(until))


@pytest.mark.parametrize(
    "text", ["", "the election", "2 weeks ago or so", "yesterday at 5pm", "5", "11/12/2023"]
)
def test_what_is_no_time_or_more_than_one_is_none(text):
    assert read_period(text, NOW) is None
