"""The figures as a table and as JSON, with the machine they were taken on."""

import json
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.clock import Row

_LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "openvino", "sentence-transformers", "tantivy", "torch")


def machine() -> dict[str, Any]:
    """Describe the machine: processor, cores, memory, system, libraries, and what else it was doing."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "libraries": dict(_versions()),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _versions() -> Iterator[tuple[str, str]]:
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):  # some are extras
            yield name, version(name)


def show(rows: Sequence[Row], about: dict[str, Any]) -> None:
    """Print the table."""
    console = Console()
    console.print(
        f"{about['processor']}, {about['cores']} cores, {about['memory_gb']} GB; load {about['load_before']}"
    )
    table = Table("what", "figure", "ratio", "limit", "")
    for row in rows:
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        limit = f"{'≥' if row.at_least else '≤'} {row.limit:g}" if row.limit is not None else ""
        kept = {True: "kept", False: "[bold]MISSED[/]", None: ""}[row.kept]
        table.add_row(row.name, f"{row.value:,.1f} {row.unit}", ratio, limit, kept)
    console.print(table)


def write(rows: Sequence[Row], about: dict[str, Any], path: Path) -> None:
    """Write all of it as JSON; rows of other names that the file holds already stay."""
    before = json.loads(path.read_text("utf-8"))["rows"] if path.exists() else []
    told = {row["name"]: row for row in before}
    told |= {row.name: {**asdict(row), "ratio": row.ratio, "kept": row.kept} for row in rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"machine": about, "rows": list(told.values())}, indent=2) + "\n", encoding="utf-8"
    )
