"""The forward index: each sentence's tokens, kept in the store, so that ranking candidates reads no text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import ByteArray, IntArray, NumberArray, TermHashes
from index.retrieval.lexer import SENTENCE_RECORD, TOKEN_RECORD, Lexer
from index.storage.store import Store

FORMAT_VERSION = 2  # of the records; those of another version are made anew by `backfill`


@dataclass(frozen=True, slots=True)
class SentenceTokens:
    """The tokens of n sentences, side by side.

    Sentence i has the tokens from `starts[i]` up to but without `starts[i + 1]`; `starts` is (n + 1,). Of
    each token `term_hashes` and `flags` (see `index.retrieval.lexer`) are (tokens,); of each sentence
    `lengths`, in characters, and `content_kinds`, bits, are (n,). `headline_rows` maps the number of an
    article's headline to its row among the n; the article's other sentences follow.
    """

    headline_rows: dict[int, int]
    starts: IntArray
    term_hashes: TermHashes
    flags: ByteArray
    lengths: NumberArray
    content_kinds: ByteArray

    def __len__(self) -> int:
        return len(self.lengths)

    def tokens_of(self, rows: IntArray) -> tuple[IntArray, IntArray]:
        """Return the positions of some sentences' tokens and the place in `rows` of each, (m,) both."""
        counts = self.starts[rows + 1] - self.starts[rows]
        owner = np.repeat(np.arange(len(rows)), counts)
        before = np.cumsum(counts) - counts
        return np.arange(len(owner)) - before[owner] + self.starts[rows][owner], owner


def write(store: Store, lexer: Lexer, first_sentence: int, sentences: Sequence[str]) -> None:
    """Keep the tokens of an article, whose headline comes first and has the number `first_sentence`.

    To be called inside `store.transaction()`.
    """
    store.execute(
        "INSERT INTO forward VALUES (?, ?, ?, ?) ON CONFLICT (first) DO UPDATE"
        " SET form = excluded.form, sentences = excluded.sentences, words = excluded.words",
        first_sentence,
        FORMAT_VERSION,
        *lexer.analyse(sentences),
    )


def backfill(store: Store) -> None:
    """Keep the tokens of articles stored by an earlier version. Raise BusyIndex as `Store.backfill` does."""
    lexer = Lexer()
    store.backfill(
        "forward", lambda first, stored: write(store, lexer, first, stored.sentences()), FORMAT_VERSION
    )


def count_words(store: Store, first_sentences: Iterable[int]) -> tuple[int, int]:
    """Return how many words the sentences of articles have, and how many with those of their contexts.

    A sentence's context are the headline and the sentences before and after it. Of an article of many sentences the
    last is taken to be as long as the others.
    """
    rows = store.query(
        "SELECT length(words), length(sentences), substr(sentences, 1, 4) FROM forward"
        " WHERE form = ? AND first IN (SELECT value FROM json_each(?))",
        FORMAT_VERSION,
        list(first_sentences),
    )
    own = around = 0
    for size, records, headline in rows:
        sentences = records // SENTENCE_RECORD.itemsize
        of_headline = int.from_bytes(headline, "little")
        body = size // TOKEN_RECORD.itemsize - of_headline
        own += body
        around += sentences * of_headline + 3 * body - body // max(1, sentences - 1)
    return own, around


def load(store: Store, first_sentences: Iterable[int]) -> SentenceTokens:
    """Return the tokens of the articles whose headlines have these numbers; removed ones are left out."""
    rows = store.query(
        "SELECT first, sentences, words FROM forward "
        "WHERE form = ? AND first IN (SELECT value FROM json_each(?))",
        FORMAT_VERSION,
        list(first_sentences),
    )
    sentences = np.frombuffer(b"".join(row[1] for row in rows), SENTENCE_RECORD)
    tokens = np.frombuffer(b"".join(row[2] for row in rows), TOKEN_RECORD)
    counts = np.array([len(row[1]) // SENTENCE_RECORD.itemsize for row in rows], dtype=np.int64)
    headlines = (np.cumsum(counts) - counts).tolist()
    return SentenceTokens(
        headline_rows=dict(zip((row[0] for row in rows), headlines, strict=True)),
        starts=np.concatenate([[0], np.cumsum(sentences["words"], dtype=np.int64)]),
        term_hashes=np.ascontiguousarray(tokens["stem"]),
        flags=np.ascontiguousarray(tokens["marks"]),
        lengths=sentences["length"],
        content_kinds=sentences["holds"],
    )
