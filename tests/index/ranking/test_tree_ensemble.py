import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ranking.features import FEATURE_NAMES
from index.ranking.tree_ensemble import MAX_LEAVES, TreeEnsemble

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
    assert TreeEnsemble.from_nodes(SMALL).score(np.stack([row(**values)])).tolist() == [score]


def walk(tree, values):
    node = tree[0]
    while len(node) > 1:
        node = tree[node[2] if values[FEATURE_NAMES.index(node[0])] <= np.float32(node[1]) else node[3]]
    return node[0]


@st.composite
def grown(draw):
    """A tree of any shape with at most MAX_LEAVES leaves, as `model.json` has them."""
    nodes = [[0.0]]
    for _ in range(draw(st.integers(0, MAX_LEAVES - 1))):
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
    assert TreeEnsemble.from_nodes(trees).score(matrix).tolist() == walked


def test_a_feature_that_is_no_column_is_no_tree():
    with pytest.raises(KeyError):
        TreeEnsemble.from_nodes([[["unknown", 0.5, 1, 2], [0.0], [1.0]]])
