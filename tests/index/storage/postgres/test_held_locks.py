"""Locks that are held for long are not waited for again and again."""

import psycopg
import pytest

from index.storage.postgres.held_locks import HELD_SECONDS, HeldLocks


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_what_was_found_counts_for_a_while_from_the_last_time(clock):
    held, first, second = HeldLocks(clock), psycopg.Error("first"), psycopg.Error("second")
    assert held.error() is None
    held.found(first)
    clock.now += HELD_SECONDS - 0.1
    assert held.error() is first
    held.found(second)
    clock.now += HELD_SECONDS - 0.1
    assert held.error() is second
    clock.now += 0.2
    assert held.error() is None
