"""The measuring measures, on a handful of sentences; what it finds is nobody's business here."""

import json

import pytest

from tests.bench import crowd
from tests.bench.__main__ import main
from tests.bench.clock import Row, median, p95


def test_warm_measures_are_taken_and_written(monkeypatch, tmp_path, models):
    monkeypatch.setattr(crowd, "COMING_IN", 2)
    monkeypatch.setattr(crowd, "_STORED", 50)
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
    assert all(row["value"] > 0 for name, row in rows.items() if not name.endswith("lost"))
    stages = [row for name, row in rows.items() if name.startswith("stage: ")]
    assert sum(row["ratio"] for row in stages) == pytest.approx(1)


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
