"""A local newspaper, a real archive and its subscriptions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.feeds.subscriptions import Subscription, Subscriptions
from index.storage.places import NEWS_FILE
from index.storage.postgres.address import PostgresAddress
from tests.index.feeds.harness import NOW, QUICK, URL
from tests.web.newspaper import Newspaper


@pytest.fixture
def paper():
    with Newspaper() as paper:
        yield paper


@pytest.fixture
def archive(tmp_path, models):
    with Archive.open(tmp_path, models=models) as archive:
        yield archive


@pytest.fixture
def subscriptions(archive, tmp_path):
    with Subscriptions(tmp_path / NEWS_FILE, QUICK) as subscriptions:
        yield subscriptions


@pytest.fixture
def feeds(place: Path | PostgresAddress) -> Iterator[Subscriptions]:
    with Subscriptions(place) as feeds:
        yield feeds


@pytest.fixture
def feed(feeds: Subscriptions) -> Subscription:
    feeds.add(URL, NOW)
    (feed,) = feeds.all()
    return feed
