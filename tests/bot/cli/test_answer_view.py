"""The card in the terminal: content, order, narrow and plain terminals, hostile text."""

import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.answer_view import MAX_QUOTES, first_quotes, format_day, print_answer, sanitize
from bot.texts import ENGLISH, answer_wording
from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.articles import Article, Span
from index.attribution.speaker import Speaker
from index.query.question import AnswerType, Question, SmallTalk
from index.retrieval.spelling import Correction
from index.stance.judgement import Judgement, Stance

NOW = datetime(2024, 11, 12, tzinfo=UTC)
CALL = "The two men spoke on Thursday, The Washington Post reported."
DENIAL = "However, this is completely untrue. “This is pure fiction,” he told reporters."


def article(name="wire", text=CALL, **fields):
    fields = {"outlet": "Sample Wire", "title": "A call is reported", "published": NOW, **fields}
    return Article(url=f"https://{name}.example.com/2024/11/call", text=text, **fields)


def quote(text=CALL, start=0, end=None, **fields):
    given_article = fields.pop("article", None) or article(text=text)
    return Quote(given_article, start, end or len(given_article.text), **fields)


def answer(*groups, outcome=AnswerOutcome.QUOTES, **fields):
    question = fields.pop("question", None) or Question(
        "Did Trump call Putin?", "Trump call Putin", NOW, AnswerType.CLAIM
    )
    return Answer(question, outcome, groups, **{"searched_articles": 27, "newest_published": NOW, **fields})


def shown(given_answer, *, width=80, terminal=False, explain=False, limit=MAX_QUOTES, **options):
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=terminal, highlight=False, **options)
    print_answer(given_answer, console, limit=limit, explain=explain)
    return stream.getvalue()


def disagreement():
    start = DENIAL.index("“")
    denied = quote(
        DENIAL,
        start,
        article=article("times", DENIAL, outlet="The Sample Times", revised=NOW),
        speaker=Speaker("Dmitry Peskov", "Kremlin spokesman"),
        judgement=Judgement(Stance.DENIED, "fiction", 0.91),
        context=Span(0, start - 1),
        score=2.5,
        features={"sentence": 0.8125, "names": 1.0},
        chances={"answers": 0.934, "no_comment": 0.02},
    )
    reported = quote(
        cited_source="The Washington Post",
        judgement=Judgement(Stance.REPORTED),
        duplicates=(article("other", outlet="Other"),),
    )
    return answer(
        QuoteGroup(Stance.REPORTED, (reported,)),
        QuoteGroup(Stance.DENIED, (denied,)),
        outcome=AnswerOutcome.DISAGREE,
        reported_by=("Sample Wire",),
        denied_by=("Dmitry Peskov",),
    )


