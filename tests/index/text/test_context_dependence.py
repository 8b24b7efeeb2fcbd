"""Which sentences need the one before them, and where a dateline ends."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.context_dependence import dateline_end, needs_previous_sentence

NEEDING_CONTEXT = """
However, the ministry rejected this.
But Musk left.
So the bank failed.
Then it rained.
As a result, shares fell.
In response, Norway shut the port.
That said, the risk is low.
He left.
It fell by 3 percent.
It was built in 1990.
This decision was wrong.
Those plans failed.
Their house burned.
Both were arrested.
Such moves are rare.
Another was hurt.
The latter was chosen.
The former was sold.
Some of them died.
Among them was Ito.
Despite this, he ran.
That year, oil fell.
and then they left.
“No,” he said.
“We will win the vote in the end,” she said.
“He is a liar,” said Ito.
WASHINGTON (AP) — He said no.
""".strip().splitlines()

STANDING_ALONE = """
Ito left.
There were ten people in the car.
It is unclear whether the port will open.
It was Ito who called the bank.
It took years to build the bridge.
It is raining in Paris.
It’s not clear how many died.
This week, Apple will sell phones.
These days few people smoke.
Both Ito and Lee said so.
Neither Ito nor Lee spoke.
So far, ten people have died.
Then-President Roe said no.
The former president spoke on Monday.
In response to the attack on the port, Norway sent ships.
Instead of taxes, Norway raised fees.
As a result of the war, prices rose.
Those who voted were happy.
Yet another storm hit Florida.
“We will win,” said Ito.
iPhone sales fell.
Orlando, Sophie, Theo, Butler, Herman and Andrew left.
Still waters run deep.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", NEEDING_CONTEXT)
def test_sentences_that_need_the_one_before(sentence: str) -> None:
    assert needs_previous_sentence(sentence)


@pytest.mark.parametrize("sentence", STANDING_ALONE)
def test_sentences_that_stand_alone_do_not(sentence: str) -> None:
    assert not needs_previous_sentence(sentence)


@pytest.mark.parametrize(
    ("dateline", "words"),
    [
        ("WASHINGTON (AP) — ", "The house fell."),
        ("SEOUL, South Korea (Reuters) - ", "Rain fell."),
        ("CAIRO, Jan. 6 (UPI) — ", "Rain fell."),
        ("KYIV, Ukraine -- ", "Rain fell."),
        ("(CNN) ", "The house fell."),
        ("MOSCOW, Nov. 11 (Sample Wire) - ", "The Kremlin denied it."),
        ("", "NATO (the alliance) - as it is called - said no."),
        ("New York CNN Business — ", "Shares fell."),
        ("VELIA CITY, Nov. 25, 2026 /NewsWire/ -- ", "Acme Corp. will build a plant."),
        ("LONDON, June 2 /PR Newswire/ — ", "Shares fell."),
        ("", "The AC/DC song - a hit - was played."),
        ("", "U.S. Sen. Ted Roe (R-Texas) said no."),
        ("", "NATO — the alliance — said no."),
        ("", "Ito (who lost) — and knew it — left."),
        ("", "Volkswagen (VW) CEO Bo Li left."),
        ("", "CNN —"),
    ],
)
def test_words_begin_after_the_dateline(dateline: str, words: str) -> None:
    assert dateline_end(dateline + words) == len(dateline)


@given(st.text(max_size=700))
@example("A" * 700)
@example("(" + "A b, " * 140)
@example("“" * 700)
def test_any_text_gets_a_verdict(text: str) -> None:
    assert needs_previous_sentence(text) in (True, False)
    assert 0 <= dateline_end(text) <= len(text)
