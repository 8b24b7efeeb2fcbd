import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup, QuoteMatch
from index.answering.quote_alignment import AlignedSegment, SegmentKind
from index.articles import Article, Span
from index.query.question import Question
from index.stance.judgement import Stance
from tests.index.conftest import BRIDGE, WHEAT


@given(st.text(min_size=1, max_size=40), st.integers(-3, 45), st.integers(-3, 45))
def test_a_quote_is_its_articles_words_or_cannot_be_made(text: str, start: int, end: int) -> None:
    article = Article("https://news.example/1", "Sample Wire", "Title", text)
    if 0 <= start < end <= len(text):
        assert Quote(article, start, end).text == text[start:end]
    else:
        with pytest.raises(ValueError, match=r"no such span in https://news\.example/1"):
            Quote(article, start, end)


def test_context_is_the_articles_words_too_and_may_be_missing() -> None:
    first, second = BRIDGE.text.split("\n")[:2]
    start = len(first) + 1
    quote = Quote(BRIDGE, start, start + len(second), context=Span(0, len(first)))
    assert (quote.context_text, quote.text) == (first, second)
    assert Quote(BRIDGE, 0, 5).context_text is None


def test_what_was_not_judged_is_background() -> None:
    assert Quote(BRIDGE, 0, 5).stance is Stance.BACKGROUND


def test_a_link_opens_the_article_at_the_quote_and_keeps_to_its_room() -> None:
    quote = Quote(BRIDGE, 0, BRIDGE.text.index("\n"))
    assert quote.link.startswith(f"{BRIDGE.url}#:~:text=The%20harbour%20bridge")
    assert quote.link_within(len(quote.link)) == quote.link
    assert quote.link_within(len(BRIDGE.url)) == BRIDGE.url


@pytest.mark.parametrize("kind", SegmentKind)
def test_a_match_is_exact_unless_words_differ_or_are_missing(kind: SegmentKind) -> None:
    pieces = (AlignedSegment(SegmentKind.SAME, "The bridge "), AlignedSegment(kind, "opens"))
    match = QuoteMatch(Quote(BRIDGE, 0, 5), 0.9, pieces)
    assert match.exact is (kind not in {SegmentKind.DIFFERENT, SegmentKind.MISSING})


def test_an_answers_quotes_stand_in_the_order_of_its_groups() -> None:
    one, two, three = Quote(BRIDGE, 0, 3), Quote(WHEAT, 0, 5), Quote(BRIDGE, 4, 11)
    groups = (QuoteGroup(Stance.DENIED, (three, one)), QuoteGroup(Stance.BACKGROUND, (two,)))
    question = Question("What opened?", "what opened", BRIDGE.published)  # type: ignore[arg-type]
    assert Answer(question, AnswerOutcome.QUOTES, groups).quotes == (three, one, two)
    assert Answer(question, AnswerOutcome.NOTHING).quotes == ()
