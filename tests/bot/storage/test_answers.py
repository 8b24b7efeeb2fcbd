"""Stored answers: bounded, and without people's words."""

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import answers as answers_module
from bot.storage.answers import AnswerStore, resolve
from index.answering.answers import AnswerOutcome
from tests.bot.newsroom import News
from tests.bot.samples import answer, call_answer, nothing, question, quote

START = datetime(2025, 1, 1, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def seconds(self):
        return self.now.timestamp()


@pytest.fixture
def clock():
    return Clock()


async def test_an_answer_is_kept_with_its_quotes_and_without_its_question(database, clock):
    answers = AnswerStore(database, clock.seconds)
    handle = await answers.save(call_answer(asked=question("the secret question")), shareable=True)
    assert handle.shareable
    assert len(handle.answer_id) == 11
    quotes = await answers.load(handle.answer_id)
    assert [(one.start, one.end, one.stance) for one in quotes] == [
        (one.start, one.end, group.stance) for group in call_answer().groups for one in group.quotes
    ]
    written = str(await database.fetch_all("SELECT * FROM answers"))
    assert "secret" not in written
    assert "pure fiction" not in written


async def test_silence_is_kept_and_small_talk_is_not(database, clock):
    answers = AnswerStore(database, clock.seconds)
    handle = await answers.save(nothing())
    assert await answers.load(handle.answer_id) == ()
    assert await answers.save(answer(outcome=AnswerOutcome.REPLY)) is None
    assert await answers.load("AbCdEfGh_-1") is None


async def test_answers_go_when_they_are_old_or_too_many(database, clock, monkeypatch):
    monkeypatch.setattr(answers_module, "MAX_ANSWERS", 3)
    monkeypatch.setattr(answers_module, "PRUNE_EVERY", 1)
    answers = AnswerStore(database, clock.seconds)
    names = []
    for _ in range(5):
        names.append((await answers.save(call_answer())).answer_id)
        clock.now += timedelta(minutes=1)
    assert [bool(await answers.load(name)) for name in names] == [False, False, True, True, True]
    clock.now += timedelta(seconds=answers_module.RETENTION_SECONDS)
    last = (await answers.save(call_answer())).answer_id
    assert [bool(await answers.load(name)) for name in [*names, last]] == [False] * 5 + [True]


async def test_answers_that_are_too_many_are_looked_for_now_and_then(database, clock, monkeypatch):
    monkeypatch.setattr(answers_module, "MAX_ANSWERS", 1)
    monkeypatch.setattr(answers_module, "PRUNE_EVERY", 3)
    answers = AnswerStore(database, clock.seconds)
    names, kept = [], []
    for _ in range(7):
        names.append((await answers.save(call_answer())).answer_id)
        kept.append(sum([bool(await answers.load(name)) for name in names]))
    assert kept == [1, 2, 3, 1, 2, 3, 1]


@pytest.mark.parametrize("words", ["half a \ud800 character", "\x00", "'; DROP TABLE answers; --"])
async def test_odd_words_never_stand_in_an_answers_way(database, clock, words):
    answers = AnswerStore(database, clock.seconds)
    handle = await answers.save(answer((None, quote(words))))
    made = answer((None, quote(words)))
    [one] = resolve(await answers.load(handle.answer_id), News(made), None)
    assert one.quote.text == words


async def test_a_quote_is_found_again_where_it_stands_now_and_only_if_its_words_are_the_same(database, clock):
    made = answer((None, quote("The bridge is closed.", context="It was long."), quote("Another.", number=2)))
    answers, news = AnswerStore(database, clock.seconds), News(made)
    kept_quotes = await answers.load((await answers.save(made)).answer_id)
    source = made.quotes[0].article
    for text in (
        "A correction. It was long. The bridge is closed.",
        "Closed? The bridge is closed. So it is.",
    ):
        news.articles[source.url] = replace(source, text=text)
        first, _ = resolve(kept_quotes, news, None)
        assert first.quote.text == "The bridge is closed."
    news.articles[source.url] = replace(source, text="It was long. The bridge is open.")
    assert [one.position for one in resolve(kept_quotes, news, None)] == [1]


async def test_a_card_does_not_wait_for_a_database_that_takes_long(database, clock, monkeypatch):
    monkeypatch.setattr("bot.storage.database.PATIENCE", 0.5)
    monkeypatch.setattr(answers_module, "SAVE_AGAIN", 0.05)
    answers, begun, go_on = AnswerStore(database, clock.seconds), threading.Event(), threading.Event()

    def take_long(_):
        begun.set()
        go_on.wait(50)

    busy = asyncio.create_task(database.transaction(take_long))
    await asyncio.to_thread(begun.wait)
    handle = await answers.save(call_answer())
    assert await answers.load(handle.answer_id)
    assert not busy.done()
    go_on.set()
    await busy
    await answers._saving
    assert [row[0] for row in await database.fetch_all("SELECT id FROM answers")] == [handle.answer_id]
