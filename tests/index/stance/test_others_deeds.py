"""Sentences of news that hold a claim's words and tell of somebody else, of another deed, or of nothing that is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stance.classifier import classify_sentence
from index.stance.factuality import is_irrealis
from index.stance.judgement import Stance
from index.stance.negation_scope import parse
from index.stance.weights import MIN_CONFIDENCE

CALL = "Did Trump call Putin?"
R, D, B = Stance.REPORTED, Stance.DENIED, Stance.BACKGROUND

# claim, headline, sentence before, sentence, what it does to the claim
CASES = [
    # somebody else's deed, in the sentence itself
    (CALL, "A call with Putin", "", "Musk denied a claim that he spoke to Putin about the war.", B),
    (
        CALL,
        "Musk and Putin",
        "",
        "The aide said that Musk does not speak for anybody in talks with Putin.",
        B,
    ),
    (CALL, "Trump and Putin", "Xi was in Moscow.", "He called Putin on Thursday.", B),
    (CALL, "Trump and Putin", "Trump was in Florida.", "He called Putin on Thursday.", R),
    ("Did Ada Fenn plead guilty?", "Fenn", "", "Bo Lind, who worked for Ada Fenn, pleaded guilty in May.", B),
    ("Did Ada Fenn plead guilty?", "Fenn", "", "Ada Fenn, who worked for Bo Lind, pleaded guilty in May.", R),
    ("Did Ada Fenn die?", "Ada Fenn", "", "Her husband, Carl Fenn, died on Sunday.", B),
    ("Did Ada Fenn die?", "Ada Fenn", "", "Ada Fenn wrote after her husband's death that she would rest.", B),
    ("Did Ada Fenn attack Bo Lind?", "", "", "Bo Lind denies that he is planning to attack.", B),
    ("Was Ada Fenn convicted?", "Ada Fenn", "", "One of the men convicted in the case greeted Ada Fenn.", B),
    ("Was Ada Fenn arrested?", "Ada Fenn", "", "Officers arrested a man at the rally of Ada Fenn.", B),
    (
        "Did Ada Fenn pull the lever?",
        "Ada Fenn",
        "",
        "Bo Lind was eager, but his firm never pulled the lever.",
        B,
    ),
    # another thing that has the same words
    ("Was Ada Major convicted?", "", "", "The doctor was convicted after major changes, Ada Lind said.", B),
    ("Was Ada Fenn arrested?", "", "", "The court issued an arrest warrant for Ada Fenn.", B),
    ("Did Ada Fenn drop out?", "", "", "Ada Fenn kept dropping hints at her plans.", B),
    ("Did Ada Fenn drop out of the race?", "", "", "Ada Fenn quit the race on Monday.", R),
    ("Did Ada Fenn step down?", "", "", "Ada Fenn resigned on Monday.", R),
    ("Did Ada Fenn die?", "", "", "Ada Fenn passed away on Monday.", R),
    ("Did Ada Fenn die?", "", "", "Drivers passing by waved at Ada Fenn.", B),
    ("Did Norwick invade Ostland?", "", "", "Ostland's allies met after invading Norwick.", B),
    ("Did Norwick invade Ostland?", "", "", "Norwick lost its seat after invading Ostland.", R),
    ("Did Ada Fenn kill Bo Lind?", "", "", "Ada Fenn led the firm until the death of Bo Lind.", B),
    ("Did Norwick win the cup?", "", "", "Norwick lost to Ostland in its first match.", B),
    ("Did Norwick win the cup?", "", "", "Norwick lost the cup to Ostland.", D),
    ("Did Ada Fenn resign?", "", "", "Ada Fenn said her resignation left no more to say.", R),
    ("Did Bo Lind slap Ada Fenn?", "", "", "It was the year of Ada Fenn slapping presenter Bo Lind.", B),
    ("Did Ada Fenn win the race?", "", "", "Officials said Bo Lind had won, not Ada Fenn.", B),
    ("Did Ada Fenn slap Bo Lind?", "", "", "Ada Fenn slapped Bo Lind after he made a joke about her.", R),
    ("did ada fenn end the strike", "Norwick", "", "The war won't end soon.", B),
    ("Did Ada Fenn win the vote?", "Ada Fenn wins the vote", "", "“We won,” Bo Lind told the crowd.", B),
    ("Did Ada Fenn win the vote?", "The vote", "", "“We won,” Ada Fenn told the crowd.", R),
    (
        "Did Ada Fenn win the vote?",
        "",
        "",
        "It named Ada Fenn winner of the vote, a result that Lind rejected.",
        R,
    ),
    # only supposed
    (
        "Did Norwick default on its debt?",
        "",
        "",
        "The bank warned that Norwick could default on its debt.",
        B,
    ),
    ("Did Ada Fenn oust Bo Lind?", "", "", "Ada Fenn threatened to oust Bo Lind.", B),
    ("Did Ada Fenn resign?", "", "", "Bo Lind called for the resignation of Ada Fenn.", B),
    ("Did Ada Fenn resign?", "", "", "Ada Fenn said she would resign in May.", R),
    (
        "Did Norwick raise the ceiling?",
        "",
        "",
        "It would harm all if Norwick refused to raise the ceiling.",
        B,
    ),
    ("May Ada Fenn resign?", "", "", "Ada Fenn may resign, her office said.", R),
    # what is denied, or false, is something else
    ("Did Ada Fenn sell the harbour?", "Harbour", "", "Acme denies Fenn's claims about the harbour.", B),
    ("Did Ada Fenn sell the harbour?", "Ada Fenn sells the harbour", "", "The mayor denied the report.", D),
    ("Did Ada Fenn lie?", "Ada Fenn", "", "Ada Fenn has lied; the false claims she made are many.", R),
    ("Did Ada Fenn sell the harbour?", "Ada Fenn sells", "", "Fenn denied having heard of the reports.", B),
    ("Was Ada Fenn released?", "Ada Fenn", "", "Ada Fenn was denied bail and will not be released.", D),
    ("Was Ada Fenn released?", "Ada Fenn released?", "", "Ada Fenn was denied bail.", B),
    (
        "Was Ada Fenn fired?",
        "Ada Fenn",
        "",
        "A producer fired by Acme gave misleading testimony on Ada Fenn.",
        B,
    ),
    ("Was Ada Fenn ousted as leader?", "", "", "The club was without a leader since it ousted Ada Fenn.", R),
    ("Did Ada Fenn plead guilty?", "", "", "Ada Fenn pleaded not guilty on Monday.", D),
    ("Did the ministry shoot down the balloon?", "", "", "It did not immediately shoot down the balloon.", R),
    ("Did Ada Fenn have the files?", "", "", "“Where did Ada Fenn not have the files?” he asked.", B),
]


@pytest.mark.parametrize(("claim", "title", "before", "sentence", "stance"), CASES)
def test_a_sentence_that_shares_the_words(claim, title, before, sentence, stance):
    judgement = classify_sentence(claim, sentence, title, before)
    assert (judgement.stance if judgement.confidence >= MIN_CONFIDENCE else B) is stance


@pytest.mark.parametrize(
    ("sentence", "word", "is_so"),
    [
        ("She could resign.", "resign", True),
        ("She might soon be fired.", "fired", True),
        ("She wants the board to resign.", "resign", True),
        ("They agreed to resign.", "resign", False),
        ("She has resigned.", "resigned", False),
        ("She would resign.", "resign", True),
        ("She said she would resign.", "resign", False),
        ("If she resigns, all is lost.", "resigns", True),
    ],
)
def test_what_is_only_supposed(sentence, word, is_so):
    reading = parse(sentence)
    at = next(i for i, one in enumerate(reading.words) if one.lower == word)
    assert is_irrealis(reading, at) is is_so


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_asked_and_any_word_looked_at(claim, sentence):
    reading = parse(sentence)
    assert all(is_irrealis(reading, i) in {True, False} for i in range(len(reading.words)))
    assert classify_sentence(claim, sentence, "Ada Fenn", "He met Ada Fenn.").confidence <= 1
