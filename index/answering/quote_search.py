"""Search for a quotation: the sentences that hold its words, exactly or nearly, and who says them there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from index.answering.answers import Quote, QuoteMatch, QuoteSearchResult
from index.answering.quote_alignment import (
    Alignment,
    ClaimedQuote,
    QuotedWord,
    align,
    parse_claimed_quote,
    quote_words,
    segments,
)
from index.answering.readable_sentences import readable_sentences
from index.arrays import SentenceIds
from index.articles import Article, Span
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.encoding.encoder import Encoder
from index.errors import BadQuestion
from index.query.question import check_length
from index.retrieval.article_table import ArticleTable
from index.retrieval.index_set import IndexSet
from index.retrieval.keyword_index import SENTENCE_FIELD, SearchFilter
from index.retrieval.query_terms import QueryAnalyzer
from index.storage.records import StoredArticle
from index.storage.store import Store
from index.text.context_dependence import dateline_end

MIN_WORDS = 3  # of a quotation; judged: fewer are found anywhere
KEYWORD_HITS, VECTOR_HITS = 60, 40  # sentences that each of the two searches adds; judged
MAX_SCANNED = (
    2000  # newest articles that are read for a quotation of a few words; judged: a fifth of a second
)
MAX_ALIGNED = 24  # passages that are compared word by word; judged
MIN_NEIGHBOURS = 2  # sentences read on each side of a hit, even when fewer could hold the words; judged
MIN_SIMILARITY = 0.75  # of a match; measured on reworded and unrelated sentences
SHORT_QUOTATION = 8  # words up to which MIN_SHORT_SIMILARITY holds; judged
MIN_SHORT_SIMILARITY = 0.8  # of a match for few words, which say little by themselves; judged
MAX_MATCHES = 5  # shown; judged


class _Sentences(NamedTuple):
    """An article's sentences in order: those that can be quoted, and the short ones among them."""

    article: Article
    first_sentence: int
    spans: tuple[Span, ...]
    quotable: tuple[Span, ...]

    def place(self, index: int) -> int:
        """Return where sentence `index` of the stored article, of which the headline is 0, stands in `spans`."""
        return self.spans.index(self.quotable[max(index, 1) - 1])


def _sentences_of(stored: StoredArticle) -> _Sentences:
    quotable = tuple(stored.spans[1:])
    spans = tuple(readable_sentences(stored.article.text, quotable))
    return _Sentences(stored.article, stored.first_sentence, spans, quotable)


class QuoteSearch:
    """Searches for quotations in a store and the indexes derived from it."""

    def __init__(self, encoder: Encoder, store: Store, indexes: IndexSet) -> None:
        self._encoder = encoder
        self._store = store
        self._indexes = indexes
        self._analyzer = QueryAnalyzer()

    def search(self, words: str, outlets: Sequence[str] = (), circle: str | None = None) -> QuoteSearchResult:
        """Return the best matches of a quotation among a circle's articles (None: all) of `outlets` (empty: all).

        Where some match exactly only those are returned. Raise BadQuestion for too few or too many words.
        """
        claim = _parse(words)
        table = self._indexes.table(circle)
        filters = SearchFilter(outlets=tuple(outlets))
        matching = table.matching(filters)
        matches = list(self._matches(claim, table, self._sentences(claim, table, filters)))
        if not any(match.exact for match in matches) and len(claim.words) <= SHORT_QUOTATION:
            matches += self._short_matches(claim, table.first_sentence[matching])
        if exact := [match for match in matches if match.exact]:
            matches = exact
        matches.sort(key=lambda match: (-round(match.similarity, 2), _published(match.quote.article)))
        return QuoteSearchResult(
            words,
            tuple(_merge_duplicates(matches))[:MAX_MATCHES],
            int(matching.sum()),
            table.newest(matching),
            tuple(outlets),
        )

    def _sentences(self, claim: ClaimedQuote, table: ArticleTable, filters: SearchFilter) -> list[int]:
        """Return the numbers of sentences that share words or meaning with the quotation."""
        text = " ".join(word.form for word in claim.words)
        found, _ = self._indexes.partitions.seen(table.reach).search(
            self._analyzer.stems(text), SENTENCE_FIELD, KEYWORD_HITS, filters
        )
        query = self._encoder.encode([claim.text])[0]
        near = self._indexes.vectors.search(query, VECTOR_HITS, table.allowed(filters))
        return list(dict.fromkeys([*found.tolist(), *near.tolist()]))

    def _matches(
        self, claim: ClaimedQuote, table: ArticleTable, sentences: list[int]
    ) -> Iterator[QuoteMatch]:
        """Align the most promising passages; yield the best match of each article, those similar enough."""
        rows = table.rows_of(np.array(sentences, dtype=np.int64)).tolist()
        firsts = [int(table.first_sentence[row]) if row >= 0 else -1 for row in rows]
        stored = self._store.get_many({first for first in firsts if first >= 0})
        passages = _prefilter(
            claim,
            [
                (stored[first], number - first)
                for first, number in zip(firsts, sentences, strict=True)
                if first in stored
            ],
        )
        yield from _best_matches(claim, passages)

    def _short_matches(self, claim: ClaimedQuote, firsts: SentenceIds) -> list[QuoteMatch]:
        """Return the exact matches in the newest articles of which the keyword index does not know all words.

        It holds no sentence that is too short to be quoted. `firsts` are the articles' first sentences, in order.
        """
        stored = self._store.get_many(firsts[-MAX_SCANNED:].tolist())
        passages = [passage for one in stored.values() for passage in _short_passages(claim, one)]
        return [match for match in _best_matches(claim, passages) if match.exact]


