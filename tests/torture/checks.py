"""What must be true of a data folder whose process was killed at any moment."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.answering.answers import AnswerOutcome
from index.archive import Archive
from index.encoding.encoder import Encoder
from index.retrieval.keyword_index import KeywordIndex
from index.storage.store import Store
from tests.torture.stories import number_of, question_of, sentence_of, url_of, version_of
from tests.web.newspaper import Newspaper

OPENED = "The {} near Ellwater will be opened on Friday, the water board of Norwick said."
CLOSED = "The {} near Ellwater stays closed until spring, the water board of Norwick said."
ASKED = 4  # articles that are asked about; all others are looked up by their words
PER_ARTICLE = ("bodies", "forward", "lines", "checksums")  # tables with one row an article


def check_folder(folder: Path, encoder: Encoder, seed: int = 0) -> dict[int, int]:
    """Open a folder, check all of it, and return the version of each article in it by number."""
    with Archive(folder, encoder) as archive:
        check_store(archive._store)
        check_indexes(archive)
        stored = archive.stored_articles()
        assert {one.article.url for one in stored.values()} == set(stored)
        versions = {number_of(url): version_of(one.article) for url, one in stored.items()}
        assert archive.check().is_whole
        check_answers(archive, versions, random.Random(seed))
        return versions


def check_store(store: Store) -> None:
    """SQLite finds the file whole, each article has its rows, no number is used twice, lines are counted rightly."""
    assert store.query("PRAGMA integrity_check") == [("ok",)]
    firsts = [row[0] for row in store.query("SELECT first FROM articles ORDER BY first")]
    for table in PER_ARTICLE:
        rows = [row[0] for row in store.query(f"SELECT first FROM {table} ORDER BY first")]
        assert rows == firsts, f"{table} does not belong to the articles"
    entries = store.entries()
    ends = [0, *(entry.last_sentence for entry in entries)]
    assert all(entry.first_sentence >= end for entry, end in zip(entries, ends, strict=False))
    assert ends[-1] <= store.watermark().next
    removed = store.query("SELECT count(*) FROM articles JOIN removed USING (first)")
    assert removed == [(0,)]
    lines = Counter[tuple[int, int]]()
    for hashes, source_set in store.query("SELECT hashes, source_set FROM lines"):
        lines.update((line, source_set) for line in np.unique(np.frombuffer(hashes, dtype="<i8")).tolist())
    rows = store.query("SELECT line, source_set, articles FROM line_counts")
    assert lines == {(line, source_set): articles for line, source_set, articles in rows}
    sources = store.query("SELECT DISTINCT first FROM sources ORDER BY first")
    assert [row[0] for row in sources] == firsts, "articles without a feed, or feeds of what is gone"


def check_indexes(archive: Archive) -> None:
    """Each index holds exactly what the store holds."""
    store, indexes = archive._store, archive._indexes
    entries, target = store.entries(), store.watermark()
    assert archive.article_table().first_sentence.tolist() == [entry.first_sentence for entry in entries]
    reached = indexes.vectors.watermark  # its `next` stays behind what was removed last
    assert reached.next <= target.next
    assert replace(reached, next=target.next, changes=target.changes) == target
    numbers = [n for entry in entries for n in range(entry.first_sentence, entry.last_sentence)]
    assert len(indexes.vectors) == len(numbers)
    rows = [store.vectors(entry.first_sentence) for entry in entries]
    if rows:
        assert np.array_equal(
            indexes.vectors.vectors_of(np.array(numbers)).astype(np.float16), np.concatenate(rows)
        )
    house = store.in_house(entry.first_sentence for entry in entries)
    for index in (indexes.partitions.house, indexes.partitions.others):
        assert index.watermark == target
        own = [e for e in entries if (e.first_sentence in house) is (index is indexes.partitions.house)]
        expected = [n for entry in own for n in range(entry.first_sentence, entry.last_sentence)]
        assert keyword_numbers(index) == expected


def keyword_numbers(index: KeywordIndex) -> list[int]:
    """Return the numbers of all sentences that a keyword index holds, in order."""
    searcher = index._searcher
    query = index._numbered(0, 1 << 40)
    hits = searcher.search(query, searcher.num_docs + 1).hits
    return sorted(searcher.fast_field_values("number", [address for _, address in hits]))


def check_followed(folder: Path, encoder: Encoder, paper: Newspaper) -> int:
    """What was followed is whole, and a page that counts as stored has its article; return how many there are."""
    with Archive(folder, encoder) as archive:
        check_store(archive._store)
        check_indexes(archive)
        texts = {one.article.url: one.article.text for one in archive.stored_articles().values()}
        for url, article in archive._store.query("SELECT url, article FROM pages WHERE state = 'stored'"):
            assert article in texts, url
        for url, text in texts.items():
            name = url.rsplit("/", 1)[1]
            assert text.startswith((OPENED.format(name), CLOSED.format(name))), text
            assert url == paper.press.url(name)
        return len(texts)


def check_answers(archive: Archive, versions: dict[int, int], chance: random.Random) -> None:
    """Each article is found by its words as it is now; some are asked about."""
    for number, version in versions.items():
        found = archive.find_quote(sentence_of(number, version)).matches
        assert any(match.quote.article.url == url_of(number) for match in found), f"{number} is not found"
    for number in chance.sample(sorted(versions), min(ASKED, len(versions))):
        answer = archive.ask(question_of(number))
        assert answer.outcome is AnswerOutcome.QUOTES, number
        assert any(quote.article.url == url_of(number) for quote in answer.quotes), (
            f"{number} does not answer"
        )
        assert answer.quotes[0].text == sentence_of(number, versions[number])
