"""The claim in a question or a pasted headline, without the words around it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.query.claim_framing import strip_claim_framing

CLAIM = "Trump called Putin"


@pytest.mark.parametrize(
    "text",
    [
        f"I heard {CLAIM}. Is that right?",
        f"i read somewhere that {CLAIM}, is it true?",
        f"{CLAIM}, right?",
        f"{CLAIM} - right?",
        f"{CLAIM} - is that true?",
        f"{CLAIM}, didn't he?",
        f"So {CLAIM}",
        f"Fact check: {CLAIM}",
        f"true or false: {CLAIM}",
        f"someone told me {CLAIM}, is this real",
        f"Can you confirm that {CLAIM}",
        f"rumor has it that {CLAIM}",
        f"Have you heard that {CLAIM}",
        f"Wow, they say {CLAIM}",
        f"BREAKING: {CLAIM}",
        f"{CLAIM}, Washington Post says",
        f"{CLAIM}, sources say",
        f"{CLAIM}: reports",
        f"{CLAIM} | CNN",
        f"{CLAIM} - The Washington Post",
        f"{CLAIM} — is this true???",
    ],
)
def test_the_words_around_a_claim_go(text):
    assert strip_claim_framing(text) == CLAIM


@pytest.mark.parametrize(
    "text",
    [
        "Did Trump call Putin?",
        "Is it true that Trump called Putin?",
        "Kremlin denies Trump-Putin call",
        "Trump calls Putin, urges him not to escalate",
        "So did Trump call Putin?",
        "Did he say no?",
        "He said the bridge fell.",
        "I heard it, right?",
        "The mayor, who resigned on Friday, says she was pushed, and the council says no",
        "Did France elect the far-right?",
        "Is the Elm Party far-right?",
    ],
)
def test_a_claim_without_such_words_stays(text):
    assert strip_claim_framing(text) == text


WORDS = [
    "I heard", "that", "Trump", "called", "Putin", "Fact check:", "BREAKING:", "So", "someone told me",
    "Can you confirm", CLAIM, ", is it true?", "- right?", "- CNN", ", sources say", ": reports",
    "the mayor", "resigned", "|", "?", ".", "Wow,", "they say",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join) | st.text(max_size=400))
@example("so, " * 100)
@example("a " * 1000)
@example(", a b c" * 300)
@example("- A" * 600)
def test_any_text_keeps_words_of_its_own(text):
    left = strip_claim_framing(text)
    assert left in text
    assert left or not text
