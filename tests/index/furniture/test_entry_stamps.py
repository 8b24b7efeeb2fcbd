import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.furniture.entry_stamps import cut_entry_stamps
from index.parsing.build_article import make_article

SENTENCE = "Iran's new supreme leader said on Thursday that the strait would stay closed."


@pytest.mark.parametrize(
    "stamp",
    [
        "9:29 am ET March 12, 2026 Share this update ",
        "9:29 a.m. ET, March 12, 2026 ",
        "Updated 14:05 GMT, 12 March 2026 ",
        "March 12, 2026, 9:29 p.m. EDT | ",
        "Thursday, March 12, 2026 · 21:29 CET · Share this post ",
        "8:02 am Share this update ",
        "Share this update Link copied! ",
        "Link Copied! ",
    ],
)
def test_a_stamp_glued_to_a_sentence_is_cut_off(stamp):
    assert cut_entry_stamps(f"Before.\n{stamp}{SENTENCE}\nAfter.") == f"Before.\n{SENTENCE}\nAfter."
    assert make_article(url="https://wire.example.com/a", text=stamp + SENTENCE).text == SENTENCE


@pytest.mark.parametrize(
    "line",
    [
        "8:15 a.m.: Air-raid sirens sound in Garton.",
        "7:30 p.m. March 12 Celebrity Theatre, Phoenix.",
        "9:29 a.m. ET on March 12 was when the ferry sank.",
        "March 12, 2026 Garton beat Elm City in the final.",
        "Share prices fell by a tenth on Thursday.",
        "Share Our Strength gave the school a kitchen.",
    ],
)
def test_what_may_be_a_sentence_stays(line):
    assert cut_entry_stamps(line) == line


@given(st.text())
def test_nothing_is_added_and_the_end_stays(text):
    kept = cut_entry_stamps(text)
    assert kept.count("\n") == text.count("\n")
    assert all(line.endswith(short) for line, short in zip(text.split("\n"), kept.split("\n"), strict=True))
