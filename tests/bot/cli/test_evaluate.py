"""`verbatim eval` with made-up figures: floors, exit codes, the model it writes."""

import json
from pathlib import Path

import pytest

from bot.cli import evaluate
from bot.cli.evaluate import EvalOptions, run_eval
from bot.config import Settings
from index.evaluation.floors import read_floors, write_floors
from index.evaluation.run import EvalResult


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "FLOORS_FILE", tmp_path / "floors.json")
    monkeypatch.setattr(evaluate, "MODEL_FILE", tmp_path / "model.json")
    monkeypatch.setattr(evaluate, "run_evaluation", lambda *_: EvalResult({"recall": 0.75}, None))
    return Settings(data=tmp_path)


def floors(tmp_path, floor):
    (tmp_path / "floors.json").write_text("{}")
    write_floors(tmp_path / "floors.json", False, {"recall": floor})


def test_a_figure_below_its_floor_is_named_and_exits_with_1(settings, tmp_path, capsys):
    floors(tmp_path, 0.8)
    assert run_eval(settings, EvalOptions(Path("data"))) == 1
    assert "recall" in capsys.readouterr().err


def test_figures_are_json_on_request(settings, tmp_path, capsys):
    floors(tmp_path, 0.7)
    assert run_eval(settings, EvalOptions(Path("data"), json=True)) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["figures"], printed["floors"]) == ({"recall": 0.75}, {"recall": 0.7})


def test_pinning_raises_a_floor_to_its_figure(settings, tmp_path):
    floors(tmp_path, 0.5)
    assert run_eval(settings, EvalOptions(Path("data"), pin=True)) == 0
    assert 0.5 < read_floors(tmp_path / "floors.json", False)["recall"] <= 0.75
