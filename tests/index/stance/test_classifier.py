"""What a sentence does to a claim: a table of traps in our own words, properties, and the floor on Emergent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.eval_stance import score_stance
from index.stance.claim import overlap, parse_claim
from index.stance.classifier import classify_sentence
from index.stance.judgement import Judgement, Stance
from index.stance.negation_scope import MAX_CUES, parse
from index.stance.weights import FULL_RELATEDNESS, MIN_CONFIDENCE
from tests.conftest import REPOSITORY

DATA = REPOSITORY.parent / "shared/data"
CALL = "Did Trump call Putin?"
TITLE = "Kremlin denies Trump-Putin call"
BEFORE = "The Washington Post reported that Trump had called Putin."
R, D, N, B = Stance.REPORTED, Stance.DENIED, Stance.NO_COMMENT, Stance.BACKGROUND

ALONE = [
    # plain reports, and reports at second hand
    (CALL, "Trump called Putin on Thursday.", R),
    (CALL, "Trump reportedly phoned Putin from his resort.", R),
    (CALL, "The two men, Trump and Putin, spoke on Thursday, people familiar with the call said.", R),
    (CALL, "The Washington Post had claimed that a call between Trump and Putin took place.", R),
    ("Is it true that the mayor resigned?", "The mayor resigned on Friday after a stormy meeting.", R),
    ("Mayor to resign on Friday", "The mayor quit on Friday, her office said.", R),
    ("Did Canada ban plastic straws?", "The Canadian government banned plastic straws last year.", R),
    ("Has the factory been closed?", "Workers say the factory was closed without warning.", R),
    # denials by "not", "no", "never", "none"
    (CALL, "Trump did not call Putin.", D),
    (CALL, "Trump didn’t call Putin, his spokesman said.", D),
    (CALL, "There was no call between Trump and Putin.", D),
    (CALL, "Trump never spoke to Putin last week.", D),
    (CALL, "Trump has not yet called Putin.", D),
    (CALL, "No, Trump did not call Putin.", D),
    (CALL, "A call between Trump and Putin? No, says the Kremlin.", D),
    (CALL, "A call between Trump and Putin never happened.", D),
    (CALL, "Nobody arranged it: no conversation between Trump and Putin took place.", D),
    ("Did the senators meet the king?", "None of the senators met the king.", D),
    # denials by a verb, before and behind its object, and "false"
    (CALL, "Peskov denied that Trump called Putin.", D),
    (CALL, "The Kremlin denied any call between Trump and Putin.", D),
    (CALL, "Moscow rejected reports that Trump had called Putin.", D),
    (CALL, "Reports of a call between Trump and Putin were dismissed by the Kremlin.", D),
    (CALL, "Reports that Trump called Putin are false.", D),
    (CALL, "The story that Trump called Putin is a hoax.", D),
    (CALL, "It is not true that Trump called Putin.", D),
    (CALL, "There is no truth to the report that Trump called Putin.", D),
    (CALL, "The Kremlin called the report that Trump phoned Putin “false.”", D),
    (CALL, "HOAX: Trump called Putin and asked for a loan.", D),
    ("Did the mayor resign?", "Rumours that the mayor had resigned were debunked.", D),
    ("Did the minister take bribes?", "The minister denies taking bribes.", D),
    (
        "Did the bank fire 300 people?",
        "The bank rejected as untrue a report that it had fired 300 people.",
        D,
    ),
    ("Is the singer dead?", "The singer is alive, her manager said.", D),
    ("The star will play Hamlet in London", "The star has dropped out of Hamlet in London.", D),
    ("Did the ministry confirm the fire at the depot?", "There was no fire at the depot, it said.", D),
    # turned twice
    (CALL, "Peskov did not deny that Trump called Putin.", R),
    (CALL, "Peskov failed to deny that Trump called Putin.", R),
    (CALL, "The White House has never denied that Trump called Putin.", R),
    (CALL, "It is not false that Trump called Putin.", R),
    (CALL, "There is no denying that Trump called Putin.", R),
    (CALL, "The aide denied that Trump did not call Putin.", R),
    (CALL, "The aide denied that the report of Trump calling Putin was false.", R),
    (CALL, "Trump did not call Putin until Monday.", R),
    # the denial is of something else
    (CALL, "Trump denied wrongdoing but the call with Putin took place.", R),
    (CALL, "Trump called Putin but did not call Zelensky.", R),
    (CALL, "Trump called Putin but did not mention Ukraine.", R),
    (CALL, "Trump not only called Putin, he invited him.", R),
    (CALL, "Trump denied wrongdoing.", B),
    (CALL, "Peskov denied that Putin was ill.", B),
    (CALL, "Trump did not call Xi, aides said.", B),
    (CALL, "Trump called the tax report false.", B),
    (CALL, "Trump rejected allegations of fraud.", B),
    (CALL, "Trump called for fake passports to be seized.", B),
    (CALL, "Trump and Putin met in Helsinki in 2018.", B),
    (CALL, "Did Trump call Putin?", B),
    (CALL, "Kyiv denied being told of a call between Trump and Putin in advance.", B),
    (CALL, "Zelensky and Trump spoke on Wednesday.", B),
    # typed without capitals
    ("did trump call putin", "Trump called Putin on Thursday.", R),
    ("did trump call putin", "The Kremlin denied any call between Trump and Putin.", D),
    ("did trump call putin", "Peskov denied that Putin was ill.", B),
    ("did trump call putin", "Trump did not call Xi, aides said.", B),
    (
        "Did Acme buy the yard?",
        "Acme Corp. on Tuesday rejected a report that it had agreed to buy the yard.",
        D,
    ),
    ("Did the ferry sink?", "The ferry sank in a storm on Thursday.", R),
    ("Did the ferry not sink?", "The ferry sank in a storm on Thursday.", D),
    # words quoted inside a denial
    (CALL, "He called the report of a call between Trump and Putin “false.”", D),
    (CALL, "Asked whether Trump had called Putin, the spokesman said: “That is not true.”", D),
    (CALL, "“There was no call,” Peskov said of the report that Trump had phoned Putin.", D),
    (CALL, "“Trump called Putin on Thursday,” an aide said.", R),
    # words of denial about things
    ("Did China send a balloon?", "A jet shot down the balloon that China had sent over Ohio.", R),
    ("Did China send a balloon?", "China shot down reports that it had sent a balloon.", D),
    (CALL, "They kept being told “no,” said Trump of the call with Putin.", R),
    (CALL, "He went out so that he would not disclose it, after Trump called Putin.", R),
    ("Did Roe lie?", "“He has lied to voters. His whole life is a fabrication,” Poe said of Roe.", R),
    ("Is Roe guilty?", "He is innocent until proven guilty, said Roe’s lawyer.", R),
    (CALL, "It was disinformation, the Kremlin said of the call between Trump and Putin.", D),
    (CALL, "Twitter flags disinformation about the call of Trump with Putin.", R),
    (
        "Did the court ban fishing?",
        "Since the court banned fishing, voters keep rejecting efforts to widen it.",
        R,
    ),
    ("Did Russia shoot at Americans?", "Russia shot at a base, and no American personnel were there.", R),
    # nobody says
    (CALL, "The Kremlin declined to comment on a call between Trump and Putin.", N),
    (CALL, "The White House would not confirm that Trump called Putin.", N),
    (CALL, "Ukraine said it was not informed of the call between Trump and Putin.", N),
    (CALL, "The Kremlin neither confirmed nor denied the call between Trump and Putin.", N),
    (CALL, "Moscow refused to rule out a call between Trump and Putin.", N),
    (CALL, "We could not independently verify that Trump called Putin.", N),
    (CALL, "It is not clear whether Trump called Putin.", N),
    (CALL, "Asked about the call with Putin, Trump's office did not immediately respond.", N),
    (CALL, "Kyiv was unaware of any call between Trump and Putin.", N),
    (CALL, "The Post reported that Trump called Putin, and the White House declined to comment.", R),
    # the claim itself is negative, or is a denial
    ("Did Trump not call Putin?", "Trump did not call Putin.", R),
    ("Did Trump not call Putin?", "Trump called Putin on Thursday.", D),
    ("Trump did not call Putin", "There was no call between Trump and Putin.", R),
    ("Didn't Trump call Putin?", "Trump called Putin on Thursday.", R),
    ("Isn't it true that Trump called Putin?", "Trump did not call Putin.", D),
    ("Was the report of a Trump call to Putin false?", "The report of a Trump call to Putin is false.", R),
    ("Did Trump deny calling Putin?", "Trump denied calling Putin.", R),
    ("Did Trump deny calling Putin?", "Trump did not deny calling Putin.", D),
    ("Did Trump deny calling Putin?", "Trump called Putin on Thursday.", B),
]

IN_CONTEXT = [
    ("“This is completely false, this is pure fiction,” Dmitry Peskov told reporters.", D),
    ("However, the Kremlin quickly rejected this, with Peskov calling the report “false.”", D),
    ("The Kremlin denied it.", D),
    ("Moscow says no such call took place.", D),
    ("The newspaper later retracted the story.", D),
    ("Steven Cheung, his communications director, declined to comment.", N),
    ("Ukraine’s foreign ministry said it was not informed.", N),
    ("The White House did not respond to a request for comment.", N),
    ("Ukraine disputed that part of the account.", B),
    ("The two men last met in Helsinki.", B),
]


def shown(judgement: Judgement) -> Stance:
    return judgement.stance if judgement.confidence >= MIN_CONFIDENCE else B


@pytest.mark.parametrize(("claim", "sentence", "stance"), ALONE)
def test_a_sentence_by_itself(claim: str, sentence: str, stance: Stance) -> None:
    assert shown(classify_sentence(claim, sentence)) is stance


@pytest.mark.parametrize(("sentence", "stance"), IN_CONTEXT)
def test_a_sentence_that_points_back(sentence: str, stance: Stance) -> None:
    assert shown(classify_sentence(CALL, sentence, TITLE, BEFORE)) is stance


def test_who_declines_to_comment_says_of_nothing_that_it_fell() -> None:
    for verb in ("rise", "fall"):
        judged = classify_sentence(
            f"Did Acme shares {verb}?", "Acme declined to comment on its shares.", "Acme shares"
        )
        assert judged.stance is N


def test_pointing_back_at_nothing_known_is_only_a_guess() -> None:
    assert classify_sentence(CALL, "The Kremlin denied it.").confidence < MIN_CONFIDENCE
    assert (
        classify_sentence(CALL, "The Kremlin denied it.", "Factory fire kills two").confidence
        < MIN_CONFIDENCE
    )


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Peskov denied that Trump called Putin.", "denied"),
        ("A call between Trump and Putin? That is pure fiction.", "pure fiction"),
        (
            "The White House did not immediately respond to questions on Trump and Putin's call.",
            "not immediately respond",
        ),
        ("Trump phoned Putin on Thursday.", "phoned"),
    ],
)
def test_the_cue_is_what_decided(sentence: str, cue: str) -> None:
    assert classify_sentence(CALL, sentence).cue == cue


def test_hearsay_is_reported_less_surely_than_a_fact() -> None:
    fact = classify_sentence(CALL, "Trump called Putin on Thursday.")
    hearsay = classify_sentence(CALL, "Trump reportedly called Putin on Thursday.")
    assert (fact.stance, hearsay.stance) == (R, R)
    assert fact.confidence > hearsay.confidence


def test_what_is_said_of_a_saying_is_no_hearsay() -> None:
    claim = "Did the mayor tell reporters that she was ill?"
    told = classify_sentence(claim, "The mayor says she is ill, telling reporters so on Monday.")
    assert (
        told.confidence
        > classify_sentence("Was the mayor ill?", "The mayor was ill, one aide says.").confidence
    )


def test_a_hint_of_a_denial_is_outweighed_by_a_sure_report() -> None:
    hint = "The Post reported that Trump called Putin, and no aide spoke."
    assert classify_sentence(CALL, hint).stance is D
    judged = classify_sentence(CALL, hint, TITLE, BEFORE)
    assert judged.stance is R
    assert judged.confidence >= MIN_CONFIDENCE


def test_a_denial_of_something_else_is_background() -> None:
    assert shown(classify_sentence(CALL, "The story of the gold is a hoax.", "Trump, gold and more")) is B


def test_a_wish_is_no_denial() -> None:
    plain = classify_sentence(CALL, "It is not true that Trump called Putin.")
    wished = classify_sentence(CALL, "I hope it is not true that Trump called Putin.")
    assert wished.confidence < plain.confidence


def test_context_counts_for_context_alone() -> None:
    match = overlap(parse_claim(CALL), "The Kremlin denied it.", TITLE)
    assert match.cover == 0
    assert match.context_cover >= FULL_RELATEDNESS


WORDS = (
    "Trump called Putin did not never no , . ? denied that the report false is hoax declined to comment refused "
    "“ ” ' : ; but and reportedly n't don’t cannot until İ ß \u200b \u202e 𝒯 \ud800 - -- ..."
)
PIECES = st.sampled_from(WORDS.split())
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_text_is_judged_and_the_cue_is_its_own(
    claim: str, sentence: str, title: str, before: str
) -> None:
    judgement = classify_sentence(claim, sentence, title, before)
    assert 0 <= judgement.confidence <= 1
    assert judgement.cue is None or (judgement.cue and judgement.cue in sentence)
    assert (judgement.cue is None) == (judgement.stance is B)
    assert classify_sentence(claim, sentence, title, before) == judgement


NAMES = st.sampled_from(["Rossi", "Okafor", "Lindqvist", "Amina Diallo"])
DEEDS = st.sampled_from(
    [("sell", "sold", "the factory"), ("visit", "visited", "the port"), ("sign", "signed", "the treaty")]
)


@given(NAMES, DEEDS)
def test_negating_sentence_or_claim_turns_the_stance_and_both_turn_it_back(
    name: str, deed: tuple[str, str, str]
) -> None:
    base, past, thing = deed
    yes, no = f"Did {name} {base} {thing}?", f"Did {name} not {base} {thing}?"
    done, undone = f"{name} {past} {thing} in May.", f"{name} did not {base} {thing} in May."
    assert [classify_sentence(yes, done).stance, classify_sentence(yes, undone).stance] == [R, D]
    assert [classify_sentence(no, done).stance, classify_sentence(no, undone).stance] == [D, R]
    assert classify_sentence(yes, f"Aides did not deny that {name} {past} {thing}.").stance is R


def test_a_very_long_sentence_is_read_in_part() -> None:
    turning = "Trump did not call Putin. " + "not deny that false " * 5000
    assert classify_sentence(CALL, turning).stance is D
    assert len(parse(turning).cues) == MAX_CUES
    assert classify_sentence(CALL, "word " * 20_000 + "Trump did not call Putin.").stance is B


def test_floor_on_emergent() -> None:
    if not (DATA / "stance/emergent.jsonl.gz").exists():
        pytest.skip("../shared/data/stance is absent: nothing to measure on")
    scores = score_stance(DATA)
    assert scores.accuracy >= 0.79
    assert scores.precision_at_recall_60 >= 0.94
    assert scores.denies_precision >= 0.94
    assert scores.denies_recall >= 0.60
