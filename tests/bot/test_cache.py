"""What is kept in mind for a while."""

import asyncio
import gc
import weakref

from hypothesis import given
from hypothesis import strategies as st

from bot.cache import TTLCache
from bot.services.conversation import Conversation
from index.answering.answers import AnswerOutcome
from tests.bot.samples import answer, call_answer, question


def test_a_value_is_forgotten_in_time():
    now = [0.0]
    memory = TTLCache(10, 5.0, lambda: now[0])
    memory.put("a", 1)
    now[0] = 4.9
    assert memory.get("a") == 1
    now[0] = 5.0
    assert memory.get("a") is None
    assert len(memory) == 0


async def test_what_nobody_asks_for_is_removed_as_well():
    memory = TTLCache(10, 0.02)
    memory.put("a", "a question")
    await asyncio.sleep(0.01)
    memory.put("b", "another")
    async with asyncio.timeout(30):
        while len(memory):  # noqa: ASYNC110 - the loop removes it
            await asyncio.sleep(0.01)


async def test_a_cache_that_nobody_uses_is_not_kept_for_its_entries():
    memory = TTLCache(10, 3600.0)
    memory.put("a", 1)
    left = weakref.ref(memory)
    del memory
    gc.collect()
    assert left() is None


@given(st.lists(st.integers(0, 20)))
def test_it_never_holds_more_than_it_may_and_the_latest_stay(keys):
    memory = TTLCache(5, 60.0, lambda: 0.0)
    for key in keys:
        memory.put(key, f"value {key}")
    latest = list(dict.fromkeys(reversed(keys)))[:5]
    assert len(memory) == len(latest)
    assert all(memory.get(key) == f"value {key}" for key in latest)


def test_a_conversation_keeps_the_question_in_full():
    conversation = Conversation()
    conversation.remember(1, call_answer())
    assert conversation.previous(1) == "Did Trump call Putin?"
    leaning = question("And Kyiv?", completed_from="Did Trump call Putin?")
    conversation.remember(1, call_answer(asked=question("Did Trump call Kyiv?")))
    conversation.remember(1, answer(outcome=AnswerOutcome.REPLY, asked=leaning))
    assert conversation.previous(1) == "Did Trump call Kyiv?"
    assert conversation.previous(2) is None
