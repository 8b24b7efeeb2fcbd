"""The line table: on how many of an outlet's articles each line stands, and which lines are furniture.

What makes a line furniture is its look and how often its outlet repeats it. Its look is judged once, when the
article comes in; the repetitions are counted in the store and read when a question is asked, among the articles that
whoever asks may be answered from. So a line that is repeated later leaves the quotes of earlier articles, one whose
other articles are removed comes back, and the order in which articles came in makes no difference. Nothing is encoded
anew for it.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import BoolArray, ByteArray, IntArray
from index.articles import Article, Span
from index.furniture.line_model import NEVER, bundled_line_model
from index.retrieval.article_table import EVERYTHING, Reach
from index.storage.store import Store

# Lines around a line whose own repetitions are compared with its; judged: furniture stands in shorter blocks.
WINDOW = 9

_WORDS = re.compile(r"[^\W_]+")


def line_hashes(outlet: str, lines: Iterable[str]) -> IntArray:
    """Return a number for each line of an outlet, (n,) int64: letter case and marks do not count."""
    site = hashlib.blake2b(outlet.casefold().encode("utf-8", "replace"), digest_size=8)
    numbers = []
    for line in lines:
        own = site.copy()
        own.update(b"\0" + " ".join(_WORDS.findall(line.casefold())).encode("utf-8", "replace"))
        numbers.append(int.from_bytes(own.digest(), "little", signed=True))
    return np.array(numbers, dtype=np.int64)


def write(store: Store, first_sentence: int, article: Article, spans: Sequence[Span]) -> None:
    """Keep the lines of an article, whose headline has the number `first_sentence` and the first of `spans`.

    To be called inside `store.transaction()`.
    """
    model, lines = bundled_line_model(), spans[1:]
    counts = model.furniture_counts(article, lines)
    hashes = line_hashes(article.outlet, (article.text[start:end] for start, end in lines))
    store.remove_lines(first_sentence)
    store.add_lines(first_sentence, model.form, hashes, counts.tobytes())


def backfill(store: Store) -> None:
    """Keep the lines of articles stored by an earlier version, or judged by another model. Raise BusyIndex."""
    store.backfill(
        "lines",
        lambda first, stored: write(store, first, stored.article, stored.spans),
        bundled_line_model().form,
    )


def furniture_mask(
    store: Store, article_ids: IntArray, sentence_index: IntArray, reach: Reach = EVERYTHING
) -> BoolArray:
    """Return which sentences are furniture, (n,), by their articles' headlines and their places there, (n,) each.

    Repetitions count where `reach` lets a search find them. Furniture is also what is no answer by itself: questions, and headings of parts. A sentence of an article
    without lines in the table is none.
    """
    lines = _Lines.load(store, np.unique(article_ids))
    at = lines.positions(article_ids, sentence_index)
    needed = np.where(at >= 0, lines.needed[at], NEVER) if len(lines.needed) else np.full(len(at), NEVER)
    furniture: BoolArray = needed == 1
    waiting = np.flatnonzero((needed > 1) & (needed < NEVER))
    counted = _article_counts(store, lines.hashes[at[waiting]], reach)
    # The lines around a line are looked up only where its own count would do.
    for place in waiting[counted >= needed[waiting]].tolist():
        around = lines.window(int(at[place]))
        counts = _article_counts(store, lines.hashes[around], reach)
        furniture[place] = isolated_count(counts, int(at[place]) - around.start) >= needed[place]
    return furniture


def isolated_count(counts: IntArray, at: int) -> float:
    """Return on how many articles a line stands, beyond those on which the lines around it stand too.

    `counts`, (n,), are those of the lines around it and, at `at`, its own. A line of a text that is printed again
    as a whole is no furniture for it: 1.
    """
    others = np.delete(counts, at)
    usual = float(np.median(others)) if len(others) else 1.0
    return 1.0 + max(0.0, float(counts[at]) - usual)


def window_of(at: int, count: int) -> slice:
    """Return the WINDOW of lines around the line `at` of an article of `count`, or all if there are fewer."""
    start = max(0, min(at - WINDOW // 2, count - WINDOW))
    return slice(start, min(count, start + WINDOW))


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of several articles side by side: `hashes` and `needed` counts (n,), and where each article's begin."""

    hashes: IntArray
    needed: ByteArray
    starts: dict[int, tuple[int, int]]

    @classmethod
    def load(cls, store: Store, first_sentences: IntArray) -> "_Lines":
        """Read the lines of the articles whose headlines have these numbers."""
        rows = store.query(
            "SELECT first, hashes, needed FROM lines WHERE first IN (SELECT value FROM json_each(?))",
            first_sentences.tolist(),
        )
        starts, start = {}, 0
        for first, _, needed in rows:
            starts[first] = (start, len(needed))
            start += len(needed)
        hashes = np.frombuffer(b"".join(row[1] for row in rows), dtype="<i8")
        return cls(hashes, np.frombuffer(b"".join(row[2] for row in rows), dtype=np.uint8), starts)

    def positions(self, article_ids: IntArray, sentence_index: IntArray) -> IntArray:
        """Return the row of each sentence, (n,), -1 where it has none."""
        unknown = (0, 0)
        found = [self.starts.get(number, unknown) for number in article_ids.tolist()]
        starts, counts = np.array(found, dtype=np.int64).reshape(-1, 2).T
        inside = (sentence_index >= 1) & (sentence_index <= counts)
        return np.where(inside, starts + sentence_index - 1, -1)

    def window(self, at: int) -> slice:
        """Return the rows around a row in the same article."""
        start, count = next(
            (start, count) for start, count in self.starts.values() if start <= at < start + count
        )
        around = window_of(at - start, count)
        return slice(start + around.start, start + around.stop)


def _article_counts(store: Store, hashes: IntArray, reach: Reach) -> IntArray:
    """Return on how many articles within reach each line stands, (n,)."""
    if not len(hashes):
        return np.zeros(0, dtype=np.int64)
    counts = store.line_counts(hashes.tolist(), reach.feeds)
    return np.array([counts.get(line, 0) for line in hashes.tolist()], dtype=np.int64)