def test_everything_is_there_in_the_order_of_the_card():
    given_answer = disagreement()
    card = shown(given_answer, width=100)
    parts = [
        "Did Trump call Putin?",
        answer_wording.summary(given_answer, ENGLISH),
        answer_wording.search_scope(given_answer, ENGLISH),
        "\nReported\n",
        "│ " + CALL,
        "Sample Wire · citing The Washington Post · 12 Nov 2024 · also in 1 outlet",
        given_answer.quotes[0].link,
        "\nDenied\n",
        "│ However, this is completely untrue.\n│ “This is pure fiction,” he told reporters.",
        "The Sample Times · Dmitry Peskov, Kremlin spokesman · 12 Nov 2024 · corrected 12 Nov 2024",
        given_answer.quotes[1].link,
        ENGLISH("footer"),
    ]
    places = [card.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_a_link_stays_whole_when_there_is_no_terminal():
    given_answer = disagreement()
    card = shown(given_answer, width=30)
    for given_quote in given_answer.quotes:
        assert given_quote.link in card


def test_a_terminal_gets_links_to_click():
    given_answer = disagreement()
    card = shown(given_answer, terminal=True, width=100)
    for given_quote in given_answer.quotes:
        assert re.search(rf"\x1b]8;[^;]*;{re.escape(given_quote.link)}\x1b\\", card)
        assert given_quote.article.url in card


def test_without_colour_there_is_not_one_escape():
    assert "\x1b" not in shown(disagreement())


@pytest.mark.parametrize("width", [8, 20, 40, 200])
def test_any_width_shows_every_word_and_overruns_with_addresses_only(width):
    card = shown(disagreement(), width=width)
    for word in [*CALL.split(), *DENIAL.split()]:
        assert word[: width - 2] in card
    for line in card.splitlines():
        assert len(line) <= width or "https://" in line


def test_explain_shows_what_was_read_in_words_and_every_feature():
    assert "read:" not in shown(disagreement())
    card = shown(disagreement(), explain=True, width=120)
    assert 'read: answers 93%, no comment 2%; cue "fiction"; score 2.500' in card
    assert "not read; score" in card  # the other quote was not
    assert "sentence=0.812 names=1" in card


def test_nothing_found_offers_headlines_that_are_not_quotes():
    card = shown(answer(outcome=AnswerOutcome.NOTHING, headlines=(article(), article("x", published=None))))
    assert ENGLISH("nothing") in card
    assert card.count("A call is reported") == 2
    assert ENGLISH("headlines") in card
    assert ENGLISH("no-date") in card
    assert "│" not in card


def test_an_empty_index_is_told():
    assert ENGLISH("no-articles") in shown(
        answer(outcome=AnswerOutcome.NOTHING, searched_articles=0, newest_published=None)
    )


def test_small_talk_gets_its_reply_and_no_more():
    question = Question("hello", "hello", NOW, small_talk=SmallTalk.GREETING)
    card = shown(answer(outcome=AnswerOutcome.REPLY, question=question), width=200)
    assert card.strip() == "Hello! Ask me something about the news, for example: Did Trump call Putin?"


def test_filters_and_dropped_filters_are_told():
    question = Question("What?", "What?", NOW, outlets=("Sample Wire",), filter_phrases=("says Sample Wire",))
    group = QuoteGroup(None, (quote(),))
    assert "Searched: Sample Wire" in shown(answer(group, question=question))
    assert "Nothing matched" in shown(answer(group, question=question, filters_dropped=True))


def test_words_read_as_others_are_told_also_where_nothing_was_found():
    asked = Question("Did Trmup?", "Did Trump?", NOW, corrections=(Correction("Trmup", "Trump"),))
    for outcome in (AnswerOutcome.QUOTES, AnswerOutcome.NOTHING):
        assert shown(answer(question=asked, outcome=outcome)).count("Read “Trmup” as “Trump”.") == 1


def test_a_language_the_model_is_weak_in_is_told():
    assert "answers in Ukrainian may be weak" in shown(
        answer(QuoteGroup(None, (quote(),)), unsupported_languages=("uk",)), width=200
    )


def test_a_group_without_stance_is_neutral():
    assert "What the articles say" in shown(answer(QuoteGroup(None, (quote(),))))


HOSTILE = (
    "a\x1b[31mred\x1b]0;title\x07\x9b2J\u202ebackwards\u2066\r\nline\u2028[bold]not markup[/bold] :smile:"
)


def test_hostile_text_cannot_steer_the_terminal():
    bad = Article(url=f"https://x.example.com/{HOSTILE}", outlet=HOSTILE, title=HOSTILE, text=HOSTILE)
    hostile_quote = Quote(
        bad,
        0,
        len(bad.text),
        Speaker(HOSTILE, HOSTILE),
        HOSTILE,
        Judgement(Stance.DENIED, HOSTILE),
        duplicates=(article(),),
    )
    question = Question(HOSTILE, HOSTILE, NOW, outlets=(HOSTILE,), completed_from=HOSTILE)
    card = shown(
        answer(QuoteGroup(None, (hostile_quote,)), question=question, headlines=(bad,), denied_by=(HOSTILE,)),
        explain=True,
        width=5000,
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", card)
    assert "[bold]not markup[/bold] :smile:" in card


@given(st.text())
def test_plain_text_holds_no_control_character_and_is_one_line(text):
    safe = sanitize(text)
    assert len(safe.splitlines()) <= 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", safe)
    assert sanitize(safe) == safe


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_plain_text_leaves_letters_alone(text):
    assert sanitize(text) == text


def test_dates_are_short():
    assert format_day(NOW) == "12 Nov 2024"
    assert format_day(None) == ENGLISH("no-date")


def many(stance, number):
    return QuoteGroup(stance, tuple(quote(text=f"{stance} {n} said.") for n in range(number)))


def test_three_quotes_are_shown_and_the_others_counted():
    given_answer = answer(many(Stance.REPORTED, 4), many(Stance.DENIED, 2), outcome=AnswerOutcome.DISAGREE)
    card = shown(given_answer)
    assert card.count("│") == 3
    assert ENGLISH("shown-of", shown=3, found=6) in card
    everything = shown(given_answer, limit=None)
    assert everything.count("│") == 6
    assert ENGLISH("shown-of", shown=6, found=6) not in everything


@given(st.lists(st.integers(1, 5), max_size=4), st.integers(0, 12))
def test_the_first_quotes_are_spread_over_the_groups(sizes, most):
    groups = [many(None, size) for size in sizes]
    kept = first_quotes(groups, most)
    assert sum(len(group.quotes) for group in kept) == min(most, sum(sizes))
    assert len(kept) == min(most, len(groups))
    for before, after in zip(groups, kept, strict=False):
        assert before.quotes[: len(after.quotes)] == after.quotes


def test_a_speaker_who_is_the_source_is_named_once():
    given_quote = quote(speaker=Speaker("The Washington Post"), cited_source="the Washington Post")
    assert "Sample Wire · The Washington Post · 12 Nov 2024" in shown(
        answer(QuoteGroup(None, (given_quote,)))
    )
