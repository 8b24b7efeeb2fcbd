"""The labels that name who speaks in a transcript, and headings, datelines and lists that look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentence_splitter import split_sentences
from index.text.transcripts import last_name, transcript_labels

INTERVIEW = """ANNA REED, CHANNEL NINE SECURITY ANALYST: The base has been used since the war.
DAN HOLT, CHANNEL NINE ANCHOR: Thank you, Anna.
REED: There is more to it, Dan. The treaty ends in May.
"""
DOCUMENTARY = """WOLF BARR (on camera): Good evening.
MIA KELL (voice-over): The road was closed.
BARR: Since when?
UNIDENTIFIED MALE: I saw it.
KELL: Since May.
UNIDENTIFIED MALE: It was loud.
"""
BARE = """BLITZER: Thank you for joining us.
DEAN: I am glad to be here.
BLITZER: What did the president tell you?
DEAN: He told me nothing.
"""
RETIRED = """JAKE MOORE, HOST: Good evening.
GEN. SUE PARK (RET.), MILITARY ANALYST: The front has not moved.
MOORE: Why is that?
DAN McCOY [on camera], REPORTER: There are no shells.
"""
SMALL_LETTERS = "Anna Reed: The base is old.\nDan Holt: Thank you.\nReed: It is.\nHolt: Good night."


def labels_of(text):
    return [
        (
            text[slice(*label.name)],
            text[slice(*label.description)] if label.description else None,
        )
        for label in transcript_labels(text).values()
        if label.names_speaker
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            RETIRED,
            [
                ("JAKE MOORE", "HOST"),
                ("GEN. SUE PARK", "MILITARY ANALYST"),
                ("MOORE", None),
                ("DAN McCOY", "REPORTER"),
            ],
        ),
        (
            INTERVIEW,
            [
                ("ANNA REED", "CHANNEL NINE SECURITY ANALYST"),
                ("DAN HOLT", "CHANNEL NINE ANCHOR"),
                ("REED", None),
            ],
        ),
        (DOCUMENTARY, [("WOLF BARR", None), ("MIA KELL", None), ("BARR", None), ("KELL", None)]),
        (SMALL_LETTERS, [("Anna Reed", None), ("Dan Holt", None), ("Reed", None), ("Holt", None)]),
        (BARE, [("BLITZER", None), ("DEAN", None), ("BLITZER", None), ("DEAN", None)]),
        ("Jane Roe met John Poe.\nROE: How was Oslo?\nTICKETS: Call us.", [("ROE", None)]),
    ],
)
def test_labels_name_speakers(text, labels):
    assert labels_of(text) == labels


@pytest.mark.parametrize(
    "text",
    [
        "WHAT: A fair.\nWHEN: On Monday.\nWHERE: In Oslo.\nTICKETS: They cost five crowns.",
        "The harbour is closed.\nREAD MORE: It opens.\nThe mayor left.\nREAD MORE: Ferries sail.\nIt rains. ",
        "NEW DELHI: The harbour is open. It rains in New Delhi.",
        "Serves: Four people.\nPrep Time: Ten minutes.\nCook Time: Twenty minutes.",
        "Tech: A phone.\nTech: A screen.\nSports: A goal.\nSports: Fox Sports said so. The sports are here.",
        "Jackson: A fair.\nYork: A fire.\nAkron: A flood.\nJackson: A storm.\nOslo: A race.\nSal Jackson left.",
        "ROE, Norway. What to see: A fair.\nPOE, Norway. Where to go: A race.\nJane Roe met John Poe.",
        "KYIV, UKRAINE: It was hit.\nODESA, UKRAINE: It was hit.\nKYIV: Nobody was hurt.",
        "NEW DELHI, INDIA: It rains.\nSAO PAULO, BRAZIL: It snows.\nNEW DELHI, INDIA: It rains on.",
        "Q: Who are you?\nA: Nobody.\nQ: Why?\nA: Because.",
        "BUY: Shell has oil.\nSELL: Acme has none.\nBUY: Norwick Lines sail.\nSELL: Velia Rail stands still.",
        "PROS: You save money.\nCONS: You wait.\nPROS: We like the pros.\nCONS: I saw all the cons.",
        "HOME: I won.\nHOME: We won.\nHOME: You won.\nAWAY: They lost to us.",
        "Poland: 4\nSpain: 3\nPoland: 2\nSpain: 1",
        "ANNA REED:\nDAN HOLT:\nREED:",
        "",
    ],
)
def test_headings_lists_and_datelines_name_nobody(text):
    assert transcript_labels(text) == {}


BRIEFING = "QUESTION: How long?\nPRESIDENT ROE: Long.\nTHE PRESIDENT: Very long.\nQUESTION: Why?"


@pytest.mark.parametrize("text", [INTERVIEW, DOCUMENTARY, SMALL_LETTERS, BRIEFING])
def test_a_label_is_no_part_of_a_sentence(text):
    sentences = [text[slice(*span)] for span in split_sentences(text)]
    labels = [text[slice(*label.span)].strip() for label in transcript_labels(text).values()]
    assert labels
    assert not any(sentence.startswith(label) for sentence in sentences for label in labels)


def test_other_labels_stay_in_their_sentences():
    text = "Jane Roe met John Poe.\nROE: How was Oslo?\nTICKETS: Call us."
    assert [text[slice(*span)] for span in split_sentences(text)] == [
        "Jane Roe met John Poe.",
        "How was Oslo?",
        "TICKETS: Call us.",
    ]


def test_the_last_name_of_a_label():
    label = next(iter(transcript_labels(INTERVIEW).values()))
    assert last_name(INTERVIEW, label) == "reed"


@given(st.text(max_size=300) | st.text(alphabet="ROE Jane:,.()[]\n “\u2028\r", max_size=300))
def test_any_text_is_read(text):
    for start, label in transcript_labels(text).items():
        assert start == label.span.start <= label.name.start < label.name.end < label.span.end < len(text)
