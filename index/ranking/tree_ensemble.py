"""Gradient-boosted trees, evaluated with numpy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.ranking.features import FEATURE_NAMES

LEAVES = 8  # that a tree may have: the bits of a byte


ALL_LEAVES = (1 << LEAVES) - 1


LOWEST = np.array([(byte & -byte).bit_length() - 1 for byte in range(ALL_LEAVES + 1)], dtype=np.int8)


Matrix = NDArray[np.float32]


Nodes = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class TreeEnsemble:
    """Gradient-boosted trees of at most LEAVES leaves, fitted by LightGBM (Ke et al. 2017).

    A row leaves node i of tree t to the right when its `feature[i, t]` is above `threshold[i, t]`. A tree's
    leaves, from left to right, are the bits of a byte, from the lowest: `reached[i, t]` holds those that a row
    which goes right may still reach, and the lowest of what all nodes leave it is its own: `value[t, left]` is what
    a tree adds for each byte that may be left (QuickScorer: Lucchese et al. 2015).
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    reached: NDArray[np.uint8]
    value: NDArray[np.float32]

    @classmethod
    def read(cls, trees: Sequence[Nodes], names: Sequence[str] = FEATURE_NAMES) -> "TreeEnsemble":
        """Read trees over the columns `names`: lists of nodes `[name, threshold, left, right]` or `[value]`, root first."""
        shape = (max((len(nodes) // 2 for nodes in trees), default=0), len(trees))
        read = cls(
            feature=np.zeros(shape, np.int32),
            threshold=np.full(shape, np.inf, np.float32),
            reached=np.full(shape, ALL_LEAVES, np.uint8),
            value=np.zeros((len(trees), LEAVES), np.float32),
        )
        column = {name: place for place, name in enumerate(names)}
        for place, nodes in enumerate(trees):
            read._place_nodes(place, nodes, column)
        return replace(read, value=read.value.take(LOWEST, axis=1))

    def _place_nodes(self, place: int, nodes: Nodes, column: Mapping[str, int]) -> None:
        """Put a tree into its place: leaves and inner nodes from left to right."""
        inner, leaves = count(), count()

        def lay(node: int) -> int:
            """Lay what is below a node; return the bits of its leaves."""
            if len(nodes[node]) == 1:
                leaf = next(leaves)
                self.value[place, leaf] = nodes[node][0]
                return 1 << leaf
            name, threshold, left, right = nodes[node]
            below = lay(left)
            row = next(inner)
            self.feature[row, place], self.threshold[row, place] = column[name], threshold
            self.reached[row, place] = ALL_LEAVES & ~below
            return below | lay(right)

        lay(0)

    def score(self, matrix: Matrix) -> Matrix:
        """Return the sum over all trees for each row of a matrix, (n,)."""
        columns = np.ascontiguousarray(matrix.T)
        left = np.full((len(self.value), len(matrix)), ALL_LEAVES, np.uint8)
        for feature, threshold, reached in zip(self.feature, self.threshold, self.reached, strict=True):
            stays = columns[feature] <= threshold[:, None]
            left &= np.negative(stays.view(np.uint8)) | reached[:, None]
        # in all values, one tree's after another's, where each tree's begin
        first = np.arange(0, self.value.size, ALL_LEAVES + 1)[:, None]
        total: Matrix = self.value.ravel().take(first + left).sum(axis=0, dtype=np.float32)
        return total
