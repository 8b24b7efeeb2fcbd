from enum import StrEnum

from index.storage.postgres.dialect import bound, translated


class Kind(StrEnum):
    STORY = "story"


def test_what_differs_is_turned_and_nothing_else():
    assert translated("SELECT a % 2 FROM t WHERE b = ?") == "SELECT a %% 2 FROM t WHERE b = %s"
    listed = "a IN (SELECT value FROM json_each(?)) AND b NOT IN (SELECT value FROM json_each(?))"
    assert translated(listed) == "a = ANY(%s) AND b <> ALL(%s)"
    assert translated("FROM sets, json_each(sets.feeds) AS feed") == (
        "FROM sets, verbatim.json_integers(sets.feeds) AS feed"
    )


def test_values_are_what_a_server_takes():
    values = bound((True, Kind.STORY, "a\0b", None, 2**40, 1.5, b"\0", ["x\0", False]))
    assert values == [1, "story", "a\ufffdb", None, 2**40, 1.5, b"\0", ["x\ufffd", 0]]
    assert [type(value) for value in values[:2]] == [int, str]
