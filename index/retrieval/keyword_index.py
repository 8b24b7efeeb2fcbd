"""The BM25 index over sentences and their context, kept by tantivy and derived from the store."""

import json
import shutil
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import tantivy

from index.arrays import FloatArray, SentenceIds
from index.errors import BusyIndex
from index.retrieval.segment_checksums import checksums_hold
from index.retrieval.vectors.snapshot_files import MAX_CHECKED_FIRST
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

STILL_TIMEOUT, STILL_RETRY = (
    30.0,
    0.1,
)  # seconds to wait for another process that writes, and between looks; judged
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


class KeywordSearch(Protocol):
    """What a question asks of a keyword index, or of what a circle sees of several."""

    def search(self, terms: Sequence[str], field: str, k: int, filters: SearchFilter) -> Hits:
        """Return the `k` best sentences, as `KeywordIndex.search` does."""

    def idf(self, term: str, min_sentences: int = 0) -> float:
        """Return the inverse document frequency of a stem, as `KeywordIndex.idf` does."""


@dataclass(frozen=True, slots=True)
class Within:
    """A part of a keyword index: the documents that came from one of `feeds`, and the weights of terms in it.

    `boosts` are what each term's weight in the whole index is multiplied by; a term that has none is searched for as
    it is. `feeds` None is the whole.
    """

    feeds: tuple[int, ...] | None = None
    boosts: Mapping[str, float] = field(default_factory=dict)


WHOLE = Within()


