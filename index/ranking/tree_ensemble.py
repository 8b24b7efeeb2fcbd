"""Gradient-boosted trees, evaluated with numpy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import ByteArray, FloatArray
from index.ranking.features import FEATURE_NAMES

Nodes = Sequence[Sequence[Any]]  # of a tree: `[feature, threshold, left, right]` or `[value]`, the root first

MAX_LEAVES = 8  # of a tree: the bits of a byte
ALL_LEAVES = (1 << MAX_LEAVES) - 1
# The place of the lowest set bit of each byte; of 0, which no tree leaves, it is -1.
LOWEST_BIT = np.array([(byte & -byte).bit_length() - 1 for byte in range(ALL_LEAVES + 1)], dtype=np.int8)


@dataclass(frozen=True, slots=True)
class TreeEnsemble:
    """Gradient-boosted trees of at most MAX_LEAVES leaves, fitted by LightGBM (Ke et al. 2017).

    They are evaluated by the method of QuickScorer (Lucchese et al. 2015). The arrays `feature` (int32),
    `threshold` (float32) and `reachable` (uint8) are (nodes, trees): a row of the matrix goes right at node i
    of tree t when its `feature[i, t]` is above `threshold[i, t]`. A tree's leaves, from left to right, are
    the bits of a byte, the lowest first: `reachable[i, t]` holds those that a row which goes right may still
    reach, and the lowest bit that all nodes leave is the row's leaf. `value`, (trees, 256) float32, is what a
    tree adds for each byte that may be left.

    This stands in place of LightGBM or an ONNX export so that neither a fitting library nor an opaque model
    file is needed where answers are given: `model.json` is readable, and its changes can be reviewed. For 150
    candidates, masks were measured as 24 times as fast as a walk node by node; scoring takes 0.6 to 0.7 ms of
    a question (docs/benchmarks.md). The speed of LightGBM itself has not been measured here.
    """

    feature: NDArray[np.int32]
    threshold: FloatArray
    reachable: ByteArray
    value: FloatArray

    @classmethod
    def from_nodes(cls, trees: Sequence[Nodes], names: Sequence[str] = FEATURE_NAMES) -> "TreeEnsemble":
        """Return trees over the columns `names`, from the lists of nodes that `model.json` holds.

        Raise KeyError for a feature that is not among `names`, IndexError for a tree of too many leaves.
        """
        shape = (max((len(nodes) // 2 for nodes in trees), default=0), len(trees))
        ensemble = cls(
            feature=np.zeros(shape, np.int32),
            threshold=np.full(shape, np.inf, np.float32),
            reachable=np.full(shape, ALL_LEAVES, np.uint8),
            value=np.zeros((len(trees), MAX_LEAVES), np.float32),
        )
        column = {name: place for place, name in enumerate(names)}
        for tree, nodes in enumerate(trees):
            ensemble._place_nodes(tree, nodes, column)
        return replace(ensemble, value=ensemble.value.take(LOWEST_BIT, axis=1))

    def _place_nodes(self, tree: int, nodes: Nodes, column: Mapping[str, int]) -> None:
        """Write a tree's nodes and leaves into the arrays, from left to right."""
        inner, leaves = count(), count()

        def place(node: int) -> int:
            """Place the subtree of a node; return the bits of its leaves."""
            if len(nodes[node]) == 1:
                leaf = next(leaves)
                self.value[tree, leaf] = nodes[node][0]
                return 1 << leaf
            name, threshold, left, right = nodes[node]
            left_leaves = place(left)
            row = next(inner)
            self.feature[row, tree], self.threshold[row, tree] = column[name], threshold
            self.reachable[row, tree] = ALL_LEAVES & ~left_leaves
            return left_leaves | place(right)

        place(0)

    def score(self, matrix: FloatArray) -> FloatArray:
        """Return the sum of all trees for each row of a matrix (n, features), (n,) float32, unbounded."""
        columns = np.ascontiguousarray(matrix.T)
        left = np.full((len(self.value), len(matrix)), ALL_LEAVES, np.uint8)
        for feature, threshold, reachable in zip(self.feature, self.threshold, self.reachable, strict=True):
            goes_left = columns[feature] <= threshold[:, None]
            left &= np.negative(goes_left.view(np.uint8)) | reachable[:, None]  # -1 has all bits
        first = np.arange(0, self.value.size, ALL_LEAVES + 1)[:, None]  # where each tree's values begin
        total: FloatArray = self.value.ravel().take(first + left).sum(axis=0, dtype=np.float32)
        return total
