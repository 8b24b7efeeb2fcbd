"""What each cue of a sentence does to a claim, and whether it is the report of the claim that is denied."""

import pytest

from index.stance.claim import overlap, parse_claim
from index.stance.denials import find_denials, is_attributive, refers_to_report
from index.stance.judgement import Stance
from index.stance.weights import MAX_DENIAL, MIN_SIGN

CLAIM = parse_claim("Did Trump call Putin?")
TITLE = "Trump called Putin, report says"


def judged(sentence, title=""):
    return list(find_denials(overlap(CLAIM, sentence, title)))


def test_a_cue_over_the_own_words_of_a_claim_denies_it():
    [judgement] = judged("Trump did not call Putin.")
    assert (judgement.stance, judgement.cue) == (Stance.DENIED, "not")
    assert 0.8 < judgement.confidence <= MAX_DENIAL


def test_a_negated_denial_reports():
    [judgement] = judged("Aides did not deny that Trump called Putin.")
    assert (judgement.stance, judgement.cue) == (Stance.REPORTED, "deny")


def test_a_denial_of_an_untold_thing_is_weak_or_nothing():
    assert all(one.confidence < MIN_SIGN for one in judged("The gold was no hoax, she said.", TITLE))
    assert judged("The Kremlin declined to comment.", TITLE) == []
    assert judged("Did Trump not call Putin?") == []


@pytest.mark.parametrize(
    ("sentence", "refers"),
    [
        ("The Kremlin denied it.", True),
        ("The Kremlin called the report false.", True),
        ("The Kremlin denied the latest media report.", True),
        ("The Kremlin denied being aware of the reports.", False),
        ("The Kremlin denied parts of the report.", False),
        ("The Kremlin denied the tax report.", False),
        ("The Kremlin denied Trump's claims.", False),
    ],
)
def test_a_denial_of_the_report(sentence, refers):
    match = overlap(CLAIM, sentence, TITLE, "Trump had called Putin.")
    [cue] = match.sentence.cues
    assert refers_to_report(match, cue) is refers


def test_an_adjective_before_its_noun():
    for sentence, attributive in (
        ("He made false accusations.", True),
        ("The accusations are false.", False),
    ):
        match = overlap(CLAIM, sentence)
        [cue] = match.sentence.cues
        assert is_attributive(match.sentence, cue) is attributive
