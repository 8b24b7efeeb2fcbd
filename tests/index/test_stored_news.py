from datetime import UTC, datetime

from index.stored_news import stored_url
from tests.index.conftest import BRIDGE, WHEAT


def test_single_and_recent_articles_are_read_from_the_store(archive):
    archive.add([BRIDGE, WHEAT])
    assert archive.article(BRIDGE.url) == BRIDGE
    assert archive.article("https://wire.example.com/unheard") is None
    assert [one.article for one in archive.latest(datetime(2024, 11, 5, tzinfo=UTC))] == [WHEAT]
    assert archive.outlets() == ("Sample Wire", "The Sample Post")
    assert archive.cursor() == archive.arrivals(0)[-1].cursor


def test_an_address_is_looked_up_in_its_canonical_form():
    assert stored_url("HTTPS://Wire.Example.com/a?utm_source=x") == "https://wire.example.com/a"
    assert stored_url("no address") == "no address"
