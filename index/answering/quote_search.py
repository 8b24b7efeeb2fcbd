"""Words somebody is said to have said -> the sentences that hold them, exactly or nearly, and who says them there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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
from index.articles import Article, Span
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.encoding.encoder import Encoder
from index.errors import BadQuestion
from index.query.question import MAX_QUESTION_LENGTH
from index.retrieval.article_table import ArticleTable
from index.retrieval.index_set import IndexSet
from index.retrieval.keyword_index import SENTENCE_FIELD, SearchFilter
from index.retrieval.query_terms import QueryAnalyzer
from index.storage.records import StoredArticle
from index.storage.store import Store
from index.text.context_dependence import dateline_end

MIN_WORDS = 3  # words; fewer are found anywhere
BY_WORDS, BY_VECTOR = 60, 40  # sentences taken by each way of searching
MAX_ALIGNED = 24  # places that are compared word by word
NEIGHBOURS = 2  # sentences read before and after a place, beyond as many as the words may take
MIN_SIMILARITY = (
    0.75  # likeness from which words are nearly the same; measured on reworded and unrelated sentences
)
FEW, LIKE_FEW = 8, 0.8  # so few words say little by themselves and must be more alike
MAX_MATCHES = 5


class QuoteSearch:
    """Looks for passed-on words in a store and the indexes derived from it."""

    def __init__(self, encoder: Encoder, store: Store, derived: IndexSet) -> None:
        self._encoder = encoder
        self._store = store
        self._derived = derived
        self._analysis = QueryAnalyzer()

    def search(self, words: str, outlets: Sequence[str] = ()) -> QuoteSearchResult:
        """Find the sentences that hold the words; raises BadQuestion for too few or too many."""
        claim = _read(words)
        table = self._derived.table()
        narrow = SearchFilter(outlets=tuple(outlets))
        passing = table.matching(narrow)
        matches = list(self._matches(claim, table, self._numbers(claim, table, narrow)))
        if exact := [match for match in matches if match.exact]:
            matches = exact  # words that are found need no words like them
        matches.sort(key=lambda match: (-round(match.similarity, 2), _age(match.quote.article)))
        return QuoteSearchResult(
            words, tuple(_merge_duplicates(matches))[:MAX_MATCHES], int(passing.sum()), table.newest(passing)
        )

    def _numbers(self, claim: ClaimedQuote, table: ArticleTable, narrow: SearchFilter) -> list[int]:
        """Give the numbers of sentences that may hold some of the words."""
        text = " ".join(word.form for word in claim.words)
        found, _ = self._derived.keywords.search(self._analysis.stems(text), SENTENCE_FIELD, BY_WORDS, narrow)
        allowed = table.sentence_mask(table.matching(narrow)) if narrow else None
        near = self._derived.vectors.search(self._encoder.encode([claim.text])[0], BY_VECTOR, allowed)
        return list(dict.fromkeys([*found.tolist(), *near.tolist()]))

    def _matches(self, claim: ClaimedQuote, table: ArticleTable, numbers: list[int]) -> Iterator[QuoteMatch]:
        """Compare the most promising places word by word, and yield those that are alike enough."""
        rows = table.rows_of(np.array(numbers, dtype=np.int64)).tolist()
        firsts = [int(table.first_sentence[row]) if row >= 0 else -1 for row in rows]
        stored = self._store.get_many({first for first in firsts if first >= 0})
        places = _prefilter(
            claim,
            [
                (stored[first], number - first)
                for first, number in zip(firsts, numbers, strict=True)
                if first in stored
            ],
        )
        best: dict[int, QuoteMatch] = {}
        for one, words in places:
            found = align(claim, words)
            if found is None or not _alike(claim, found):
                continue
            match = _match(claim, one, words, found)
            known = best.get(one.first_sentence)
            if known is None or match.similarity > known.similarity:
                best[one.first_sentence] = match
        yield from best.values()


def _read(text: str) -> ClaimedQuote:
    if len(text) > MAX_QUESTION_LENGTH:
        raise BadQuestion(
            f"These words have {len(text):,} characters; I read up to {MAX_QUESTION_LENGTH:,}. Give the sentence alone.",
            "quotation-long",
            length=len(text),
            most=MAX_QUESTION_LENGTH,
        )
    claim = parse_claimed_quote(text)
    if len(claim.words) < MIN_WORDS:
        raise BadQuestion(
            f"Give at least {MIN_WORDS} words of what was said, as it was passed on.",
            "quotation-short",
            least=MIN_WORDS,
        )
    return claim


def _prefilter(
    claim: ClaimedQuote, places: Iterable[tuple[StoredArticle, int]]
) -> list[tuple[StoredArticle, list[QuotedWord]]]:
    """Give the surroundings of the places that have most of the words, each stretch of an article once."""
    wanted = Counter(word.form for word in claim.words)
    found: dict[tuple[int, int], tuple[int, StoredArticle, list[QuotedWord]]] = {}
    for stored, place in places:
        words = _surroundings(claim, stored, max(place, 1))
        if not words:
            continue
        common = sum((wanted & Counter(word.form for word in words)).values())
        found.setdefault((stored.first_sentence, words[0].sentence), (common, stored, words))
    best = sorted(found.values(), key=lambda entry: -entry[0])[:MAX_ALIGNED]
    return [(stored, words) for common, stored, words in best if common * 2 >= len(claim.words)]


def _surroundings(claim: ClaimedQuote, stored: StoredArticle, place: int) -> list[QuotedWord]:
    """Give the words of a sentence and of enough sentences around it to hold the claimed ones."""
    text, spans = stored.article.text, stored.spans
    words = {place: quote_words(text, *spans[place], place)} if place < len(spans) else {}
    enough = 2 * len(claim.words)
    for step in (-1, 1):
        reached = 0
        for distance in range(1, len(spans)):
            at = place + step * distance
            if not 1 <= at < len(spans) or (distance > NEIGHBOURS and reached > enough):
                break
            words[at] = quote_words(text, *spans[at], at)
            reached += len(words[at])
    return [word for at in sorted(words) for word in words[at]]


def _alike(claim: ClaimedQuote, found: Alignment) -> bool:
    few = len(claim.words) <= FEW
    return found.similarity >= (LIKE_FEW if few else MIN_SIMILARITY)


def _match(
    claim: ClaimedQuote, stored: StoredArticle, words: list[QuotedWord], found: Alignment
) -> QuoteMatch:
    """Make the quote of the whole sentences that hold the words."""
    article = stored.article
    held = [
        place
        for place, span in enumerate(stored.spans[1:])
        if span.end > found.span.start and span.start < found.span.end
    ]
    first, last = stored.spans[1 + held[0]], stored.spans[1 + held[-1]]
    start = first.start + dateline_end(article.text[first.start : first.end])
    start = start if start <= found.span.start else first.start
    quote = Quote(
        article,
        start,
        last.end,
        speaker=speaker_of(article.text, stored.spans[1:], held[0]),
        cited_source=cited_source(article.text[start : last.end]),
        score=found.similarity,
    )
    return QuoteMatch(
        quote, found.similarity, segments(claim, words, found, article.text, Span(start, last.end))
    )


def _age(article: Article) -> float:
    return article.published.timestamp() if article.published else float("inf")


def _merge_duplicates(matches: Iterable[QuoteMatch]) -> list[QuoteMatch]:
    """Join matches in the same words: the first to publish them is quoted, the others are named."""
    kept: dict[str, QuoteMatch] = {}
    for match in matches:
        key = " ".join(word.form for word in quote_words(match.quote.text))
        first = kept.setdefault(key, match)
        outlets = {first.quote.article.outlet, *(article.outlet for article in first.quote.duplicates)}
        if match.quote.article.outlet not in outlets:
            also = (*first.quote.duplicates, match.quote.article)
            kept[key] = replace(first, quote=replace(first.quote, duplicates=also))
    return list(kept.values())
