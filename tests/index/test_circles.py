from index.circles import BY_HAND, HOUSE, HOUSE_ID


def test_a_new_store_has_the_house_and_what_is_added_by_hand(archive):
    assert archive._store.query("SELECT id, key FROM circles") == [(HOUSE_ID, HOUSE)]
    assert archive._store.query("SELECT feed, circle FROM feed_circles") == [(BY_HAND, HOUSE_ID)]
