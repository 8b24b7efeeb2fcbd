"""The lists of words: each file is tidy, and each is read by somebody."""

import re

import pytest

from index.text.word_lists import alternation, load_words
from tests.conftest import REPOSITORY

WORDS = REPOSITORY / "index" / "words"
FILES = sorted(WORDS.rglob("*.txt"))
SOURCES = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "index").rglob("*.py")]


def name_of(path):
    return path.relative_to(WORDS).with_suffix("").as_posix()


def entries_of(path):
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_list_is_sorted_and_holds_each_entry_once(path):
    entries = entries_of(path)
    assert entries == sorted(set(entries))
    assert load_words(name_of(path)) == set(entries)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_list_is_read_by_somebody(path):
    assert any(re.search(rf'"{re.escape(name_of(path))}"', source) for source in SOURCES)


def test_no_two_lists_are_the_same():
    held = [load_words(name_of(path)) for path in FILES]
    assert len(held) == len(set(held))


def test_a_list_that_is_not_there_is_an_error():
    with pytest.raises(FileNotFoundError):
        load_words("no/such-list")


def test_an_alternation_matches_each_of_its_words_the_longest_first():
    pattern = re.compile(alternation(["last", "last week", "U.S."]))
    assert [match[0] for match in pattern.finditer("last week, last, U.S., UxSx")] == [
        "last week",
        "last",
        "U.S.",
    ]


def test_an_alternation_reads_both_apostrophes():
    assert all(re.fullmatch(alternation(["isn't"]), word) for word in ("isn't", "isn’t"))
