"""`verbatim eval`: figures of quality, compared with pinned floors."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.cli.open_archive import log_warnings, models_folder, require_checkout, stderr_console, stdout_console
from bot.config import Settings
from index import PostgresAddress, VerbatimError
from index.evaluation.floors import check_floors, raise_floors, read_floors, write_floors
from index.evaluation.run import EvalResult, EvalSettings, keep_scale, run_evaluation

FLOORS_FILE = Path("tests/eval/floors.json")
MODEL_FILE = Path("index/ranking/model.json")
LINE_MODEL_FILE = Path("index/furniture/line_model.json")


@dataclass(frozen=True, slots=True)
class EvalOptions:
    """What `verbatim eval` was asked to do with the figures."""

    data: Path
    quick: bool = False
    fit: bool = False
    pin: bool = False
    allow_lower: bool = False
    json: bool = False
    store: str | None = None  # the address of a database for the corpus


def run_eval(settings: Settings, options: EvalOptions) -> int:
    """Measure, print, and keep what was asked for; 1 when a figure is below its floor.

    Floors are of our own reader: another's figures meet none. Raise VerbatimError when what was asked for cannot be
    kept, before anything is measured.
    """
    log_warnings()
    _check_options(settings, options)
    floors = {} if settings.reader else read_floors(FLOORS_FILE, options.quick)
    store = PostgresAddress.parse(options.store) if options.store else None
    eval_settings = EvalSettings(
        *(options.data, settings.data / "eval", models_folder(settings)),
        quick=options.quick,
        reader=settings.reader or None,
        store=store,
    )
    result = _run_with_progress(eval_settings)
    if options.json:
        stdout_console().print_json(json.dumps({"figures": result.figures, "floors": floors}))
    else:
        stdout_console().print(_table(result.figures, floors))
    if options.fit:
        _keep_fitted(result, settings.data)
    if options.pin:
        new = raise_floors(result.figures, floors, quick=options.quick, allow_lower=options.allow_lower)
        write_floors(FLOORS_FILE, options.quick, new)
        return 0
    failures = check_floors(result.figures, floors)
    for failure in failures:
        stderr_console().print(failure, markup=False)
    return 1 if failures else 0


def _check_options(settings: Settings, options: EvalOptions) -> None:
    if options.fit and options.quick:
        raise VerbatimError("A quick run fits nothing: leave out --quick or --fit.")
    if options.fit and options.pin:
        raise VerbatimError(
            "With --fit some figures are still those of the models before: run again with --pin alone."
        )
    if options.pin and settings.reader:
        raise VerbatimError("Floors are of our own reader: leave VERBATIM_READER empty to use --pin.")
    targets = [FLOORS_FILE] if options.pin else []
    targets += [MODEL_FILE, LINE_MODEL_FILE] if options.fit and not settings.reader else []
    require_checkout(targets, "eval")


def _keep_fitted(result: EvalResult, folder: Path) -> None:
    """Write what was fitted: of another reader its scale, into the data folder, else our models."""
    if kept := keep_scale(result, folder):
        stderr_console().print(f"{kept}: the scale of the reader {result.reader}", markup=False)
        return
    if result.model:
        _write_model(result.model)
    if result.line_model:
        _write_line_model(result.line_model)


def _run_with_progress(eval_settings: EvalSettings) -> EvalResult:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr_console(), transient=True) as bar:
        tasks = {}

        def on_progress(task: str, done: int, total: int) -> None:
            if task not in tasks:
                tasks[task] = bar.add_task(task, total=total)
            bar.update(tasks[task], completed=done, total=total)

        return run_evaluation(eval_settings, on_progress)


def _table(figures: dict[str, float], floors: dict[str, float]) -> Table:
    table = Table("Measure", "Figure", "Floor", box=None, padding=(0, 2, 0, 0))
    for name, figure in figures.items():
        floor = floors.get(name)
        table.add_row(name, f"{figure:.4f}", "" if floor is None else f"{floor:.3f}")
    return table


def _write_line_model(model: dict[str, Any]) -> None:
    """Write the fitted line classifier beside `index/furniture/line_model.py`."""
    from index.evaluation.fitting.fit_lines import line_model_to_json

    LINE_MODEL_FILE.write_text(line_model_to_json(model), "utf-8")
    stderr_console().print(f"{LINE_MODEL_FILE}: {len(model['weights'])} weights", markup=False)


def _write_model(model: dict[str, Any]) -> None:
    """Write the fitted ranking beside `index/ranking/model.py`, and print what changed."""
    from index.evaluation.fitting.fit_ranker import model_to_json

    before = MODEL_FILE.read_text("utf-8") if MODEL_FILE.exists() else ""
    after = model_to_json(model)
    MODEL_FILE.write_text(after, "utf-8")
    old = json.loads(before)["threshold"] if before else None
    changed = "the same" if before == after else f"new: {len(model['trees'])} trees"
    stderr_console().print(f"{MODEL_FILE}: {changed}, threshold {old} -> {model['threshold']}", markup=False)
