import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking.diversify import (
    MAX_PER_ARTICLE,
    MAX_SCORE_GAP,
    SPREAD_PLACES,
    RankedCandidate,
    diversify,
    spread_over_articles,
)


def vectors(n):
    return np.eye(n, dtype=np.float32)


def all_of(articles):
    return np.ones(len(articles), dtype=np.bool_)


def positions(scores, vectors, articles):
    return [ranked.position for ranked in diversify(scores, vectors, articles, all_of(articles))]


def test_best_first():
    assert positions(np.float32([0.1, 0.9, 0.5]), vectors(3), [1, 2, 3]) == [1, 2, 0]


def test_one_sentence_once_with_the_others_behind_it():
    same = vectors(3)
    same[2] = same[0]
    [first, second] = diversify(np.float32([0.9, 0.5, 0.7]), same, [1, 2, 3], all_of(range(3)))
    assert (first.position, first.duplicates) == (0, (2,))
    assert (second.position, second.duplicates) == (1, ())


def test_no_article_crowds_out_the_others():
    scores = np.float32([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3])
    order = positions(scores, vectors(7), [1, 1, 1, 1, 2, 3, 4])
    assert order == [0, 1, 4, 5, 6, 2, 3]


def test_an_article_gives_way_only_to_what_answers_too():
    scores = np.float32([9.0, 8.8, 8.6, 2.0, 1.0])
    assert positions(scores, vectors(5), [1, 1, 1, 2, 3]) == [0, 1, 2, 3, 4]


def test_how_far_another_article_may_be_behind_is_counted_from_the_first_given():
    ranked = [RankedCandidate(place, score) for place, score in enumerate([0.5, 0.75, 0.75, 0.25])]

    def order(**options):
        return [one.position for one in spread_over_articles(ranked, [1, 1, 1, 2], **options)]

    assert order() == order(max_gap=0.25) == [0, 1, 3, 2]
    assert order(max_gap=0.125) == [0, 1, 2, 3]


def test_an_article_alone_may_fill_the_answer():
    assert positions(np.float32([0.9, 0.8, 0.7]), vectors(3), [1, 1, 1]) == [0, 1, 2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-1, 1, width=32), st.integers(0, 3), st.integers(0, 5), st.booleans()),
        max_size=20,
    )
)
def test_every_candidate_is_shown_once_alone_or_behind_another(candidates):
    scores = np.array([score for score, *_ in candidates], dtype=np.float32)
    rows = [row for _, row, *_ in candidates]
    vectors = np.eye(6, dtype=np.float32)[[sentence for _, _, sentence, _ in candidates]].reshape(-1, 6)
    quotable = np.array([quotable for *_, quotable in candidates], dtype=np.bool_)
    ranked = list(diversify(scores, vectors, rows, quotable))
    assert sorted(p for r in ranked for p in (r.position, *r.duplicates)) == np.flatnonzero(quotable).tolist()
    first = [rows[r.position] for r in ranked[:SPREAD_PLACES]]
    reach = max(scores[quotable], default=0.0) - MAX_SCORE_GAP
    others = {rows[r.position] for r in ranked[SPREAD_PLACES:] if r.score >= reach} - set(first)
    if others:
        assert max(first.count(row) for row in first) <= MAX_PER_ARTICLE


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 8).map(lambda eighths: eighths / 8), st.integers(0, 2)),
        min_size=SPREAD_PLACES + 1,
        max_size=14,
    )
)
def test_of_many_sentences_no_article_crowds_out_one_that_answers_too(candidates):
    scores = np.float32([score for score, _ in candidates])
    rows = [row for _, row in candidates]
    ranked = list(diversify(scores, vectors(len(rows)), rows, all_of(rows)))
    first = [rows[r.position] for r in ranked[:SPREAD_PLACES]]
    reach = max(scores) - MAX_SCORE_GAP
    others = {rows[r.position] for r in ranked[SPREAD_PLACES:] if r.score >= reach} - set(first)
    if others:
        assert max(first.count(row) for row in first) <= MAX_PER_ARTICLE


def test_only_the_best_are_taken_where_that_is_wished():
    same = vectors(4)
    same[3] = same[1]
    scores = np.float32([0.1, 0.9, 0.5, 0.3])
    assert [
        (one.position, one.duplicates) for one in diversify(scores, same, [1, 2, 3, 4], all_of(range(4)), 3)
    ] == [
        (1, (3,)),
        (2, ()),
    ]


def test_what_may_not_be_quoted_is_neither_shown_nor_counted():
    same = vectors(4)
    same[3] = same[1]
    quotable = np.array([True, False, True, True])
    ranked = list(diversify(np.float32([0.1, 0.9, 0.5, 0.3]), same, [1, 2, 3, 4], quotable, 2))
    assert [(one.position, one.duplicates) for one in ranked] == [(2, ()), (3, ())]
