"""What the reader is trained to make small."""

import torch
from torch import Tensor
from torch.nn import functional

from index.reader.training.examples import NOT_REPORTS, UNKNOWN

STANCE_WEIGHT, POINT_WEIGHT, LIST_WEIGHT = 1.2, 0.8, 0.5  # of the three parts; judged
LOW = -1e4  # below every logit


def reader_loss(
    answer: Tensor, stance: Tensor, answers: Tensor, stances: Tensor, weights: Tensor, groups: Tensor
) -> Tensor:
    """Return the loss of a batch, a scalar.

    It has three parts: whether each passage answers (cross-entropy), which passages of a question answer better
    than its others (softmax over the group), and the stance (cross-entropy).
    """
    known = ~torch.isnan(answers)
    wanted = torch.nan_to_num(answers)
    point = functional.binary_cross_entropy_with_logits(answer, wanted, reduction="none")
    point = (point * weights * known).sum() / known.sum().clamp(min=1)
    listed = _list_loss(answer, wanted * known, known, weights, groups)
    return (
        POINT_WEIGHT * point + LIST_WEIGHT * listed + STANCE_WEIGHT * _stance_loss(stance, stances, weights)
    )


def _list_loss(answer: Tensor, wanted: Tensor, known: Tensor, weights: Tensor, groups: Tensor) -> Tensor:
    count = int(groups.max()) + 1

    def summed(values: Tensor) -> Tensor:
        return answer.new_zeros(count).scatter_add(0, groups, values)

    highest = answer.new_full((count,), LOW).scatter_reduce(0, groups, answer.detach(), "amax")
    normalizer = torch.log(summed(torch.exp(answer - highest[groups]))) + highest
    total = summed(wanted)
    differs = (total > 0) & (total < summed(known.float()))
    loss = -summed(wanted * (answer - normalizer[groups])) / total.clamp(min=1e-6)
    weight = answer.new_zeros(count).scatter_reduce(0, groups, weights, "amax")
    return (loss * weight * differs).sum() / differs.sum().clamp(min=1)


def _stance_loss(stance: Tensor, stances: Tensor, weights: Tensor) -> Tensor:
    known = stances != UNKNOWN
    log_chance = functional.log_softmax(stance, dim=-1)
    not_reported = torch.logsumexp(log_chance[:, 1:], dim=-1)
    picked = log_chance.gather(1, stances.clamp(0, stance.shape[1] - 1)[:, None])[:, 0]
    picked = torch.where(stances == NOT_REPORTS, not_reported, picked)
    return -(picked * weights * known).sum() / known.sum().clamp(min=1)
