"""A speaker is named whole or not at all: bodies, surnames that are titles, places, papers, the dead, transcripts."""

import pytest

from index.attribution.speaker import Speaker
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.text.boilerplate import is_quotable
from index.text.sentence_splitter import split_sentences

BODIES = [
    ("Marks & Spencer said on Monday that sales had risen.", "Marks & Spencer"),
    ("Johnson & Johnson said the trial was over.", "Johnson & Johnson"),
    ("Procter & Gamble Co. reported that profits fell.", "Procter & Gamble Co."),
    ("Yum! Brands said on Monday that it would close stores.", "Yum! Brands"),
    ("Yahoo! said the breach was old.", "Yahoo!"),
    ("Sales rose, according to Tiffany & Co.", "Tiffany & Co."),
    ("“Sales rose,” Smith & Wesson Brands Inc. said.", "Smith & Wesson Brands Inc."),
    ("Standard & Poor's said the rating was cut.", "Standard & Poor's"),
    ("Acme, Inc., said the yard was sold.", "Acme, Inc."),
    (
        "The Centers for Disease Control and Prevention said the flu was mild.",
        "The Centers for Disease Control and Prevention",
    ),
    (
        "It was mild, according to the Centers for Disease Control and Prevention.",
        "Centers for Disease Control and Prevention",
    ),
    (
        "The House Committee on Oversight and Accountability said so.",
        "The House Committee on Oversight and Accountability",
    ),
    ("The Institute for the Study of War said the line held.", "The Institute for the Study of War"),
    (
        "It was high, according to a survey by the Bureau of Labor Statistics.",
        "Bureau of Labor Statistics",
    ),
    ("The Justice Department said it would appeal.", "The Justice Department"),
    ("The pledge was welcomed by NATO allies.", "NATO allies"),
    ("Ben & Jerry's said it would stop sales.", "Ben & Jerry's"),
    ("Bausch + Lomb said on Monday that the lenses were recalled.", "Bausch + Lomb"),
    ("Smith & Nephew plc said the knee was sold.", "Smith & Nephew plc"),
    ("Marks & Spencer's chief executive said sales had risen.", "Marks & Spencer's chief executive"),
    (
        "A spokesman for the Centers for Disease Control and Prevention said the flu was mild.",
        "spokesman for the Centers for Disease Control and Prevention",
    ),
    ("The chambers of Congress almost unanimously said the bill was dead.", "chambers of Congress"),
]

PEOPLE = [
    ("Dr. Martin Luther King III said the march would go on.", "Martin Luther King III", None),
    ("Mayor Stephen King said the town was safe.", "Stephen King", "Mayor"),
    ("Regina King Jr. said the town was safe.", "Regina King Jr.", None),
    ("Harry Connick, Jr., said he would sing.", "Harry Connick, Jr.", None),
    ("Chief Justice John Bishop said it was late.", "John Bishop", "Chief Justice"),
    ("Henry Ford II said the plant would close.", "Henry Ford II", None),
    (
        "The president of El Salvador, Nayib Bukele, said the prisons were full.",
        "Nayib Bukele",
        "president of El Salvador",
    ),
    ("The mayor of La Paz, Ivan Arias, said the road was closed.", "Ivan Arias", "mayor of La Paz"),
    ("The mayor of Den Haag, Jan van Zanen, said it was late.", "Jan van Zanen", "mayor of Den Haag"),
    (
        "The governor of Rio Grande do Sul, Eduardo Leite, said the flood was over.",
        "Eduardo Leite",
        "governor of Rio Grande do Sul",
    ),
    ("El Salvador's president, Nayib Bukele, said so.", "Nayib Bukele", "El Salvador's president"),
    ("Den Haag mayor Jan van Zanen said so.", "Jan van Zanen", "Den Haag mayor"),
    (
        "The president of Bosnia and Herzegovina, Jan Roe, said so.",
        "Jan Roe",
        "president of Bosnia and Herzegovina",
    ),
    ("The mayor of Brighton and Hove, Jan Roe, said so.", "Jan Roe", "mayor of Brighton and Hove"),
    ("The mayor of Oslo and Jane Roe said so.", "Jane Roe", None),
    ("Harry Bond, 30, of Raleigh, N.C., who was among those polled, said so.", "Harry Bond", None),
    ("Ben Bishop, the goalie, said the game was fast.", "Ben Bishop", None),
    ("Donald Trump Finally Endorses House Speaker Paul Ryan.", "Donald Trump", None),
    ("Megyn Kelly Endorses House Speaker Paul Ryan.", "Megyn Kelly", None),
    ("The mayor of Rio de Janeiro said the road was closed.", "mayor of Rio de Janeiro", None),
    ("The mayor - Roe - said the road was closed.", "Roe", None),
    ("The mayor – Jane Roe – said the road was closed.", "Jane Roe", None),
    ("The mayor, Ursula von der Leyen, said the road was closed.", "Ursula von der Leyen", None),
    ("The road fell in, with Jane Roe saying he had built it.", "Jane Roe", None),
]

