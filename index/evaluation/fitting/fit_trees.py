"""Fit gradient-boosted trees with LightGBM (Ke et al. 2017), which is needed only here."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEEDS = (1, 2, 3, 4, 5)  # of the forests that are averaged, which steadies them; judged
# One thread and `deterministic`, so that the same data give the same trees; the shares are judged.
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
    rounds: int,
    groups: Sequence[int] | None = None,
) -> list[Nodes]:
    """Return the trees of all forests, one a seed, their values divided so that the sum is the forests' mean.

    `matrix` is (n, len(names)), `target` and `weight` are (n,); a forest has `rounds` trees; `groups` says how many rows each question has, for a
    ranking objective. Raise ImportError without LightGBM.
    """
    import lightgbm

    trees: list[Nodes] = []
    for seed in SEEDS:
        data = lightgbm.Dataset(
            matrix, target, weight=weight, group=groups, feature_name=_without_spaces(names)
        )
        booster = lightgbm.train({**COMMON_PARAMETERS, **parameters, "seed": seed}, data, rounds)
        trees += [_flat(tree["tree_structure"], names) for tree in booster.dump_model()["tree_info"]]
    return trees


def _without_spaces(names: Sequence[str]) -> list[str]:
    return [name.replace(" ", "_") for name in names]  # LightGBM takes no spaces in names


def _flat(root: dict[str, Any], names: Sequence[str]) -> Nodes:
    """Return a tree's nodes as a list, root first, as `TreeEnsemble.from_nodes` takes them."""
    nodes: Nodes = []

    def append_node(node: dict[str, Any]) -> int:
        position = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[position] = [round(node["leaf_value"] / len(SEEDS), 5)]
            return position
        left, right = append_node(node["left_child"]), append_node(node["right_child"])
        nodes[position] = [names[node["split_feature"]], float(f"{node['threshold']:.6g}"), left, right]
        return position

    append_node(root)
    return nodes
