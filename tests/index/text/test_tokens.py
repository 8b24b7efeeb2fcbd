import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.tokens import MAX_TEXT_LENGTH, cache_words, stem, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He didn’t call.", "he did not call ."),
        ("They can't, won't and cannot.", "they can not , will not and can not ."),
        ("The US and the United States", "the u.s and the united u.s"),
        ("Tell us", "tell us"),
        ("Putin’s 3.5 per-cent", "putin's 3.5 per - cent"),
    ],
)
def test_contractions_and_country_names_are_written_out(text, words):
    assert " ".join(token.lower for token in tokenize(text)) == words


@pytest.mark.parametrize(
    ("text", "verb"),
    [("She stepped down", "resign"), ("He passed away", "die"), ("They called it off", "call")],
)
def test_a_phrasal_verb_has_the_stem_of_its_meaning(text, verb):
    assert tokenize(text)[1].stem == verb


def test_forms_of_a_word_share_a_stem():
    assert stem("denied") == stem("denies") == stem("deny")
    assert stem("putin's") == stem("putin")
    assert stem("quite") != stem("quit")


@given(st.text(max_size=300))
def test_tokens_are_all_of_the_text_but_spaces_and_underscores(text):
    tokens = tokenize(text)
    assert "".join(text[token.start : token.end] for token in tokens) == re.sub(r"[\s_]", "", text)
    assert all(one.end <= other.start for one, other in pairwise(tokens))


def test_a_long_text_is_read_only_to_its_limit():
    assert tokenize("word " * 20_000)[-1].end <= MAX_TEXT_LENGTH


@given(st.lists(st.sampled_from(["bridge", "Brücke", "don't"]), max_size=9))
def test_a_word_is_computed_once_and_always_the_same(words):
    asked = []
    length = cache_words(lambda word: asked.append(word) or len(word))
    assert [length(word) for word in words] == [len(word) for word in words]
    assert sorted(asked) == sorted(set(words))


@pytest.mark.parametrize("word", ["a" * 33, "市長は橋を閉めた", "สะพานปิดแล้ว"])
def test_what_may_be_a_sentence_is_not_kept(word):
    asked = []
    length = cache_words(lambda word: asked.append(word) or len(word))
    assert (length(word), length(word)) == (len(word), len(word))
    assert asked == [word, word]
