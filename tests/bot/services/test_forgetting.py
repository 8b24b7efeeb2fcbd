"""What was asked is gone from memory once it is forgotten: docs/privacy.md promises it."""

import asyncio
import functools
import gc
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.services.conversation import Conversation
from bot.services.query_service import Limits, QueryRequest, QueryService
from index import AnswerOutcome, Archive
from index.reader.load import bundled_reader
from index.text.tokens import WordCache
from tests.bot.live_memory import held_texts
from tests.index.conftest import BRIDGE, article

LIGHTHOUSE = article(
    "lighthouse",
    "Mayor Ada Quillfeather sold the Nordhavn lighthouse to the Acme company, the Daily Echo reported on Monday.",
    "Quillfeather denied that she had sold the Nordhavn lighthouse to anybody.",
    "The lighthouse has stood at Nordhavn since 1871.",
)
# Pieces, so that no constant of this module is the text that must not be found; no article says "zeppelin".
ENGLISH = ("Quillfeather", " sold the Nordhavn", " lighthouse for a zeppelin?")
UNCASED = ("ada quillfeather", " sold nordhavn lighthouse", " for a zeppelin")
CHINESE = ("特朗普总统上周", "给普京打过电话？")


def cache_keys() -> Iterator[tuple[str, str]]:
    """Yield (function, text) for each string that is, or is part of, a key in a cache of index."""
    for cache in gc.get_objects():
        kind = type(cache)  # not isinstance: that asks the object, and objects of libraries warn when asked
        if kind is WordCache:
            yield from (("cache_words", word) for word in cache)
        if kind is functools._lru_cache_wrapper and cache.__module__.startswith("index."):
            if cache.__module__ == "index.storage.postgres.dialect":
                continue  # of statements, which hold no values
            for key in gc.get_referents(cache):
                parts: Iterable[object] = key if isinstance(key, tuple) else [key]
                yield from ((cache.__qualname__, part) for part in parts if isinstance(part, str))


async def ask_and_forget(news: Archive, pieces: tuple[str, ...], outcomes: set[AnswerOutcome]) -> None:
    service, conversation = QueryService(news, Limits(questions=100)), Conversation()
    for person in (1, 2, 3):
        request = QueryRequest(
            person, f"Is it true that {''.join(pieces)}", previous=conversation.previous(person)
        )
        answer = await service.ask(request)
        assert answer.question.claim
        assert answer.outcome in outcomes
        conversation.remember(person, answer)
    del request, answer
    assert held_texts(pieces)  # it is remembered
    for person in (1, 2, 3):
        await conversation.forget(person)
    assert held_texts(pieces) == []
    await service.stop(1)


@pytest.mark.parametrize(
    ("pieces", "outcomes"),
    [
        (ENGLISH, {AnswerOutcome.DISAGREE, AnswerOutcome.QUOTES}),
        (UNCASED, {AnswerOutcome.DISAGREE, AnswerOutcome.QUOTES}),
        (CHINESE, set(AnswerOutcome)),
    ],
)
def test_a_question_leaves_nothing_in_memory_once_it_is_forgotten(tmp_path, encoder, pieces, outcomes):
    with Archive(tmp_path, encoder, reader=bundled_reader()) as news:
        list(news.add([BRIDGE, LIGHTHOUSE]))
        asyncio.run(ask_and_forget(news, pieces, outcomes))
        with ThreadPoolExecutor(2) as pool:  # with threads that live on
            for _ in range(4):
                assert (
                    pool.submit(lambda: news.ask(f"Is it true that {''.join(pieces)}").outcome).result()
                    in outcomes
                )
            assert held_texts(pieces) == []
            for _ in range(2):  # as a question that is followed
                assert news.answer_from(f"Is it true that {''.join(pieces)}", news.arrivals(0)) is not None
            assert held_texts(pieces) == []


def test_no_cache_of_index_is_keyed_by_texts(tmp_path, encoder):
    with Archive(tmp_path, encoder) as news:
        list(news.add([BRIDGE, LIGHTHOUSE]))
        for pieces in (ENGLISH, UNCASED, CHINESE):
            news.ask(f"Is it true that {''.join(pieces)}")
            news.answer_from(f"Is it true that {''.join(pieces)}", news.arrivals(0))
        news.find_quote("Ferries will carry commuters across the harbour")
    keys = list(cache_keys())
    assert keys
    assert [key for key in keys if " " in key[1] or len(key[1]) > 40] == []
