"""Answer types, by the form of the question and wherever in the text it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.answer_type import AnswerType, classify_answer_type

PERSON, PLACE, TIME, NUMBER = AnswerType.PERSON, AnswerType.PLACE, AnswerType.TIME, AnswerType.NUMBER
COUNTRY, STATE, SHARE, MONEY = AnswerType.COUNTRY, AnswerType.STATE, AnswerType.SHARE, AnswerType.MONEY
ORGANISATION, REASON, QUOTE, CLAIM, THING = (
    AnswerType.ORGANISATION,
    AnswerType.REASON,
    AnswerType.QUOTE,
    AnswerType.CLAIM,
    AnswerType.THING,
)

CASES = [
    ("Who leads the Kremlin's press office?", PERSON),
    ("To whom did the minister write?", PERSON),
    ("Whose plane was shot at?", PERSON),
    ("The prize was given to whom?", PERSON),
    ("Which singer opened the games?", PERSON),
    ("What former mayor was arrested?", PERSON),
    ("Which well-known public figure fell ill?", PERSON),
    ("Which footballer-turned-manager retired?", PERSON),
    ("Which actor voices the dragon?", PERSON),
    ("This senator left the race on Monday.", PERSON),
    ("Can you tell me who signed the law?", PERSON),
    ("According to the ministry, who gave the order?", PERSON),
    ("in 2023 who was prime minister", PERSON),
    ("On Tuesday who resigned", PERSON),
    ("this week in Ukraine", THING),
    ("Where did the jet come down?", PLACE),
    ("The rocket took off from where?", PLACE),
    ("In which city was the treaty signed?", PLACE),
    ("Which country's prime minister stepped down?", COUNTRY),
    ("A ferry sank off which Greek island?", PLACE),
    ("What is the capital of Myanmar?", PLACE),
    ("Which country quietly shut its border?", COUNTRY),
    ("Which city lit up its tallest tower?", PLACE),
    ("Which state rejected the measure?", STATE),
    ("Do you know where the pope was born?", PLACE),
    ("When was the cathedral opened again?", TIME),
    ("The truce holds until when?", TIME),
    ("What year did the war begin?", TIME),
    ("By which month must the law be passed?", TIME),
    ("What was the date of the vote?", TIME),
    ("On what day did the bridge fall?", TIME),
    ("How many people were on board?", NUMBER),
    ("How much did the thieves get away with?", NUMBER),
    ("How old was Francis?", NUMBER),
    ("How long is the ship?", NUMBER),
    ("What percentage of the vote did he take?", SHARE),
    ("The fire has burned how many acres?", NUMBER),
    ("At what age did she die?", NUMBER),
    ("At what price were the shares sold?", MONEY),
    ("What was the magnitude of the quake?", NUMBER),
    ("What is the death toll in Los Angeles?", NUMBER),
    ("By how much were rates cut?", NUMBER),
    ("Which company made the faulty update?", ORGANISATION),
    ("He plays for which team?", ORGANISATION),
    ("The goalkeeper broke a leg on Sunday. He is a member of which club?", ORGANISATION),
    ("Which political party won most seats?", ORGANISATION),
    ("What federal agency looks into the crash?", ORGANISATION),
    ("She got her doctorate from which university?", ORGANISATION),
    ("Which grocery store chain recalled its biscuits?", ORGANISATION),
    ("The firm, which makes phones, was bought by which company?", ORGANISATION),
    ("Why did the bridge fall?", REASON),
    ("What caused the outage?", REASON),
    ("What was the reason for the delay?", REASON),
    ("How come flights were grounded?", REASON),
    ("What did Peskov say about the call?", QUOTE),
    ("What has the mayor said?", QUOTE),
    ("What was Kyiv's response to the report?", QUOTE),
    ("How did the Kremlin react?", QUOTE),
    ("What did Musk tweet after the launch?", QUOTE),
    ("Did Trump call Putin?", CLAIM),
    ("Has the pope died?", CLAIM),
    ("Is it true that the jewels were found?", CLAIM),
    ("The jewels were found in a river. Is this true?", CLAIM),
    ("True or false: the tower fell.", CLAIM),
    ("The tower fell. True or false?", CLAIM),
    ("Didn't they speak on Thursday?", CLAIM),
    ("Trump urged Putin not to widen the war, report says", CLAIM),
    ("Kremlin denies call", CLAIM),
    ("trump called putin", CLAIM),
    ("They spoke on Thursday?", CLAIM),
    ("did macron resign", CLAIM),
    ("did the harbour reopen", CLAIM),
    ("does aspirin cure headaches", CLAIM),
    ("didn't ada lose her seat", CLAIM),
    ("can a mayor fire a judge", CLAIM),
    ("will putin run", CLAIM),
    ("ada isn't mayor", CLAIM),
    ("macron resigned?", CLAIM),
    ("ada lovelace dead?", CLAIM),
    ("mayor guilty?", CLAIM),
    ("the mayor bought a boat", CLAIM),
    ("ada lost her seat", CLAIM),
    ("petrol prices?", THING),
    ("the trial?", THING),
    ("met gala looks", THING),
    ("lost and found", THING),
    ("derrick rose injury", THING),
    ("israel hamas war", THING),
    ("congress budget deal", THING),
    ("Congress passes budget deal", CLAIM),
    ("did they", THING),
    ("Hey, did the Fed cut rates?", CLAIM),
    ("The pope told a boy whose dog had died that it is in heaven", CLAIM),
    ("Vlogger films how a beggar spent his money", CLAIM),
    ("Teacher caught a catfish of 280 pounds", CLAIM),
    ("What is the company called?", ORGANISATION),
    ("What is the minister's name?", PERSON),
    ("What is the minister accused of?", THING),
    ("What did the president sign?", THING),
    ("What was the judge's verdict?", THING),
    ("What is the country's population?", NUMBER),
    ("when did the pope die", TIME),
    ("ferry accident how many dead", NUMBER),
    ("the forger got how long", NUMBER),
    ("the plane was bound for where", PLACE),
    ("Myanmar earthquake", THING),
    ("Louvre jewel theft Paris", THING),
    ("What happened in Damascus?", THING),
    ("What type of car company logo was it?", THING),
    ("Which animal escaped from the zoo?", THING),
    ("Which border policy will end?", THING),
    ("How did they get out?", THING),
    ("What is the treaty called?", THING),
    ("any news about Gaza?", THING),
    ("The scientists say the core may have:", THING),
    ("Ukraine?", THING),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_form_of_a_question_says_what_would_answer_it(text, kind):
    assert classify_answer_type(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"), [case for case in CASES if case[0].endswith("?") and case[0][0].isupper()]
)
def test_a_sentence_that_leads_up_to_the_question_changes_nothing(text, kind):
    assert classify_answer_type(f"The U.S. Senate met on Jan. 8 in Washington. {text}") is kind


@given(st.text(max_size=400))
def test_any_text_has_an_answer_type(text):
    assert classify_answer_type(text) in set(AnswerType)


@pytest.mark.parametrize(
    ("kind", "broad"), [(COUNTRY, PLACE), (STATE, PLACE), (SHARE, NUMBER), (MONEY, NUMBER), (PERSON, PERSON)]
)
def test_a_kind_belongs_to_a_coarser_one(kind, broad):
    assert kind.coarse is broad
