from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from index.archive import Archive
from index.articles import ArticleKind, DateSource
from index.ingest.pipeline import IngestOutcome
from tests.index.conftest import BRIDGE, WHEAT, earlier_texts

FIRST, SECOND, THIRD = BRIDGE.text.split("\n")


class CountingEncoder:
    """The bundled encoder, counting what it is given."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.fingerprint, self.dimensions = encoder.fingerprint, encoder.dimensions
        self.texts = []

    def encode(self, texts):
        self.texts += texts
        return self._encoder.encode(texts)


@pytest.fixture
def counting(encoder):
    return CountingEncoder(encoder)


@pytest.fixture
def archive(tmp_path, counting):
    with Archive(tmp_path, counting) as opened:
        opened.add([BRIDGE])
        counting.texts.clear()
        yield opened


def add(archive, article):
    [added] = archive.add([article])
    return added.outcome


def test_an_article_seen_again_unchanged_is_neither_split_nor_encoded(archive, counting, monkeypatch):
    def fail(text):
        raise AssertionError(text)

    monkeypatch.setattr("index.ingest.batches.split_sentences", fail)
    before = archive._store.watermark()
    assert add(archive, BRIDGE) is IngestOutcome.UNCHANGED
    assert counting.texts == []
    assert archive._store.watermark() == before
    assert not archive._store.query("SELECT 1 FROM removed")


def test_a_changed_sentence_is_a_correction_and_the_only_one_encoded(archive, counting):
    changed = SECOND.replace("six weeks", "eight months")
    text = f"{FIRST}\n{changed}\n{THIRD}"
    assert add(archive, replace(BRIDGE, text=text)) is IngestOutcome.REPLACED
    assert counting.texts == [changed]
    assert archive.article(BRIDGE.url).revised is not None
    assert earlier_texts(archive._store, BRIDGE.url) == [BRIDGE.text]
    entry = archive._store.entries()[0]
    vectors = archive._store.vectors(entry.first_sentence)
    fresh = counting.encode([BRIDGE.title, FIRST, changed, THIRD]).astype(np.float16)
    assert np.abs(vectors.astype(np.float32) - fresh.astype(np.float32)).max() < 0.002


@pytest.mark.parametrize(
    "text",
    [
        f"{BRIDGE.text}\nSubscribe now to our newsletter.",
        f"{FIRST}\nAdvertisement\n{SECOND}\n{THIRD}",
        f"{FIRST}\n\n{SECOND}\n\n{THIRD}\nRead more: The ferries of Norwick",
    ],
)
def test_a_changed_notice_or_advertisement_changes_nothing(archive, counting, text):
    assert add(archive, replace(BRIDGE, text=text)) is IngestOutcome.UNCHANGED
    assert counting.texts == []
    assert archive.article(BRIDGE.url) == BRIDGE
    assert earlier_texts(archive._store, BRIDGE.url) == []


@pytest.mark.parametrize(
    "other",
    [
        replace(BRIDGE, title="Bridge in Norwick closed"),
        replace(BRIDGE, author="Jo Berg"),
        replace(BRIDGE, published=BRIDGE.published + timedelta(hours=1)),
        replace(BRIDGE, kind=ArticleKind.VIDEO),
        replace(BRIDGE, text=f"{FIRST}\n{THIRD}\n{SECOND}"),
        replace(BRIDGE, text=BRIDGE.text.replace("Mayor Ada", "mayor  Ada")),
    ],
)
def test_another_headline_mark_or_order_replaces_and_is_no_correction(archive, other):
    assert add(archive, other) is IngestOutcome.REPLACED
    stored = archive.article(BRIDGE.url)
    assert (stored.title, stored.author, stored.text) == (other.title, other.author, other.text)
    assert stored.revised is None
    assert earlier_texts(archive._store, BRIDGE.url) == []


@pytest.mark.parametrize(
    ("old", "new"), [("four", "forty"), ("six weeks", "six.5 weeks"), ("would", "would not")]
)
def test_one_word_or_sign_makes_a_correction(archive, old, new):
    add(archive, replace(BRIDGE, text=BRIDGE.text.replace(old, new)))
    assert archive.article(BRIDGE.url).revised is not None


def test_more_of_what_was_an_excerpt_is_no_correction(archive):
    excerpt = replace(WHEAT, kind=ArticleKind.EXCERPT, text=WHEAT.text.split("\n")[0])
    add(archive, excerpt)
    assert add(archive, WHEAT) is IngestOutcome.REPLACED
    assert archive.article(WHEAT.url).revised is None


def test_an_old_copy_from_a_cache_does_not_undo_a_correction(archive):
    noon = datetime(2024, 11, 2, 12, tzinfo=UTC)
    corrected = replace(BRIDGE, text=f"{FIRST}\n{THIRD}", modified=noon)
    assert add(archive, corrected) is IngestOutcome.REPLACED
    assert add(archive, replace(BRIDGE, modified=noon - timedelta(hours=1))) is IngestOutcome.UNCHANGED
    assert archive.article(BRIDGE.url).text == corrected.text
    assert add(archive, replace(BRIDGE, modified=noon + timedelta(hours=1))) is IngestOutcome.REPLACED


def test_a_page_not_found_twice_in_a_row_is_gone(archive):
    assert archive.count_not_found(BRIDGE.url + "?utm_source=mail") is False
    assert add(archive, BRIDGE) is IngestOutcome.UNCHANGED
    assert archive.count_not_found(BRIDGE.url) is False
    archive.touch(BRIDGE.url)
    assert archive.count_not_found(BRIDGE.url) is False
    assert archive.article(BRIDGE.url) is not None
    assert archive.count_not_found(BRIDGE.url) is True
    assert archive.article(BRIDGE.url) is None
    assert archive.count_not_found(BRIDGE.url) is False
    assert not archive.ask("Why did the harbour bridge in Norwick close?").quotes


TWINS = ["http://wire.example.com/bridge", "https://www.wire.example.com/bridge/"]


@pytest.mark.parametrize("url", TWINS)
def test_the_same_text_under_a_twin_of_its_address_is_the_same_article(archive, counting, url):
    assert add(archive, replace(BRIDGE, url=url)) is IngestOutcome.UNCHANGED
    assert counting.texts == []
    assert archive.stats().articles == 1


@pytest.mark.parametrize("url", TWINS)
def test_a_correction_under_a_twin_replaces_the_article_where_it_is(archive, url):
    longer = f"{BRIDGE.text}\nThe bridge was built in 1911 and has been painted green ever since."
    assert add(archive, replace(BRIDGE, url=url, text=longer)) is IngestOutcome.REPLACED
    assert archive.stats().articles == 1
    assert archive.article(BRIDGE.url).text == longer


def test_another_text_under_a_twin_is_another_article(archive):
    other = replace(WHEAT, url=TWINS[0])
    assert add(archive, other) is IngestOutcome.ADDED
    assert archive.stats().articles == 2
    changed = replace(other, text=f"{other.text}\nThe price of flour will follow, millers said.")
    assert add(archive, changed) is IngestOutcome.REPLACED
    assert archive.article(BRIDGE.url).text == BRIDGE.text


def test_twins_that_come_together_are_one(tmp_path, encoder):
    (tmp_path / "empty").mkdir()
    with Archive(tmp_path / "empty", encoder) as archive:
        results = [one.outcome for one in archive.add([BRIDGE, *(replace(BRIDGE, url=url) for url in TWINS)])]
        assert results == [IngestOutcome.ADDED, IngestOutcome.UNCHANGED, IngestOutcome.UNCHANGED]


@pytest.mark.parametrize("url", TWINS)
def test_an_article_is_removed_and_stays_away_under_each_of_its_addresses(archive, url):
    assert archive.remove(url)
    for address in (BRIDGE.url, *TWINS):
        [found] = archive.add([replace(BRIDGE, url=address)], requested=False)
        assert found.outcome is IngestOutcome.REFUSED
    assert add(archive, BRIDGE) is IngestOutcome.ADDED  # by a person's wish
    assert archive.accepts(url)


def test_a_date_of_a_less_trusted_source_does_not_replace_the_stored_one(archive, counting):
    day = BRIDGE.published.replace(hour=12, minute=0, second=0)
    announced = replace(BRIDGE, published=day + timedelta(hours=3), date_source=DateSource.FEED)
    guessed = replace(BRIDGE, published=day - timedelta(days=9), date_source=DateSource.BYLINE)
    stated = replace(BRIDGE, published=day + timedelta(hours=1), date_source=DateSource.METADATA)
    add(archive, announced)
    assert add(archive, guessed) is IngestOutcome.UNCHANGED
    assert add(archive, replace(guessed, published=None, date_source=None)) is IngestOutcome.UNCHANGED
    assert archive.article(BRIDGE.url) == announced
    assert add(archive, stated) is IngestOutcome.REPLACED
    assert archive.article(BRIDGE.url) == stated
    assert counting.texts == []
