import numpy as np

from index.evaluation.fitting.fit_trees import SEEDS, fit_forests
from index.ranking.tree_ensemble import TreeEnsemble

NAMES = ["first one", "second"]
PARAMETERS = {"objective": "binary", "num_leaves": 4, "learning_rate": 0.1, "min_data_in_leaf": 5}
ROUNDS = 150


def fitted():
    random = np.random.default_rng(0)
    matrix = random.uniform(size=(200, 2)).astype(np.float32)
    target = (matrix[:, 1] > 0.5).astype(np.int32)
    return matrix, target, fit_forests(matrix, target, np.ones(200), NAMES, PARAMETERS, ROUNDS)


def test_trees_read_back_and_tell_the_classes_apart():
    matrix, target, trees = fitted()
    scores = TreeEnsemble.from_nodes(trees, NAMES).score(matrix)
    assert scores[target == 1].min() > scores[target == 0].max()
    assert len(trees) % len(SEEDS) == 0


def test_the_same_data_give_the_same_trees():
    assert fitted()[2] == fitted()[2]
