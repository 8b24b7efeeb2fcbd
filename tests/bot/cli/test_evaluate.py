"""`verbatim eval` with made-up figures: floors, exit codes, the model it writes."""

import json
from pathlib import Path

import pytest

from bot.cli import evaluate
from bot.cli.evaluate import EvalOptions, run_eval
from bot.config import Settings
from index.errors import VerbatimError
from index.evaluation.floors import read_floors, write_floors
from index.evaluation.run import EvalResult, run_evaluation
from index.reader.cross_encoder import SCALES_FILE, Scale, read_scale


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


def test_the_scale_of_another_reader_is_kept_beside_the_index_and_no_model_is_written(
    settings, tmp_path, monkeypatch, capsys
):
    floors(tmp_path, 0.7)
    result = EvalResult({"recall": 0.75}, {"trees": []}, None, "their/model", Scale(2.0, 0.5))
    monkeypatch.setattr(evaluate, "run_evaluation", lambda *_: result)
    assert run_eval(settings, EvalOptions(Path("data"))) == 0
    assert not (tmp_path / SCALES_FILE).exists()
    assert run_eval(settings, EvalOptions(Path("data"), fit=True)) == 0
    assert read_scale(tmp_path, "their/model") == Scale(2.0, 0.5)
    assert "their/model" in capsys.readouterr().err
    assert not (tmp_path / "model.json").exists()


def test_no_reader_cannot_be_measured(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "run_evaluation", run_evaluation)
    (tmp_path / "news-qa").mkdir()
    alone = settings.model_copy(update={"reader": "none"})
    with pytest.raises(VerbatimError, match="Measuring needs a reader"):
        run_eval(alone, EvalOptions(tmp_path))
