"""Which words carry the content of a sentence."""

from index.stance.content_words import is_content
from index.text.tokens import tokenize


def test_little_words_marks_and_words_for_true_or_false_are_no_content():
    words = tokenize("The report that Ada Fenn resigned is false, he says: 7 left.")
    assert [word.lower for word in words if is_content(word)] == ["ada", "fenn", "resigned", "7", "left"]
