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
    "Verbatim without its reader": "Verbatim\nno reader",
    "Verbatim, its ranking fitted without these questions": "Verbatim*",
    "sentence-transformers + FAISS": "plain + FAISS",
    "LangChain + FAISS": "LangChain",
}
_RERANKED = ", with Verbatim's reader as a cross-encoder"


def draw(rows: dict[str, dict[str, Any]], rivals: dict[str, dict[str, Any]], path: Path) -> None:
    """Draw answers' times by size, and the rivals' shares of answers below."""
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "verbatim", "font.size": 9})
    figure, (times, shares) = plt.subplots(2, 1, figsize=(11, 8), layout="constrained")
    _times(times, rows)
    _shares(shares, rivals)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _times(axes: Any, rows: dict[str, dict[str, Any]]) -> None:
    sizes = [match[1] for name in rows if (match := _SIZE.fullmatch(name))]
    places = range(len(sizes))
    for shift, pattern, label in (
        (-0.36, "bare encoding and search, {} sentences", "encoding and one exact search"),
        (-0.18, "answer, {} sentences, median", "answer, median"),
        (0.0, "answer, {} sentences, p95", "answer, 95th percentile"),
        (0.18, "answer with the reader, {} sentences, median", "answer with the reader, median"),
        (0.36, "answer with the reader, {} sentences, p95", "answer with the reader, 95th percentile"),
    ):
        told = [(place, pattern.format(size)) for place, size in zip(places, sizes, strict=True)]
        measured = [(place, rows[name]["value"]) for place, name in told if name in rows]
        if not measured:
            continue  # the legend names what is drawn
        heights = [height for _, height in measured]
        bars = axes.bar([place + shift for place, _ in measured], heights, 0.18, label=label)
        axes.bar_label(bars, fmt="%.0f")
    axes.set_xticks(list(places), [f"{size} sentences" for size in sizes])
    axes.set_ylabel("milliseconds")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def _shares(axes: Any, rows: dict[str, dict[str, Any]]) -> None:
    found: dict[str, dict[str, float]] = {}
    for name, row in rows.items():
        if match := _SHARE.fullmatch(name):
            found.setdefault(_short(match[1]), {})[match[2]] = row["value"]
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


def _short(way: str) -> str:
    """Return a name that fits below a bar."""
    plain = way.removesuffix(_RERANKED)
    read = "" if plain == way else "\n+ reader"
    return _SHORT.get(plain, plain) + read
