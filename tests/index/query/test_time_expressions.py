"""Time phrases: found where they stand for themselves, read as a reader on 13 November 2024 means them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.time_expressions import Grain, read_times

NOW = datetime(2024, 11, 13, 15, 30, tzinfo=UTC)  # a Wednesday


def only(text, now=NOW):
    found = read_times(text, now).periods
    assert len(found) == 1, found
    return found[0]


def day(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


@pytest.mark.parametrize(
    ("text", "phrase", "since", "until"),
    [
        ("What did the bank say yesterday?", "yesterday", "2024-11-12", "2024-11-13"),
        ("What did he say yesterday morning?", "yesterday morning", "2024-11-12", "2024-11-13"),
        ("What happened the day before yesterday?", "the day before yesterday", "2024-11-11", "2024-11-12"),
        ("What happened last night in Kyiv?", "last night", "2024-11-12", "2024-11-13"),
        ("What was said last week about rates?", "last week", "2024-11-04", "2024-11-11"),
        ("what went on last month", "last month", "2024-10-01", "2024-11-01"),
        ("What happened last year?", "last year", "2023-01-01", "2024-01-01"),
        ("What happened last weekend?", "last weekend", "2024-11-09", "2024-11-11"),
        ("Over the weekend, what happened?", "Over the weekend", "2024-11-09", "2024-11-11"),
        ("What happened last November?", "last November", "2023-11-01", "2023-12-01"),
        ("What happened last Monday?", "last Monday", "2024-11-11", "2024-11-12"),
        ("What happened on Sunday night?", "on Sunday night", "2024-11-10", "2024-11-11"),
        ("What did she tell them Friday?", "Friday", "2024-11-08", "2024-11-09"),
        ("What happened two days ago?", "two days ago", "2024-11-11", "2024-11-12"),
        ("What happened 3 weeks ago?", "3 weeks ago", "2024-10-21", "2024-10-28"),
        ("What happened a month ago?", "a month ago", "2024-10-01", "2024-11-01"),
        ("What happened in November 2024?", "in November 2024", "2024-11-01", "2024-12-01"),
        ("What happened in Feb. 2024?", "in Feb. 2024", "2024-02-01", "2024-03-01"),
        ("What happened in May?", "in May", "2024-05-01", "2024-06-01"),
        ("What happened in december?", "in december", "2023-12-01", "2024-01-01"),
        ("What happened in 2021?", "in 2021", "2021-01-01", "2022-01-01"),
        ("What happened on 7 November?", "on 7 November", "2024-11-07", "2024-11-08"),
        ("What happened on November 7th?", "on November 7th", "2024-11-07", "2024-11-08"),
        ("What happened on Dec 25?", "on Dec 25", "2023-12-25", "2023-12-26"),
        (
            "What happened on the 7th of November 2024?",
            "on the 7th of November 2024",
            "2024-11-07",
            "2024-11-08",
        ),
        ("What happened on 2024-11-07?", "on 2024-11-07", "2024-11-07", "2024-11-08"),
        ("Floods in Valencia, 29 October 2024", "29 October 2024", "2024-10-29", "2024-10-30"),
        ("What happened between 3 and 5 May 2024?", "between 3 and 5 May 2024", "2024-05-03", "2024-05-06"),
        ("What happened between May and July 2023?", "between May and July 2023", "2023-05-01", "2023-08-01"),
        ("What happened between 2020 and 2022?", "between 2020 and 2022", "2020-01-01", "2023-01-01"),
        ("What happened from 3 May to 5 June 2023?", "from 3 May to 5 June 2023", "2023-05-03", "2023-06-06"),
        ("What happened from Monday to Wednesday?", "from Monday to Wednesday", "2024-11-11", "2024-11-14"),
        ("Who has resigned since Monday?", "since Monday", "2024-11-11", None),
        ("What was said since the 7 November?", "since the 7 November", "2024-11-07", None),
        ("What was said after 7 Nov 2024?", "after 7 Nov 2024", "2024-11-08", None),
        ("What was said before 2023?", "before 2023", None, "2023-01-01"),
        ("What was said until Friday?", "until Friday", None, "2024-11-09"),
    ],
)
def test_a_phrase_is_a_stretch_of_time(text, phrase, since, until):
    period = only(text)
    assert text[period.span.start : period.span.end] == phrase
    assert (period.since, period.until) == (day(since), day(until))


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("What happened in the last 24 hours?", timedelta(hours=24)),
        ("What happened in the past three days?", timedelta(days=3)),
        ("What happened over the past week?", timedelta(weeks=1)),
        ("What happened in the last few days?", timedelta(days=5)),
        ("What was said a couple of days ago?", timedelta(days=3)),
    ],
)
def test_a_rolling_time_ends_now(text, ago):
    period = only(text)
    assert (period.since, period.until) == (NOW - ago, None)
    assert period.deictic


@pytest.mark.parametrize(
    "text",
    [
        "Who won the 2024 election?",
        "Who won the 1998 World Cup?",
        "Where was World Cup 2022 played?",
        "Who has led the league in 2024 goals?",
        "What happened on 9/11?",
        "What happened on January 6?",
        "What did the January 6 committee find?",
        "What did Israel say after October 7?",
        "What did Theresa May say?",
        "Who was prime minister before May?",
        "How many joined the March for Life?",
        "Who wrote it in the Sunday Times?",
        "What sold best on Black Friday?",
        "Who won on Super Tuesday?",
        "Who sang Yesterday?",
        "Who owns USA Today?",
        "Who won last week's debate?",
        "What hit the fastest growth for the first time since 1986?",
        "What was it like in the 1990s?",
        "What does the 2021-22 season look like?",
        "Who will be king in 2050?",
        "Was anything signed on 30 February 2024?",
        "Is it true that he may resign?",
        "Who said the mar on the sun was new?",
        "Nothing about time here",
    ],
)
def test_a_time_in_a_name_a_fact_or_the_future_is_left_alone(text):
    assert read_times(text, NOW).periods == []


SATURDAY = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "since", "until"),
    [
        ("a year ago today", "2025-11-28", "2025-11-29"),
        ("two weeks ago today", "2026-11-14", "2026-11-15"),
        ("today last year", "2025-11-28", "2025-11-29"),
        ("a month ago yesterday", "2026-10-27", "2026-10-28"),
        ("a year ago last Friday", "2025-11-27", "2025-11-28"),
        ("this time last year", "2025-11-21", "2025-12-06"),
        ("the same day last year", "2025-11-28", "2025-11-29"),
        ("this week last year", "2025-11-24", "2025-12-01"),
        ("on the 15th of last month", "2026-10-15", "2026-10-16"),
        ("on the third of October", "2026-10-03", "2026-10-04"),
        ("on the first Monday of this month", "2026-11-02", "2026-11-03"),
        ("on the 15th", "2026-11-15", "2026-11-16"),
        ("two Fridays ago", "2026-11-20", "2026-11-21"),
        ("two Novembers ago", "2024-11-01", "2024-12-01"),
        ("the Friday before last", "2026-11-20", "2026-11-21"),
        ("the week before last", "2026-11-09", "2026-11-16"),
        ("the day before last Friday", "2026-11-26", "2026-11-27"),
        ("two days after 5 November", "2026-11-07", "2026-11-08"),
        ("last summer", "2026-06-01", "2026-09-01"),
        ("in the winter of 2024", "2024-12-01", "2025-03-01"),
        ("in Q3 2026", "2026-07-01", "2026-10-01"),
        ("in the first quarter of last year", "2025-01-01", "2025-04-01"),
        ("in the second week of November", "2026-11-08", "2026-11-15"),
        ("in the last two days of October", "2026-10-30", "2026-11-01"),
        ("November last year", "2025-11-01", "2025-12-01"),
        ("last year in November", "2025-11-01", "2025-12-01"),
        ("two years ago in March", "2024-03-01", "2024-04-01"),
        ("Friday last week", "2026-11-20", "2026-11-21"),
        ("at the end of last month", "2026-10-16", "2026-11-01"),
        ("in mid-November", "2026-11-08", "2026-11-23"),
        ("a year and a half ago", "2025-05-01", "2025-06-01"),
        ("on Friday, 27 November 2026", "2026-11-27", "2026-11-28"),
        ("in week 47", "2026-11-16", "2026-11-23"),
        ("on 3. November 2025", "2025-11-03", "2025-11-04"),
        ("in the week of 9 November", "2026-11-09", "2026-11-16"),
        ("on the weekend of 13 November", "2026-11-14", "2026-11-16"),
        ("on the evening of 3 November 2025", "2025-11-03", "2025-11-04"),
        ("on the eve of 3 November", "2026-11-02", "2026-11-03"),
        ("in 11/2025", "2025-11-01", "2025-12-01"),
        ("in 2026 Q2", "2026-04-01", "2026-07-01"),
        ("mid-2025", "2025-04-02", "2025-10-02"),
        ("in the winter of 2025/26", "2025-12-01", "2026-03-01"),
        ("in winter 2025-26", "2025-12-01", "2026-03-01"),
        ("last year today", "2025-11-28", "2025-11-29"),
        ("last year at this time", "2025-11-21", "2025-12-06"),
        ("a year ago tomorrow", "2025-11-29", "2025-11-30"),
        ("a year ago on 5 November", "2025-11-05", "2025-11-06"),
        ("a year ago on Monday", "2025-11-23", "2025-11-24"),
        ("on the second to last day of October", "2026-10-30", "2026-10-31"),
        ("in the penultimate week of October", "2026-10-22", "2026-10-29"),
        ("on the last but one Friday of October", "2026-10-23", "2026-10-24"),
        ("the last two Fridays", "2026-11-20", None),
        ("over the last three summers", "2024-06-01", None),
        ("more than a year ago", None, "2025-11-28 15:00"),
        ("at least two weeks ago", None, "2026-11-14 15:00"),
        ("less than a week ago", "2026-11-21 15:00", None),
        ("from the third to the fifth of November", "2026-11-03", "2026-11-06"),
    ],
)
def test_a_time_of_several_parts_is_read_whole(when, since, until):
    period = only(f"What did Velia announce {when}?", SATURDAY)
    assert (period.since, period.until) == (day(since), day(until))


@pytest.mark.parametrize(
    ("when", "since", "until"),
    [
        ("on Saturday", "2026-11-21", "2026-11-29"),
        ("since Saturday", "2026-11-21", None),
        ("before Saturday", None, "2026-11-28"),
        ("last Saturday", "2026-11-21", "2026-11-22"),
        ("over the weekend", "2026-11-21", "2026-11-30"),
    ],
)
def test_the_name_of_todays_day_means_today_too(when, since, until):
    period = only(f"What did Velia announce {when}?", SATURDAY)
    assert (period.since, period.until) == (day(since), day(until))


@pytest.mark.parametrize(
    ("numbers", "day_first", "read"),
    [
        ("28.11.2025", None, "2025-11-28"),
        ("28.11.25", None, "2025-11-28"),
        ("11/28/2025", None, "2025-11-28"),
        ("2026/11/03", None, "2026-11-03"),
        ("11/3/2026", False, "2026-11-03"),
        ("11/3/2026", True, "2026-03-11"),
        ("3-11-2026", True, "2026-11-03"),
        ("11.3.2026", None, "2026-03-11"),
        ("11.3.2026", False, "2026-11-03"),
        ("3.11.", True, "2026-11-03"),
    ],
)
def test_a_date_in_numbers_is_read_as_its_reader_writes_it(numbers, day_first, read):
    found = read_times(f"What did Velia announce on {numbers}?", SATURDAY, day_first=day_first)
    assert [period.since for period in found.periods] == [day(read)]
    assert not found.unread


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("What did Velia announce on 11/3/2026?", "11/3/2026"),
        ("What did Velia announce on 31/31/2025?", "31/31/2025"),
        ("What did Velia announce on 30 February 2024?", "30 February 2024"),
        ("What did Velia announce on the 31st of September?", "31st of September"),
        ("What did Velia announce on the fifth Monday of October?", "fifth Monday of October"),
        ("What did Velia announce three Lents ago?", "three Lents ago"),
        ("What did Velia announce tomorrow a year ago?", "tomorrow a year ago"),
        ("What did Velia announce Tuesday 4 November?", "Tuesday 4 November"),
        ("What did Velia announce last month but one?", "last month but one"),
        ("What did Velia announce last week but one in Rome?", "last week but one"),
        ("What did Velia announce ages ago ago?", "did Velia announce ages ago"),
    ],
)
def test_what_looks_like_a_time_and_is_none_is_told_and_not_read_in_part(text, phrase):
    found = read_times(text, SATURDAY)
    assert not found.periods
    assert [text[span.start : span.end] for span in found.unread] == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        "Who won the 2024 election?",
        "What happened on 9/11?",
        "What does 24/7 mean?",
        "What is version 2.0.1 about?",
        "What did Theresa May say?",
        "What happened after the fall of Rome?",
        "Who won on Super Tuesday?",
        "What will happen next week?",
    ],
)
def test_what_is_no_time_is_not_told_as_one(text):
    assert not read_times(text, SATURDAY).unread


def test_days_are_those_of_the_reader():
    tokyo = datetime(2024, 11, 13, 1, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    period = only("What happened yesterday?", tokyo)
    assert period.since == datetime(2024, 11, 11, 15, tzinfo=UTC)
    assert period.until == datetime(2024, 11, 12, 15, tzinfo=UTC)
    assert period.since.tzinfo is period.until.tzinfo is UTC


def test_a_day_on_which_the_clock_changes_has_its_own_length():
    paris = datetime(2024, 10, 28, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
    period = only("What happened yesterday?", paris)
    assert period.until - period.since == timedelta(hours=25)


@pytest.mark.parametrize(
    ("text", "grain", "deictic"),
    [
        ("What happened yesterday?", Grain.DAY, True),
        ("What happened last week?", Grain.WEEK, True),
        ("What happened in May 2024?", Grain.MONTH, False),
        ("What happened in 2023?", Grain.YEAR, False),
    ],
)
def test_a_period_says_how_wide_it_is_and_from_where_it_is_told(text, grain, deictic):
    assert (only(text).grain, only(text).deictic) == (grain, deictic)


def test_several_phrases_are_found_in_order_but_not_without_end():
    text = "What was said on Monday and on Tuesday?"
    found = read_times(text, NOW).periods
    assert [text[p.span.start : p.span.end] for p in found] == ["on Monday", "on Tuesday"]
    assert len(read_times("on Monday, " * 100, NOW).periods) < 10


WORDS = [
    "since", "before", "last", "past", "next", "in", "on", "two", "three", "3", "29", "31", "ago", "days",
    "week", "weeks", "February", "May", "Monday", "Friday", "2024", "2099", "1900", "yesterday", "between",
    "and", "today", "-", "?", "the", "on 29 February", "to 5 March 2025", "over 30 centuries ago",
    "in 100 centuries",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.datetimes(timezones=st.just(UTC)),
    st.booleans(),
)
def test_any_words_at_any_time_give_periods_within_the_text(text, now, ahead):
    for period in read_times(text, now, ahead=ahead).periods:
        assert 0 <= period.span.start < period.span.end <= len(text)
        assert period.since is None or period.since <= now
        assert not (period.since and period.until) or period.since < period.until
        assert period.since or period.until


@pytest.mark.parametrize(
    "text",
    [
        "Was the tomb built over 30 centuries ago?",
        "Will the sun die in 100 centuries?",
        "What happened less than 300 decades ago?",
    ],
)
def test_what_lies_beyond_the_calendar_is_no_period(text):
    times = read_times(text, NOW, ahead=True)
    assert (times.periods, times.coming) == ([], [])


@pytest.mark.parametrize(
    ("now", "since"),
    [(datetime(2026, 3, 10, tzinfo=UTC), (2024, 2, 29)), (datetime(2027, 12, 1, tzinfo=UTC), (2028, 2, 29))],
)
def test_the_leap_day_is_one_of_a_year_that_has_it(now, since):
    times = read_times("Will the tunnel open on 29 February?", now, ahead=True)
    [period] = times.periods + times.coming
    assert (period.since.year, period.since.month, period.since.day) == since


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(" ".join) | st.text(max_size=300))
def test_the_periods_of_any_text_stand_apart_in_it(text):
    spans = [period.span for period in read_times(text, NOW).periods]
    assert all(text[slice(*span)].strip() for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("when", "since", "until"),
    [
        ("at Christmas", "2025-12-24", "2025-12-27"),
        ("on Christmas Eve", "2025-12-24", "2025-12-25"),
        ("over Easter 2024", "2024-03-29", "2024-04-02"),
        ("on Good Friday", "2026-04-03", "2026-04-04"),
        ("last Christmas", "2025-12-24", "2025-12-27"),
        ("on New Year\u2019s Eve", "2025-12-31", "2026-01-01"),
        ("on St. Patrick's Day", "2026-03-17", "2026-03-18"),
        ("on All Saints' Day last year", "2025-11-01", "2025-11-02"),
        ("on Thanksgiving", "2026-11-26", "2026-11-27"),
        ("on Memorial Day", "2026-05-25", "2026-05-26"),
        ("since Whitsun", "2026-05-24", None),
        ("between Christmas and New Year", "2025-12-24", "2026-01-02"),
        ("on 20261103", "2026-11-03", "2026-11-04"),
        ("on the 3.11.2026", "2026-11-03", "2026-11-04"),
        ("on 28. 11. 2025", "2025-11-28", "2025-11-29"),
    ],
)
def test_feasts_and_days_in_numbers_are_times(when, since, until):
    period = only(f"What happened {when}?", SATURDAY)
    assert (period.since, period.until) == (day(since), day(until))


@pytest.mark.parametrize(
    "text",
    [
        "What did the Good Friday Agreement say?",
        "What happened on Easter Island?",
        "What happened in Pentecost?",
        "Who celebrates Christmas?",
        "Who wrote the Christmas song?",
        "Who sold 20261103 shares?",
        "Who spoke at 11?",
    ],
)
def test_a_feast_in_a_name_is_no_time(text):
    assert read_times(text, SATURDAY) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("What happened during Ramadan?", "Ramadan"),
        ("What was said since Yom Kippur?", "Yom Kippur"),
        ("What did she say on Mother's Day?", "Mother's Day"),
        ("What happened two Christmases ago?", "two Christmases ago"),
        ("What happened on 3/11?", "3/11"),
    ],
)
def test_a_feast_or_day_that_may_be_several_is_told(text, unread):
    times = read_times(text, SATURDAY)
    assert times.periods == []
    assert [text[slice(*span)] for span in times.unread] == [unread]


@pytest.mark.parametrize(
    ("when", "since", "until"),
    [
        ("tomorrow", "2026-11-29", "2026-11-30"),
        ("the day after tomorrow", "2026-11-30", "2026-12-01"),
        ("next week", "2026-11-30", "2026-12-07"),
        ("next month", "2026-12-01", "2027-01-01"),
        ("in the coming year", "2027-01-01", "2028-01-01"),
        ("next March", "2027-03-01", "2027-04-01"),
        ("next Christmas", "2026-12-24", "2026-12-27"),
        ("at Christmas", "2026-12-24", "2026-12-27"),
        ("on Tuesday", "2026-12-01", "2026-12-02"),
        ("on 5 May", "2027-05-05", "2027-05-06"),
        ("in March", "2027-03-01", "2027-04-01"),
        ("in two weeks", "2026-12-07", "2026-12-14"),
        ("in 2030", "2030-01-01", "2031-01-01"),
        ("by 2030", "2030-01-01", "2031-01-01"),
    ],
)
def test_a_question_about_the_future_names_the_next_time(when, since, until):
    times = read_times(f"Will Trump call Putin {when}?", SATURDAY, ahead=True)
    assert times.periods == []
    assert [(period.since, period.until) for period in times.coming] == [(day(since), day(until))]
