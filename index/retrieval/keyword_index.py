"""tantivy: the word index over sentences and their surroundings. Derived from the store, rebuilt at need."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.storage.records import StoredArticle, Watermark

FORMAT = "1"  # of the fields and the analysis below; another one is rebuilt
MEMORY = 30_000_000  # bytes the writer may hold before it writes a segment
BODY, AROUND = "body", "around"


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which articles may answer: `since` inclusive, `until` exclusive, any outlet when `outlets` is empty."""

    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.outlets)


class KeywordIndex:
    """BM25 over two fields of each sentence: its own words, and those of its title and neighbours too."""

    def __init__(self, folder: Path, store: Watermark) -> None:
        """Open the index in `folder`; start anew when it is missing, damaged, of another format or ahead."""
        self._folder = folder / f"words-{FORMAT}"
        self._schema = _schema()
        try:
            self._open()
            fits = self.watermark.next <= store.next and self.watermark.removals <= store.removals
        except (ValueError, OSError, KeyError):
            fits = False
        if not fits:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._open()

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        self._index.register_tokenizer("news", analyzer())
        self.reload()

    def reload(self) -> None:
        """See what has been committed, by this process or another."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self.watermark = self._read_watermark()

    def writer(self) -> Any:  # noqa: ANN401 - tantivy has no types
        """Return a writer; raises ValueError while another process writes."""
        writer = self._index.writer(heap_size=MEMORY, num_threads=1)
        writer.garbage_collect_files()  # a process that was killed may have left one that stands in our way
        return writer

    def add(self, writer: Any, stored: StoredArticle) -> None:  # noqa: ANN401
        """Add an article's sentences; they are searchable after `commit`."""
        article = stored.article
        texts = [article.text[start:end] for start, end in stored.spans]
        for place, text in enumerate(texts):
            document = tantivy.Document()
            document.add_unsigned("number", stored.first_sentence + place)
            document.add_text(BODY, text)
            document.add_text(AROUND, " \n".join([article.title, *texts[max(0, place - 1) : place + 2]]))
            document.add_text("outlet", article.outlet)
            if article.published:
                document.add_integer("published", int(article.published.timestamp()))
            writer.add_document(document)

    def remove(self, writer: Any, first: int, last: int) -> None:  # noqa: ANN401
        """Remove the sentences numbered from `first` up to `last`."""
        numbers = tantivy.Query.range_query(
            self._schema, "number", tantivy.FieldType.Unsigned, first, last - 1
        )
        writer.delete_documents_by_query(numbers)

    def commit(self, writer: Any, watermark: Watermark) -> None:  # noqa: ANN401
        """Make what was written searchable, together with how far it has come."""
        writer.delete_documents_by_term("kind", "watermark")
        document = tantivy.Document()
        document.add_text("kind", "watermark")
        document.add_text("state", json.dumps(asdict(watermark)))
        writer.add_document(document)
        writer.commit()
        self.reload()

    def deleted_ratio(self) -> float:
        """Return which share of the documents on disk are of sentences that were removed."""
        segments = json.loads((self._folder / "meta.json").read_text("utf-8"))["segments"]
        removed = sum(int((segment["deletes"] or {}).get("num_deleted_docs", 0)) for segment in segments)
        return removed / max(1, sum(int(segment["max_doc"]) for segment in segments))

    def search(
        self, words: Sequence[str], field: str, k: int, narrow: SearchFilter
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return (sentence numbers, BM25 scores) of the `k` best, best first.

        `words` are as `analyze` gives them; `field` is BODY or AROUND.
        """
        query = self._query(words, field, narrow)
        if query is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        searcher = self._searcher  # an address holds in the searcher that gave it; another thread may reload
        hits = searcher.search(query, k, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        return np.array(numbers, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float32)

    def idf(self, word: str, at_least: int = 0) -> float:
        """Return the inverse document frequency of an analysed word, as BM25 has it (Robertson 2009).

        `at_least` counts the index as if it held that many sentences: a small one has seen too little to tell
        which words are common.
        """
        total = max(1, at_least, self._searcher.num_docs)
        found = min(self._searcher.doc_freq(AROUND, word), total)
        return float(np.log1p((total - found + 0.5) / (found + 0.5)))

    def _query(self, words: Sequence[str], field: str, narrow: SearchFilter) -> Any:  # noqa: ANN401
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, word)) for word in set(words)
        ]
        if not terms:
            return None
        query = tantivy.Query.boolean_query(terms)
        for condition in self._conditions(narrow):
            silent = tantivy.Query.const_score_query(condition, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, silent)])
        return query

    def _conditions(self, narrow: SearchFilter) -> list[Any]:
        conditions = []
        if narrow.outlets:
            names = [tantivy.Query.term_query(self._schema, "outlet", name) for name in narrow.outlets]
            conditions.append(tantivy.Query.boolean_query([(tantivy.Occur.Should, name) for name in names]))
        if narrow.since or narrow.until:
            lower = int(narrow.since.timestamp()) if narrow.since else None
            upper = int(narrow.until.timestamp()) - 1 if narrow.until else None
            kind = tantivy.FieldType.Integer
            conditions.append(tantivy.Query.range_query(self._schema, "published", kind, lower, upper))
        return conditions

    def _read_watermark(self) -> Watermark:
        mark = tantivy.Query.term_query(self._schema, "kind", "watermark")
        searcher = self._searcher
        hits = searcher.search(mark, 1).hits
        if not hits:
            return Watermark()
        return Watermark(**json.loads(searcher.doc(hits[0][1])["state"][0]))


def analyzer() -> Any:  # noqa: ANN401
    """Return how text becomes words: letters and digits, lower case, without accents, English stems."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _schema() -> Any:  # noqa: ANN401
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_text_field(BODY, tokenizer_name="news", index_option="freq")
    builder.add_text_field(AROUND, tokenizer_name="news", index_option="freq")
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()
