import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reader.pair_tokenizer import (
    BEFORE_TOKENS,
    CLS,
    HEADLINE_TOKENS,
    QUESTION_TOKENS,
    SENTENCE_TOKENS,
    SEP,
    PairTokenizer,
    join_parts,
)
from index.reader.passage import Passage

TEXTS = st.text(max_size=300)


def words(ids, tokenizer):
    return [tokenizer.id_to_token(number) for number in ids]


def test_the_parts_stand_in_order_with_separators_between(tokenizer):
    pairs = PairTokenizer(tokenizer)
    [(ids, second)] = pairs.encode("Who won?", [Passage("Ada won.", "The race", "It rained.")])
    assert words(ids, tokenizer) == (
        [
            "[CLS]",
            "who",
            "won",
            "?",
            "[SEP]",
            "ada",
            "won",
            ".",
            "[SEP]",
            "the",
            "race",
            "[SEP]",
            "it",
            "rained",
            ".",
            "[SEP]",
        ]
    )
    assert words(ids[second:], tokenizer)[0] == "ada"


def test_parts_that_are_empty_are_left_out(tokenizer):
    [(ids, _)] = PairTokenizer(tokenizer).encode("Who won?", [Passage("Ada won.", "", "Rain.")])
    assert words(ids, tokenizer) == [
        "[CLS]",
        "who",
        "won",
        "?",
        "[SEP]",
        "ada",
        "won",
        ".",
        "[SEP]",
        "rain",
        ".",
        "[SEP]",
    ]


def test_long_parts_are_cut_and_of_the_sentence_before_the_end_is_kept():
    long = list(range(1_000, 1_200))
    ids, second = join_parts(long, long, long, long)
    parts = "".join("|" if number == SEP else "." for number in ids[1:])
    assert [len(part) for part in parts.split("|")] == [
        QUESTION_TOKENS, SENTENCE_TOKENS, HEADLINE_TOKENS, BEFORE_TOKENS, 0,
    ]  # fmt: skip
    assert second == QUESTION_TOKENS + 2
    assert ids[second] == 1_000
    assert ids[-2] == 1_199


@settings(max_examples=60)
@given(question=TEXTS, passages=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4))
def test_any_text_makes_a_bounded_sequence(tokenizer, question, passages):
    pairs = PairTokenizer(tokenizer)
    sequences = pairs.encode(question, [Passage(*parts) for parts in passages])
    assert len(sequences) == len(passages)
    for ids, second in sequences:
        assert ids.dtype == np.int64
        assert (ids[0], ids[second - 1]) == (CLS, SEP)
        assert ids[-1] == SEP
        assert 2 <= second <= QUESTION_TOKENS + 2
        assert len(ids) <= QUESTION_TOKENS + SENTENCE_TOKENS + HEADLINE_TOKENS + BEFORE_TOKENS + 5


@settings(max_examples=30)
@given(question=TEXTS, passages=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=2, max_size=3))
def test_a_sequence_does_not_depend_on_what_is_encoded_beside_it(tokenizer, question, passages):
    pairs = PairTokenizer(tokenizer)
    together = pairs.encode(question, [Passage(*parts) for parts in passages])
    for sequence, parts in zip(together, passages, strict=True):
        [(ids, second)] = pairs.encode(question, [Passage(*parts)])
        assert (sequence[0].tolist(), sequence[1]) == (ids.tolist(), second)
