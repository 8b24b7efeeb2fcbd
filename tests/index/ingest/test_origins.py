import pytest

from index.circles import BY_HAND, HOUSE
from index.ingest.origins import Trust, trust_in
from tests.index.storage.test_circles import follow


@pytest.mark.parametrize(
    ("feed", "circle", "trust"),
    [
        ("https://feeds.wire.example.com/rss", "guild:1", Trust.OWN_SITE),
        ("https://hostile.example/rss", "guild:1", Trust.FOREIGN),
        ("https://hostile.example/rss", HOUSE, Trust.HOUSE),
    ],
)
def test_a_feed_is_believed_about_its_own_site_and_the_owners_about_all(archive, feed, circle, trust):
    known = follow(archive, feed, circle)
    url = "https://wire.example.com/bridge"
    assert trust_in(archive._store, {known}, url) is trust
    assert trust_in(archive._store, {known, BY_HAND}, url) is Trust.HOUSE
    assert trust_in(archive._store, {known + 1}, url) is Trust.FOREIGN


def test_where_a_feed_was_read_from_counts_not_where_it_says_it_lies(archive):
    known = follow(archive, "https://wire.example.com/redirect?to=hostile", "guild:1")
    with archive._store.transaction():
        archive._store.execute("UPDATE feeds SET read_from = 'https://hostile.example/feed'")
    assert trust_in(archive._store, {known}, "https://wire.example.com/bridge") is Trust.FOREIGN
