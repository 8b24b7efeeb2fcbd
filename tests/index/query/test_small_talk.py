"""Small talk is told from questions about the news, and in doubt a question is about the news."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.small_talk import SmallTalk, asks_so_far, small_talk

NOW = datetime(2024, 11, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", SmallTalk.GREETING),
        ("Hello there!", SmallTalk.GREETING),
        ("good morning everyone", SmallTalk.GREETING),
        ("hey verbatim, how are you?", SmallTalk.GREETING),
        ("helloooo", SmallTalk.GREETING),
        ("gm", SmallTalk.GREETING),
        ("morning!", SmallTalk.GREETING),
        ("wassup", SmallTalk.GREETING),
        ("how's it going?", SmallTalk.GREETING),
        ("you there?", SmallTalk.GREETING),
        ("see ya", SmallTalk.GREETING),
        ("testing", SmallTalk.GREETING),
        ("hola", SmallTalk.GREETING),
        ("perfect, thank you", SmallTalk.THANKS),
        ("thanks, that helped", SmallTalk.THANKS),
        ("great!", SmallTalk.THANKS),
        ("ok", SmallTalk.THANKS),
        ("well done", SmallTalk.THANKS),
        ("whats your name?", SmallTalk.IDENTITY),
        ("is this a bot", SmallTalk.IDENTITY),
        ("do you use ai?", SmallTalk.IDENTITY),
        ("how old are you", SmallTalk.IDENTITY),
        ("what is this", SmallTalk.IDENTITY),
        ("help pls", SmallTalk.HELP),
        ("i need help", SmallTalk.HELP),
        ("how to use this bot", SmallTalk.HELP),
        ("give me an example", SmallTalk.HELP),
        ("what are your sources?", SmallTalk.HELP),
        ("whats your opinion on gaza", SmallTalk.OPINION),
        ("is biden too old", SmallTalk.OPINION),
        ("are you biased?", SmallTalk.OPINION),
        ("tell me a joke", SmallTalk.OPINION),
        ("who should i vote for", SmallTalk.OPINION),
        ("will there be a world war?", SmallTalk.FUTURE),
        ("how will the war end", SmallTalk.FUTURE),
        ("will bitcoin hit 100k", SmallTalk.FUTURE),
        ("thanks", SmallTalk.THANKS),
        ("Thank you so much!!", SmallTalk.THANKS),
        ("ok thx", SmallTalk.THANKS),
        ("good bot", SmallTalk.THANKS),
        ("Who are you?", SmallTalk.IDENTITY),
        ("are you a bot?", SmallTalk.IDENTITY),
        ("Are you an AI or a human?", SmallTalk.IDENTITY),
        ("who made you", SmallTalk.IDENTITY),
        ("what is your name?", SmallTalk.IDENTITY),
        ("help", SmallTalk.HELP),
        ("What can you do?", SmallTalk.HELP),
        ("how do I use this bot?", SmallTalk.HELP),
        ("How does this work?", SmallTalk.HELP),
        ("What do you think of the election?", SmallTalk.OPINION),
        ("what's your opinion on tariffs?", SmallTalk.OPINION),
        ("Should I buy gold?", SmallTalk.OPINION),
        ("Is Macron a good president?", SmallTalk.OPINION),
        ("Do you like Putin?", SmallTalk.OPINION),
        ("who would you vote for", SmallTalk.OPINION),
        ("Who will win the election?", SmallTalk.FUTURE),
        ("Will Arsenal win the league?", SmallTalk.FUTURE),
        ("will bitcoin go up?", SmallTalk.FUTURE),
        ("What will happen tomorrow?", SmallTalk.FUTURE),
        ("will it rain tomorrow", SmallTalk.FUTURE),
        ("Is the dollar going to collapse?", SmallTalk.FUTURE),
        ("Who will win the 2028 election?", SmallTalk.FUTURE),
        ("predict the next pope", SmallTalk.FUTURE),
    ],
)
def test_small_talk_is_known(text, kind):
    assert small_talk(text, NOW) is kind


@pytest.mark.parametrize(
    "text",
    [
        "Did Trump call Putin?",
        "Who said hello to the pope?",
        "Hi-tech shares fell, why?",
        "Thank you note from the king sold for how much?",
        "What did the king say to thank the nurses?",
        "Who are you going to blame, asked which minister?",
        "Who are the rebels in Syria?",
        "What is the name of the storm?",
        "Help for flood victims: how much was promised?",
        "Who asked for help after the quake?",
        "What do voters think of the budget?",
        "Should Germany send tanks?",
        "Is the president a former actor?",
        "Who won best actress?",
        "was ada lovelace the first black best actor",
        "Was Norwick named the best city?",
        "What is the best-selling car in Norway?",
        "Will Smith slap?",
        "Why did Will Smith win no prize?",
        "Will Smith win anything that year?",
        "Did Biden say he will run?",
        "Who will host the Olympic Games?",
        "Which singer will perform at the final?",
        "Will the Louvre open on Monday?",
        "Who did the poll say will win?",
        "Who will win according to the polls?",
        "Who will win the 2020 election?",
        "What will change under the new law, the minister said?",
        "Is Trump going to Paris?",
        "How did the market end?",
        "GM strike",
        "Morning after pill",
        "Great Barrier Reef",
        "Nice attack",
        "Cool Runnings actor dies",
        "Who made the bomb?",
        "How old is Biden?",
        "What is this law about?",
        "Did the dollar reach parity?",
        "Will the Fed cut rates?",
        "Who is the best paid coach in Spain?",
        "Is the mayor a liar, as the report said?",
    ],
)
def test_a_question_about_the_news_is_none(text):
    assert small_talk(text, NOW) is None


def test_long_text_is_no_small_talk():
    assert small_talk("Should I " + "really " * 50 + "go?", NOW) is None


WORDS = [
    "hi", "hello", "good morning", "thanks", "thank you", "good bot", "who are you", "are you a bot",
    "what can you do", "help", "what do you think of", "should I buy", "gold", "will", "the election",
    "win", "what will happen", "tomorrow", "is", "Macron", "a good president", "?", "!",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.sampled_from(["", " ", "!", " ?!", "\n"]))
def test_marks_and_capitals_around_any_words_change_no_kind(words, marks):
    text = " ".join(words)
    assert small_talk(text.upper() + marks, NOW) is small_talk(text, NOW)


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text):
    assert small_talk(text, NOW) in {None, *SmallTalk}


@pytest.mark.parametrize(
    "text",
    [
        "Who is the new pope?",
        "who's the speaker of the house",
        "So how many people died in the fires?",
        "How much is the fine?",
        "What is the death toll?",
        "which countries are in NATO",
        "Where are the hostages?",
    ],
)
def test_what_is_so_at_present_is_asked_for(text):
    assert asks_so_far(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who was the first pope?",
        "Who won the election?",
        "Why is the bridge closed?",
        "Did the bridge close?",
        "How did it end?",
        "What did Jane Roe say?",
        "Island news",
        "",
    ],
)
def test_what_happened_once_is_not(text):
    assert not asks_so_far(text)
