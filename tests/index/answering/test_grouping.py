"""Groups, their order, and the names on either side."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.answers import AnswerOutcome, Quote, QuoteGroup
from index.answering.grouping import group_by_stance, without_repeated_context
from index.articles import Article, Span
from index.attribution.speaker import Speaker
from index.query.question import AnswerType, Question, parse_question
from index.stance.judgement import Judgement, Stance

TEXT = "One sentence that is quoted."
NOON = datetime(2024, 11, 12, 12, tzinfo=UTC)
CLAIM = parse_question("Did it happen?", now=NOON)
OPEN = Question("What happened?", "what happened", NOON, AnswerType.THING)


def quote(stance: Stance, sure: float = 0.9, outlet: str = "Sample Wire", **more: object) -> Quote:
    article = Article("https://news.example/1", outlet, "Title", TEXT)
    return Quote(article, 0, len(TEXT), judgement=Judgement(stance, None, sure), **more)  # type: ignore[arg-type]


def on(day: int, stance: Stance, text: str = TEXT) -> Quote:
    published = datetime(2024, 11, day, tzinfo=UTC)
    article = Article(f"https://news.example/{day}", "Sample Wire", "Title", text, published=published)
    return Quote(article, 0, len(text), judgement=Judgement(stance, None, 0.9))


REPORTED = quote(Stance.REPORTED)
DENIED = quote(Stance.DENIED, speaker=Speaker("Dmitry Peskov", "Kremlin spokesman"))
SILENT = quote(Stance.NO_COMMENT)
OTHER = quote(Stance.BACKGROUND, 0.0)


def stances(quotes: list[Quote], question: Question = CLAIM) -> list[Stance | None]:
    return [one.stance for one in group_by_stance(question, quotes).groups]


def test_nothing_in_nothing_out() -> None:
    assert group_by_stance(CLAIM, []) == ((), AnswerOutcome.NOTHING, (), ())


def test_groups_stand_in_their_order_whatever_ranks_first() -> None:
    shown = [Stance.REPORTED, Stance.DENIED, Stance.NO_COMMENT, Stance.BACKGROUND]
    assert stances([OTHER, SILENT, DENIED, REPORTED]) == shown


def test_both_sides_disagree() -> None:
    assert group_by_stance(CLAIM, [REPORTED, DENIED]).outcome is AnswerOutcome.DISAGREE


@pytest.mark.parametrize("quotes", [[REPORTED, SILENT], [DENIED, SILENT], [REPORTED, OTHER]])
def test_one_side_does_not_disagree(quotes: list[Quote]) -> None:
    assert group_by_stance(CLAIM, quotes).outcome is AnswerOutcome.QUOTES


def test_without_any_side_there_is_one_neutral_group() -> None:
    answer = group_by_stance(CLAIM, [OTHER, OTHER])
    assert [one.stance for one in answer.groups] == [None]
    assert (answer.outcome, answer.reported_by, answer.denied_by) == (AnswerOutcome.QUOTES, (), ())


@pytest.mark.parametrize(
    ("reported", "denied", "first"),
    [(12, 1, Stance.REPORTED), (1, 12, Stance.DENIED), (1, 2, Stance.DENIED)],
)
def test_a_side_that_came_after_the_other_is_a_change_and_comes_first(
    reported: int, denied: int, first: Stance
) -> None:
    answer = group_by_stance(CLAIM, [on(reported, Stance.REPORTED), on(denied, Stance.DENIED)])
    assert answer.outcome is AnswerOutcome.CHANGED
    assert answer.groups[0].stance is first


def test_sides_that_stand_at_the_same_time_disagree() -> None:
    sides = [on(3, Stance.REPORTED), on(1, Stance.DENIED), on(5, Stance.DENIED)]
    assert group_by_stance(CLAIM, sides).outcome is AnswerOutcome.DISAGREE


def test_who_denies_a_report_later_disputes_it() -> None:
    answer = group_by_stance(
        CLAIM, [on(1, Stance.REPORTED), on(12, Stance.DENIED, "The mayor denied the report on Friday.")]
    )
    assert answer.outcome is AnswerOutcome.DISAGREE


def test_undated_sides_disagree() -> None:
    assert group_by_stance(CLAIM, [REPORTED, on(12, Stance.DENIED)]).outcome is AnswerOutcome.DISAGREE


def test_an_open_question_takes_no_sides() -> None:
    answer = group_by_stance(OPEN, [REPORTED, DENIED])
    assert [one.stance for one in answer.groups] == [None]
    assert (answer.outcome, answer.reported_by, answer.denied_by) == (AnswerOutcome.QUOTES, (), ())


def test_reporters_are_the_cited_outlet_or_the_publisher_once_each_in_order() -> None:
    quotes = [
        quote(Stance.REPORTED, cited_source="The Washington Post"),
        quote(Stance.REPORTED, outlet="Daily Echo"),
        quote(Stance.REPORTED, cited_source="Washington  Post"),
        quote(Stance.REPORTED, outlet="daily echo"),
    ]
    assert group_by_stance(CLAIM, quotes).reported_by == ("The Washington Post", "Daily Echo")


def test_deniers_are_speakers_or_the_publisher_never_the_report_they_deny() -> None:
    quotes = [DENIED, quote(Stance.DENIED, outlet="Daily Echo", cited_source="The Washington Post"), DENIED]
    assert group_by_stance(CLAIM, quotes).denied_by == ("Kremlin", "Daily Echo")


@given(st.lists(st.tuples(st.sampled_from(Stance), st.floats(0, 1)), max_size=12), st.booleans())
def test_every_quote_is_shown_once_and_order_is_kept(kinds: list[tuple[Stance, float]], claim: bool) -> None:
    quotes = [quote(stance, sure, score=float(i)) for i, (stance, sure) in enumerate(kinds)]
    answer = group_by_stance(CLAIM if claim else OPEN, quotes)
    shown = [one for some in answer.groups for one in some.quotes]
    assert sorted(one.score for one in shown) == [one.score for one in quotes]
    for some in answer.groups:
        scores = [one.score for one in some.quotes]
        assert scores
        assert scores == sorted(scores)
        assert some.stance is None or all(one.stance is some.stance for one in some.quotes)


def test_a_context_that_stands_further_up_as_a_quote_is_not_repeated() -> None:
    text = "Oslo – The bridge opened. It cost a million. Nobody came."
    article = Article("https://news.example/1", "Sample Wire", "Title", text)
    copy = Article("https://copy.example/1", "Copy", "Title", text)
    first, second = Span(0, 25), Span(26, 44)
    above = Quote(article, 7, 25)
    below = Quote(copy, *second, context=first)
    alone = Quote(article, 45, len(text), context=second)
    groups = (QuoteGroup(Stance.REPORTED, (above,)), QuoteGroup(Stance.BACKGROUND, (below,)))
    kept = without_repeated_context(groups)
    assert [one.context for group in kept for one in group.quotes] == [None, None]
    swapped = without_repeated_context((QuoteGroup(None, (below, above)), QuoteGroup(None, (alone,))))
    assert [one.context for group in swapped for one in group.quotes] == [first, None, None]
