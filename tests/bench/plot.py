"""The picture of docs/benchmarks.md; matplotlib comes with the extra `bench`."""

import re
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

_SIZE = re.compile(r"answer, ([\d,]+) sentences, median")
_SHARE = re.compile(r"(.+): answers in (\d+) characters")
_SHORT = {
    "Verbatim, its ranking fitted without these questions": "Verbatim*",
    "sentence-transformers + FAISS": "plain + FAISS",
    "LangChain + FAISS": "LangChain",
}


def draw(rows: dict[str, dict[str, Any]], rivals: dict[str, dict[str, Any]], path: Path) -> None:
    """Draw answers' times by size, and the rivals' shares of answers, beside each other."""
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "verbatim", "font.size": 9})
    figure, (times, shares) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
    _times(times, rows)
    _shares(shares, rivals)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _times(axes: Any, rows: dict[str, dict[str, Any]]) -> None:
    sizes = [match[1] for name in rows if (match := _SIZE.fullmatch(name))]
    places = range(len(sizes))
    for shift, pattern, label in (
        (-0.25, "bare encoding and search, {} sentences", "encoding and one exact search"),
        (0.0, "answer, {} sentences, median", "answer, median"),
        (0.25, "answer, {} sentences, p95", "answer, 95th percentile"),
    ):
        heights = [rows[pattern.format(size)]["value"] for size in sizes]
        bars = axes.bar([place + shift for place in places], heights, 0.25, label=label)
        axes.bar_label(bars, fmt="%.0f")
    axes.set_xticks(list(places), [f"{size} sentences" for size in sizes])
    axes.set_ylabel("milliseconds")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def _shares(axes: Any, rows: dict[str, dict[str, Any]]) -> None:
    found: dict[str, dict[str, float]] = {}
    for name, row in rows.items():
        if match := _SHARE.fullmatch(name):
            found.setdefault(_SHORT.get(match[1], match[1]), {})[match[2]] = row["value"]
    ways = [way for way in found if way != "Verbatim"]
    for shift, cut in enumerate(dict.fromkeys(cut for shares in found.values() for cut in shares)):
        bars = axes.bar(
            [place + 0.27 * (shift - 1) for place in range(len(ways))],
            [found[way][cut] for way in ways],
            0.27,
            label=f"in the first {int(cut):,} characters",
        )
        axes.bar_label(bars, fmt="%.2f", fontsize=6)
    axes.set_xticks(range(len(ways)), ways, fontsize=8)
    axes.set_ylim(0, 1)
    axes.set_ylabel("questions whose answer is shown")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
