import numpy as np

from index.evaluation.fitting.fit_query_adapter import RANK, fit_query_adapter
from tests.index.evaluation.made_up import WIDE, made_up


def first(cases, adapter):
    return np.mean(
        [np.argmax(case.vectors.astype(np.float32) @ adapter.transform(case.query)) == 3 for case in cases]
    )


def test_the_adapter_learns_where_answers_lie_and_keeps_it_for_new_questions():
    adapter = fit_query_adapter(made_up(400), "m")
    strangers = made_up(100, seed=1)
    assert first(strangers, adapter) > 0.5
    chance = fit_query_adapter(made_up(5), "m")
    assert first(strangers, adapter) > first(strangers, chance)


def test_an_adapter_has_the_rank_and_is_the_same_in_every_run():
    one, other = (fit_query_adapter(made_up(20), "m") for _ in range(2))
    assert one.left.shape == (WIDE, RANK)
    assert one.right.shape == (RANK, WIDE)
    assert np.array_equal(one.left, other.left)


def test_cases_without_an_answer_teach_nothing():
    known, unknown = made_up(20), made_up(20, "u", answerable=False, seed=1)
    assert np.array_equal(fit_query_adapter(known, "m").left, fit_query_adapter(known + unknown, "m").left)
