from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.query.question import AnswerType, Question
from index.ranking.candidate_positions import CandidatePositions
from index.ranking.features import FEATURE_NAMES, feature_matrix
from index.retrieval import forward_index
from index.retrieval.article_table import UNKNOWN_TIME
from index.retrieval.hybrid_search import WINDOW, Candidates
from index.retrieval.lexer import Lexer
from index.retrieval.query_terms import QueryAnalyzer, QueryTerms
from index.storage.store import Store

NOW = datetime(2024, 11, 12, tzinfo=UTC)
ANALYSIS = QueryAnalyzer()


def terms(text, names=()):
    stems = dict.fromkeys(ANALYSIS.stems(text), 2.0)
    total = sum(stems.values()) or 1.0
    return QueryTerms(stems, frozenset(names), total, total)


def candidates(n, articles=None):
    flat = np.linspace(1, 0.5, n, dtype=np.float32) if n else np.empty(0, np.float32)
    return Candidates(
        sentence_id=np.arange(n, dtype=np.int64),
        article_row=np.array(articles or range(n), dtype=np.int64),
        sentence_index=np.ones(n, dtype=np.int64),
        vector=np.eye(max(n, 1), dtype=np.float32)[:n],
        window_similarity=np.tile(flat[:, None], 2 * WINDOW + 1),
        adapted_window_similarity=np.tile(flat[:, None], 2 * WINDOW + 1),
        headline_similarity=flat,
        adapted_headline_similarity=flat,
        bm25_sentence=flat,
        bm25_context=flat,
        fused_score=flat,
    )


@dataclass
class OneCandidate:
    """An article of one candidate: the sentences before and after it, its headline, its date."""

    sentence: str
    before: str = ""
    after: str = ""
    headline: str = ""
    published: datetime | None = NOW

    def texts(self):
        return [self.headline, *filter(None, (self.before, self.sentence, self.after))]


def stored(folder, articles):
    """Keep articles' words in a store of their own, and read them back."""
    store = Store(folder / "verbatim.db")
    with store.transaction():
        for first, article in enumerate(articles):
            forward_index.write(store, Lexer(), first, article.texts())
    tokens = forward_index.load(store, range(len(articles)))
    store.close()
    headline = np.array([tokens.headline_rows[first] for first in range(len(articles))], dtype=np.int64)
    place = np.array([1 + bool(article.before) for article in articles], dtype=np.int64)
    own = headline + place
    published = [int(one.published.timestamp()) if one.published else UNKNOWN_TIME for one in articles]
    return tokens, CandidatePositions(
        own=own,
        headline=headline,
        before=np.where(place > 1, own - 1, -1),
        after=np.array(
            [at + 1 if one.after else -1 for at, one in zip(own, articles, strict=True)], dtype=np.int64
        ),
        published=np.array(published, dtype=np.int64),
    )


@pytest.fixture
def matrix(tmp_path):
    def make(asked, articles, wants=AnswerType.THING, names=(), rows=None):
        question = Question(asked, asked, NOW, wants)
        with TemporaryDirectory(dir=tmp_path) as folder:
            tokens, positions = stored(Path(folder), articles)
        found, quotable = candidates(len(articles), rows), np.ones(len(articles), dtype=np.bool_)
        return feature_matrix(question, terms(asked, names), found, quotable, tokens, positions)

    return make


@pytest.fixture
def table(matrix):
    def make(asked, *articles, **given):
        return [
            dict(zip(FEATURE_NAMES, line.tolist(), strict=True)) for line in matrix(asked, articles, **given)
        ]

    return make


def test_words_of_the_question_count_in_the_sentence_and_around_it(table):
    [here, beside] = table(
        "harbour bridge cracks",
        OneCandidate("Cracks closed the harbour bridge."),
        OneCandidate(
            "It will stay shut.", before="Cracks were found in the bridge.", headline="Harbour news"
        ),
    )
    assert here["covered"] == pytest.approx(1.0)
    assert (beside["covered"], beside["covered_window"]) == (0.0, pytest.approx(1.0))
    assert beside["covered_headline"] == pytest.approx(1 / 3)
    assert here["pairs"] > beside["pairs"] == 0.0


