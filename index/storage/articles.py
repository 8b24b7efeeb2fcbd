"""The tables of articles: texts, sentence spans and vectors, what was removed, what was corrected."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from index.articles import Article, ArticleKind, DateSource, Span
from index.storage.checksums import ChecksumsMixin, text_checksum, vectors_checksum
from index.storage.circles import VISIBLE_FIRSTS
from index.storage.engine import NO_LIMIT, Row
from index.storage.lines import LinesMixin
from index.storage.records import (
    Float16Vectors,
    StoredArticle,
    StoredEntry,
    Watermark,
    from_timestamp,
    to_timestamp,
)
from index.urls import url_aliases

BACKFILL_BATCH = 200  # articles a transaction; judged: other writers wait for each transaction
KEPT_VECTORS_KEY = (
    "kept_vectors"  # of `meta`: how many of each article a copy has, the first ones; absent: all
)
MAX_REVISIONS = 5  # earlier texts that are kept of one article; judged: bounds what a live blog takes


class ArticlesMixin(LinesMixin, ChecksumsMixin):
    """The part of the store that reads and writes articles."""

    def backfill(
        self, table: str, keep: Callable[[int, StoredArticle], None], form: object | None = None
    ) -> None:
        """Call `keep` with the articles that a table derived from them lacks, or has in another `form` than this.

        They come by their first sentences, BACKFILL_BATCH a transaction. Raise BusyIndex as `transaction` does.
        """
        of_form, values = ("", ()) if form is None else (" WHERE form = ?", (form,))
        rows = self.query(
            f"SELECT first FROM articles WHERE first NOT IN (SELECT first FROM {table}{of_form})", *values
        )
        firsts = [row[0] for row in rows]
        for start in range(0, len(firsts), BACKFILL_BATCH):
            with self.transaction():
                for first, stored in self.get_many(firsts[start : start + BACKFILL_BATCH]).items():
                    keep(first, stored)

    def touch(self, url: str, digest: str = "") -> bool:
        """Record that the article under `url` was found; return True if its `digest` is the stored one."""
        row = self._row("SELECT digest, missing FROM articles WHERE url = ?", url)
        if row and row[1]:
            with self.transaction():
                self.execute("UPDATE articles SET missing = 0 WHERE url = ?", url)
        return row is not None and row[0] == digest

    def set_digest(self, url: str, digest: str) -> None:
        """Set the digest of the article under `url`, whose page changed while its text did not."""
        with self.transaction():
            self.execute("UPDATE articles SET digest = ? WHERE url = ?", digest, url)

    def count_not_found(self, url: str) -> int:
        """Count that the article under `url` was not found; return how often in a row, 0 without article."""
        with self.transaction():
            row = self._row("UPDATE articles SET missing = missing + 1 WHERE url = ? RETURNING missing", url)
        return row[0] if row else 0

    def upsert(
        self, article: Article, spans: Sequence[Span], vectors: Float16Vectors, *, corrected: bool = True
    ) -> bool:
        """Store an article in place of what its address held; return True if it replaced something.

        `vectors` is (len(spans), d), float16. With `corrected` a replacement is dated as a correction and the
        text it replaced is kept; without, the article keeps the date of its last one. The feeds it came from stay
        known. Call it inside `transaction()`.
        """
        now = int(datetime.now(UTC).timestamp())
        old = self.get(article.url)
        if old and corrected:
            self._keep_revision(old.article, now)
            revised: int | None = now
        else:
            revised = to_timestamp(article.revised or (old.article.revised if old else None))
        first = self.watermark().next
        last = first + len(spans)
        self.execute(
            "DELETE FROM source_rows WHERE first = ?", first
        )  # what a disk has changed to this number
        self.execute(  # those of a damaged article too
            "INSERT INTO source_rows (first, feed) SELECT ?, feed FROM sources JOIN articles USING (first) WHERE url = ?",
            *(first, article.url),
        )
        self._delete(article.url)
        self.execute(
            "INSERT INTO articles (url, digest, outlet, title, author, published, language, revised, added,"
            " first, last, kind, modified, image, date_source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(article.url, article.digest, article.outlet, article.title, article.author),
            *(to_timestamp(article.published), article.language, revised),
            *(to_timestamp(old.added) if old else now, first, last),
            *(article.kind, to_timestamp(article.modified), article.image, article.date_source),
        )
        places, rows = np.array(spans, dtype="<i4").tobytes(), vectors.astype("<f2").tobytes()
        self.execute(
            "INSERT INTO bodies (first, text, spans, vectors) VALUES (?, ?, ?, ?)",
            *(first, article.text, places, rows),
        )
        self.add_checksums(first, text_checksum(article, places), vectors_checksum(rows))
        self.set_next_sentence(last)
        return old is not None

    def remove(self, url: str) -> bool:
        """Remove the article under `url` and its earlier texts; return True if there was one.

        Call it inside `transaction()`.
        """
        self.execute("DELETE FROM revisions WHERE url = ?", url)
        return self._delete(url)

    def watermark(self) -> Watermark:
        """Return how far the store itself has come, which is where every derived index has to get."""
        [(following, removals, changes, history)] = self.query(
            "SELECT (SELECT value FROM meta WHERE key = 'next'), (SELECT max(sequence) FROM removed),"
            " (SELECT max(sequence) FROM regrouped), (SELECT value FROM meta WHERE key = 'history')"
        )
        return Watermark(int(following or 0), removals or 0, history or "", changes or 0)

    def entries(self, from_sentence: int = 0) -> list[StoredEntry]:
        """Return every article whose sentences are numbered from `from_sentence` on, in their order."""
        return list(map(StoredEntry._make, self.entry_rows(from_sentence, NO_LIMIT)))

    def entry_rows(self, from_sentence: int, below: int) -> list[Row]:
        """Return the fields of `entries` of articles below `below`: a bot reads millions of sentences' at its start."""
        return self.query(
            "SELECT first, last, published, outlet FROM articles WHERE first >= ? AND first < ? ORDER BY first",
            *(from_sentence, below),
        )

    def entries_of(self, first_sentences: Iterable[int]) -> list[StoredEntry]:
        """Return the articles whose sentences start at these numbers, in their order; those gone are left out."""
        rows = self.query(
            "SELECT first, last, published, outlet FROM articles"
            " WHERE first IN (SELECT value FROM json_each(?)) ORDER BY first",
            list(first_sentences),
        )
        return list(map(StoredEntry._make, rows))

    def removals(self, after: int = 0) -> list[Row]:
        """Return (sequence, first, last) of every removal after the one numbered `after`.

        The sentences numbered from `first` up to, not including, `last` were removed.
        """
        return self.query(
            "SELECT sequence, first, last FROM removed WHERE sequence > ? ORDER BY sequence", after
        )

    def vectors(self, first_sentence: int) -> Float16Vectors:
        """Return the vectors, (sentences, d), of the article that starts there; (0, 0) when gone or damaged."""
        row = self._row(
            "SELECT bodies.vectors, length(spans) / 8, checksums.vectors, (SELECT value FROM meta WHERE key = ?)"
            " FROM bodies LEFT JOIN checksums USING (first) WHERE first = ?",
            *(KEPT_VECTORS_KEY, first_sentence),
        )
        if row is None or not row[1] or row[2] not in (None, vectors_checksum(row[0])):
            return np.empty((0, 0), dtype=np.float16)
        return np.frombuffer(row[0], dtype="<f2").reshape(min(row[1], int(row[3] or row[1])), -1)

    def get_many(self, first_sentences: Iterable[int]) -> dict[int, StoredArticle]:
        """Return the articles whose sentences start at these numbers, by number; without those gone or damaged."""
        rows = self.query(
            "SELECT first, added, story, spans, checksums.text, url, outlet, title, bodies.text, author, published,"
            " language, revised, kind, modified, image, date_source"
            " FROM articles JOIN bodies USING (first) LEFT JOIN checksums USING (first)"
            " WHERE first IN (SELECT value FROM json_each(?))",
            list(first_sentences),
        )
        stored = ((row[0], _stored_article(*row)) for row in rows)
        return {first: article for first, article in stored if article is not None}

    def get(self, url: str) -> StoredArticle | None:
        """Return the article stored under `url`; None when there is none."""
        row = self._row("SELECT first FROM articles WHERE url = ?", url)
        return self.get_many([row[0]]).get(row[0]) if row else None

    def get_any_alias(self, url: str) -> list[StoredArticle]:
        """Return the article under `url`, or where there is none those under its aliases."""
        return [stored for known in self.known_urls(url) if (stored := self.get(known))]

    def known_urls(self, url: str) -> list[str]:
        """Return `url` if there is an article under it, damaged or not, else those of its aliases under which one is."""
        found = "SELECT url FROM articles WHERE url IN (SELECT value FROM json_each(?)) ORDER BY first"
        urls = [row[0] for row in self.query(found, [url, *url_aliases(url)])]
        return [url] if url in urls else urls

    def outlets(self, circle: str | None = None) -> list[Row]:
        """Return (name, articles, oldest, newest) of every outlet, those with most articles first.

        They are those of the articles that a circle sees, None for all. `oldest` and `newest` are times of
        publication in seconds since 1970, or None.
        """
        seen = "" if circle is None else f"WHERE first IN ({VISIBLE_FIRSTS})"
        return self.query(
            f"SELECT outlet, count(*), min(published), max(published) FROM articles {seen}"
            " GROUP BY outlet ORDER BY count(*) DESC, outlet",
            *(() if circle is None else (circle,)),
        )

    def last_change(self) -> int | None:
        """Return when an article last came in or was corrected, in seconds since 1970; None without any."""
        row = self._row("SELECT max(CASE WHEN revised > added THEN revised ELSE added END) FROM articles")
        return row[0] if row else None

    def _delete(self, url: str) -> bool:
        """Delete the article under `url`, and record that its sentence numbers are void."""
        row = self._row("DELETE FROM articles WHERE url = ? RETURNING first, last", url)
        if row is None:
            return False
        self.execute("DELETE FROM bodies WHERE first = ?", row[0])
        self.execute("DELETE FROM forward WHERE first = ?", row[0])
        self.execute("DELETE FROM checksums WHERE first = ?", row[0])
        self.remove_lines(row[0])
        self.execute("DELETE FROM source_rows WHERE first = ?", row[0])
        self.execute("INSERT INTO removed (first, last) VALUES (?, ?)", *row)
        return True

    def _keep_revision(self, article: Article, now: int) -> None:
        """Keep the text of an article that is about to be replaced, and at most MAX_REVISIONS of the same."""
        text = zlib.compress(article.text.encode("utf-8"))
        self.execute(
            "INSERT INTO revisions VALUES (?, ?, ?, ?)"
            " ON CONFLICT (url, replaced) DO UPDATE SET title = excluded.title, text = excluded.text",
            *(article.url, now, article.title, text),
        )
        self.execute(
            "DELETE FROM revisions WHERE url = ? AND replaced NOT IN"
            " (SELECT replaced FROM revisions WHERE url = ? ORDER BY replaced DESC LIMIT ?)",
            *(article.url, article.url, MAX_REVISIONS),
        )


def _stored_article(
    first: int,
    added: int,
    cluster_id: int | None,
    spans: bytes,
    checksum: int | None,
    *columns: Any,  # noqa: ANN401
) -> StoredArticle | None:
    """Make an article of a row of `get_many`; return None when it does not have its checksum."""
    try:
        article = _article(*columns)
    except (ValueError, OverflowError, OSError):  # a kind or a time that there is not
        return None
    if checksum not in (None, text_checksum(article, spans)):
        return None
    pairs = np.frombuffer(spans, dtype="<i4").reshape(-1, 2).tolist()
    return StoredArticle(
        article, first, tuple(map(Span._make, pairs)), datetime.fromtimestamp(added, UTC), cluster_id
    )


def _article(*columns: Any) -> Article:  # noqa: ANN401
    """Make an article of its columns. Raise ValueError or OverflowError when they were never written so."""
    url, outlet, title, text, author, published, language, revised, kind, modified, image, source = columns
    return Article(
        url,
        outlet,
        title,
        text,
        author,
        from_timestamp(published),
        language,
        from_timestamp(revised),
        ArticleKind(kind),
        from_timestamp(modified),
        image,
        DateSource(source) if source else None,
    )
