"""Who does what to whom: sentences about the claim, and sentences that only share its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stance.claim import overlap, parse_claim
from index.stance.classifier import classify_sentence
from index.stance.event_match import is_same_event, relatedness
from index.stance.judgement import Stance
from index.stance.weights import FULL_RELATEDNESS, MIN_CONFIDENCE

CALL = "Did Trump call Putin?"

ABOUT = [
    (CALL, "Trump called Putin on Thursday."),
    (CALL, "President Donald Trump on Thursday called Russian President Vladimir Putin."),
    (CALL, "Trump called the Russian leader Vladimir Putin after lunch."),
    (CALL, "Putin was called by Trump."),
    (CALL, "Putin and Trump spoke on Thursday."),
    (CALL, "A phone call between Trump and Putin took place."),
    (
        "Did Donald Trump call Vladimir Putin?",
        "Trump phoned Russia's president, Vladimir Putin, on Thursday.",
    ),
    ("Did Israel attack Iran?", "Israel on Friday attacked military targets in Iran."),
    ("Did Israel attack Iran?", "Iran said Israel attacked its consulate."),
    ("Did Israel attack Iran?", "Israeli jets attacked Iranian bases overnight."),
    ("Did Biden win Georgia?", "Biden won the state of Georgia by a small margin."),
    ("Did Microsoft buy Activision?", "Microsoft completed its purchase of Activision Blizzard."),
    ("Was Putin arrested in Mongolia?", "Putin was arrested in Mongolia."),
    ("Was Roe arrested?", "Police in Ohio arrested Roe on Monday."),
    ("Did rebels kill Roe?", "Journalist Jane Roe, killed by rebels, was from Ohio."),
    ("did trump call putin", "Trump called Putin on Thursday."),
    ("Did Oslo workers strike in May?", "Workers in Oslo went on strike in May."),
    ("Did Russia shoot down a US drone?", "Russia shot down a US drone over the sea, the Pentagon said."),
    ("Was the Nord Stream pipeline sabotaged by Ukraine?", "Ukraine sabotaged the Nord Stream pipeline."),
]

OTHERS = [
    (CALL, "Russian President Vladimir Putin called a meeting Monday of his security council."),
    (CALL, "Putin called Trump a clever man."),
    (CALL, "Trump called Xi before meeting Putin."),
    (CALL, "Trump called reporters to his golf course."),
    (CALL, "Putin spoke with Xi on Thursday."),
    (CALL, "López visited Putin and Jair Bolsonaro, who has been called the “Trump of the Tropics.”"),
    (CALL, "After the call between Putin and Xi, Trump left for Florida."),
    (
        "Was the Nord Stream pipeline sabotaged by Ukraine?",
        "Nord Stream 2 is one of two pipelines beside Ukraine.",
    ),
    (
        "Did Israel bomb the hospital in Gaza?",
        "Israel says Hamas uses the largest hospital in Gaza as a base.",
    ),
    (CALL, "Cotton did not condemn Trump, who has called Putin “smart” and “savvy.”"),
    (CALL, "There was no reason for Trump not to call out the deeds of Putin."),
    ("Did Jane Roe get arrested?", "The officer, Jane Poe, was arrested on Monday."),
    ("Did Jane Roe pull the trigger?", "The messages pulled by the police from Jane Roe’s phone were read."),
    ("Did Israel attack Iran?", "Iran attacked Israel overnight with drones."),
    ("Did Biden win Georgia?", "Donald Trump later won Georgia, while Biden lost there."),
    ("Did Microsoft buy Activision?", "Sony bought Bungie while Microsoft still hoped for Activision."),
    ("Did Apple sue Samsung?", "The maker of phones said that Samsung sued Apple."),
    (
        "Was Putin arrested in Mongolia?",
        "The painter Jane Roe was arrested in Mongolia over a poster of Putin.",
    ),
    ("did trump call putin", "Russian President Vladimir Putin called a meeting Monday of his council."),
]


@pytest.mark.parametrize(("claim", "sentence"), ABOUT)
def test_a_sentence_about_the_claim(claim: str, sentence: str) -> None:
    assert relatedness(overlap(parse_claim(claim), sentence)) >= FULL_RELATEDNESS
    judgement = classify_sentence(claim, sentence)
    assert judgement.stance is Stance.REPORTED
    assert judgement.confidence >= MIN_CONFIDENCE


@pytest.mark.parametrize(("claim", "sentence"), OTHERS)
def test_a_sentence_that_only_shares_its_words(claim: str, sentence: str) -> None:
    assert relatedness(overlap(parse_claim(claim), sentence)) < FULL_RELATEDNESS
    assert classify_sentence(claim, sentence).confidence < MIN_CONFIDENCE


@pytest.mark.parametrize(
    "sentence",
    [
        "Putin did not call a meeting on Monday.",
        "Putin denied that he called Xi.",
        "Putin never called Biden.",
    ],
)
def test_a_denial_of_another_deed_is_only_a_guess(sentence: str) -> None:
    assert classify_sentence(CALL, sentence, "Putin and his calls").confidence < MIN_CONFIDENCE


def test_a_name_may_stand_in_the_headline_or_the_sentence_before() -> None:
    he = "He called Putin on Thursday."
    assert relatedness(overlap(parse_claim(CALL), he)) < FULL_RELATEDNESS
    assert relatedness(overlap(parse_claim(CALL), he, "Trump's busy week")) >= FULL_RELATEDNESS
    assert relatedness(overlap(parse_claim(CALL), he, "", "Trump was in Florida.")) >= FULL_RELATEDNESS


def test_somebody_else_in_the_sentence_is_not_the_one_in_the_headline() -> None:
    asked, title = "Did Fox News fire Tucker Carlson?", "Fox News fires Tucker Carlson"
    he = "He was fired on Monday, the network said."
    lemon = "Meanwhile Don Lemon announced that he had been fired."
    assert (
        classify_sentence(asked, he, title).confidence
        >= MIN_CONFIDENCE
        > classify_sentence(asked, lemon, title).confidence
    )


def test_nobody_is_blamed_where_no_name_stands_beside_the_verb() -> None:
    match = overlap(parse_claim(CALL), "The president, who has praised Putin, called him.")
    assert is_same_event(match, match.claim.predicate)


# claim, headline, sentence before, sentence, what it does to the claim
SHARED_WORDS = [
    # somebody else's deed, in the sentence itself
    (
        CALL,
        "A call with Putin",
        "",
        "Musk denied a claim that he spoke to Putin about the war.",
        Stance.BACKGROUND,
    ),
    (
        CALL,
        "Musk and Putin",
        "",
        "The aide said that Musk does not speak for anybody in talks with Putin.",
        Stance.BACKGROUND,
    ),
    (CALL, "Trump and Putin", "Xi was in Moscow.", "He called Putin on Thursday.", Stance.BACKGROUND),
    (CALL, "Trump and Putin", "Trump was in Florida.", "He called Putin on Thursday.", Stance.REPORTED),
    (
        "Did Ada Fenn plead guilty?",
        "Fenn",
        "",
        "Bo Lind, who worked for Ada Fenn, pleaded guilty in May.",
        Stance.BACKGROUND,
    ),
    (
        "Did Ada Fenn plead guilty?",
        "Fenn",
        "",
        "Ada Fenn, who worked for Bo Lind, pleaded guilty in May.",
        Stance.REPORTED,
    ),
    ("Did Ada Fenn die?", "Ada Fenn", "", "Her husband, Carl Fenn, died on Sunday.", Stance.BACKGROUND),
    (
        "Did Ada Fenn die?",
        "Ada Fenn",
        "",
        "Ada Fenn wrote after her husband's death that she would rest.",
        Stance.BACKGROUND,
    ),
    (
        "Did Ada Fenn attack Bo Lind?",
        "",
        "",
        "Bo Lind denies that he is planning to attack.",
        Stance.BACKGROUND,
    ),
    (
        "Was Ada Fenn convicted?",
        "Ada Fenn",
        "",
        "One of the men convicted in the case greeted Ada Fenn.",
        Stance.BACKGROUND,
    ),
    (
        "Was Ada Fenn arrested?",
        "Ada Fenn",
        "",
        "Officers arrested a man at the rally of Ada Fenn.",
        Stance.BACKGROUND,
    ),
    (
        "Did Ada Fenn pull the lever?",
        "Ada Fenn",
        "",
        "Bo Lind was eager, but his firm never pulled the lever.",
        Stance.BACKGROUND,
    ),
    # another thing that has the same words
    (
        "Was Ada Major convicted?",
        "",
        "",
        "The doctor was convicted after major changes, Ada Lind said.",
        Stance.BACKGROUND,
    ),
    ("Was Ada Fenn arrested?", "", "", "The court issued an arrest warrant for Ada Fenn.", Stance.BACKGROUND),
    ("Did Ada Fenn drop out?", "", "", "Ada Fenn kept dropping hints at her plans.", Stance.BACKGROUND),
    ("Did Ada Fenn drop out of the race?", "", "", "Ada Fenn quit the race on Monday.", Stance.REPORTED),
    ("Did Ada Fenn step down?", "", "", "Ada Fenn resigned on Monday.", Stance.REPORTED),
    ("Did Ada Fenn die?", "", "", "Ada Fenn passed away on Monday.", Stance.REPORTED),
    ("Did Ada Fenn die?", "", "", "Drivers passing by waved at Ada Fenn.", Stance.BACKGROUND),
    (
        "Did Norwick invade Ostland?",
        "",
        "",
        "Ostland's allies met after invading Norwick.",
        Stance.BACKGROUND,
    ),
    ("Did Norwick invade Ostland?", "", "", "Norwick lost its seat after invading Ostland.", Stance.REPORTED),
    (
        "Did Ada Fenn kill Bo Lind?",
        "",
        "",
        "Ada Fenn led the firm until the death of Bo Lind.",
        Stance.BACKGROUND,
    ),
    ("Did Norwick win the cup?", "", "", "Norwick lost to Ostland in its first match.", Stance.BACKGROUND),
    ("Did Norwick win the cup?", "", "", "Norwick lost the cup to Ostland.", Stance.DENIED),
    ("Did Ada Fenn resign?", "", "", "Ada Fenn said her resignation left no more to say.", Stance.REPORTED),
    (
        "Did Bo Lind slap Ada Fenn?",
        "",
        "",
        "It was the year of Ada Fenn slapping presenter Bo Lind.",
        Stance.BACKGROUND,
    ),
    (
        "Did Ada Fenn win the race?",
        "",
        "",
        "Officials said Bo Lind had won, not Ada Fenn.",
        Stance.BACKGROUND,
    ),
    (
        "Did Ada Fenn slap Bo Lind?",
        "",
        "",
        "Ada Fenn slapped Bo Lind after he made a joke about her.",
        Stance.REPORTED,
    ),
    ("did ada fenn end the strike", "Norwick", "", "The war won't end soon.", Stance.BACKGROUND),
    (
        "Did Ada Fenn win the vote?",
        "Ada Fenn wins the vote",
        "",
        "“We won,” Bo Lind told the crowd.",
        Stance.BACKGROUND,
    ),
    ("Did Ada Fenn win the vote?", "The vote", "", "“We won,” Ada Fenn told the crowd.", Stance.REPORTED),
    (
        "Did Ada Fenn win the vote?",
        "",
        "",
        "It named Ada Fenn winner of the vote, a result that Lind rejected.",
        Stance.REPORTED,
    ),
    # only supposed
    (
        "Did Norwick default on its debt?",
        "",
        "",
        "The bank warned that Norwick could default on its debt.",
        Stance.BACKGROUND,
    ),
    ("Did Ada Fenn oust Bo Lind?", "", "", "Ada Fenn threatened to oust Bo Lind.", Stance.BACKGROUND),
    ("Did Ada Fenn resign?", "", "", "Bo Lind called for the resignation of Ada Fenn.", Stance.BACKGROUND),
    ("Did Ada Fenn resign?", "", "", "Ada Fenn said she would resign in May.", Stance.REPORTED),
    (
        "Did Norwick raise the ceiling?",
        "",
        "",
        "It would harm all if Norwick refused to raise the ceiling.",
        Stance.BACKGROUND,
    ),
    ("May Ada Fenn resign?", "", "", "Ada Fenn may resign, her office said.", Stance.REPORTED),
    # what is denied, or false, is something else
    (
        "Did Ada Fenn sell the harbour?",
        "Harbour",
        "",
        "Acme denies Fenn's claims about the harbour.",
        Stance.BACKGROUND,
    ),
    (
        "Did Ada Fenn sell the harbour?",
        "Ada Fenn sells the harbour",
        "",
        "The mayor denied the report.",
        Stance.DENIED,
    ),
    (
        "Did Ada Fenn lie?",
        "Ada Fenn",
        "",
        "Ada Fenn has lied; the false claims she made are many.",
        Stance.REPORTED,
    ),
    (
        "Did Ada Fenn sell the harbour?",
        "Ada Fenn sells",
        "",
        "Fenn denied having heard of the reports.",
        Stance.BACKGROUND,
    ),
    (
        "Was Ada Fenn released?",
        "Ada Fenn",
        "",
        "Ada Fenn was denied bail and will not be released.",
        Stance.DENIED,
    ),
    ("Was Ada Fenn released?", "Ada Fenn released?", "", "Ada Fenn was denied bail.", Stance.BACKGROUND),
    (
        "Was Ada Fenn fired?",
        "Ada Fenn",
        "",
        "A producer fired by Acme gave misleading testimony on Ada Fenn.",
        Stance.BACKGROUND,
    ),
    (
        "Was Ada Fenn ousted as leader?",
        "",
        "",
        "The club was without a leader since it ousted Ada Fenn.",
        Stance.REPORTED,
    ),
    ("Did Ada Fenn plead guilty?", "", "", "Ada Fenn pleaded not guilty on Monday.", Stance.DENIED),
    (
        "Did the ministry shoot down the balloon?",
        "",
        "",
        "It did not immediately shoot down the balloon.",
        Stance.REPORTED,
    ),
    (
        "Did Ada Fenn have the files?",
        "",
        "",
        "“Where did Ada Fenn not have the files?” he asked.",
        Stance.BACKGROUND,
    ),
]


@pytest.mark.parametrize(("claim", "title", "before", "sentence", "stance"), SHARED_WORDS)
def test_a_sentence_that_shares_the_words(claim, title, before, sentence, stance):
    judgement = classify_sentence(claim, sentence, title, before)
    assert (judgement.stance if judgement.confidence >= MIN_CONFIDENCE else Stance.BACKGROUND) is stance


TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "Trump",
            "Putin",
            "called",
            "was",
            "by",
            "and",
            "the",
            "a",
            "meeting",
            ",",
            "did",
            "not",
            "Xi",
            "spoke",
            "ing",
            "'s",
            "is",
            "that",
            "?",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_text_is_measured(claim: str, sentence: str, title: str, before: str) -> None:
    assert 0 <= relatedness(overlap(parse_claim(claim), sentence, title, before)) <= 1
