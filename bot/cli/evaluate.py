"""`verbatim eval`: how good the answers are, held against pinned floors."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.cli.open_archive import models_folder, stderr_console, stdout_console
from bot.config import Settings
from index.evaluation.floors import check_floors, raise_floors, read_floors, write_floors
from index.evaluation.run import EvalResult, EvalSettings, run_evaluation

FLOORS_FILE = Path("tests/eval/floors.json")
MODEL_FILE = Path("index/ranking/model.json")


@dataclass(frozen=True, slots=True)
class EvalOptions:
    """What `verbatim eval` was asked to do with the figures."""

    data: Path
    quick: bool = False
    fit: bool = False
    pin: bool = False
    allow_lower: bool = False
    json: bool = False


def run_eval(settings: Settings, wish: EvalOptions) -> int:
    """Measure, print, and keep what was asked for; 1 when a figure is below its floor."""
    setting = EvalSettings(wish.data, settings.data / "eval", models_folder(settings), wish.quick)
    measured = _run_with_progress(setting)
    floors = read_floors(FLOORS_FILE, wish.quick)
    if wish.json:
        stdout_console().print_json(json.dumps({"figures": measured.figures, "floors": floors}))
    else:
        stdout_console().print(_table(measured.figures, floors))
    if wish.fit and measured.model:
        _write_model(measured.model)
    if wish.pin:
        new = raise_floors(measured.figures, floors, quick=wish.quick, allow_lower=wish.allow_lower)
        write_floors(FLOORS_FILE, wish.quick, new)
        return 0
    faults = check_floors(measured.figures, floors)
    for fault in faults:
        stderr_console().print(fault, markup=False)
    return 1 if faults else 0


def _run_with_progress(setting: EvalSettings) -> EvalResult:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr_console(), transient=True) as bar:
        tasks = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        return run_evaluation(setting, tell)


def _table(figures: dict[str, float], floors: dict[str, float]) -> Table:
    table = Table("Measure", "Figure", "Floor", box=None, padding=(0, 2, 0, 0))
    for name, figure in figures.items():
        floor = floors.get(name)
        table.add_row(name, f"{figure:.4f}", "" if floor is None else f"{floor:.3f}")
    return table


def _write_model(model: dict[str, Any]) -> None:
    """Write the fitted ranking beside `index/ranking/model.py`, and say what changed."""
    from index.evaluation.fit_ranker import model_to_json

    before = MODEL_FILE.read_text("utf-8") if MODEL_FILE.exists() else ""
    after = model_to_json(model)
    MODEL_FILE.write_text(after, "utf-8")
    old = json.loads(before)["threshold"] if before else None
    changed = "the same" if before == after else f"new: {len(model['trees'])} trees"
    stderr_console().print(f"{MODEL_FILE}: {changed}, threshold {old} -> {model['threshold']}", markup=False)
