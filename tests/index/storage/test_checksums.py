from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.articles import ArticleKind, DateSource
from index.storage.checksums import text_checksum, vectors_checksum
from tests.index.conftest import BRIDGE
from tests.index.storage.conftest import VECTORS, put

SPANS = bytes(24)
CHANGES = {
    "url": "https://wire.example.com/other",
    "outlet": "Another",
    "title": "Another",
    "text": BRIDGE.text + ".",
    "author": "Ada Fenn",
    "published": BRIDGE.published + timedelta(seconds=1),
    "language": "de",
    "kind": ArticleKind.EXCERPT,
    "modified": datetime(2024, 11, 2, tzinfo=UTC),
    "image": "https://wire.example.com/image",
    "date_source": DateSource.FEED,
}


@pytest.mark.parametrize("field", CHANGES)
def test_whatever_is_shown_of_an_article_is_in_its_checksum(field):
    assert text_checksum(replace(BRIDGE, **{field: CHANGES[field]}), SPANS) != text_checksum(BRIDGE, SPANS)


def test_where_the_sentences_are_is_in_the_checksum_and_a_correction_is_not():
    assert text_checksum(BRIDGE, bytes(32)) != text_checksum(BRIDGE, SPANS)
    assert text_checksum(replace(BRIDGE, revised=BRIDGE.published), SPANS) == text_checksum(BRIDGE, SPANS)


def test_what_a_database_keeps_in_another_way_is_whole(store):
    odd = replace(BRIDGE, title="The\0bridge", text=BRIDGE.text + "\0")
    put(store, odd)
    kept = store.get(BRIDGE.url).article
    assert kept.text.replace("\ufffd", "\0") == odd.text
    assert len(store.vectors(0)) == 3


def test_text_that_no_encoding_has_does_not_matter():
    assert text_checksum(replace(BRIDGE, text="\ud800"), SPANS) != text_checksum(BRIDGE, SPANS)


def test_checksums_come_and_go_with_their_article(store):
    put(store, BRIDGE)
    [(first, _, vectors)] = store.query("SELECT * FROM checksums")
    assert (first, vectors) == (0, vectors_checksum(VECTORS.astype("<f2").tobytes()))
    with store.transaction():
        store.remove(BRIDGE.url)
    assert store.query("SELECT * FROM checksums") == []