def test_names_of_the_question_are_watched_apart(table):
    [with_name, without] = table(
        "fenn repairs", OneCandidate("Fenn spoke."), OneCandidate("Repairs began."), names=["fenn"]
    )
    assert (with_name["names_covered"], without["names_covered"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("wants", "fitting", "other"),
    [
        (AnswerType.PERSON, "The prize went to Ada Fenn.", "The prize went to the bridge."),
        (AnswerType.NUMBER, "Repairs cost 400 pounds.", "Repairs cost a lot."),
        (AnswerType.TIME, "It opened on Monday.", "It opened again."),
        (AnswerType.PLACE, "They met in Norwick.", "They met again."),
        (AnswerType.COUNTRY, "It went to New Zealand.", "It went to Norwick."),
        (AnswerType.STATE, "It went to North Dakota.", "It went to Norwick."),
        (AnswerType.SHARE, "It was 41% of it.", "It was 41 of it."),
        (AnswerType.MONEY, "It was sold for $41.", "It was sold for 41."),
        (AnswerType.REASON, "It closed because of cracks.", "It closed."),
        (AnswerType.QUOTE, "“It is safe,” she said.", "It is safe."),
    ],
)
def test_a_sentence_fits_when_it_holds_the_kind_of_thing_asked_for(table, wants, fitting, other):
    [yes, no] = table("bridge", OneCandidate(fitting), OneCandidate(other), wants=wants)
    assert (yes["fits"], no["fits"]) == (1.0, 0.0)


def test_a_country_that_the_question_names_is_no_answer(table):
    [named, other] = table(
        "Which country beat Peru?",
        OneCandidate("Peru lost."),
        OneCandidate("Peru lost to Chile."),
        wants=AnswerType.COUNTRY,
    )
    assert (named["fits"], other["fits"], other["wants_place"]) == (0.0, 1.0, 1.0)


def test_age_counts_from_the_askers_now_in_both_directions(table):
    [today, past, future, unknown] = table(
        "bridge",
        OneCandidate("a"),
        OneCandidate("b", published=NOW - timedelta(days=9)),
        OneCandidate("c", published=NOW + timedelta(days=9)),
        OneCandidate("d", published=None),
    )
    assert today["age"] == 0.0
    assert past["age"] == future["age"] == pytest.approx(np.log(10))
    assert unknown["age"] > past["age"]


def test_other_articles_that_name_the_same_agree(table):
    [one, two, alone] = table(
        "who won",
        OneCandidate("The prize went to Ada Fenn."),
        OneCandidate("Judges chose Ada Fenn."),
        OneCandidate("The prize went to Bob Gill."),
    )
    assert one["agreement"] > alone["agreement"] == 0.0
    assert two["agreement_best"] > 0.0


def test_one_article_alone_does_not_agree_with_itself(table):
    [one, two] = table(
        "who won", OneCandidate("It was Ada Fenn."), OneCandidate("Ada Fenn smiled."), rows=[5, 5]
    )
    assert one["agreement"] == two["agreement"] == 0.0


def test_a_name_or_a_number_counts_as_new_unless_the_question_has_it(table):
    [known, new] = table(
        "Ada Fenn 400",
        OneCandidate("Yesterday Ada Fenn's prize was 400."),
        OneCandidate("Yesterday Bob Gill's prize was 500, 500."),
    )
    assert (known["new_names"], known["new_numbers"], known["has_people"]) == (0.0, 0.0, 0.0)
    assert (new["new_names"], new["new_numbers"], new["has_people"]) == (2.0, 1.0, 1.0)


def test_words_side_by_side_count_once_and_not_across_sentences(table):
    [once, twice, apart] = table(
        "harbour bridge",
        OneCandidate("The harbour bridge."),
        OneCandidate("Harbour bridge, harbour bridge!"),
        OneCandidate("Bridge.", before="The harbour."),
    )
    assert once["pairs"] == pytest.approx(0.5)
    assert twice["pairs"] == pytest.approx(1.0)  # "bridge, harbour" too
    assert apart["pairs"] == 0.0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.text(max_size=80), st.text(max_size=40)), min_size=1, max_size=5),
    st.text(max_size=60),
)
def test_any_text_gives_finite_numbers(matrix, texts, asked):
    found = matrix(
        asked, [OneCandidate(sentence or "-", before, headline=before) for sentence, before in texts]
    )
    assert found.shape == (len(texts), len(FEATURE_NAMES))
    assert np.isfinite(found).all()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(alphabet="abAB1 .-’", max_size=30), min_size=1, max_size=4),
    st.text("abAB1 ", max_size=20),
)
def test_coverage_equals_what_the_word_index_would_find(matrix, texts, asked):
    wanted = dict.fromkeys(ANALYSIS.stems(asked))
    found = matrix(asked, [OneCandidate(text or "-") for text in texts])[:, FEATURE_NAMES.index("covered")]
    expected = [len(set(ANALYSIS.stems(text)) & wanted.keys()) / max(1, len(wanted)) for text in texts]
    assert found.tolist() == pytest.approx(expected)
