import pytest

from index.errors import VerbatimError
from index.evaluation.floors import check_floors, raise_floors, read_floors, write_floors


def test_a_figure_below_its_floor_is_told():
    assert check_floors({"hit@1": 0.4, "auroc": 0.9}, {"hit@1": 0.5, "auroc": 0.9, "mrr": 0.1}) == [
        "hit@1 is 0.4000, below its floor of 0.5000",
        "mrr was not measured",
    ]


def test_floors_only_go_up_unless_asked():
    assert raise_floors({"hit@1": 0.61}, {"hit@1": 0.5})["hit@1"] > 0.5
    assert raise_floors({"hit@1": 0.501}, {"hit@1": 0.5})["hit@1"] == 0.5
    with pytest.raises(VerbatimError, match="only go up"):
        raise_floors({"hit@1": 0.4}, {"hit@1": 0.5})
    assert raise_floors({"hit@1": 0.4}, {"hit@1": 0.5}, allow_lower=True)["hit@1"] < 0.4


def test_floors_of_both_kinds_live_in_one_file(tmp_path):
    path = tmp_path / "floors.json"
    assert read_floors(path, quick=False) == {}
    write_floors(path, False, {"hit@1": 0.4})
    write_floors(path, True, {"hit@1": 0.6})
    assert read_floors(path, quick=False) == {"hit@1": 0.4}
    assert read_floors(path, quick=True) == {"hit@1": 0.6}


def test_what_is_no_number_is_below_every_floor_and_becomes_none():
    figures = {"hit@1": float("nan"), "auroc": 0.9}
    assert check_floors(figures, {"hit@1": 0.4}) == ["hit@1 is nan, below its floor of 0.4000"]
    with pytest.raises(VerbatimError, match=r"No floor can be set for hit@1"):
        raise_floors(figures, {})


def test_a_file_of_floors_that_is_no_json_is_told_with_what_to_do(tmp_path):
    (tmp_path / "floors.json").write_text("{")
    with pytest.raises(VerbatimError, match=r"floors.json is not JSON: .*git checkout"):
        read_floors(tmp_path / "floors.json", quick=False)
