"""Find quoted words in their article as it is stored now, with the sentences around them."""

from index.answering.answers import QuoteContext
from index.articles import Span
from index.storage.records import StoredArticle


def find_in_context(stored: StoredArticle, words: str, start: int, around: int) -> QuoteContext | None:
    """Return the words with up to `around` sentences on each side; None when the article no longer holds them.

    Of several places the one nearest to `start` is taken.
    """
    span = _nearest(stored.article.text, words, start)
    if span is None:
        return None
    before = [other for other in stored.spans[1:] if other.end <= span.start]
    after = [other for other in stored.spans[1:] if other.start >= span.end]
    return QuoteContext(
        stored.article, span, tuple(before[-around:] if around else ()), tuple(after[:around])
    )


def _nearest(text: str, words: str, start: int) -> Span | None:
    if not words:
        return None
    before = text.rfind(words, 0, max(start, 0) + len(words))
    after = text.find(words, max(start, 0))
    places = [place for place in (before, after) if place >= 0]
    if not places:
        return None
    place = min(places, key=lambda place: abs(place - start))
    return Span(place, place + len(words))
