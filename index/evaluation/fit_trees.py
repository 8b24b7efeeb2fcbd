"""Gradient-boosted trees, fitted; LightGBM is needed here only."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

BOOSTING_ROUNDS = 150
SEEDS = (1, 2, 3, 4, 5)  # forests that are averaged
COMMON_PARAMETERS = {
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}

Nodes = list[list[Any]]


def fit_forests(
    matrix: NDArray[np.float32],
    target: NDArray[np.int32],
    weight: NDArray[np.float64],
    names: Sequence[str],
    parameters: Mapping[str, Any],
    groups: Sequence[int] | None = None,
) -> list[Nodes]:
    """Return the trees of one forest a seed, their values shared out so that the sum is the forests' mean.

    `matrix` is (n, len(names)), `target` and `weight` are (n,), `groups` how many rows each question has, for
    an objective that ranks.
    """
    import lightgbm

    trees: list[Nodes] = []
    for seed in SEEDS:
        data = lightgbm.Dataset(matrix, target, weight=weight, group=groups, feature_name=_plain(names))
        booster = lightgbm.train({**COMMON_PARAMETERS, **parameters, "seed": seed}, data, BOOSTING_ROUNDS)
        trees += [_flat(tree["tree_structure"], names) for tree in booster.dump_model()["tree_info"]]
    return trees


def _plain(names: Sequence[str]) -> list[str]:
    return [name.replace(" ", "_") for name in names]


def _flat(root: dict[str, Any], names: Sequence[str]) -> Nodes:
    """Lay a tree's nodes side by side, as `TreeEnsemble.from_nodes` takes them."""
    nodes: Nodes = []

    def lay(node: dict[str, Any]) -> int:
        place = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[place] = [round(node["leaf_value"] / len(SEEDS), 5)]
            return place
        left, right = lay(node["left_child"]), lay(node["right_child"])
        nodes[place] = [names[node["split_feature"]], float(f"{node['threshold']:.6g}"), left, right]
        return place

    lay(root)
    return nodes
