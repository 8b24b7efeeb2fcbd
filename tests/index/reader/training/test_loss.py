import math

import pytest
import torch

from index.reader.training.examples import DENIES, NOT_REPORTS, OTHER, REPORTS, UNKNOWN
from index.reader.training.loss import reader_loss

NAN = math.nan


def loss(answer, answers, stance=None, stances=None, weights=None, groups=None):
    count = len(answer)
    return reader_loss(
        torch.as_tensor(answer),
        torch.zeros(count, 4) if stance is None else torch.as_tensor(stance),
        torch.tensor(answers),
        torch.tensor([UNKNOWN] * count if stances is None else stances),
        torch.tensor([1.0] * count if weights is None else weights),
        torch.tensor([0] * count if groups is None else groups),
    )


def test_right_answers_cost_less_than_wrong_ones():
    right, none, wrong = (loss([sign * 4.0, -sign * 4.0], [1.0, 0.0]) for sign in (1, 0, -1))
    assert right < none < wrong


def test_right_stances_cost_less_than_wrong_ones():
    def cost(stance):
        logits = torch.zeros(1, 4)
        logits[0, stance] = 5.0
        return loss([0.0], [NAN], logits, [DENIES])

    assert cost(DENIES) < cost(OTHER)
    assert cost(DENIES) < cost(REPORTS)


def test_not_supported_may_be_anything_but_a_report():
    def cost(stance):
        logits = torch.zeros(1, 4)
        logits[0, stance] = 5.0
        return float(loss([0.0], [NAN], logits, [NOT_REPORTS]))

    assert cost(DENIES) == pytest.approx(cost(OTHER))
    assert cost(DENIES) < cost(REPORTS)


def test_what_is_unknown_gives_no_gradient():
    answer = torch.tensor([0.3, -0.2, 0.7], requires_grad=True)
    stance = torch.randn(3, 4, requires_grad=True)
    loss(answer, [NAN, 1.0, NAN], stance, [UNKNOWN, UNKNOWN, REPORTS], groups=[0, 1, 2]).backward()
    assert answer.grad[[0, 2]].tolist() == [0.0, 0.0]
    assert answer.grad[1] != 0
    assert stance.grad[:2].abs().sum() == 0
    assert stance.grad[2].abs().sum() > 0


def test_nothing_known_costs_nothing():
    assert float(loss([1.0, -1.0], [NAN, NAN])) == 0.0


def test_the_best_of_its_own_group_counts_not_of_the_batch():
    answer = torch.tensor([2.0, 0.0, 9.0, 9.0])
    apart = loss(answer, [1.0, 0.0, NAN, NAN], groups=[0, 0, 1, 1])
    together = loss(answer, [1.0, 0.0, NAN, NAN], groups=[0, 0, 0, 0])
    assert apart < together


def test_a_weight_of_nothing_silences_an_example():
    answer = torch.tensor([0.5, 0.5], requires_grad=True)
    loss(answer, [1.0, 1.0], weights=[1.0, 0.0], groups=[0, 1]).backward()
    assert answer.grad[0] != 0
    assert answer.grad[1] == 0


def test_large_logits_keep_the_loss_finite():
    answer = torch.tensor([300.0, -300.0], requires_grad=True)
    value = loss(answer, [0.0, 1.0])
    value.backward()
    assert torch.isfinite(value)
    assert torch.isfinite(answer.grad).all()