SILENCE = [
    "The Washington Post's report said the two men spoke.",
    "According to the Washington Post's report, the two men spoke.",
    "The Senate's findings show that the two men spoke.",
    "Dick Cheney died, his family said.",
    "Dick Cheney, the former vice president, has died, said his family.",
    "Dick Cheney died on Monday, his wife and family said the next day.",
    "Jane Roe, the mayor, was found dead, saying nothing.",
    "Prices rose, according to the Bureau of Labor Statistics Consumer Price Index.",
    "The University of Ohio, Akron said the exams were over.",
    "The Bureau of Alcohol, Tobacco, Firearms and Explosives said the guns were gone.",
    "The lawyers Smith, Kell & Roth said the case was closed.",
    "“The book is late,” said Farrar, Straus & Giroux.",
    "“The book is late,” said a spokesman for Farrar, Straus & Giroux.",
    "The mayor of Brighton and Hove said it was late.",
    "According to the president of Bosnia and Herzegovina, it was late.",
    "Data from the Centers for Disease Control and Prevention show the flu was mild.",
    "It was high, according to the Bureau of Labor Statistics' report.",
    "In court in Alexandria, Va., the clerk, in a green coat, said little.",
    "Jane Roe maintained support among voters.",
    "Jane Roe left on Monday, her family said, adding that it was late.",
    "The Daily Show Takes A Closer Look At The Mayor.",
    "He saw a drop in turnout. Drop in turnout hints that it was late.",
    "The Organization for Security and Co-operation in Europe said the line held.",
    "People left social media. Social Media said it was wise.",
    "Costa reported from Washington. Jane Fahrenthold reported from Oslo.",
    "Sal Kell lost her keys. Kell and her son left. Kell took her hat. He said it was late.",
    "NEW DELHI: The harbour is open in New Delhi.",
]


@pytest.mark.parametrize(("sentence", "name"), BODIES)
def test_a_body_is_named_whole(sentence, name):
    found = speaker_of(sentence, split_sentences(sentence), 0)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(("sentence", "name", "description"), PEOPLE)
def test_a_person_is_named_whole(sentence, name, description):
    assert speaker_of(sentence, split_sentences(sentence), 0) == Speaker(name, description)


@pytest.mark.parametrize("text", SILENCE)
def test_nobody_speaks_where_it_is_not_sure(text):
    spans = split_sentences(text)
    assert [speaker_of(text, spans, index) for index in range(len(spans))] == [None] * len(spans)


@pytest.mark.parametrize(
    "frame",
    [
        "“It is late. It rains,” the statement said.",
        "The email said, “It is late.” “It rains,” the email said.",
        "“It is late,” an angry Poe retaliated. “It rains.”",
        "Poe shot back, “It is late. It rains.”",
        "Yet another said, “It is late. It rains.”",
        "In a statement, the business mogul announced that “it is late. It rains.”",
    ],
)
def test_a_quotation_of_another_is_not_given_to_the_speaker_before(frame):
    text = f"“The yard is open,” Jane Roe said. {frame}"
    spans = split_sentences(text)
    names = [speaker_of(text, spans, index) for index in range(len(spans))]
    assert names[0] == Speaker("Jane Roe")
    assert names[1:] == [None] * (len(spans) - 1)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ron DeSantis opened the bridge. They said it was late.", None),
        ("The Democrats opened the bridge. They said it was late.", "The Democrats"),
        ("Thousands of Oromos left the town. He said it was late.", None),
        ("Al Sanders said he had won. Sanders said he was glad. Sanders left. She said it was late.", None),
        (
            "Al Sanders said he had won. Sanders said he was glad. Sanders left. He said it was late.",
            "Al Sanders",
        ),
    ],
)
def test_whom_a_pronoun_stands_for(text, last):
    spans = split_sentences(text)
    found = speaker_of(text, spans, len(spans) - 1)
    assert (found.name if found else None) == last


