"""Who says a sentence: cases in our own words, properties over hostile text, and a floor on marked articles."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.evaluation.speakers import agrees, score_speakers
from index.sentences import split
from index.speakers import cited_source, speaker_of

MARKED = Path(__file__).parents[3] / "shared" / "data" / "speakers"

ONE_SENTENCE = [
    (
        "Kremlin spokesman Dmitry Peskov said on Monday that no call took place.",
        "Dmitry Peskov",
        "Kremlin spokesman",
    ),
    (
        "Steven Cheung, Trump's communications director, declined to comment on the call.",
        "Steven Cheung",
        "Trump's communications director",
    ),
    (
        "Trump’s communications director, Steven Cheung, declined to comment on the call.",
        "Steven Cheung",
        "Trump’s communications director",
    ),
    ("“Nothing of the kind happened,” said Peskov.", "Peskov", None),
    (
        "Ukrainian President Volodymyr Zelenskyy said the line held.",
        "Volodymyr Zelenskyy",
        "Ukrainian President",
    ),
    ("“We will vote on Sunday,” Recep Tayyip Erdoğan told reporters.", "Recep Tayyip Erdoğan", None),
    ("Xi Jinping, China's leader, warned against a new cold war.", "Xi Jinping", "China's leader"),
    ("Michael O'Brien, 42, a teacher from Akron, Ohio, says rents doubled.", "Michael O'Brien", None),
    ("Ursula von der Leyen announced a new fund on Tuesday.", "Ursula von der Leyen", None),
    ("Saudi Crown Prince Mohammed bin Salman denied it.", "Mohammed bin Salman", "Saudi Crown Prince"),
    ("Sen. Lindsey Graham, R-S.C., said he would vote no.", "Lindsey Graham", "R-S.C."),
    ("The bridge will close in May, according to Reuters.", "Reuters", None),
    ("The Washington Post reported that the two men spoke.", "The Washington Post", None),
    ("The Kremlin said the report was false.", "The Kremlin", None),
    ("Peskov was quoted as saying that no call took place.", "Peskov", None),
    ("Jane Roe wrote on Twitter: “Not one step back.”", "Jane Roe", None),
    ("A spokesman for the Acme campaign said the ad was pulled.", "spokesman for the Acme campaign", None),
    ("The Roe campaign said the ad was pulled.", "Roe campaign", None),
]


@pytest.mark.parametrize(("sentence", "name", "description"), ONE_SENTENCE)
def test_a_sentence_that_names_its_speaker(sentence, name, description):
    speaker = speaker_of(sentence, split(sentence), 0)
    assert speaker is not None
    assert (speaker.name, speaker.description) == (name, description)


@pytest.mark.parametrize(
    "sentence",
    [
        "Rain fell on Ohio for three days.",
        "Mr. Roe was told by Ms. Poe that the bridge would close.",
        "What did the minister know?",
        "“Nothing of the kind happened.”",
        "He said the bridge would close.",
        "",
        "...",
    ],
)
def test_silence_where_nobody_safe_is_named(sentence):
    spans = split(sentence)
    assert all(speaker_of(sentence, spans, index) is None for index in range(len(spans)))


@given(st.text(max_size=400) | st.text(alphabet="“”\"' ,.:—TMrjane Roesaid\n()\u202e\u200b", max_size=400))
@settings(deadline=None)
def test_never_raises_and_never_invents(text):
    spans = split(text)
    for index in range(len(spans)):
        speaker = speaker_of(text, spans, index)
        if speaker:
            assert speaker.name in text
            assert speaker.description is None or speaker.description in text


@given(st.text(max_size=400))
def test_a_cited_source_stands_in_the_sentence(sentence):
    source = cited_source(sentence)
    assert source is None or source in sentence


def test_a_possessive_is_not_the_speaker():
    assert agrees("Jane Roe", "Mayor Roe")
    assert agrees("Roe", "Roe’s")
    assert not agrees("Roe", "Roe's lawyer")


@pytest.mark.skipif(not MARKED.exists(), reason="needs the marked articles in ../shared/data/speakers")
def test_the_floor_on_marked_articles():
    scores = score_speakers(MARKED, limit=60)
    assert scores.precision >= 0.80
    assert scores.recall >= 0.40
