URL = "https://wire.example.com/bridge"


def test_a_blocked_address_is_blocked_in_every_spelling_until_it_is_unblocked(store):
    with store.transaction():
        store.block([URL])
    assert store.is_blocked(URL)
    assert store.is_blocked(f"{URL}/")
    assert not store.is_blocked("https://wire.example.com/wheat")
    with store.transaction():
        store.unblock(f"{URL}/")
    assert not store.is_blocked(URL)


def test_an_address_may_be_blocked_twice(store):
    for _ in range(2):
        with store.transaction():
            store.block([URL])
    assert store.is_blocked(URL)


def test_a_removed_article_is_not_blocked_by_itself(store):
    with store.transaction():
        store.remove(URL)
    assert not store.is_blocked(URL)
