from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.features import NAMES, Passage, features
from index.question import Question, Wants
from index.search import REACH, Candidates
from index.terms import Analysis, Terms

NOW = datetime(2024, 11, 12, tzinfo=UTC)
ANALYSIS = Analysis()


def terms(text, names=()):
    stems = dict.fromkeys(ANALYSIS.stems(text), 2.0)
    return Terms(
        stems, frozenset(stems), frozenset(names), sum(stems.values()) or 1.0, sum(stems.values()) or 1.0
    )


def candidates(n, articles=None):
    flat = np.linspace(1, 0.5, n, dtype=np.float32) if n else np.empty(0, np.float32)
    return Candidates(
        number=np.arange(n, dtype=np.int64),
        row=np.array(articles or range(n), dtype=np.int64),
        place=np.ones(n, dtype=np.int64),
        vector=np.eye(max(n, 1), dtype=np.float32)[:n],
        near=np.tile(flat[:, None], 2 * REACH + 1),
        aimed=np.tile(flat[:, None], 2 * REACH + 1),
        headline=flat,
        aimed_headline=flat,
        body=flat,
        around=flat,
        prior=flat,
    )


def passage(sentence, before="", after="", headline="", published=NOW):
    return Passage(sentence, before, after, headline, published)


def table(asked, *passages, wants=Wants.THING, names=(), articles=None):
    question = Question(asked, asked, NOW, wants)
    matrix = features(question, terms(asked, names), candidates(len(passages), articles), passages, ANALYSIS)
    return [dict(zip(NAMES, line.tolist(), strict=True)) for line in matrix]


def test_words_of_the_question_count_in_the_sentence_and_around_it():
    [here, beside] = table(
        "harbour bridge cracks",
        passage("Cracks closed the harbour bridge."),
        passage("It will stay shut.", before="Cracks were found in the bridge.", headline="Harbour news"),
    )
    assert here["covered"] == pytest.approx(1.0)
    assert (beside["covered"], beside["covered_window"]) == (0.0, pytest.approx(1.0))
    assert beside["covered_headline"] == pytest.approx(1 / 3)
    assert here["pairs"] > beside["pairs"] == 0.0


def test_names_of_the_question_are_watched_apart():
    [with_name, without] = table(
        "fenn repairs", passage("Fenn spoke."), passage("Repairs began."), names=["fenn"]
    )
    assert (with_name["names_covered"], without["names_covered"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("wants", "fitting", "other"),
    [
        (Wants.PERSON, "The prize went to Ada Fenn.", "The prize went to the bridge."),
        (Wants.NUMBER, "Repairs cost 400 pounds.", "Repairs cost a lot."),
        (Wants.TIME, "It opened on Monday.", "It opened again."),
        (Wants.PLACE, "They met in Norwick.", "They met again."),
        (Wants.REASON, "It closed because of cracks.", "It closed."),
        (Wants.QUOTE, "“It is safe,” she said.", "It is safe."),
    ],
)
def test_a_sentence_fits_when_it_holds_the_kind_of_thing_asked_for(wants, fitting, other):
    [yes, no] = table("bridge", passage(fitting), passage(other), wants=wants)
    assert (yes["fits"], no["fits"]) == (1.0, 0.0)


def test_age_counts_from_the_askers_now_in_both_directions():
    [today, past, future, unknown] = table(
        "bridge",
        passage("a"),
        passage("b", published=NOW - timedelta(days=9)),
        passage("c", published=NOW + timedelta(days=9)),
        passage("d", published=None),
    )
    assert today["age"] == 0.0
    assert past["age"] == future["age"] == pytest.approx(np.log(10))
    assert unknown["age"] > past["age"]


def test_other_articles_that_name_the_same_agree():
    [one, two, alone] = table(
        "who won",
        passage("The prize went to Ada Fenn."),
        passage("Judges chose Ada Fenn."),
        passage("The prize went to Bob Gill."),
    )
    assert one["agreement"] > alone["agreement"] == 0.0
    assert two["agreement_best"] > 0.0


def test_one_article_alone_does_not_agree_with_itself():
    [one, two] = table("who won", passage("It was Ada Fenn."), passage("Ada Fenn smiled."), articles=[5, 5])
    assert one["agreement"] == two["agreement"] == 0.0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=80), st.text(max_size=40)), min_size=1, max_size=5),
    st.text(max_size=60),
)
def test_any_text_gives_finite_numbers(texts, asked):
    passages = [passage(sentence, before, headline=before) for sentence, before in texts]
    matrix = features(
        Question(asked, asked, NOW), terms(asked), candidates(len(passages)), passages, ANALYSIS
    )
    assert matrix.shape == (len(passages), len(NAMES))
    assert np.isfinite(matrix).all()
