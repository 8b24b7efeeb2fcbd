"""Fit the query adapter: a low-rank linear map of question vectors towards the sentences that answer them."""

from collections.abc import Sequence

import numpy as np

from index.encoding.query_adapter import QueryAdapter
from index.evaluation.news_qa import RankingCase

# All judged: small values that learn from some thousand questions without overfitting them.
RANK = 16
EPOCHS = 3
BATCH_SIZE = 16  # questions
LEARNING_RATE = 3e-3
MATRIX_PENALTY = 0.02  # of the map's squared entries, so that it stays near the identity where that is enough
INITIAL_LOGIT_SCALE = 15.0  # of the softmax over candidates; it is learned, too


def fit_query_adapter(cases: Sequence[RankingCase], model: str) -> QueryAdapter:
    """Return the adapter that maximises the likelihood of the answers, a softmax over the candidates of each case.

    `model` names the weights that made the vectors. Cases without an answer teach nothing. It is fitted with Adam
    (Kingma and Ba 2015) and a fixed seed. It needs torch.
    """
    import torch

    torch.manual_seed(0)
    useful = [_tensors(case) for case in cases if case.relevant.any()]
    dimensions = len(useful[0][0])
    left = (0.02 * torch.randn(dimensions, RANK)).requires_grad_()
    right = (0.02 * torch.randn(RANK, dimensions)).requires_grad_()
    logit_scale = torch.tensor(INITIAL_LOGIT_SCALE, requires_grad=True)
    optimiser = torch.optim.Adam([left, right, logit_scale], lr=LEARNING_RATE)
    for epoch in range(EPOCHS):
        order = np.random.default_rng(epoch).permutation(len(useful))
        for start in range(0, len(order), BATCH_SIZE):
            batch = [useful[position] for position in order[start : start + BATCH_SIZE]]
            loss = MATRIX_PENALTY * ((left @ right) ** 2).sum()
            for query, vectors, relevant in batch:
                log_likelihood = torch.log_softmax(
                    logit_scale * (vectors @ (query + (query @ left) @ right)), 0
                )
                loss = loss - torch.logsumexp(log_likelihood[relevant], 0) / len(batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return QueryAdapter(model, *(side.detach().numpy().round(4) for side in (left, right)))


def _tensors(case: RankingCase) -> tuple["torch.Tensor", "torch.Tensor", "torch.Tensor"]:  # type: ignore[name-defined] # noqa: F821
    import torch

    return (
        torch.tensor(case.query),
        torch.tensor(case.vectors[case.quotable].astype(np.float32)),
        torch.tensor(case.relevant[case.quotable]),
    )
