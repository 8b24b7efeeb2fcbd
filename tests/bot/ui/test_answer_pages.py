"""Any answer's buttons lead to pages that Discord takes, and a message gives back the card it was made of."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from discord.components import _component_factory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage.answers import TABLE, AnswerRef, AnswerStore, ResolvedQuote, resolve
from bot.storage.database import Database
from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.answer_card import answer_card
from bot.ui.answer_pages import PageRequest, answer_page
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import CARD, MAX_COMPONENTS
from bot.ui.card_parser import parse_card, parse_question_line, parse_title
from bot.ui.markdown import to_one_line, unescape
from index.answering.answers import AnswerOutcome, QuoteContext
from index.articles import Span
from index.attribution.speaker import Speaker
from index.text.sentence_splitter import split_sentences
from tests.bot.newsroom import News
from tests.bot.samples import DAY, answer, answers, article, call_answer, question, quote, story
from tests.discord_server.limits import message_faults

generous = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
NAME = "AbCdEfGh_-1"
V2 = 1 << 15
PAGES = [Action.MORE, Action.CONTEXT, Action.TIMELINE, Action.NEWEST]


def standing_of(made):
    """The quotes of an answer as they are found again in articles that have not changed."""
    return tuple(_standing(made))


def _standing(made):
    pairs = ((group.stance, one) for group in made.groups for one in group.quotes)
    for place, (stance, one) in enumerate(pairs):
        spans = split_sentences(one.article.text)[:500]
        before = tuple(span for span in spans if span.end <= one.start)[-2:]
        after = tuple(span for span in spans if span.start >= one.end)[:2]
        yield ResolvedQuote(
            place, stance, one, QuoteContext(one.article, Span(one.start, one.end), before, after)
        )


def sent(card):
    """A message that shows the card, as the library reads it."""

    async def components():
        return card.view().to_components()

    made = asyncio.run(components())
    assert message_faults({"components": made, "flags": V2}) == []
    return SimpleNamespace(content="", embeds=[], components=[_component_factory(one) for one in made])


def body(card):
    return "\n".join(block.text for block in card.blocks)


@generous
@given(answers, st.sampled_from(PAGES), st.integers(0, 12), st.booleans(), st.sampled_from(LANGUAGES))
def test_every_page_keeps_to_discords_limits(made, deed, number, share, language):
    texts = Texts(language)
    on = frozenset(range(0, len(made.quotes), 2))
    button = ButtonSpec(deed, NAME, on, number, "label")
    card = answer_page(PageRequest(button, standing_of(made), len(made.quotes) + 1, "## Title", share), texts)
    assert card.size <= CARD.text
    assert card.components <= MAX_COMPONENTS
    sent(card)


@generous
@given(answers, st.booleans(), st.sampled_from(LANGUAGES))
def test_a_card_with_buttons_keeps_to_discords_limits_and_is_read_back_whole(made, share, language):
    card = answer_card(made, CARD, Texts(language), AnswerRef(NAME, share))
    assert card.components <= MAX_COMPONENTS
    assert parse_card(sent(card)) == card
    if made.outcome is not AnswerOutcome.REPLY:
        assert parse_title(sent(card)) == card.blocks[0].text.split("\n")[0]


@given(st.text(max_size=200).filter(lambda text: to_one_line(text)))
def test_a_question_is_read_back_as_it_was_shown(text):
    card = answer_card(call_answer(asked=question(text)), CARD, ENGLISH)
    assert parse_question_line(sent(card)).rstrip("\u202c\u2069") == to_one_line(text).rstrip("\u202c\u2069")


@pytest.mark.parametrize("text", ["Hello", "", "### Not a title"])
def test_what_is_no_card_has_no_question(text):
    message = SimpleNamespace(content=text, embeds=[], components=[])
    assert parse_question_line(message) == ""
    assert parse_card(message) is None


def test_context_keeps_paragraphs_and_marks_what_was_left_out():
    text = "One. Two.\nADVERTISEMENT\nThree. Four. Five."
    source = article(text)
    at = text.index("Three.")
    spans = {
        word: Span(text.index(word), text.index(word) + len(word))
        for word in ("One.", "Two.", "Four.", "Five.")
    }
    context = QuoteContext(
        source, Span(at, at + 6), (spans["One."], spans["Two."]), (spans["Four."], spans["Five."])
    )
    one = ResolvedQuote(0, None, replace(quote("Three."), article=source, start=at, end=at + 6), context)
    card = answer_page(PageRequest(ButtonSpec(Action.CONTEXT, NAME, frozenset({0})), (one,), 1, ""), ENGLISH)
    assert "> One. Two. […]\n> **Three.** Four. Five.\n**Sample Wire** · <t:" in body(card)


def test_a_long_context_is_cut_around_the_quote_first():
    text = " ".join(f"{word} {'word ' * 140}end." for word in ("One", "Two", "Three", "Four", "Five"))
    source = article(text)
    spans = split_sentences(text)
    middle = spans[len(spans) // 2]
    context = QuoteContext(source, middle, tuple(spans[:2]), tuple(spans[-2:]))
    one = ResolvedQuote(
        0, None, replace(quote("x"), article=source, start=middle.start, end=middle.end), context
    )
    card = answer_page(PageRequest(ButtonSpec(Action.CONTEXT, NAME, frozenset({0})), (one,), 1, ""), ENGLISH)
    assert to_one_line(text[slice(*middle)]) in unescape(body(card))
    assert card.size <= CARD.text


def test_a_context_that_no_page_holds_is_cut_shorter_and_its_quote_is_not():
    text = " ".join(f"{word} {'*_' * 600} end." for word in ("One", "Two", "Three", "Four", "Five"))
    name = "~|" * 100
    source = article(text, outlet=name, url="https://a.example/" + "y" * 560)
    starts = [text.index(word) for word in ("One", "Two", "Three", "Four", "Five")]
    spans = [Span(start, text.index("end.", start) + 4) for start in starts]
    words = replace(
        quote("x", speaker=Speaker(name, name), cited_source="`" * 200),
        article=source,
        start=spans[2].start,
        end=spans[2].end,
    )
    context = QuoteContext(source, spans[2], tuple(spans[:2]), tuple(spans[3:]))
    one = ResolvedQuote(0, None, words, context)
    for title in ("", "## " + "\\*" * 110):
        button = ButtonSpec(Action.CONTEXT, NAME, frozenset({0, 1}))
        card = answer_page(PageRequest(button, (one,), 2, title, share=True), ENGLISH)
        assert card.size <= CARD.text
        quoted, *_ = re.findall(r"\*\*Three (.*?) \[…\]\*\*", body(card))
        assert len(quoted) > 1200
        for word in ("One", "Two", "Four", "Five"):
            assert f"{word} " in body(card)


def test_what_was_published_on_one_day_stands_under_one_heading():
    made = answer(
        (
            None,
            quote("Evening.", published=DAY.replace(hour=22), number=1),
            quote("Morning.", published=DAY.replace(hour=7), number=2),
            quote("Later.", published=DAY + timedelta(days=1), number=3),
        )
    )
    said = body(
        answer_page(PageRequest(ButtonSpec(Action.TIMELINE, NAME), standing_of(made), 3, ""), ENGLISH)
    )
    assert said.count("### <t:") == 2
    assert said.index("Morning.") < said.index("Evening.") < said.index("Later.")
    assert "**Sample Wire**\n" in said


def test_undated_quotes_come_last_in_either_order():
    made = answer((None, quote("No date.", published=None), quote("Dated.", number=2)))
    for deed in (Action.TIMELINE, Action.NEWEST):
        said = body(answer_page(PageRequest(ButtonSpec(deed, NAME), standing_of(made), 2, ""), ENGLISH))
        assert said.index("Dated.") < said.index("No date.")


async def test_a_kept_quote_stands_again_with_its_speaker_lead_and_copies(tmp_path):
    made = call_answer()
    news, denied = News(made), made.quotes[1]
    database = await Database.open(tmp_path, [TABLE])
    answers = AnswerStore(database)
    kept = (await answers.load((await answers.save(made)).answer_id))[1:2]
    await database.close()
    [one] = resolve(kept, news, None)
    assert one.quote == replace(denied, judgement=one.quote.judgement)
    del news.articles[denied.duplicates[0].url]
    assert len(resolve(kept, news, None)[0].quote.duplicates) == 1
    del news.articles[denied.article.url]
    assert resolve(kept, news, None) == ()


def test_all_pages_together_hold_every_quote_once():
    made = story(12)
    standing = standing_of(made)
    found = []
    for number in range(1, 20):
        card = answer_page(
            PageRequest(ButtonSpec(Action.NEWEST, NAME, page=number), standing, 12, ""), ENGLISH
        )
        if found and card == found[-1]:
            break
        found.append(card)
    said = "\n".join(map(body, found))
    assert [said.count(f"On day {number} the") for number in range(1, 13)] == [1] * 12
