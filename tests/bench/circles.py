"""What it costs that a server sees its own feeds beside the house's, and whether it finds all of its own."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index.archive import Archive
from index.encoding.encoder import Encoder
from index.query.question import parse_question
from index.storage.places import NEWS_FILE
from index.storage.records import StoredArticle
from index.storage.store import Store
from tests.bench.built import Built, Place
from tests.bench.clock import Row, median, seconds
from tests.bench.corpus import Corpus

SLOWER, RECALL = 1.3, 0.99
NOW = datetime(2024, 1, 1, tzinfo=UTC)
SERVER, OTHER = "guild:1", "guild:2"
_OWN = 10  # articles that the server's own feed brought
_ROUNDS, _FOUND, _WARM = 3, 20, 5


def with_circles(built: Built, corpus: Corpus, encoder: Encoder, place: Place) -> Iterator[Row]:
    """Give ten articles to a server's feed: time its questions, and find its articles among all others'."""
    with place.copy(built) as copy:
        own = _give_ten_away(copy.folder)
        with Archive(copy.folder, encoder) as archive:
            everything, server = _times(archive, corpus)
            yield Row(
                f"answer on a server with {len(own)} articles of its own, {built.size}, median",
                median(server),
                "ms",
                median(everything),
                SLOWER,
                note="against the same without circles",
            )
        _give_the_others_away(copy.folder)
        with (
            Archive(copy.folder, encoder) as archive,
            TemporaryDirectory(dir=place.folder) as folder,
            Archive(Path(folder), encoder) as alone,
        ):
            alone.add([one.article for one in own])
            yield Row(
                f"recall@{_FOUND} of a server's {len(own)} articles, {built.size}",
                _recall(archive, alone, own),
                "",
                limit=RECALL,
                at_least=True,
                note="against an index of them alone",
            )


def _give_ten_away(folder: Path) -> list[StoredArticle]:
    """Let ten real articles be of a server's feed; return them."""
    store = Store(folder / NEWS_FILE)
    real = [row[0] for row in store.query("SELECT first FROM articles ORDER BY first LIMIT 2000")]
    drawn = random.Random(7).sample(real, min(_OWN, len(real) // 2))
    _give(store, drawn, 1, SERVER)
    own = list(store.get_many(drawn).values())
    store.close()
    return own


def _give_the_others_away(folder: Path) -> None:
    """Let every article of the house be of another server's feed."""
    store = Store(folder / NEWS_FILE)
    house = "SELECT first FROM articles WHERE first NOT IN (SELECT first FROM sources WHERE feed = 1)"
    _give(store, [row[0] for row in store.query(house)], 2, OTHER)
    store.close()


def _give(store: Store, firsts: Sequence[int], feed: int, circle: str) -> None:
    """Let articles be of a feed, and the feed of a circle, and of nobody else."""
    with store.transaction():
        store.execute(
            "INSERT INTO feeds (id, url, added, added_by, inside, due) VALUES (?, ?, 0, 'bench', 0, 0)",
            feed,
            f"https://feed-{feed}.example/",
        )
        store.join_circle(feed, circle)
        store.execute_many("DELETE FROM source_rows WHERE first = ?", [(first,) for first in firsts])
        rows = [(first, feed) for first in firsts]
        store.execute_many("INSERT INTO source_rows (first, feed) VALUES (?, ?)", rows)
        store.execute_many("INSERT OR IGNORE INTO regrouped (first) VALUES (?)", [(one,) for one in firsts])


def _times(archive: Archive, corpus: Corpus) -> tuple[list[float], list[float]]:
    """Ask every question some times in turns, without circles and as the server does."""
    times: tuple[list[float], list[float]] = ([], [])
    for number, (text, now) in enumerate([*corpus.questions[:_WARM], *(corpus.questions * _ROUNDS)]):
        for taken, circle in zip(times, (None, SERVER), strict=True):
            taken += [seconds(partial(archive.ask, text, now=now, circle=circle))][: number >= _WARM]
    return times


def _recall(archive: Archive, alone: Archive, own: Sequence[StoredArticle]) -> float:
    """Return the share of what an index of the server's articles alone finds first that is found among all others'."""
    asked = [stored.article.title for stored in own] + [stored.sentences()[-1] for stored in own]
    shares = []
    for text in asked:
        wanted = _first_found(alone, text, None)
        shares.append(len(wanted & _first_found(archive, text, SERVER)) / len(wanted))
    return float(np.mean(shares))


def _first_found(archive: Archive, text: str, circle: str | None) -> set[tuple[str, int]]:
    """Return address and number of the sentences that a search finds first."""
    found = archive.retriever.retrieve(parse_question(text[:300], now=NOW), archive.article_table(circle))
    order = np.argsort(-found.candidates.fused_score, kind="stable")[:_FOUND].tolist()
    return {(found.article_of(at).article.url, int(found.candidates.sentence_index[at])) for at in order}