def _best_matches(
    claim: ClaimedQuote, passages: Iterable[tuple[_Sentences, list[QuotedWord]]]
) -> Iterator[QuoteMatch]:
    """Align the passages; yield the best match of each article, those similar enough."""
    best: dict[int, QuoteMatch] = {}
    for article, words in passages:
        found = align(claim, words)
        if found is None or not _is_similar(claim, found):
            continue
        match = _match(claim, article, words, found)
        known = best.get(article.first_sentence)
        if known is None or match.similarity > known.similarity:
            best[article.first_sentence] = match
    yield from best.values()


def _parse(text: str) -> ClaimedQuote:
    """Return the parsed quotation. Raise BadQuestion when it is too long or has too few words."""
    check_length(text, "These words have", "Give the sentence alone.", "quotation-long")
    claim = parse_claimed_quote(text)
    if len(claim.words) < MIN_WORDS:
        raise BadQuestion(
            f"Give at least {MIN_WORDS} words of what was said, as it was passed on.",
            "quotation-short",
            least=MIN_WORDS,
        )
    return claim


def _prefilter(
    claim: ClaimedQuote, hits: Iterable[tuple[StoredArticle, int]]
) -> list[tuple[_Sentences, list[QuotedWord]]]:
    """Return the passages around the hits (article, sentence) with the most words in common, each passage once.

    A passage that has fewer than half of the words is left out.
    """
    claimed = Counter(word.form for word in claim.words)
    found: dict[tuple[int, int], tuple[int, _Sentences, list[QuotedWord]]] = {}
    known: dict[int, _Sentences] = {}
    for article, index in hits:
        first = article.first_sentence
        stored = known[first] if first in known else known.setdefault(first, _sentences_of(article))
        words = _passage(claim, stored, stored.place(index))
        if not words:
            continue
        common = sum((claimed & Counter(word.form for word in words)).values())
        found.setdefault((stored.first_sentence, words[0].sentence), (common, stored, words))
    best = sorted(found.values(), key=lambda entry: -entry[0])[:MAX_ALIGNED]
    return [(stored, words) for common, stored, words in best if common * 2 >= len(claim.words)]


def _short_passages(
    claim: ClaimedQuote, article: StoredArticle
) -> Iterator[tuple[_Sentences, list[QuotedWord]]]:
    """Yield the words around each sentence of an article that is too short to be quoted and has one of the claimed."""
    text = article.article.text.casefold()
    if not all(word.form in text for word in claim.words if word.form.isalnum()):
        return
    stored, claimed = _sentences_of(article), {word.form for word in claim.words}
    for index, span in enumerate(stored.spans):
        if span not in stored.quotable and any(
            word.form in claimed for word in quote_words(article.article.text, *span)
        ):
            yield stored, _passage(claim, stored, index)


def _passage(claim: ClaimedQuote, stored: _Sentences, index: int) -> list[QuotedWord]:
    """Return the words of a sentence and of enough sentences around it to hold the claimed ones."""
    text, spans = stored.article.text, stored.spans
    words = {index: quote_words(text, *spans[index], index)}
    enough = 2 * len(claim.words)
    for step in (-1, 1):
        read = 0
        for distance in range(1, len(spans)):
            at = index + step * distance
            if not 0 <= at < len(spans) or (distance > MIN_NEIGHBOURS and read > enough):
                break
            words[at] = quote_words(text, *spans[at], at)
            read += len(words[at])
    return [word for at in sorted(words) for word in words[at]]


def _is_similar(claim: ClaimedQuote, found: Alignment) -> bool:
    """Return True if an alignment is similar enough to be a match."""
    is_short = len(claim.words) <= SHORT_QUOTATION
    return found.similarity >= (MIN_SHORT_SIMILARITY if is_short else MIN_SIMILARITY)


def _match(claim: ClaimedQuote, stored: _Sentences, words: list[QuotedWord], found: Alignment) -> QuoteMatch:
    """Return the match whose quote is the whole sentences that hold the words."""
    article = stored.article
    indices = [
        index
        for index, span in enumerate(stored.spans)
        if span.end > found.span.start and span.start < found.span.end
    ]
    first, last = stored.spans[indices[0]], stored.spans[indices[-1]]
    start = first.start + dateline_end(article.text[first.start : first.end])
    start = start if start <= found.span.start else first.start
    quote = Quote(
        article,
        start,
        last.end,
        speaker=speaker_of(article.text, stored.spans, indices[0]),
        cited_source=cited_source(article.text[start : last.end]),
        score=found.similarity,
    )
    return QuoteMatch(
        quote, found.similarity, segments(claim, words, found, article.text, Span(start, last.end))
    )


def _published(article: Article) -> float:
    """Return when an article was published, in seconds of Unix time; infinity when that is not known."""
    return article.published.timestamp() if article.published else float("inf")


def _merge_duplicates(matches: Iterable[QuoteMatch]) -> list[QuoteMatch]:
    """Merge matches in the same words: the first one is quoted, other outlets' articles are its duplicates."""
    kept: dict[str, QuoteMatch] = {}
    for match in matches:
        key = " ".join(word.form for word in quote_words(match.quote.text))
        first = kept.setdefault(key, match)
        outlets = {first.quote.article.outlet, *(article.outlet for article in first.quote.duplicates)}
        if match.quote.article.outlet not in outlets:
            duplicates = (*first.quote.duplicates, match.quote.article)
            kept[key] = replace(first, quote=replace(first.quote, duplicates=duplicates))
    return list(kept.values())
