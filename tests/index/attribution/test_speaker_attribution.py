"""Who says a sentence: cases in our own words, properties over hostile text, and a floor on marked articles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.attribution.speaker import Speaker
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.evaluation.eval_speakers import score_speakers
from index.text.sentence_splitter import split_sentences
from tests.conftest import REPOSITORY

MARKED = REPOSITORY.parent / "shared" / "data" / "speakers"

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
    ("Acme Corp. on Tuesday said the ad was pulled.", "Acme Corp.", None),
    ("Acme Corp. has agreed to buy the yard, Jane Roe told the Sample Wire.", "Jane Roe", None),
]


@pytest.mark.parametrize(("sentence", "name", "description"), ONE_SENTENCE)
def test_a_sentence_that_names_its_speaker(sentence, name, description):
    speaker = speaker_of(sentence, split_sentences(sentence), 0)
    assert speaker is not None
    assert (speaker.name, speaker.description) == (name, description)


ARTICLE = """Kremlin denies call
MOSCOW (Sample Wire) - Kremlin spokesman Dmitry Peskov met reporters on Monday.
“There was no call,” Peskov said. “It is pure fiction. Nobody spoke to anybody.”
“And nobody will,” he added.
“We are ready to talk. We always were.
“But nobody asked.”
Sen. Jane Roe, a Democrat from Ohio, disagreed with the Kremlin.
“I have seen the log,” she said. The senator told the Sample Wire that it would be published.
Prices rose by two percent in May.
Did Peskov say that it was fiction?
“What a day!” Roe exclaimed.
Officials said the log was real, while the White House declined to comment.
MODERATOR JOHN POE: Thank you all. We close here.
Mr. Poe was told by Ms. Roe that the log exists.
"""

IN_CONTEXT = [
    ("“There was no call,”", "Dmitry Peskov", "Kremlin spokesman"),
    ("“It is pure fiction.", "Dmitry Peskov", "Kremlin spokesman"),
    ("“And nobody will,”", "Dmitry Peskov", "Kremlin spokesman"),
    ("“We are ready", "Dmitry Peskov", "Kremlin spokesman"),
    ("“But nobody asked.”", "Dmitry Peskov", "Kremlin spokesman"),
    ("“I have seen", "Jane Roe", "Democrat from Ohio"),
    ("The senator told", "Jane Roe", "Democrat from Ohio"),
    ("“What a day!”", "Jane Roe", "Democrat from Ohio"),
    ("Officials said", "Officials", None),
    ("Prices rose", None, None),
    ("Did Peskov", None, None),
    ("Mr. Poe was told", None, None),
]


@pytest.mark.parametrize(("beginning", "name", "description"), IN_CONTEXT)
def test_a_sentence_in_its_article(beginning, name, description):
    spans = split_sentences(ARTICLE)
    index = next(i for i, span in enumerate(spans) if ARTICLE.startswith(beginning, span.start))
    speaker = speaker_of(ARTICLE, spans, index)
    assert (speaker and speaker.name, speaker and speaker.description) == (name, description)


def test_the_turns_of_a_conversation():
    text = "Jane Roe met John Poe.\nROE: How was Oslo? We heard it rained.\nPOE: It did. All week.\nTICKETS: Call us."
    spans = split_sentences(text)
    names = [speaker.name if (speaker := speaker_of(text, spans, i)) else None for i in range(len(spans))]
    assert names == [None, "Jane Roe", "Jane Roe", "John Poe", "John Poe", None]


def test_a_fuller_description_from_elsewhere_wins():
    text = (
        "Kremlin spokesman Dmitry Peskov landed. The paper asked, with spokesman Peskov calling it “false.”"
    )
    assert speaker_of(text, split_sentences(text), 1) == Speaker("Dmitry Peskov", "Kremlin spokesman")


def test_it_is_the_body_the_sentence_before_names():
    text = "The Washington Post wrote of the talks. It said Trump told Putin to stop. It rained."
    assert speaker_of(text, split_sentences(text), 1) == Speaker("The Washington Post")
    assert speaker_of(text, split_sentences(text), 2) is None
    text = "Jane Roe wrote of the talks. It said Trump told Putin to stop."
    assert speaker_of(text, split_sentences(text), 1) is None


def test_a_name_is_not_lengthened_by_part_of_another():
    text = "Ships sailed the South China Sea. China said the sea is its own."
    assert speaker_of(text, split_sentences(text), 1) == Speaker("China")


def test_a_family_name_two_people_share_stays_as_it_is():
    text = "Jane Roe met John Roe in Oslo. Roe said the talks went well."
    assert speaker_of(text, split_sentences(text), 1) == Speaker("Roe")


@pytest.mark.parametrize(
    "text",
    [
        "Mr. John Poe opened the bridge. She said it was late.",
        "Mrs. Jane Roe opened the bridge. He said it was late.",
        "Sen. Jane Roe met Sen. John Poe. The senator said it was late.",
        "The bridge opened. The supervisor said it was late.",
    ],
)
def test_nobody_unsafe_is_followed_back(text):
    assert speaker_of(text, split_sentences(text), 1) is None


def test_one_name_and_a_colon_is_no_conversation():
    text = "Jane Roe is in town.\nJane Roe: The comedian plays at seven. Tickets are sold out."
    assert speaker_of(text, split_sentences(text), 2) is None


def test_a_name_is_not_stretched_over_another_paragraph():
    text = "Jane\nRoe said the bridge is open."
    assert speaker_of(text, split_sentences(text), 1) == Speaker("Roe")


def test_a_missing_sentence_is_an_error():
    with pytest.raises(IndexError):
        speaker_of("One sentence.", split_sentences("One sentence."), 5)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The Washington Post reported that the two men spoke.", "The Washington Post"),
        ("The two men spoke, according to the Sample Institute.", "Sample Institute"),
        ("The two men spoke, CNN reported.", "CNN"),
        ("As first reported by Reuters, the two men spoke.", "Reuters"),
        ("“They spoke,” Jane Roe told Reuters.", None),
        ("“They spoke,” Roe said.", None),
        ("Acme Corp. has agreed to buy the yard, two people said.", None),
        ("The two men spoke.", None),
    ],
)
def test_the_source_a_sentence_cites(sentence, source):
    assert cited_source(sentence) == source


@pytest.mark.parametrize(
    "text",
    [
        "“a. " * 25_000,
        "Trump, a b, c d, " * 6_000,
        "said Trump " * 9_000,
        "Roe " + "Poe, " * 20_000 + "said.",
        "(Roe) - a - (b) " * 6_000,
        "von der " * 12_000,
    ],
)
def test_a_hostile_article_is_read_to_its_end(text):
    spans = split_sentences(text)
    for index in (0, len(spans) // 2, len(spans) - 1):
        speaker = speaker_of(text, spans, index)
        assert speaker is None or speaker.name in text


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
    spans = split_sentences(sentence)
    assert all(speaker_of(sentence, spans, index) is None for index in range(len(spans)))


WORDS = [
    "Jane Roe", "Roe", "Mayor", "Kremlin spokesman", "a Democrat from Ohio,", "the mayor", "he",
    "the Kremlin", "Reuters", "said", "told", "reported", "denied", "according to", "that", "“No”",
    "“We won,”", ",", ".", "\n",
]  # fmt: skip
SPEECH = st.lists(st.sampled_from(WORDS), min_size=8, max_size=40).map(" ".join)


@given(
    SPEECH
    | st.text(alphabet="“”\"' ,.:—TMrjane Roesaid\n()\u202e\u200b", max_size=400)
    | st.text(max_size=400)
)
@settings(deadline=None)
def test_never_raises_and_never_invents(text):
    spans = split_sentences(text)
    for index in range(len(spans)):
        speaker = speaker_of(text, spans, index)
        if speaker:
            assert speaker.name in text
            assert speaker.description is None or speaker.description in text


@given(SPEECH | st.text(max_size=400))
def test_a_cited_source_stands_in_the_sentence(sentence):
    source = cited_source(sentence)
    assert source is None or source in sentence


@pytest.mark.skipif(not MARKED.exists(), reason="needs the marked articles in ../shared/data/speakers")
def test_the_floor_on_marked_articles():
    scores = score_speakers(MARKED, limit=60)
    assert scores.precision >= 0.90
    assert scores.recall >= 0.65
    assert scores.saying_verb_recall >= 0.88


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kelly said the harbour would be sold.", "Kelly"),
        ("Finally, Ada Fenn said the harbour would be sold.", "Ada Fenn"),
        ("Ada Fenn responded by saying that the harbour was not for sale.", "Ada Fenn"),
        ("Ada Fenn hit back, saying the harbour was not for sale.", "Ada Fenn"),
        ("On Monday Acme fell, with former Senator Bo Lind saying the harbour was lost.", "Bo Lind"),
        ("“It is not for sale,” said former Sen. Ada Fenn.", "Ada Fenn"),
        ("The harbour is in debt, according to a recent Norwick Times report.", "Norwick Times report"),
    ],
)
def test_who_says_it_in_other_words(text, name):
    found = speaker_of(text, split_sentences(text), 0)
    assert found is not None
    assert found.name == name
