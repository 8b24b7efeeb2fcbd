"""Times of the stages of a question, for whoever wants to see where the time goes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

StageTimes = dict["Stage", float]  # seconds
_current: ContextVar[StageTimes | None] = ContextVar("stage_times", default=None)


class Stage(StrEnum):
    """What is done, one after the other, to answer a question."""

    QUESTION = "question"  # reading its words: times, outlets, names
    RETRIEVAL = "retrieval"  # encoding it, searching words and vectors, computing features
    READING = "reading"  # reading candidates beside the question
    QUOTING = "quoting"  # speakers, stance and context of what is shown


@contextmanager
def record_stages() -> Iterator[StageTimes]:
    """Collect the time of every stage that runs in this thread during the block; one not begun is absent."""
    times: StageTimes = {}
    token = _current.set(times)
    try:
        yield times
    finally:
        _current.reset(token)


@contextmanager
def stage(name: Stage) -> Iterator[None]:
    """Count a block, or a function decorated with it, as a stage, where anybody records; stages do not nest."""
    times = _current.get()
    if times is None:
        yield
        return
    begun = time.perf_counter()
    try:
        yield
    finally:
        times[name] = times.get(name, 0.0) + time.perf_counter() - begun
