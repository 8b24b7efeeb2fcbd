import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking.diversify import AMONG_FIRST, MAX_PER_ARTICLE, MAX_SCORE_GAP, diversify
from index.ranking.features import FEATURE_NAMES
from index.ranking.model import bundled_ranking
from index.ranking.tree_ensemble import LEAVES, TreeEnsemble

SMALL = [
    [["similarity", 0.5, 1, 2], [-1.0], ["age", 3.0, 3, 4], [2.0], [0.5]],
    [["covered", 0.2, 1, 2], [0.0], [0.25]],
    [[0.125]],
]


def row(**values):
    return np.array([values.get(name, 0.0) for name in FEATURE_NAMES], dtype=np.float32)


@pytest.mark.parametrize(
    ("values", "score"),
    [
        ({"similarity": 0.4}, -0.875),
        ({"similarity": 0.5}, -0.875),
        ({"similarity": 0.6, "age": 2.0}, 2.125),
        ({"similarity": 0.6, "age": 4.0, "covered": 0.3}, 0.875),
    ],
)
def test_trees_send_a_row_left_up_to_the_threshold(values, score):
    assert TreeEnsemble.read(SMALL).score(np.stack([row(**values)])).tolist() == [score]


def walk(tree, values):
    node = tree[0]
    while len(node) > 1:
        node = tree[node[2] if values[FEATURE_NAMES.index(node[0])] <= np.float32(node[1]) else node[3]]
    return node[0]


@st.composite
def grown(draw):
    """A tree of any shape with at most LEAVES leaves, as `model.json` has them."""
    nodes = [[0.0]]
    for _ in range(draw(st.integers(0, LEAVES - 1))):
        leaf = draw(st.sampled_from([place for place, node in enumerate(nodes) if len(node) == 1]))
        nodes[leaf] = [
            draw(st.sampled_from(FEATURE_NAMES)),
            draw(st.floats(-2, 2)),
            len(nodes),
            len(nodes) + 1,
        ]
        nodes += [[draw(st.integers(-8, 8)) / 8], [draw(st.integers(-8, 8)) / 8]]
    return nodes


@settings(max_examples=100, deadline=None)
@given(st.lists(grown(), min_size=1, max_size=4), st.integers(0, 10**6))
def test_scores_equal_a_walk_node_by_node(trees, seed):
    matrix = np.random.default_rng(seed).normal(size=(7, len(FEATURE_NAMES))).astype(np.float32)
    walked = [sum(walk(tree, line) for tree in trees) for line in matrix]
    assert TreeEnsemble.read(trees).score(matrix).tolist() == walked


def test_the_bundled_model_reads_and_ranks():
    model = bundled_ranking()
    weak, strong = (
        row(),
        row(
            similarity=0.9,
            window=0.7,
            covered=1.0,
            aimed=0.9,
            aimed_window=0.7,
            body=1.0,
            around=1.0,
            fits=1.0,
        ),
    )
    scores = model.trees.score(np.stack([weak, strong]))
    assert scores[1] > scores[0]
    assert np.isfinite(model.threshold)


def vectors(n):
    return np.eye(n, dtype=np.float32)


def positions(*arguments):
    return [ranked.position for ranked in diversify(*arguments)]


def test_best_first():
    assert positions(np.float32([0.1, 0.9, 0.5]), vectors(3), [1, 2, 3]) == [1, 2, 0]


def test_one_voice_once_with_the_others_behind_it():
    same = vectors(3)
    same[2] = same[0]
    [first, second] = diversify(np.float32([0.9, 0.5, 0.7]), same, [1, 2, 3])
    assert (first.position, first.duplicates) == (0, (2,))
    assert (second.position, second.duplicates) == (1, ())


def test_no_article_crowds_out_the_others():
    scores = np.float32([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3])
    order = positions(scores, vectors(7), [1, 1, 1, 1, 2, 3, 4])
    assert order == [0, 1, 4, 5, 6, 2, 3]


def test_an_article_gives_way_only_to_what_answers_too():
    scores = np.float32([9.0, 8.8, 8.6, 2.0, 1.0])
    assert positions(scores, vectors(5), [1, 1, 1, 2, 3]) == [0, 1, 2, 3, 4]


def test_an_article_alone_may_fill_the_answer():
    assert positions(np.float32([0.9, 0.8, 0.7]), vectors(3), [1, 1, 1]) == [0, 1, 2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1, width=32), st.integers(0, 3), st.integers(0, 5)), max_size=20))
def test_every_candidate_is_shown_once_alone_or_behind_another(candidates):
    scores = np.array([score for score, _, _ in candidates], dtype=np.float32)
    rows = [row for _, row, _ in candidates]
    voices = np.eye(6, dtype=np.float32)[[voice for _, _, voice in candidates]].reshape(-1, 6)
    ranked = list(diversify(scores, voices, rows))
    assert sorted(p for r in ranked for p in (r.position, *r.duplicates)) == list(range(len(candidates)))
    first = [rows[r.position] for r in ranked[:AMONG_FIRST]]
    reach = max(scores, default=0.0) - MAX_SCORE_GAP
    others = {rows[r.position] for r in ranked[AMONG_FIRST:] if r.score >= reach} - set(first)
    if others:
        assert max(first.count(row) for row in first) <= MAX_PER_ARTICLE


def test_only_the_best_are_taken_where_that_is_wished():
    same = vectors(4)
    same[3] = same[1]
    scores = np.float32([0.1, 0.9, 0.5, 0.3])
    assert [(one.position, one.duplicates) for one in diversify(scores, same, [1, 2, 3, 4], 3)] == [
        (1, (3,)),
        (2, ()),
    ]
