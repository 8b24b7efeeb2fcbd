"""The figures as a table and as JSON, with the machine they were taken on."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.clock import Row

_LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "sentence-transformers", "tantivy", "torch")


def machine() -> dict[str, Any]:
    """Describe the machine: processor, cores, memory, system, libraries, and what else it was doing."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "load_before": round(os.getloadavg()[0], 2),
    }


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
    """Write all of it as JSON."""
    told = [{**asdict(row), "ratio": row.ratio, "kept": row.kept} for row in rows]
    path.write_text(json.dumps({"machine": about, "rows": told}, indent=2) + "\n", encoding="utf-8")
