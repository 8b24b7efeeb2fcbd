"""A question about the future, and quotes of that and of other times."""

from datetime import UTC, datetime

import pytest

from index.answering.answers import AnswerOutcome, Quote
from index.answering.future_quotes import may_tell_ahead
from index.parsing.build_article import make_article
from index.query.question import parse_question
from index.query.small_talk import SmallTalk

NOW = datetime(2026, 11, 28, 15, tzinfo=UTC)
LAST_YEAR = datetime(2025, 11, 10, tzinfo=UTC)
THIS_WEEK = datetime(2026, 11, 26, tzinfo=UTC)


def tells(sentence, published, question="Will Trump call Putin next month?"):
    article = make_article(
        url="https://wire.example.com/call", text=sentence, title="Call", outlet="Wire", published=published
    )
    return may_tell_ahead(Quote(article, 0, len(sentence)), parse_question(question, now=NOW))


@pytest.mark.parametrize(
    ("sentence", "published", "may"),
    [
        ("Trump called Putin on Thursday and urged him not to escalate the war.", LAST_YEAR, False),
        ("Trump called Putin on Thursday and urged him not to escalate the war.", THIS_WEEK, False),
        ("Trump will call Putin next month, the Kremlin said.", LAST_YEAR, False),
        ("Trump will call Putin next month, the Kremlin said.", THIS_WEEK, True),
        ("Trump plans to call Putin in December.", LAST_YEAR, False),
        ("Trump plans to call Putin in December 2026.", LAST_YEAR, True),
        ("Trump plans to call Putin, the White House said.", THIS_WEEK, True),
        ("Trump plans to call Putin, the White House said.", LAST_YEAR, False),
        ("Trump will call Putin in May, the White House said.", THIS_WEEK, False),
        ("The Kremlin ruled out a call with Trump.", THIS_WEEK, True),
    ],
)
def test_only_the_time_that_is_asked_of_answers(sentence, published, may):
    assert tells(sentence, published) is may


def test_without_a_time_what_is_new_answers():
    asked = "Will Trump call Putin?"
    assert tells("Trump will call Putin, the Kremlin said.", THIS_WEEK, asked)
    assert not tells("Trump called Putin on Thursday.", LAST_YEAR, asked)
    assert not tells("Trump will call Putin on Thursday.", LAST_YEAR, asked)


def test_an_open_question_without_a_time_is_left_alone():
    assert tells("The inquiry looks at the bridge.", LAST_YEAR, "What will the inquiry look at?")


@pytest.mark.parametrize(
    "question",
    [
        "Will Trump call Putin next month?",
        "Will Trump call Putin tomorrow?",
        "Is Trump going to call Putin on Tuesday?",
        "When will Trump call Putin next year?",
        "So will Trump call Putin in 2030?",
    ],
)
def test_a_question_of_a_time_to_come_may_be_refused(question):
    assert parse_question(question, now=NOW).small_talk is SmallTalk.FUTURE


@pytest.mark.parametrize(
    "question", ["Will Smith slapped whom last year?", "Did Trump call Putin last month?"]
)
def test_other_questions_are_not_of_the_future(question):
    parsed = parse_question(question, now=NOW)
    assert not parsed.asks_ahead
    assert parsed.small_talk is None


PLANS = (
    "The Kelheim bridge will close in March for repairs, the town said on Monday.",
    "The toll on the Garton tunnel is set to rise by ten per cent in January, the operator said on Friday.",
    "Train drivers plan to strike for two days next week, their union said.",
    "The army of Velia will hold an exercise near Sarland in December, the ministry said.",
    "The president of Velia, Olga Brandt, spoke to the press on Thursday.",
)


@pytest.fixture
def planned(read_archive):
    read_archive.add(
        [
            make_article(
                url=f"https://wire.example.com/{number}",
                text=text,
                title=f"News {number}",
                outlet="Wire",
                published=THIS_WEEK,
            )
            for number, text in enumerate(PLANS)
        ]
    )
    return read_archive


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("Will the Kelheim bridge close?", 0),
        ("Is the Kelheim bridge going to close?", 0),
        ("Will the Garton tunnel toll rise?", 1),
        ("Will train drivers strike next week?", 2),
        ("Will the army of Velia hold an exercise?", 3),
    ],
)
def test_what_is_planned_answers_a_question_of_the_future(planned, question, plan):
    assert planned.ask(question, now=NOW).quotes[0].text == PLANS[plan]


@pytest.mark.parametrize(
    "question",
    [
        "Will Velia invade Sarland?",
        "Will Olga Brandt win?",
        "Will the Kelheim bridge close in 2031?",
        "Will bus drivers strike next week?",
        "Will aliens land tomorrow?",
    ],
)
def test_what_nobody_plans_is_not_answered(planned, question):
    is_refused = parse_question(question, now=NOW).small_talk is SmallTalk.FUTURE
    expected = AnswerOutcome.REPLY if is_refused else AnswerOutcome.NOTHING
    assert planned.ask(question, now=NOW).outcome is expected


def test_a_call_of_last_year_does_not_answer_for_next_month(archive):
    text = "Trump called Putin on Thursday and urged him not to escalate the war in Ukraine, the paper wrote."
    archive.add(
        [
            make_article(
                url="https://wire.example.com/1",
                text=text,
                title="Trump calls Putin",
                outlet="Wire",
                published=LAST_YEAR,
            )
        ]
    )
    assert archive.ask("Did Trump call Putin?", now=NOW).outcome is AnswerOutcome.QUOTES
    assert archive.ask("Will Trump call Putin next month?", now=NOW).outcome is AnswerOutcome.REPLY
