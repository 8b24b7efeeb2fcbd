"""The quick part of `verbatim eval` against its floors."""

import pytest

from index.errors import VerbatimError
from index.evaluation.floors import check_floors, read_floors
from index.evaluation.run import EvalSettings, run_evaluation
from tests.conftest import REPOSITORY

FLOORS = REPOSITORY / "tests" / "eval" / "floors.json"


def test_the_quick_measures_keep_their_floors(shared_data, models):
    setting = EvalSettings(shared_data, REPOSITORY / "data" / "eval", models, quick=True)
    heard = []
    measured = run_evaluation(setting, lambda what, done, total: heard.append(what))
    floors = read_floors(FLOORS, quick=True)
    assert floors
    assert check_floors(measured.figures, floors) == []
    assert {"indexing the corpus", "asking"} <= set(heard)


def test_data_that_is_not_there_is_told_in_words(tmp_path, models):
    with pytest.raises(VerbatimError, match="--data"):
        run_evaluation(EvalSettings(tmp_path, tmp_path, models), lambda *_: None)
