"""A store, and what the tests put into it."""

from pathlib import Path

import numpy as np
import pytest

from index.archive import Archive
from index.articles import Span
from index.storage.store import Store

SPANS = [Span(0, 0), Span(0, 10), Span(11, 30)]
VECTORS = np.arange(12, dtype=np.float16).reshape(3, 4)


@pytest.fixture
def store(place):
    opened = Store(place)
    yield opened
    opened.close()


@pytest.fixture
def archive(place, encoder, tmp_path):
    with open_archive(place, encoder, tmp_path) as opened:
        yield opened


def open_archive(place, encoder, folder):
    """An archive whose store is at a place, with its indexes in a folder."""
    return Archive(folder, encoder, store=None if isinstance(place, Path) else place)


def put(store, article, **options):
    with store.transaction():
        return store.upsert(article, SPANS, VECTORS, **options)