class KeywordIndex:
    """BM25 (Robertson and Zaragoza 2009) over two fields of each sentence, SENTENCE_FIELD and CONTEXT_FIELD.

    `watermark` says how far into the store the index has come. Any thread may search; one process at a time
    writes.
    """

    def __init__(self, folder: Path, *, with_feeds: bool = False) -> None:
        """Open the index in `folder`; start empty when it is missing or damaged.

        One `with_feeds` is another index in the same folder, whose documents know the feeds they came from.
        """
        self._folder = folder / f"words-{'feeds-' if with_feeds else ''}{SCHEMA_VERSION}"
        self._with_feeds = with_feeds
        self._schema = _schema(with_feeds=with_feeds)
        self.unchecked = _size(self._folder) > MAX_CHECKED_FIRST  # its checksums are left for later
        try:
            whole = self.unchecked or checksums_hold(self._folder)
            if whole:
                self.open()
        except BaseException as error:
            if not is_damage(error):
                raise
            whole = False
        if not whole:
            self.begin_anew()

    def begin_anew(self) -> None:
        """Remove all files, and begin with an empty index."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self.unchecked = False
        self.open()

    def is_damaged(self) -> bool:
        """Check the files of a large index, which opening has left for later; return True if they are damaged."""
        unchecked, self.unchecked = self.unchecked, False
        try:
            return unchecked and not checksums_hold(self._folder)
        except (OSError, ValueError, KeyError):
            return True

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
        self._documents = sum(int(segment["max_doc"]) for segment in self._segments())
        self.watermark = self._read_watermark()

    def writer(self) -> Any:  # noqa: ANN401 - tantivy has no types
        """Return a writer for `add`, `remove` and `commit`. Raise ValueError while another one is open."""
        writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        writer.garbage_collect_files()  # files that a killed process left would make later writes fail
        return writer

    @contextmanager
    def still_files(self) -> Iterator[dict[str, Path]]:
        """Yield the files of the index, by folder and name, while nobody may change them.

        Raise BusyIndex when another process is writing them for longer than STILL_TIMEOUT.
        """
        deadline = time.monotonic() + STILL_TIMEOUT
        while True:
            try:
                writer = self.writer()
                break
            except ValueError:
                if time.monotonic() > deadline:
                    raise BusyIndex(
                        "The word index is being written to; wait until the other Verbatim is done."
                    ) from None
                time.sleep(STILL_RETRY)
        try:
            yield {
                f"{self._folder.name}/{path.name}": path
                for path in sorted(self._folder.iterdir())
                if path.is_file() and path.suffix != ".lock"
            }
        finally:
            writer.wait_merging_threads()

    def add(self, writer: Any, stored: StoredArticle, feeds: Collection[int] = ()) -> None:  # noqa: ANN401
        """Add an article's sentences, which came from `feeds`; they are searchable after `commit`."""
        article = stored.article
        texts = [article.text[start:end] for start, end in stored.spans]
        for place, text in enumerate(texts):
            document = tantivy.Document()
            document.add_unsigned("number", stored.first_sentence + place)
            document.add_text(SENTENCE_FIELD, text)
            context = [article.title, *texts[max(0, place - 1) : place + 2]]
            document.add_text(CONTEXT_FIELD, " \n".join(context))
            document.add_text("outlet", article.outlet)
            if self._with_feeds:
                document.add_unsigned("article", stored.first_sentence)
                for feed in feeds:
                    document.add_unsigned("feed", feed)
            if article.published:
                document.add_integer("published", int(article.published.timestamp()))
            writer.add_document(document)

    def clear(self, writer: Any) -> None:  # noqa: ANN401
        """Remove all sentences, as of the next `commit`."""
        writer.delete_all_documents()

    def contains(self, first: int, end: int) -> bool:
        """Return True if a sentence numbered from `first` up to but without `end` can be found."""
        return bool(self._searcher.search(self._numbered(first, end), 1, count=False).hits)

    def remove(self, writer: Any, first: int, end: int) -> None:  # noqa: ANN401
        """Remove the sentences numbered from `first` up to but without `end`, as of the next `commit`."""
        writer.delete_documents_by_query(self._numbered(first, end))

    def _numbered(self, first: int, end: int) -> Any:  # noqa: ANN401
        return tantivy.Query.range_query(self._schema, "number", tantivy.FieldType.Unsigned, first, end - 1)

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
        segments = self._segments()
        deleted = sum(int((segment["deletes"] or {}).get("num_deleted_docs", 0)) for segment in segments)
        return deleted / max(1, sum(int(segment["max_doc"]) for segment in segments))

    def _segments(self) -> list[dict[str, Any]]:
        """Return what is known of the parts of the index on disk."""
        segments: list[dict[str, Any]] = json.loads((self._folder / "meta.json").read_text("utf-8"))[
            "segments"
        ]
        return segments

    def search(
        self, terms: Sequence[str], field: str, k: int, filters: SearchFilter, within: Within = WHOLE
    ) -> Hits:
        """Return the `k` best sentences by BM25, (n,) int64, and their scores, (n,) float32, best first.

        `terms` are stems as `analyzer` makes them; `field` is SENTENCE_FIELD or CONTEXT_FIELD. Scores are
        above 0 and have no upper bound.
        """
        (sentences,), scores = self.values(terms, field, k, filters, within, "number")
        order = np.lexsort(
            (sentences, -scores)
        )  # equal scores come in the order of segments, which is chance
        return sentences[order], scores[order]

    def values(
        self, terms: Sequence[str], field: str, k: int, filters: SearchFilter, within: Within, *names: str
    ) -> tuple[list[SentenceIds], FloatArray]:
        """Return numbers of the `k` best documents, (n,) for each of `names`, and their scores, (n,).

        The names are "number", of the sentence, and "article", of the article's headline, in an index with feeds.
        """
        query = self._query(terms, field, filters, within)
        if query is None:
            return [np.empty(0, np.int64) for _ in names], np.empty(0, np.float32)
        searcher = self._searcher  # addresses are valid in their own searcher only; another thread may reload
        hits = searcher.search(query, k, count=False).hits
        addresses = [address for _, address in hits]
        columns = [np.array(searcher.fast_field_values(name, addresses), dtype=np.int64) for name in names]
        return columns, np.array([score for score, _ in hits], dtype=np.float32)

    def idf(self, term: str, min_sentences: int = 0) -> float:
        """Return the inverse document frequency of a stem, at least 0 (Robertson and Zaragoza 2009).

        It is ln(1 + (N - n + 0.5) / (n + 0.5)), where n of N sentences have the stem in their context. N
        counts as at least `min_sentences`: a small index has seen too little to tell which words are common.
        """
        total = max(1, min_sentences, self.sentences)
        return inverse_document_frequency(total, self.frequency(term, CONTEXT_FIELD))

    @property
    def sentences(self) -> int:
        """Return how many documents can be found."""
        return int(self._searcher.num_docs)

    @property
    def is_empty(self) -> bool:
        """Return True if no sentence can be found; a document beside them is the watermark."""
        return self.sentences <= 1

    @property
    def documents(self) -> int:
        """Return how many documents BM25 takes the index to have: the removed ones too, until they are merged."""
        return self._documents

    def frequency(self, term: str, field: str, feeds: tuple[int, ...] | None = None) -> int:
        """Return how many sentences have a stem in a field: all (as BM25 counts them), or those of some feeds."""
        if feeds is None:
            return int(self._searcher.doc_freq(field, term))
        query = self._query([term], field, SearchFilter(), Within(feeds))
        found: Any = self._searcher.search(query, 1, count=True)
        return int(found.count)

    def _query(self, terms: Sequence[str], field: str, filters: SearchFilter, within: Within) -> Any:  # noqa: ANN401
        """Return a query for any of the terms within the filters; None without terms."""
        clauses = [
            (tantivy.Occur.Should, self._term_query(field, term, within.boosts.get(term, 1.0)))
            for term in dict.fromkeys(terms)  # in their order, by which the last digit of a score is rounded
        ]
        if not clauses:
            return None
        query = tantivy.Query.boolean_query(clauses)
        for condition in self._conditions(filters, within.feeds):
            unscored = tantivy.Query.const_score_query(condition, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)])
        return query

    def _term_query(self, field: str, term: str, boost: float) -> Any:  # noqa: ANN401
        """Return a query for one term."""
        query = tantivy.Query.term_query(self._schema, field, term)
        return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)

    def _conditions(self, filters: SearchFilter, feeds: tuple[int, ...] | None) -> list[Any]:
        """Return a query for each condition of the filters, and one for the feeds."""
        conditions = []
        if feeds is not None:
            of_feeds = [tantivy.Query.term_query(self._schema, "feed", feed) for feed in feeds]
            conditions.append(tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in of_feeds]))
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
        """Return the watermark of the last commit. Raise ValueError for one that was never written so."""
        query = tantivy.Query.term_query(self._schema, "kind", "watermark")
        searcher = self._searcher
        hits = searcher.search(query, 1).hits
        if not hits:
            return Watermark()
        try:
            return Watermark(**json.loads(searcher.doc(hits[0][1])["state"][0]))
        except TypeError as error:
            raise ValueError(f"this is no watermark: {error}") from None


def _size(folder: Path) -> int:
    """Return how many bytes the files in a folder have; 0 where there is none."""
    return sum(path.stat().st_size for path in folder.glob("*.*") if path.is_file())


def is_damage(error: BaseException) -> bool:
    """Return True if an error says that the files cannot be used as they are; tantivy panics over some of them."""
    return isinstance(error, (ValueError, OSError, KeyError)) or type(error).__name__ == "PanicException"


def inverse_document_frequency(total: int, found: int) -> float:
    """Return ln(1 + (N - n + 0.5) / (n + 0.5)) for `found` n of `total` N documents (Robertson and Zaragoza 2009)."""
    found = min(found, total)
    return float(np.log1p((total - found + 0.5) / (found + 0.5)))


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


def _schema(*, with_feeds: bool) -> Any:  # noqa: ANN401
    """Return the fields of a document: a sentence, or the one document that holds the watermark."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_text_field(SENTENCE_FIELD, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field(CONTEXT_FIELD, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    if with_feeds:
        builder.add_unsigned_field("feed", indexed=True)
        builder.add_unsigned_field("article", fast=True)
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()
