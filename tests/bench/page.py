"""Writes the figures of docs/benchmarks.md, and its picture, from the JSON of the runs: `python -m tests.bench.page`."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "benchmarks.md"
RUNS = tuple(PAGE.parent / "benchmarks" / f"{name}.json" for name in ("first", "second", "rivals"))
_RIVAL = re.compile(r"(.+): (indexing|a question|cold start|memory, \w+|answers in [\d,]+ characters)")
_STAGE = re.compile(r"stage: (.+), ([\d,]+ sentences(?: with the reader)?)")

Run = dict[str, Any]
Rows = dict[str, dict[str, Any]]


def main() -> None:
    """Write the page and the picture anew."""
    from tests.bench import plot

    runs = read_runs()
    PAGE.write_text(filled(PAGE.read_text("utf-8"), runs), "utf-8")
    _, second, rivals = map(rows_of, runs)
    plot.draw(second, rivals, PAGE.parent / "benchmarks" / "benchmarks.svg")


def read_runs() -> list[Run]:
    """Read the two runs of `make bench`, and that of `make bench-rivals`."""
    return [json.loads(path.read_text("utf-8")) for path in RUNS]


def filled(page: str, runs: Sequence[Run]) -> str:
    """Return the page with each part between `<!-- NAME -->` and `<!-- end -->` as the runs say."""
    first, second, rivals = map(rows_of, runs)
    parts = {
        "machine": _machine(runs),
        "limits": _limits(first, second),
        "stages": _stages(second),
        "rivals": _rivals(rivals),
    }
    for name, text in parts.items():
        before, mark, after = page.partition(f"<!-- {name} -->\n")
        page = before + mark + text + "\n" + after[after.index("<!-- end -->") :]
    return page


def rows_of(run: Run) -> Rows:
    """Return the rows of a run by name."""
    return {row["name"]: row for row in run["rows"]}


def _machine(runs: Sequence[Run]) -> str:
    about = runs[0]["machine"]
    libraries = ", ".join(f"{name} {version}" for name, version in about["libraries"].items())
    loads = ", ".join(f"{run['machine']['load_before']:.1f}" for run in runs)
    return (
        f"{about['processor']}, {about['cores']} cores, {about['memory_gb']} GB; {about['system']}, Python "
        f"{about['python']}; {libraries}. Load of the machine when the three runs began: {loads}."
    )


def _limits(first: Rows, second: Rows) -> str:
    lines = []
    for name, row in (first | second).items():
        if _RIVAL.fullmatch(name) or _STAGE.fullmatch(name):
            continue
        pair = first.get(name, {}), second.get(name, {})
        limit = "" if row["limit"] is None else f"{'≥' if row['at_least'] else '≤'} {_number(row['limit'])}"
        lines.append(
            [
                name,
                *(f"{_number(one['value'])} {one['unit']}" if one else "" for one in pair),
                *(_number(one["ratio"]) if one.get("ratio") else "" for one in pair),
                limit,
                _verdict(*pair),
                row["note"],
            ]
        )
    return table(("what", "first run", "second run", "ratio", "ratio", "limit", "kept", ""), lines)


def _verdict(*rows: dict[str, Any]) -> str:
    """Say whether both runs, one, or none kept the limit."""
    kept = {row["kept"] for row in rows if row and row["kept"] is not None}
    return {frozenset(): "", frozenset({True}): "yes", frozenset({False}): "**no**"}.get(
        frozenset(kept), "once of twice"
    )


def _stages(rows: Rows) -> str:
    found = {match[1]: {} for name in rows if (match := _STAGE.fullmatch(name))}
    sizes: dict[str, None] = {}
    for name, row in rows.items():
        if match := _STAGE.fullmatch(name):
            found[match[1]][match[2]] = f"{_number(row['value'])} ms, {row['ratio']:.0%}"
            sizes[match[2]] = None
    return table(
        ("stage", *sizes),
        [[stage, *(cells.get(size, "") for size in sizes)] for stage, cells in found.items()],
    )


def _rivals(rows: Rows) -> str:
    ways: dict[str, dict[str, str]] = {}
    for name, row in rows.items():
        if match := _RIVAL.fullmatch(name):
            unit = "" if row["unit"] == "of 1" else f" {row['unit']}"
            times = f" ({row['ratio']:.2f})" if row["ratio"] else ""
            ways.setdefault(match[1], {})[match[2]] = _number(row["value"]) + unit + times
    columns = dict.fromkeys(column for cells in ways.values() for column in cells)
    return table(("", *columns), [[way, *(cells[one] for one in columns)] for way, cells in ways.items()])


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main()
