from datetime import UTC, datetime

import pytest

from index.articles import DateSource
from index.parsing.article_date import NO_DATE, SourcedDate, most_trusted

DAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = datetime(2026, 11, 27, 20, 4, tzinfo=UTC)
ANOTHER = datetime(2026, 11, 20, 8, tzinfo=UTC)
METADATA, FEED, BYLINE, ELSEWHERE = list(DateSource)[1:]


@pytest.mark.parametrize(
    ("dates", "taken"),
    [
        ([(HOUR, FEED), (ANOTHER, METADATA)], (ANOTHER, METADATA)),
        ([(DAY, BYLINE), (HOUR, FEED)], (HOUR, FEED)),
        ([(ANOTHER, ELSEWHERE), (DAY, BYLINE)], (DAY, BYLINE)),
        ([(DAY, METADATA), (HOUR, FEED)], (HOUR, FEED)),
        ([(DAY, METADATA), (ANOTHER, FEED)], (DAY, METADATA)),
        ([(DAY, FEED), (HOUR, BYLINE)], (HOUR, BYLINE)),
        ([(DAY, DateSource.PERSON), (HOUR, METADATA)], (DAY, DateSource.PERSON)),
        ([(HOUR, FEED), (ANOTHER, FEED)], (HOUR, FEED)),
        ([(None, METADATA), (HOUR, FEED)], (HOUR, FEED)),
        ([], NO_DATE),
        ([(None, None)], NO_DATE),
    ],
)
def test_the_most_trusted_date_is_taken(
    dates: list[tuple[datetime | None, DateSource | None]], taken: tuple[datetime, DateSource]
) -> None:
    assert most_trusted([SourcedDate(*date) for date in dates]) == taken
