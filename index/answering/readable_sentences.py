"""What a reader reads of an article between its quotable sentences: the short ones, not the boilerplate."""

from collections.abc import Sequence

from index.articles import Span
from index.text.boilerplate import MIN_TOKENS, is_boilerplate
from index.text.boilerplate_patterns import LETTER_WORD, SENTENCE_END
from index.text.sentence_splitter import split_sentences


def readable_sentences(text: str, quotable: Sequence[Span]) -> list[Span]:
    """Return the quotable sentences of a text, which are in order and apart, and the short ones among them.

    A sentence of a few words says too little to be an answer, and is the article's all the same. Only the text
    between the quotable ones is split.
    """
    found: list[Span] = []
    end = 0
    for span in [*quotable, Span(len(text), len(text))]:
        for start, stop in split_sentences(text[end : span.start]) if end < span.start else ():
            short = Span(end + start, end + stop)
            if _is_readable(text, short, end, span.start, bool(found), span.start < len(text)):
                found.append(short)
        if span.start < len(text):
            found.append(span)
        end = max(end, span.end)
    return found


def _is_readable(text: str, short: Span, start: int, end: int, after: bool, before: bool) -> bool:
    """Return True for a finished sentence of a few words in `text[start:end]`, the text between two sentences.

    On the line of one of them (`after`, `before`: there is such a one) it is part of a paragraph; on a line of
    its own it must not look like a heading or boilerplate.
    """
    sentence = text[short.start : short.end]
    words = LETTER_WORD.findall(sentence)
    if not words or len(words) >= MIN_TOKENS or not SENTENCE_END.search(sentence):
        return False
    in_paragraph = (after and "\n" not in text[start : short.start]) or (
        before and "\n" not in text[short.end : end]
    )
    heading = len(words) > 1 and all(word[0].isupper() for word in words)
    return in_paragraph or not (heading or is_boilerplate(sentence, words))
