import numpy as np

from index.evaluation.fit_query_adapter import RANK, fit_query_adapter
from tests.index.evaluation.test_fit_ranker import WIDE, made_up


def test_an_adapter_has_the_rank_and_is_the_same_in_every_run():
    one, other = (fit_query_adapter(made_up(20), "m") for _ in range(2))
    assert one.left.shape == (WIDE, RANK)
    assert one.right.shape == (RANK, WIDE)
    assert np.array_equal(one.left, other.left)


def test_cases_without_an_answer_teach_nothing():
    known, unknown = made_up(20), made_up(20, "u", answerable=False, seed=1)
    assert np.array_equal(fit_query_adapter(known, "m").left, fit_query_adapter(known + unknown, "m").left)
