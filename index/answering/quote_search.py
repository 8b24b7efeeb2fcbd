"""Words somebody is said to have said -> the sentences that hold them, exactly or nearly, and who says them there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from index.answering.answers import Match, Quotation, Quote
from index.answering.quote_alignment import Alignment, Claimed, Word, align, claimed, pieces, words_of
from index.articles import Article, Span
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.encoding.encoder import Encoder
from index.errors import BadQuestion
from index.query.question import LONGEST
from index.retrieval.article_table import Table
from index.retrieval.index_set import Derived
from index.retrieval.keyword_index import BODY, Filter
from index.retrieval.query_terms import Analysis
from index.storage.store import Store, Stored
from index.text.context_dependence import strip_dateline

FEWEST = 3  # words; fewer are found anywhere
BY_WORDS, BY_VECTOR = 60, 40  # sentences taken by each way of searching
ALIGNED = 24  # places that are compared word by word
REACH = 2  # sentences read before and after a place, beyond as many as the words may take
LIKE = 0.75  # likeness from which words are nearly the same; measured on reworded and unrelated sentences
FEW, LIKE_FEW = 8, 0.8  # so few words say little by themselves and must be more alike
MOST = 5


class Quotations:
    """Looks for passed-on words in a store and the indexes derived from it."""

    def __init__(self, encoder: Encoder, store: Store, derived: Derived) -> None:
        self._encoder = encoder
        self._store = store
        self._derived = derived
        self._analysis = Analysis()

    def find(self, words: str, outlets: Sequence[str] = ()) -> Quotation:
        """Find the sentences that hold the words; raises BadQuestion for too few or too many."""
        claim = _read(words)
        table = self._derived.table()
        narrow = Filter(outlets=tuple(outlets))
        passing = table.passing(narrow)
        matches = list(self._matches(claim, table, self._numbers(claim, table, narrow)))
        if exact := [match for match in matches if match.exact]:
            matches = exact  # words that are found need no words like them
        matches.sort(key=lambda match: (-round(match.likeness, 2), _age(match.quote.article)))
        return Quotation(words, tuple(_one_voice(matches))[:MOST], int(passing.sum()), table.newest(passing))

    def _numbers(self, claim: Claimed, table: Table, narrow: Filter) -> list[int]:
        """Give the numbers of sentences that may hold some of the words."""
        text = " ".join(word.form for word in claim.words)
        found, _ = self._derived.words.search(self._analysis.stems(text), BODY, BY_WORDS, narrow)
        allowed = table.mask(table.passing(narrow)) if narrow else None
        near = self._derived.vectors.search(self._encoder.encode([claim.text])[0], BY_VECTOR, allowed)
        return list(dict.fromkeys([*found.tolist(), *near.tolist()]))

    def _matches(self, claim: Claimed, table: Table, numbers: list[int]) -> Iterator[Match]:
        """Compare the most promising places word by word, and yield those that are alike enough."""
        rows = table.rows_of(np.array(numbers, dtype=np.int64)).tolist()
        firsts = [int(table.first[row]) if row >= 0 else -1 for row in rows]
        stored = self._store.read({first for first in firsts if first >= 0})
        places = _promising(
            claim,
            [
                (stored[first], number - first)
                for first, number in zip(firsts, numbers, strict=True)
                if first in stored
            ],
        )
        best: dict[int, Match] = {}
        for one, words in places:
            found = align(claim, words)
            if found is None or not _alike(claim, found):
                continue
            match = _match(claim, one, words, found)
            known = best.get(one.first)
            if known is None or match.likeness > known.likeness:
                best[one.first] = match
        yield from best.values()


def _read(text: str) -> Claimed:
    if len(text) > LONGEST:
        raise BadQuestion(
            f"These words have {len(text):,} characters; I read up to {LONGEST:,}. Give the sentence alone.",
            "quotation-long",
            length=len(text),
            most=LONGEST,
        )
    claim = claimed(text)
    if len(claim.words) < FEWEST:
        raise BadQuestion(
            f"Give at least {FEWEST} words of what was said, as it was passed on.",
            "quotation-short",
            least=FEWEST,
        )
    return claim


def _promising(claim: Claimed, places: Iterable[tuple[Stored, int]]) -> list[tuple[Stored, list[Word]]]:
    """Give the surroundings of the places that have most of the words, each stretch of an article once."""
    wanted = Counter(word.form for word in claim.words)
    found: dict[tuple[int, int], tuple[int, Stored, list[Word]]] = {}
    for stored, place in places:
        words = _surroundings(claim, stored, max(place, 1))
        if not words:
            continue
        common = sum((wanted & Counter(word.form for word in words)).values())
        found.setdefault((stored.first, words[0].sentence), (common, stored, words))
    best = sorted(found.values(), key=lambda entry: -entry[0])[:ALIGNED]
    return [(stored, words) for common, stored, words in best if common * 2 >= len(claim.words)]


def _surroundings(claim: Claimed, stored: Stored, place: int) -> list[Word]:
    """Give the words of a sentence and of enough sentences around it to hold the claimed ones."""
    text, spans = stored.article.text, stored.spans
    words = {place: words_of(text, *spans[place], place)} if place < len(spans) else {}
    enough = 2 * len(claim.words)
    for step in (-1, 1):
        reached = 0
        for distance in range(1, len(spans)):
            at = place + step * distance
            if not 1 <= at < len(spans) or (distance > REACH and reached > enough):
                break
            words[at] = words_of(text, *spans[at], at)
            reached += len(words[at])
    return [word for at in sorted(words) for word in words[at]]


def _alike(claim: Claimed, found: Alignment) -> bool:
    few = len(claim.words) <= FEW
    return found.likeness >= (LIKE_FEW if few else LIKE)


def _match(claim: Claimed, stored: Stored, words: list[Word], found: Alignment) -> Match:
    """Make the quote of the whole sentences that hold the words."""
    article = stored.article
    held = [
        place
        for place, span in enumerate(stored.spans[1:])
        if span.end > found.span.start and span.start < found.span.end
    ]
    first, last = stored.spans[1 + held[0]], stored.spans[1 + held[-1]]
    start = first.start + strip_dateline(article.text[first.start : first.end])
    start = start if start <= found.span.start else first.start
    quote = Quote(
        article,
        start,
        last.end,
        speaker=speaker_of(article.text, stored.spans[1:], held[0]),
        cites=cited_source(article.text[start : last.end]),
        score=found.likeness,
    )
    return Match(quote, found.likeness, pieces(claim, words, found, article.text, Span(start, last.end)))


def _age(article: Article) -> float:
    return article.published.timestamp() if article.published else float("inf")


def _one_voice(matches: Iterable[Match]) -> list[Match]:
    """Join matches in the same words: the first to publish them is quoted, the others are named."""
    kept: dict[str, Match] = {}
    for match in matches:
        key = " ".join(word.form for word in words_of(match.quote.text))
        first = kept.setdefault(key, match)
        outlets = {first.quote.article.outlet, *(article.outlet for article in first.quote.also)}
        if match.quote.article.outlet not in outlets:
            also = (*first.quote.also, match.quote.article)
            kept[key] = replace(first, quote=replace(first.quote, also=also))
    return list(kept.values())
