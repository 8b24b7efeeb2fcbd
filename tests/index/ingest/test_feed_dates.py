"""An index made before the sources of dates were kept takes the dates of the feeds that announced its articles."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from index.articles import DateSource
from index.ingest.feed_dates import DONE_KEY, take_feed_dates
from index.storage.store import Store
from tests.index.conftest import BRIDGE
from tests.index.storage.conftest import SPANS, VECTORS

NEW_YEAR = datetime(2026, 1, 1, 12, tzinfo=UTC)
ANNOUNCED = datetime(2026, 11, 27, 20, 4, tzinfo=UTC)


@pytest.fixture
def store(place):
    store = Store(place)
    yield store
    store.close()


def put(store, published, source=None, announced=ANNOUNCED):
    with store.transaction():
        store.upsert(replace(BRIDGE, published=published, date_source=source), SPANS, VECTORS)
        store.execute(
            "INSERT INTO pages (url, feed, host, state, mark, title, author, published, seen, listed, article)"
            " VALUES (?, 1, 'h', 'stored', '', '', '', ?, 0, 0, ?)",
            *(f"{BRIDGE.url}?rss", announced and announced.timestamp(), BRIDGE.url),
        )


@pytest.mark.parametrize("guess", [NEW_YEAR, ANNOUNCED.replace(hour=12, minute=0)])
def test_a_guessed_day_gives_way_to_the_feed(store, guess):
    put(store, guess)
    before = store.watermark()
    assert take_feed_dates(store) == 1
    stored = store.get(BRIDGE.url)
    assert (stored.article.published, stored.article.date_source) == (ANNOUNCED, DateSource.FEED)
    assert (stored.article.text, stored.article.revised, stored.spans) == (BRIDGE.text, None, tuple(SPANS))
    assert np.array_equal(store.vectors(stored.first_sentence), VECTORS)
    assert store.watermark() != before  # every index reads the article anew


@pytest.mark.parametrize(
    ("published", "source", "announced"),
    [
        (datetime(2026, 11, 27, 19, 58, tzinfo=UTC), None, ANNOUNCED),
        (NEW_YEAR, DateSource.METADATA, ANNOUNCED),
        (NEW_YEAR, None, None),
        (None, None, None),
    ],
)
def test_any_other_date_stays(store, published, source, announced):
    put(store, published, source, announced)
    assert take_feed_dates(store) == 0
    assert store.get(BRIDGE.url).article.published == published


def test_it_is_done_once(store):
    take_feed_dates(store)
    assert store.meta(DONE_KEY)
    put(store, NEW_YEAR)
    assert take_feed_dates(store) == 0