def test_a_surname_that_is_a_title_is_followed_back():
    text = "Mayor Stephen King opened the bridge. King said it was late."
    assert speaker_of(text, split_sentences(text), 1) == Speaker("Stephen King", "Mayor")
    text = "The Saudi King opened the bridge. The King said it was late."
    assert speaker_of(text, split_sentences(text), 1) is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The Post reported Trump met Putin.", "The Post"),
        ("The Post reported that Trump met Putin.", "The Post"),
        ("Marks & Spencer said that Trump met Putin.", "Marks & Spencer"),
        ("Henry Ford III said Trump met Putin.", None),
        ("The Post's report said Trump met Putin.", None),
    ],
)
def test_the_source_of_a_sentence_full_of_names(sentence, source):
    assert cited_source(sentence) == source


def test_the_turns_of_a_transcript():
    text = (
        "ANNA REED, CHANNEL NINE SECURITY ANALYST: The base has been used since the war.\n"
        "DAN HOLT, CHANNEL NINE ANCHOR: Thank you, Anna.\n"
        "REED: There is more to it, Dan. The treaty ends in May.\n"
        "UNIDENTIFIED MALE: It ends in June."
    )
    reed = Speaker("ANNA REED", "CHANNEL NINE SECURITY ANALYST")
    spans = split_sentences(text)
    speakers = [speaker_of(text, spans, index) for index in range(len(spans))]
    assert speakers == [reed, Speaker("DAN HOLT", "CHANNEL NINE ANCHOR"), reed, reed, None]
    assert text[slice(*spans[0])] == "The base has been used since the war."


def test_a_turn_whose_first_sentence_is_too_short_to_quote_keeps_its_speaker():
    text = (
        "This is a rush transcript of the programme.\n"
        "LUCY HALE, HOST: Minister, will taxes rise next year?\n"
        "FINANCE MINISTER PETER KOLB: They will not. We have found nine billion in savings.\n"
        "HALE: The court of auditors doubts that number, minister.\n"
        "KOLB: It has seen half of the papers.\n"
        "HALE: Thank you for coming.\n"
        "KOLB: My pleasure. The vote is on Tuesday."
    )
    spans = [span for span in split_sentences(text) if is_quotable(text[slice(*span)])]
    said = {text[slice(*span)]: speaker_of(text, spans, index) for index, span in enumerate(spans)}
    for words in ("We have found nine billion in savings.", "The vote is on Tuesday."):
        assert "KOLB" in said[words].name
    assert said["This is a rush transcript of the programme."] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A spokesman for Brighton and Hove Council said the pier was shut.", "Brighton and Hove Council"),
        ("Brighton and Hove Albion said on Monday that the stand would shut.", "Brighton and Hove Albion"),
        (
            "Brighton and Hove Albion won. Fans of Brighton and Hove Albion sang. Albion said the stand would shut.",
            "Brighton and Hove Albion",
        ),
        ("A spokesman for Ann Kell and Hove Council said the pier was shut.", "Hove Council"),
        ("Ann Kell and Bo Lind met. Lind said on Monday that the stand would shut.", "Bo Lind"),
    ],
)
def test_a_body_with_and_in_its_name_is_one_name(text, said):
    spans = split_sentences(text)
    speaker = speaker_of(text, spans, len(spans) - 1)
    assert speaker is not None
    assert speaker.name == said


def test_half_a_body_describes_nobody():
    text = "Brighton and Hove Albion's manager Ann Kell said it was shut."
    speaker = speaker_of(text, split_sentences(text), 0)
    assert speaker is not None
    assert (speaker.name, speaker.description) == ("Ann Kell", None)
