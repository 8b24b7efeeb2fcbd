"""Whom the first line names: each party once, under its usual name."""

import pytest

from index.answering.answers import Quote
from index.answering.source_names import denying_sources, reporting_sources
from index.articles import Article
from index.attribution.speaker import Speaker
from index.stance.claim import Claim, parse_claim
from index.stance.judgement import Judgement, Stance

CLAIM = parse_claim("Did Trump call Putin?")
NOTHING_CLAIMED = parse_claim("")
TEXT = "Edgar Poe left. No one at the Kremlin spoke. He told The Washington Post and the White House so."


def quote(
    sentence: str = "One.", outlet: str = "Sample Wire", cue: str | None = None, **more: object
) -> Quote:
    article = Article("https://news.example/1", outlet, "Title", f"{sentence} {TEXT}")
    return Quote(article, 0, len(sentence), judgement=Judgement(Stance.DENIED, cue, 0.9), **more)  # type: ignore[arg-type]


def deniers(quotes: list[Quote], claim: Claim = NOTHING_CLAIMED) -> tuple[str, ...]:
    return denying_sources(quotes, claim)


def denied(name: str, description: str | None = None) -> Quote:
    return quote(speaker=Speaker(name, description))


def test_a_spokesman_his_institution_and_its_city_are_one_party() -> None:
    quotes = [denied("The Kremlin"), denied("Moscow"), denied("Dmitry Peskov", "Kremlin spokesman")]
    assert deniers(quotes) == ("the Kremlin",)
    assert deniers(quotes[::-1]) == ("the Kremlin",)


@pytest.mark.parametrize(
    ("name", "description", "shown"),
    [
        ("Dmitry Peskov", "Kremlin spokesman", "the Kremlin"),
        ("Jane Roe", "spokeswoman for the White House", "the White House"),
        ("Jane Roe", "White House press secretary", "the White House"),
        ("Jane Roe", "State Department spokesperson", "State Department"),
        ("Jane Roe", "former mayor of Oslo", "Jane Roe"),
        ("Steven Cheung", "Trump’s communications director", "Steven Cheung"),
        ("Jane Roe", "Poe spokeswoman", "Jane Roe"),
        ("Jane Roe", "Acme spokeswoman", "Acme"),
        ("Jane Roe", None, "Jane Roe"),
        ("Beijing", None, "Beijing"),
    ],
)
def test_who_speaks_for_whom(name: str, description: str | None, shown: str) -> None:
    assert deniers([denied(name, description)]) == (shown,)


def test_a_family_name_and_the_whole_name_are_one() -> None:
    assert deniers([denied("Peskov"), denied("Dmitry Peskov"), denied("Peskov")]) == ("Dmitry Peskov",)


def test_two_parties_stay_two() -> None:
    assert deniers([denied("Kyiv"), denied("Moscow"), denied("Ukraine")]) == ("Kyiv", "Moscow")


@pytest.mark.parametrize(
    ("sentence", "cue", "shown"),
    [
        ("The Washington Post reported that the Kremlin denied the call.", "denied", "the Kremlin"),
        ("The report of a call was dismissed by the Kremlin, CNN said.", "dismissed", "the Kremlin"),
        ("The report is false.", "false", "Sample Wire"),
    ],
)
def test_the_denier_is_whoever_the_sentence_says_denies(sentence: str, cue: str, shown: str) -> None:
    assert deniers([quote(sentence, cue=cue)]) == (shown,)


def test_what_one_outlet_cites_from_another_is_the_others_report() -> None:
    cited = quote("Trump called Putin, The Washington Post reported.", cited_source="The Washington Post")
    assert reporting_sources([cited], CLAIM) == ("The Washington Post",)
    assert reporting_sources([cited, quote("Trump called Putin.", "Daily Echo")], CLAIM) == (
        "The Washington Post",
        "Daily Echo",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "According to the report, Trump called Putin.",
        "A newspaper reported that Trump had called Putin.",
        "It reported that Trump had called Putin.",
        "Trump reportedly called Putin.",
    ],
)
def test_an_outlet_that_passes_a_report_on_is_named_only_for_want_of_another(sentence: str) -> None:
    passed_on = quote(sentence, "Daily Echo")
    assert reporting_sources([passed_on, quote("One.", cited_source="CNN")], CLAIM) == ("CNN",)
    assert reporting_sources([passed_on], CLAIM) == ("Daily Echo",)


def test_the_stands_before_a_name_only_where_the_articles_write_it() -> None:
    text = "The Twitter deal fell. He left the Twitter deal, while Twitter said no. She asked Twitter and the Pentagon."
    quotes = [quote(text, speaker=Speaker("Twitter")), quote(text, speaker=Speaker("Pentagon"))]
    assert deniers(quotes) == ("Twitter", "the Pentagon")


def test_whom_the_claim_is_about_is_no_source_of_it() -> None:
    agreed = quote("Acme Corp. agreed to buy the yard.", "Daily Echo", cited_source="Acme Corp.")
    assert reporting_sources([agreed], parse_claim("Did Acme buy the yard?")) == ("Daily Echo",)
    assert reporting_sources([agreed], CLAIM) == ("Acme Corp",)


def test_a_company_is_one_with_its_legal_form() -> None:
    assert deniers([denied("Acme Corp."), denied("Ida Roth", "Acme spokeswoman"), denied("Acme")]) == (
        "Acme",
    )


@pytest.mark.parametrize(("name", "shown"), [("newspapers", "Sample Wire"), ("police", "police")])
def test_a_speaker_without_a_name(name: str, shown: str) -> None:
    assert deniers([denied(name)]) == (shown,)


def test_nobody_and_nothing() -> None:
    assert reporting_sources([], CLAIM) == deniers([]) == ()


@pytest.mark.parametrize(
    ("sentence", "cue", "speaker", "shown"),
    [
        ("Roe said that Trump called Putin and that he denied it.", "denied", "Jane Roe", ()),
        ("“Trump called Putin, and he said it didn’t happen,” said Roe.", "n’t happen", "Jane Roe", ()),
        ("Trump said he never called Putin.", "never", "Donald Trump", ("Donald Trump",)),
        ("Roe denied that Trump called Putin.", "denied", "Jane Roe", ("Jane Roe",)),
    ],
)
def test_who_tells_of_a_denial_is_not_who_denies(
    sentence: str, cue: str, speaker: str, shown: tuple[str, ...]
) -> None:
    assert deniers([quote(sentence, cue=cue, speaker=Speaker(speaker))], CLAIM) == shown
