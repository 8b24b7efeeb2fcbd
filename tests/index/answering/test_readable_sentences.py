"""What is too short to be an answer is still the article's text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.answering.readable_sentences import readable_sentences
from index.text.sentence_splitter import split_sentences

LONG = "A crane fell on the roof of the town hall of Norwick on Friday evening."
LATER = "The wind had been strong all day, the harbour office of Norwick said."


def words(text):
    spans = [span for span in split_sentences(text) if len(text[slice(*span)].split()) > 4]
    return [text[slice(*span)] for span in readable_sentences(text, spans)]


def test_a_short_sentence_between_two_is_read():
    assert words(f"{LONG} Nobody was hurt. {LATER}") == [LONG, "Nobody was hurt.", LATER]


def test_a_short_sentence_at_the_end_is_read():
    assert words(f"{LONG} Nobody was hurt.") == [LONG, "Nobody was hurt."]


def test_headings_between_sentences_are_not_read():
    assert words(f"{LONG}\nRead More\n{LATER}") == [LONG, LATER]


@given(st.lists(st.sampled_from([LONG, LATER, "It rained.", "Advertisement", "So it was."]), max_size=6))
def test_sentences_are_in_order_and_apart(parts):
    text = " ".join(parts)
    spans = [span for span in split_sentences(text) if len(text[slice(*span)].split()) > 4]
    read = readable_sentences(text, spans)
    assert set(spans) <= set(read)
    assert all(one.end <= other.start for one, other in pairwise(read))
