from dataclasses import replace
from datetime import timedelta

from index.maintenance.stats import OutletSummary
from tests.index.conftest import BRIDGE, WHEAT


def test_an_empty_index_has_no_times(archive):
    stats = archive.stats()
    assert (stats.articles, stats.sentences, stats.outlets) == (0, 0, ())
    assert stats.oldest is stats.newest is stats.added is None
    assert stats.bytes_on_disk > 0


def test_articles_are_counted_by_outlet_with_their_times(archive, encoder):
    later = replace(BRIDGE, url=f"{BRIDGE.url}-again", published=BRIDGE.published + timedelta(days=3))
    undated = replace(WHEAT, url=f"{WHEAT.url}-undated", outlet="Undated", published=None)
    list(archive.add([BRIDGE, later, WHEAT, undated]))
    stats = archive.stats()
    assert stats.outlets == (
        OutletSummary(BRIDGE.outlet, 2, BRIDGE.published, later.published),
        OutletSummary(WHEAT.outlet, 1, WHEAT.published, WHEAT.published),
        OutletSummary("Undated", 1, None, None),
    )
    assert (stats.articles, stats.oldest, stats.newest) == (4, BRIDGE.published, WHEAT.published)
    assert stats.sentences == 10  # without the headlines
    assert stats.added is not None
    assert stats.model == encoder.fingerprint
