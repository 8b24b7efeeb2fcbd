"""`verbatim eval` with made-up figures: floors, exit codes, the model it writes."""

import json
from pathlib import Path

import pytest

from bot.cli import evaluate
from bot.cli.evaluate import EvalOptions, run_eval
from bot.config import Settings
from index.errors import VerbatimError
from index.evaluation import run
from index.evaluation.floors import read_floors, write_floors
from index.evaluation.run import EvalResult, run_evaluation
from index.reader.cross_encoder import SCALES_FILE, Scale, read_scale


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "FLOORS_FILE", tmp_path / "floors.json")
    for name in ("MODEL_FILE", "LINE_MODEL_FILE"):
        monkeypatch.setattr(evaluate, name, tmp_path / f"{name.lower()}.json")
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
    assert not list(tmp_path.glob("*model*.json"))


def test_figures_of_another_reader_meet_no_floors(settings, tmp_path, capsys):
    floors(tmp_path, 0.8)
    other = settings.model_copy(update={"reader": "their/model"})
    assert run_eval(other, EvalOptions(Path("data"))) == 0
    assert "recall" not in capsys.readouterr().err
    with pytest.raises(VerbatimError, match="Floors are of our own reader"):
        run_eval(other, EvalOptions(Path("data"), pin=True))
    assert read_floors(tmp_path / "floors.json", False) == {"recall": 0.8}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"fit": True, "quick": True}, "A quick run fits nothing"),
        ({"fit": True, "pin": True}, "run again with --pin alone"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_measured(settings, monkeypatch, options, said):
    monkeypatch.setattr(evaluate, "run_evaluation", None)
    with pytest.raises(VerbatimError, match=said):
        run_eval(settings, EvalOptions(Path("data"), **options))


@pytest.mark.parametrize("option", ["fit", "pin"])
def test_outside_of_a_checkout_nothing_is_measured_to_be_kept(settings, tmp_path, monkeypatch, option):
    monkeypatch.setattr(evaluate, "run_evaluation", None)
    for name in ("FLOORS_FILE", "MODEL_FILE"):
        monkeypatch.setattr(evaluate, name, tmp_path / "nowhere" / "file.json")
    with pytest.raises(VerbatimError, match="in a checkout of the project"):
        run_eval(settings, EvalOptions(Path("data"), **{option: True}))


def test_no_reader_cannot_be_measured(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "run_evaluation", run_evaluation)
    monkeypatch.setattr(run, "DATA", ())
    alone = settings.model_copy(update={"reader": "none"})
    with pytest.raises(VerbatimError, match="Measuring needs a reader"):
        run_eval(alone, EvalOptions(tmp_path))
