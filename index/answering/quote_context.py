"""Find quoted words in their article as it is stored now, with the sentences around them."""

from index.answering.answers import QuoteContext
from index.answering.readable_sentences import readable_sentences
from index.articles import Span
from index.storage.records import StoredArticle


def find_in_context(stored: StoredArticle, words: str, start: int, neighbours: int) -> QuoteContext | None:
    """Return the words with up to `neighbours` sentences on each side; None when the article no longer holds them.

    Sentences that are too short to be quoted count as well. Of several occurrences the one nearest to `start`, a character of the text, is taken.
    """
    span = _nearest(stored.article.text, words, start)
    if span is None:
        return None
    sentences = readable_sentences(stored.article.text, stored.spans[1:])
    before = [other for other in sentences if other.end <= span.start]
    after = [other for other in sentences if other.start >= span.end]
    return QuoteContext(
        stored.article, span, tuple(before[-neighbours:] if neighbours else ()), tuple(after[:neighbours])
    )


def _nearest(text: str, words: str, start: int) -> Span | None:
    """Return where `words` occurs nearest to `start`; None for no words or no occurrence."""
    if not words:
        return None
    before = text.rfind(words, 0, max(start, 0) + len(words))
    after = text.find(words, max(start, 0))
    found = [at for at in (before, after) if at >= 0]
    if not found:
        return None
    nearest = min(found, key=lambda at: abs(at - start))
    return Span(nearest, nearest + len(words))
