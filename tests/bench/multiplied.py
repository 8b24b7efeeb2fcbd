"""An index of many millions of sentences, made of one that is measured anyway: in minutes, and with room to spare.

Articles, texts and words are those of the other index several times over, each time with other numbers of sentences; the
vectors of all but the first time are mixtures of real ones, without a copy in the database, which nobody reads there
beside a snapshot. The words found are numbered as those of the first time.
"""

import json
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np

from index.archive import Archive
from index.arrays import BoolArray, FloatArray, NumberArray
from index.encoding.encoder import Encoder
from index.retrieval.keyword_index import KeywordIndex
from index.retrieval.quantized_vectors import CHUNK_ROWS, Precision, QuantizedVectors
from index.retrieval.vector_index import VectorIndex
from index.retrieval.vectors import merging
from index.retrieval.vectors.segment import Segment
from index.storage.places import NEWS_FILE
from index.storage.store import Store
from tests.bench.built import Built, mixing
from tests.bench.corpus import Corpus, Mixing

_SHIFTED = {
    "articles": ("first", "last", "story"),
    "bodies": ("first",),
    "forward": ("first",),
    "lines": ("first",),
    "checksums": ("first",),
    "source_rows": ("first",),
}
_SEED = 11


def multiplied(one: Built, times: int, folder: Path, corpus: Corpus, encoder: Encoder) -> Built:
    """Make an index in `folder` of `one`, so many times; its vectors are searched from end to end as yet."""
    shutil.copytree(one.folder, folder)
    with Archive(folder, encoder):
        pass  # brought to the tables of today
    with closing(Store(folder / NEWS_FILE)) as store:
        before = store.watermark()
    _multiply_articles(folder / NEWS_FILE, times, before.next)
    _multiply_words(folder, times)
    after = replace(before, next=before.next * times)
    words = KeywordIndex(folder)
    writer = words.writer()
    words.commit(writer, after)
    writer.wait_merging_threads()
    index = VectorIndex(folder / "vectors", encoder.fingerprint, encoder.dimensions)
    index.load(before)
    made = _Made(mixing(encoder, corpus), before.next * (times - 1))
    _append(index, made)
    index.watermark = replace(after, removals=index.watermark.removals)
    with patch.object(merging, "MANY_ROWS", before.next * times + 1):
        index.save()
    sentences = one.sentences * times
    return Built(folder, sentences, sentences - one.sentences + one.made_up)


def _multiply_articles(database: Path, times: int, shift: int) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as opened:
        opened.execute("PRAGMA synchronous = OFF")
        [most] = opened.execute("SELECT max(id) FROM articles").fetchone()
        opened.execute("BEGIN")
        for table, shifted in _SHIFTED.items():
            columns = [row[1] for row in opened.execute(f"PRAGMA table_info({table})")]
            for number in range(1, times):
                added = {name: f"{name} + {number * shift}" for name in shifted}
                if table == "articles":
                    added |= {"id": f"id + {number * most}", "url": f"url || '#{number}'"}
                if table == "bodies":
                    added["vectors"] = "x''"
                values = ", ".join(added.get(name, name) for name in columns)
                opened.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE first < {shift}")
        opened.execute("UPDATE meta SET value = ? WHERE key = 'next'", (str(times * shift),))
        opened.execute("COMMIT")


def _multiply_words(folder: Path, times: int) -> None:
    """Enter copies of the segments of tantivy's index, under other names, into its list of them."""
    [words] = folder.glob("words-[0-9]*")
    listed = json.loads((words / "meta.json").read_text("utf-8"))
    managed = json.loads((words / ".managed.json").read_text("utf-8"))
    for segment in list(listed["segments"]):
        old = segment["segment_id"].replace("-", "")
        for _ in range(times - 1):
            new = uuid.uuid4()
            for path in words.glob(f"{old}.*"):
                target = words / path.name.replace(old, new.hex)
                shutil.copyfile(path, target)
                managed.append(target.name)
            listed["segments"].append({**segment, "segment_id": str(new)})
    (words / "meta.json").write_text(json.dumps(listed), "utf-8")
    (words / ".managed.json").write_text(json.dumps(managed), "utf-8")


@dataclass(frozen=True, slots=True)
class _Made:
    """So many mixtures, the same each time they are made."""

    mixing: Mixing
    many: int

    def chunks(self) -> Iterator[FloatArray]:
        dice = np.random.default_rng(_SEED)
        for start in range(0, self.many, CHUNK_ROWS):
            made = self.mixing.mixed(min(CHUNK_ROWS, self.many - start), dice)
            yield made.astype(np.float16).astype(np.float32)  # as the store has them


class _MadeVectors(QuantizedVectors):
    """Stands in for vectors of a segment while they are written; they are nowhere else."""

    made: _Made

    def alive_rows(self, alive: BoolArray) -> Iterator[NumberArray]:
        for chunk in self.made.chunks():
            if self.precision is Precision.FP16:
                yield chunk.astype(np.float16)
            else:
                yield Precision.INT8.codes(chunk.astype(np.float16), Precision.FP16)


def _append(index: VectorIndex, made: _Made) -> None:
    """Put made vectors behind those of an index, to be saved and not to be searched."""
    parts = []
    for precision in (Precision.FP16, Precision.INT8):
        part = _MadeVectors.empty(precision, index.dimensions)
        part.made = made
        parts.append(part)
    numbers = np.arange(index.watermark.next, index.watermark.next + made.many)
    index._segments[-1] = Segment(*parts, numbers, np.ones(len(numbers), np.bool_))
