import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reader.training.question_forms import as_question, vary


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("The bridge was closed on Monday.", "Was the bridge closed on Monday?"),
        ("Ada Fenn has denied it.", "Has Ada Fenn denied it?"),
        ("Prices rose by nine percent.", "Is it true that Prices rose by nine percent?"),
        ("The man who is ill left.", "Is it true that the man who is ill left?"),
        ("  It will rain!", "Will it rain?"),
        ("", ""),
    ],
)
def test_a_statement_becomes_a_question(statement, question):
    assert as_question(statement) == question


@given(st.text(max_size=200))
def test_any_statement_keeps_its_words(statement):
    question = as_question(statement)
    said = sorted(statement.strip().rstrip(".!?").lower().split())
    asked = question.rstrip("?").lower().split()
    left = sorted(asked[4:] if question.startswith("Is it true that ") else asked)
    assert not said or left == said


@given(st.text(string.ascii_letters + " ?.", max_size=60), st.integers())
def test_a_varied_question_has_the_same_letters(question, seed):
    varied = vary(question, random.Random(seed))
    assert varied.lower().rstrip("?. ") == question.lower().rstrip("?. ")


def test_every_form_comes_up():
    rng = random.Random(1)
    forms = {vary("Who won?", rng) for _ in range(200)}
    assert forms == {"Who won?", "Who won", "who won"}
