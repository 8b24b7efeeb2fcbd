import json
from datetime import UTC, datetime

import pytest

from index.archive import Archive
from tests.bench.follows.__main__ import main
from tests.bench.follows.year import by_day
from tests.bot.samples import article

ASKED = "When will the harbour bridge in Norwick open again?"
KNOWN = "The harbour bridge in Norwick will open again in six weeks, mayor Ada Fenn said."
NEW = "The harbour bridge in Norwick will open again on Friday, the engineers said."
WHEAT = "Wheat prices rose by nine percent in October, the national statistics office reported."


@pytest.fixture
def index(tmp_path, models):
    folder = tmp_path / "news"
    with Archive.open(folder, models=models) as archive:
        archive.add(
            [
                article(KNOWN, number=1, published=datetime(2022, 12, 30, tzinfo=UTC)),
                article(KNOWN, outlet="Post", number=2, published=datetime(2023, 2, 1, tzinfo=UTC)),
                article(NEW, number=3, published=datetime(2023, 3, 1, 8, tzinfo=UTC)),
                article(WHEAT, number=4, published=datetime(2023, 3, 1, 7, tzinfo=UTC)),
                article(NEW, outlet="Post", number=5, published=datetime(2024, 1, 1, tzinfo=UTC)),
            ]
        )
    return folder


def test_a_years_articles_come_by_day_in_the_order_of_publication(index, models):
    with Archive.open(index, models=models) as archive:
        days = by_day(archive, 2023)
    assert [day.isoformat() for day in days] == ["2023-02-01", "2023-03-01"]
    assert [one.article.published.hour for one in list(days.values())[1]] == [7, 8]


def test_what_is_new_in_the_year_is_written_once(index, models, tmp_path):
    questions, out = tmp_path / "questions.txt", tmp_path / "posts.jsonl"
    questions.write_text(f"{ASKED}\n\n", "utf-8")
    main([str(questions), "--index", str(index), "--models", str(models), "--out", str(out)])
    [post] = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert (post["question"], post["day"], post["text"]) == (ASKED, "2023-03-01", NEW)
    assert post["heading"] == ""
    assert set(post["chances"]) >= {"answers", "reports", "denies"}
