"""A store, and what the tests put into it."""

import numpy as np
import pytest

from index.articles import Span
from index.storage.store import Store

SPANS = [Span(0, 0), Span(0, 10), Span(11, 30)]
VECTORS = np.arange(12, dtype=np.float16).reshape(3, 4)


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "news.db")
    yield opened
    opened.close()


def put(store, article, **options):
    with store.transaction():
        return store.upsert(article, SPANS, VECTORS, **options)
