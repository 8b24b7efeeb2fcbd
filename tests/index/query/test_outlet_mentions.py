"""Outlets named as the source of what is asked, and outlets that the question is only about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.outlet_mentions import link_outlets, short_names

OUTLETS = (
    "The Washington Post",
    "CNN",
    "Reuters",
    "USA TODAY",
    "The Week",
    "BBC News",
    "New York Times",
    "Time",
)


@pytest.mark.parametrize(
    ("text", "outlets", "named"),
    [
        ("According to CNN, who won?", ["CNN"], ["According to CNN"]),
        (
            "Who won according to the washington post?",
            ["The Washington Post"],
            ["according to the washington post"],
        ),
        ("What did Reuters say about Kyiv?", ["Reuters"], ["Reuters"]),
        ("what has reuters reported", ["Reuters"], ["reuters"]),
        ("What does the New York Times write on tariffs?", ["New York Times"], ["the New York Times"]),
        ("what did NYT publish about tariffs?", ["New York Times"], ["NYT"]),
        ("How did the BBC cover the quake?", ["BBC News"], ["the BBC"]),
        ("How is USA Today reporting it?", ["USA TODAY"], ["USA Today"]),
        ("What is CNN’s coverage of the vote?", ["CNN"], ["CNN"]),
        ("What did CNN and Reuters report?", ["CNN", "Reuters"], ["CNN and Reuters"]),
        ("Did the Post report that they spoke?", ["The Washington Post"], ["the Post"]),
        ("Did CNN say that they spoke?", ["CNN"], ["CNN"]),
        ("What does Time have on Mars?", ["Time"], ["Time"]),
        (
            "What was said of Kyiv in The Washington Post?",
            ["The Washington Post"],
            ["in The Washington Post"],
        ),
        ("any news on Gaza from reuters?", ["Reuters"], ["from reuters"]),
        ("Show me articles about floods by BBC News", ["BBC News"], ["by BBC News"]),
        ("What was reported by CNN?", ["CNN"], ["reported by CNN"]),
    ],
)
def test_a_source_is_found(text, outlets, named):
    found = link_outlets(text, OUTLETS)
    assert [source.outlet for source in found] == outlets
    spans = dict.fromkeys(source.phrase for source in found)
    assert [text[span.start : span.end] for span in spans] == named


@pytest.mark.parametrize(
    "text",
    [
        "Did CNN fire its host?",
        "Did CNN say it will cut jobs?",
        "Who owns USA Today?",
        "Who works at Reuters?",
        "Who bought The Washington Post?",
        "What did CNN host Jane Roe say?",
        "According to CNN host Jane Roe, who won?",
        "According to a CNN poll, who leads?",
        "Who wrote an essay in The Washington Post?",
        "What happened in The Washington Post newsroom?",
        "What happened in time for the vote?",
        "What was said in the week after the vote?",
        "The Washington Post reported that they spoke. Is it true?",
        "Which network settled with CNN?",
        "What did the reuters-like agency say?",
        "According to Le Monde, who won?",
    ],
)
def test_an_outlet_that_is_the_subject_is_no_source(text):
    assert link_outlets(text, OUTLETS) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("What did Reuters say about Kyiv?", "What  about Kyiv?"),
        ("Did CNN report that they spoke?", " they spoke?"),
        ("Who won according to CNN?", "Who won ?"),
    ],
)
def test_what_falls_out_of_the_topic(text, left):
    (source,) = link_outlets(text, OUTLETS)
    assert text[: source.removed.start] + text[source.removed.end :] == left


def test_a_short_name_that_fits_two_outlets_names_none():
    both = ("The Washington Post", "The Sample Post")
    assert link_outlets("What did the Post say?", both) == []
    assert [s.outlet for s in link_outlets("What did the Sample Post say?", both)] == ["The Sample Post"]
    assert [s.outlet for s in link_outlets("What did the Post say?", both[:1])] == ["The Washington Post"]


@pytest.mark.parametrize(
    "text", ["What does the news say about Gaza?", "Has the press reported on the strike?"]
)
def test_the_news_and_the_press_are_no_outlet(text):
    assert link_outlets(text, ("BBC News", "Associated Press", "CNN")) == []


def test_a_whole_name_goes_before_a_short_one():
    names = short_names(("BBC", "BBC News"))
    assert names["bbc"] == "BBC"
    assert names["bbc news"] == "BBC News"


def test_no_outlets_no_sources():
    assert link_outlets("According to CNN, who won?", ()) == []


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=5))
def test_any_text_and_any_names_are_read(text, outlets):
    for lead in ("According to ", "What did "):
        for outlet in outlets:
            for source in link_outlets(f"{lead}{outlet} say {text}", outlets):
                assert source.outlet in outlets
