"""The floors that the figures of `verbatim eval` may not fall below."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

from index.errors import VerbatimError

FLOOR_SLACK = 0.005  # by which a floor lies below the figure; judged: rounding
QUICK_FLOOR_SLACK = 0.05  # judged: two of the forty questions of a quick run


def check_floors(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return a sentence for every figure that has fallen below its floor or is missing."""
    faults = []
    for name, floor in floors.items():
        figure = figures.get(name)
        if figure is None:
            faults.append(f"{name} was not measured")
        elif not figure >= floor:  # not a number, for one
            faults.append(f"{name} is {figure:.4f}, below its floor of {floor:.4f}")
    return faults


def raise_floors(
    figures: Mapping[str, float],
    floors: Mapping[str, float],
    *,
    quick: bool = False,
    allow_lower: bool = False,
) -> dict[str, float]:
    """Return new floors, a little below the figures.

    Raise VerbatimError if a figure is below its floor and `allow_lower` is not set, or is not a number.
    """
    unknown = [name for name, value in figures.items() if math.isnan(value)]
    if unknown:
        raise VerbatimError(f"No floor can be set for {', '.join(unknown)}: there is no figure.")
    new = {
        name: round(value - (QUICK_FLOOR_SLACK if quick else FLOOR_SLACK), 3)
        for name, value in figures.items()
    }
    lower = [name for name, floor in floors.items() if new.get(name, -1.0) < floor]
    if lower and not allow_lower:
        kept = {name: max(new.get(name, floor), floor) for name, floor in floors.items()}
        failing = check_floors(figures, kept)
        if failing:
            raise VerbatimError(
                "Floors only go up: " + "; ".join(failing) + ". Lowering takes --allow-lower."
            )
        return {**new, **kept}
    return new


def read_floors(path: Path, quick: bool) -> dict[str, float]:
    """Return the floors in `path` of a full or a quick run, empty when there are none.

    Raise VerbatimError when the file cannot be read.
    """
    try:
        kept: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except ValueError as error:
        raise VerbatimError(f"{path} is not JSON: {error}. `git checkout {path}` brings it back.") from error
    return kept.get(run_name(quick), {})


def write_floors(path: Path, quick: bool, floors: Mapping[str, float]) -> None:
    """Write the floors of a full or a quick run to `path` and keep the others there."""
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    kept[run_name(quick)] = dict(sorted(floors.items()))
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", "utf-8")


def run_name(quick: bool) -> str:
    """Return the key of a full or a quick run."""
    return "quick" if quick else "full"
