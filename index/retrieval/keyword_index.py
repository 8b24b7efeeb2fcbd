"""The BM25 index over sentences and their context, kept by tantivy and derived from the store."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from index.arrays import FloatArray, SentenceIds
from index.retrieval.segment_checksums import checksums_hold
from index.storage.records import StoredArticle, Watermark

Hits = tuple[SentenceIds, FloatArray]  # sentences and their scores, (n,) each, best first

SCHEMA_VERSION = "1"  # of the fields and the analysis below; an index of another version is rebuilt
WRITER_BYTES = (
    30_000_000  # that the writer may hold before it writes a segment; judged: tantivy asks for 15 MB
)
MAX_TOKEN_LENGTH = (
    40  # characters, judged: what is longer is no word (tantivy's own default analyzer has 40 too)
)
SENTENCE_FIELD = "body"  # a sentence's own words
CONTEXT_FIELD = "around"  # those of the headline and of the sentences before and after it, too

_TOKENIZER = "news"


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which articles may answer: `since` inclusive, `until` exclusive, any outlet when `outlets` is empty.

    It is true when it narrows a search at all.
    """

    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.outlets)


class KeywordIndex:
    """BM25 (Robertson and Zaragoza 2009) over two fields of each sentence, SENTENCE_FIELD and CONTEXT_FIELD.

    `watermark` says how far into the store the index has come. Any thread may search; one process at a time
    writes.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; start empty when it is missing or damaged."""
        self._folder = folder / f"words-{SCHEMA_VERSION}"
        self._schema = _schema()
        try:
            whole = checksums_hold(self._folder)
            self.open()
        except BaseException as error:
            if not is_damage(error):
                raise
            whole = False
        if not whole:
            shutil.rmtree(self._folder, ignore_errors=True)
            self.open()

    def open(self) -> None:
        """Open the files anew, as after another process has made the index anew. Raise what `is_damage` knows."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        self._index.register_tokenizer(_TOKENIZER, analyzer())
        self.reload()

    def reload(self) -> None:
        """Search from now on what has been committed, by this process or another."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self.watermark = self._read_watermark()

    def writer(self) -> Any:  # noqa: ANN401 - tantivy has no types
        """Return a writer for `add`, `remove` and `commit`. Raise ValueError while another one is open."""
        writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        writer.garbage_collect_files()  # files that a killed process left would make later writes fail
        return writer

    def add(self, writer: Any, stored: StoredArticle) -> None:  # noqa: ANN401
        """Add an article's sentences; they are searchable after `commit`."""
        article = stored.article
        texts = [article.text[start:end] for start, end in stored.spans]
        for place, text in enumerate(texts):
            document = tantivy.Document()
            document.add_unsigned("number", stored.first_sentence + place)
            document.add_text(SENTENCE_FIELD, text)
            context = [article.title, *texts[max(0, place - 1) : place + 2]]
            document.add_text(CONTEXT_FIELD, " \n".join(context))
            document.add_text("outlet", article.outlet)
            if article.published:
                document.add_integer("published", int(article.published.timestamp()))
            writer.add_document(document)

    def clear(self, writer: Any) -> None:  # noqa: ANN401
        """Remove all sentences, as of the next `commit`."""
        writer.delete_all_documents()

    def remove(self, writer: Any, first: int, end: int) -> None:  # noqa: ANN401
        """Remove the sentences numbered from `first` up to but without `end`, as of the next `commit`."""
        numbers = tantivy.Query.range_query(
            self._schema, "number", tantivy.FieldType.Unsigned, first, end - 1
        )
        writer.delete_documents_by_query(numbers)

    def commit(self, writer: Any, watermark: Watermark) -> None:  # noqa: ANN401
        """Commit what was written together with the watermark it brings the index to, and reload."""
        writer.delete_documents_by_term("kind", "watermark")
        document = tantivy.Document()
        document.add_text("kind", "watermark")
        document.add_text("state", json.dumps(asdict(watermark)))
        writer.add_document(document)
        writer.commit()
        self.reload()

    def deleted_ratio(self) -> float:
        """Return the share (0 to 1) of the documents on disk whose sentences were removed."""
        segments = json.loads((self._folder / "meta.json").read_text("utf-8"))["segments"]
        deleted = sum(int((segment["deletes"] or {}).get("num_deleted_docs", 0)) for segment in segments)
        return deleted / max(1, sum(int(segment["max_doc"]) for segment in segments))

    def search(self, terms: Sequence[str], field: str, k: int, filters: SearchFilter) -> Hits:
        """Return the `k` best sentences by BM25, (n,) int64, and their scores, (n,) float32, best first.

        `terms` are stems as `analyzer` makes them; `field` is SENTENCE_FIELD or CONTEXT_FIELD. Scores are
        above 0 and have no upper bound.
        """
        query = self._query(terms, field, filters)
        if query is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        searcher = self._searcher  # addresses are valid in their own searcher only; another thread may reload
        hits = searcher.search(query, k, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        sentences, scores = (
            np.array(numbers, dtype=np.int64),
            np.array([score for score, _ in hits], dtype=np.float32),
        )
        order = np.lexsort(
            (sentences, -scores)
        )  # equal scores come in the order of segments, which is chance
        return sentences[order], scores[order]

    def idf(self, term: str, min_sentences: int = 0) -> float:
        """Return the inverse document frequency of a stem, at least 0 (Robertson and Zaragoza 2009).

        It is ln(1 + (N - n + 0.5) / (n + 0.5)), where n of N sentences have the stem in their context. N
        counts as at least `min_sentences`: a small index has seen too little to tell which words are common.
        """
        total = max(1, min_sentences, self._searcher.num_docs)
        found = min(self._searcher.doc_freq(CONTEXT_FIELD, term), total)
        return float(np.log1p((total - found + 0.5) / (found + 0.5)))

    def _query(self, terms: Sequence[str], field: str, filters: SearchFilter) -> Any:  # noqa: ANN401
        """Return a query for any of the terms within the filters; None without terms."""
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term))
            for term in dict.fromkeys(terms)  # in their order, by which the last digit of a score is rounded
        ]
        if not clauses:
            return None
        query = tantivy.Query.boolean_query(clauses)
        for condition in self._conditions(filters):
            unscored = tantivy.Query.const_score_query(condition, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)])
        return query

    def _conditions(self, filters: SearchFilter) -> list[Any]:
        """Return a query for each condition of the filters."""
        conditions = []
        if filters.outlets:
            names = [tantivy.Query.term_query(self._schema, "outlet", name) for name in filters.outlets]
            conditions.append(tantivy.Query.boolean_query([(tantivy.Occur.Should, name) for name in names]))
        if filters.since or filters.until:
            lower = int(filters.since.timestamp()) if filters.since else None
            upper = int(filters.until.timestamp()) - 1 if filters.until else None
            kind = tantivy.FieldType.Integer
            conditions.append(tantivy.Query.range_query(self._schema, "published", kind, lower, upper))
        return conditions

    def _read_watermark(self) -> Watermark:
        """Return the watermark of the last commit."""
        query = tantivy.Query.term_query(self._schema, "kind", "watermark")
        searcher = self._searcher
        hits = searcher.search(query, 1).hits
        if not hits:
            return Watermark()
        return Watermark(**json.loads(searcher.doc(hits[0][1])["state"][0]))


def is_damage(error: BaseException) -> bool:
    """Return True if an error says that the files cannot be used as they are; tantivy panics over some of them."""
    return isinstance(error, (ValueError, OSError, KeyError)) or type(error).__name__ == "PanicException"


def analyzer() -> Any:  # noqa: ANN401
    """Return the analyzer that turns text into stems.

    Words of letters and digits, in lower case, without accents, by the English stemmer of Snowball (Porter
    2001).
    """
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(MAX_TOKEN_LENGTH))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _schema() -> Any:  # noqa: ANN401
    """Return the fields of a document: a sentence, or the one document that holds the watermark."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_text_field(SENTENCE_FIELD, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field(CONTEXT_FIELD, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()
