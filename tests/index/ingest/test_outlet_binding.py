from dataclasses import replace

from index.archive import Archive
from index.circles import HOUSE
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.storage.test_circles import ONE, TWO, announce, follow


def test_a_name_that_another_site_has_stands_beside_its_host(archive):
    archive.add([BRIDGE])
    feed = follow(archive, "https://wire2.example/feed", ONE)
    announce(archive, feed, replace(WHEAT, url="https://wire2.example/a", outlet="SAMPLE  Wire"))
    assert archive.article("https://wire2.example/a").outlet == "SAMPLE  Wire (wire2.example)"


def test_what_only_another_circle_has_takes_no_name(archive):
    hostile = follow(archive, "https://hostile.example/feed", TWO)
    announce(archive, hostile, replace(WHEAT, url="https://hostile.example/a", outlet="Norwick Times"))
    feed = follow(archive, "https://times.example/feed", ONE)
    announce(archive, feed, replace(BRIDGE, url="https://times.example/a", outlet="Norwick Times"))
    assert archive.article("https://times.example/a").outlet == "Norwick Times"
    house = follow(archive, "https://norwick.example/feed", HOUSE)
    announce(archive, house, replace(BRIDGE, url="https://norwick.example/a", outlet="Norwick Times"))
    assert archive.article("https://norwick.example/a").outlet == "Norwick Times"


def test_an_item_that_leads_to_another_host_is_quoted_under_that_host(archive):
    hostile = follow(archive, "https://hostile.example/feed", TWO)
    announce(archive, hostile, replace(WHEAT, url="https://www.reuters.com/a", outlet="The Liar"))
    assert archive.article("https://www.reuters.com/a").outlet == "Reuters"


def test_the_owners_names_and_those_of_an_earlier_index(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE])
        archive._store.query("SELECT 1")
        with archive._store.transaction():
            archive._store.execute("DELETE FROM outlet_names")
            archive._store.execute("DELETE FROM meta WHERE key = 'outlet_names'")
    with Archive(tmp_path, encoder, outlet_names={"own.example": "My Own"}) as archive:
        feed = follow(archive, "https://own.example/feed", ONE)
        announce(
            archive,
            feed,
            replace(WHEAT, url="https://www.own.example/a", outlet="Whatever"),
            replace(BRIDGE, url="https://copy.example/a"),
        )
        assert archive.article("https://www.own.example/a").outlet == "My Own"
        assert archive.article("https://copy.example/a").outlet == "Sample Wire (copy.example)"
