"""The measuring measures, on a handful of sentences; what it finds is nobody's business here."""

import json
import re

import pytest

from tests.bench import crowd, page, reader_cost
from tests.bench.__main__ import main
from tests.bench.built import Place
from tests.bench.clock import Row, median, p95
from tests.bench.corpus import read_corpus


def test_warm_measures_are_taken_and_written(monkeypatch, tmp_path, models, encoder):
    monkeypatch.setattr(crowd, "COMING_IN", 2)
    monkeypatch.setattr(crowd, "_STORED", 50)
    monkeypatch.setattr(reader_cost, "_TURNS", 1)
    told = tmp_path / "bench.json"
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "models").symlink_to(models)
    folders = ["--data", str(tmp_path), "--folder", str(tmp_path / "bench"), "--kept", str(kept)]
    main(["--sizes", "500", "--warm", *folders, "--json", str(told)])
    found = json.loads(told.read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in found["rows"]}
    assert found["machine"]["cores"] >= 1
    answered = next(row for name, row in rows.items() if name.startswith("answer, ") and "median" in name)
    assert answered["ratio"] == pytest.approx(answered["value"] / answered["base"])
    assert "made up" in answered["note"]
    assert all(row["value"] == 0 for name, row in rows.items() if name.endswith("lost"))
    differences = {name for name in rows if name.startswith("what the reader adds, ")}
    assert len(differences) == 2
    assert all(
        row["value"] > 0 for name, row in rows.items() if not name.endswith("lost") | (name in differences)
    )
    stages = [name for name in rows if name.startswith("stage: ")]
    read = {name for name in stages if name.endswith(" with the reader")}
    assert any("the reader" in name.partition(",")[0] for name in read)
    for part in (read, set(stages) - read):
        assert sum(rows[name]["ratio"] for name in part) == pytest.approx(1)
    some = next(row for name, row in rows.items() if name.startswith("answer with the reader, "))
    assert re.match("[123] of 3 questions", some["note"])
    added = memory_that_the_reader_adds(tmp_path, models, encoder)
    assert added.limit == reader_cost.MEMORY
    assert added.value > 5  # the network has 11 MB


def memory_that_the_reader_adds(folder, models, encoder):
    """Measure the processes that ask with the reader and without, over the index that is there."""
    place = Place(folder / "bench", folder / "kept" / "eval", models)
    built = place.built(read_corpus(folder), encoder, 500)
    _, added = reader_cost.memory(built, place, folder)
    return added


def test_stages_with_the_reader_have_a_column_of_their_own():
    rows = {
        f"stage: {stage}, {size}": {"value": value, "ratio": value / 10}
        for stage, size, value in (
            ("words", "500 sentences", 4),
            ("words", "500 sentences with the reader", 3),
            ("the reader", "500 sentences with the reader", 7),
        )
    }
    assert page._stages(rows).splitlines()[2:] == [
        "| words | 4 ms, 40% | 3 ms, 30% |",
        "| the reader |  | 7 ms, 70% |",
    ]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (Row("a", 3, "ms"), None),
        (Row("a", 3, "ms", base=2, limit=1.5), True),
        (Row("a", 3, "ms", base=1, limit=1.5), False),
        (Row("a", 3, "MB", limit=2), False),
        (Row("a", 3, "/s", base=4, limit=0.75, at_least=True), True),
        (Row("a", 3, "/s", base=4, limit=0.8, at_least=True), False),
    ],
)
def test_a_limit_holds_the_ratio_or_without_one_the_value(row, kept):
    assert row.kept is kept


def test_times_are_told_in_milliseconds():
    times = [number / 1000 for number in range(101)]
    assert (median(times), p95(times)) == (50, 95)
