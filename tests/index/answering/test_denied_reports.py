import pytest

from index.answering.candidates import ReadCandidate
from index.answering.denied_reports import (
    MAX_REPORTS,
    answers_report,
    tells_nothing_new,
    with_denied_reports,
)
from index.ranking.diversify import RankedCandidate
from index.stance.judgement import Judgement, Stance

DENIAL = "The Kremlin denied the report."


def read(stance, reports=0.0, denies=0.0):
    return ReadCandidate(RankedCandidate(0, 1.0), Judgement(stance), {"reports": reports, "denies": denies})


def stances(candidates, first=DENIAL):
    sentences = [first, *["They spoke on Thursday."] * (len(candidates) - 1)]
    return [one.judgement.stance for one in with_denied_reports(candidates, sentences)]


@pytest.mark.parametrize(
    "sentence", [DENIAL, "She called it a hoax.", "“Untrue,” he said.", "It rejects the claim."]
)
def test_who_denies_answers_a_report(sentence):
    assert answers_report(sentence)
    assert not answers_report("They have not spoken since the spring.")


@pytest.mark.parametrize(
    ("sentence", "is_old"),
    [
        ("The senator has not yet announced whether he will run.", True),
        ("The team, which has never won a title, plays on Monday.", True),
        ("They hadn’t decided on a date yet.", True),
        ("The ministry has yet to answer.", True),
        ("The talks still haven't begun.", True),
        ("The call never took place, the Kremlin said.", False),
        ("He was found not guilty on Thursday.", False),
        ("The Senate voted the bill down, and yet not one member spoke.", False),
        (DENIAL, False),
    ],
)
def test_that_nothing_has_happened_so_far_is_no_news(sentence, is_old):
    assert tells_nothing_new(sentence) is is_old


def test_the_likeliest_reports_stand_beside_a_denial_of_them():
    denied = read(Stance.DENIED, denies=0.8)
    likely = [read(Stance.BACKGROUND, reports=0.3), read(Stance.BACKGROUND, reports=0.4, denies=0.1)]
    unlikely = [read(Stance.BACKGROUND, reports=0.1), read(Stance.BACKGROUND, reports=0.4, denies=0.38)]
    assert stances([denied, *likely, *unlikely]) == [
        Stance.DENIED, Stance.REPORTED, Stance.REPORTED, Stance.BACKGROUND, Stance.BACKGROUND,
    ]  # fmt: skip
    assert stances([denied, *likely * 3]).count(Stance.REPORTED) == MAX_REPORTS


def test_nothing_is_added_to_a_report_or_to_what_answers_none():
    denied, likely = read(Stance.DENIED, denies=0.8), read(Stance.BACKGROUND, reports=0.4)
    assert stances([denied, read(Stance.REPORTED, 0.9), likely])[2] is Stance.BACKGROUND
    assert stances([denied, likely], "The bridge is open.")[1] is Stance.BACKGROUND
    assert stances([likely, likely]) == [Stance.BACKGROUND] * 2
