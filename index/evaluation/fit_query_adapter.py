"""Fit the aim: a turn of question vectors towards the sentences that answer them. Needs torch, which encoding has."""

from collections.abc import Sequence

import numpy as np

from index.encoding.query_adapter import QueryAdapter
from index.evaluation.news_qa import RankingCase

RANK = 16
EPOCHS = 3
BATCH_SIZE = 16  # questions between two steps
LEARNING_RATE = 3e-3
MATRIX_PENALTY = 0.02  # weight of the turn's squared entries: a turn that is not needed is not made
INITIAL_LOGIT_SCALE = 15.0  # of the softmax over candidates, to begin with


def fit_query_adapter(cases: Sequence[RankingCase], model: str) -> QueryAdapter:
    """Return the aim under which candidates that answer are likeliest, by a softmax over each case's candidates.

    `model` names the weights that made the vectors.
    """
    import torch

    torch.manual_seed(0)
    useful = [_tensors(case) for case in cases if case.relevant.any()]
    dimensions = len(useful[0][0])
    left = (0.02 * torch.randn(dimensions, RANK)).requires_grad_()
    right = (0.02 * torch.randn(RANK, dimensions)).requires_grad_()
    sharpness = torch.tensor(INITIAL_LOGIT_SCALE, requires_grad=True)
    optimiser = torch.optim.Adam([left, right, sharpness], lr=LEARNING_RATE)
    for number in range(EPOCHS):
        order = np.random.default_rng(number).permutation(len(useful))
        for start in range(0, len(order), BATCH_SIZE):
            batch = [useful[place] for place in order[start : start + BATCH_SIZE]]
            loss = MATRIX_PENALTY * ((left @ right) ** 2).sum()
            for query, vectors, relevant in batch:
                chance = torch.log_softmax(sharpness * (vectors @ (query + (query @ left) @ right)), 0)
                loss = loss - torch.logsumexp(chance[relevant], 0) / len(batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return QueryAdapter(model, *(side.detach().numpy().round(4) for side in (left, right)))


def _tensors(case: RankingCase) -> tuple["torch.Tensor", "torch.Tensor", "torch.Tensor"]:  # type: ignore[name-defined] # noqa: F821
    import torch

    return (
        torch.tensor(case.query),
        torch.tensor(case.vectors.astype(np.float32)),
        torch.tensor(case.relevant),
    )
