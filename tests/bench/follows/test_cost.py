from datetime import UTC, datetime

from index.archive import Archive
from tests.bench.follows import cost
from tests.bot.samples import article

ASKED = "When will the harbour bridge in Norwick open again?"


def test_every_cost_is_measured(monkeypatch, tmp_path, models):
    for name, value in (("FOLLOWS", 3), ("ARTICLES", 2), ("ASKED", 4)):
        monkeypatch.setattr(cost, name, value)
    words = "The harbour bridge in Norwick will open again on Friday, the engineers said."
    with Archive.open(tmp_path, models=models) as archive:
        archive.add(
            [article(words, number=day, published=datetime(2023, 1, day, tzinfo=UTC)) for day in (1, 2, 3)]
        )
        rows = list(cost.cost(archive, [ASKED, "did it open"], [ASKED], 2023))
    assert all(row.value > 0 for row in rows)
    assert [row.unit for row in rows] == ["s"] * 6 + ["ms"] * 2
    assert rows[-1].base == rows[-2].value
