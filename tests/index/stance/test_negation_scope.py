"""Negation cues, their scopes, and what undoes a negation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stance.negation_scope import MAX_CUES, CueType, TokenSpan, local_clause, parse


def at(parsed, word):
    return next(i for i, one in enumerate(parsed.words) if one.lower == word)


# sentence, word, is it negated
SENTENCES = [
    ("Trump did not call Putin.", "call", True),
    ("Trump didn’t call Putin.", "call", True),
    ("Trump called Putin.", "called", False),
    ("The Kremlin denied that Trump called Putin.", "called", True),
    ("The Kremlin did not deny that Trump called Putin.", "called", False),
    ("The Kremlin denied that the call was a hoax.", "call", False),
    ("It is false that Trump called Putin.", "called", True),
    ("It is false that Trump did not call Putin.", "call", False),
    ("Trump refused to call Putin.", "call", True),
    ("Trump did not call Putin until Monday.", "call", False),
    ("He hid it so he would not call Putin.", "call", False),
    ("Trump not only called Putin.", "called", False),
    ("Trump did not call, but he visited Putin.", "visited", False),
    ("The reports were denied by Trump.", "reports", True),
    ("The court denied him bail.", "bail", False),
    ("They shot down a drone.", "drone", False),
    ("They shot down reports of a drone.", "drone", True),
    ("She showed her fake passport.", "passport", False),
    ("HOAX: Trump called Putin.", "called", True),
    ("Expansion? No, says the league.", "expansion", True),
    ("Don’t panic.", "panic", False),
]


@pytest.mark.parametrize(("sentence", "word", "negated"), SENTENCES)
def test_what_a_sentence_negates(sentence, word, negated):
    parsed = parse(sentence)
    cue = parsed.cue_over(at(parsed, word))
    assert bool(cue and cue.is_negated) is negated


def test_cues_have_a_type_and_stand_in_order():
    parsed = parse("He denied it was false, and did not refuse to come.")
    assert [cue.kind for cue in parsed.cues] == [
        CueType.DENIAL,
        CueType.UNTRUE,
        CueType.NOT,
        CueType.AVOIDANCE,
    ]
    assert [parsed.text_of(cue.span) for cue in parsed.cues] == ["denied", "false", "not", "refuse to"]


def test_a_refusal_to_comment_is_no_negation():
    parsed = parse("The Kremlin declined to comment.")
    assert [parsed.text_of(span) for span in parsed.no_comment_spans] == ["declined to comment"]
    assert parsed.cues == ()


def test_questions():
    assert parse("Did he call?").is_question
    assert not parse("He called.").is_question
    parsed = parse("Why call? He came.")
    assert parsed.in_question(1)
    assert not parsed.in_question(at(parsed, "came"))


def test_a_clause_ends_at_a_contrast_but_not_at_an_abbreviation():
    parsed = parse("Sen. Roe came, but Poe left")
    assert parsed.text_of(parsed.clause(0)) == "Sen. Roe came,"
    assert parsed.text_of(parsed.clause(at(parsed, "left"))) == "Poe left"


def test_a_local_clause_is_cut_at_a_comma():
    parsed = parse("He came, and Poe left")
    left = at(parsed, "left")
    assert parsed.text_of(local_clause(parsed, TokenSpan(left, left + 1))) == "Poe left"


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["not", "deny", "false", "no", ",", "that", "he", "called", "refused", "to", "?"])
    ).map(" ".join)
)
def test_any_text_is_parsed_and_cues_lie_inside_it(text):
    parsed = parse(text)
    assert len(parsed.cues) <= MAX_CUES
    for cue in parsed.cues:
        assert 0 <= cue.span.first < cue.span.after <= len(parsed.words)
        assert 0 <= cue.scope.first <= cue.scope.after <= len(parsed.words)
        assert parsed.text_of(cue.span) in text
