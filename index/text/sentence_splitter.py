"""Split an article's text into the spans of its sentences."""

import re
from collections.abc import Iterator

import sentencex

from index.articles import Span
from index.text.sentence_patterns import (
    ABBREVIATION_BEFORE_NAME,
    ABBREVIATION_BEFORE_NUMBER,
    ABBREVIATION_IN_NAME,
    ACRONYMS,
    AFTER_GERMAN_ORDINAL,
    AM_OR_PM,
    ATTRIBUTION,
    CJK_ATTRIBUTION,
    CLAUSE_MARK,
    CLOSED_QUESTION,
    CLOSING_MARKS,
    CONTINUATION,
    DAY_OR_TIME_ZONE,
    DOUBLE_QUOTE,
    FUNCTION_WORD,
    GERMAN_ORDINAL,
    INITIALS,
    LETTER_OR_DIGIT,
    LINE,
    LINE_BULLET,
    LIST_NUMBER,
    MISSED_ENDS,
    OPENING_QUOTE,
    SINGLE_LETTER,
    SURROGATE,
)
from index.text.transcripts import transcript_labels

# Raise it when what is split, cleaned or left out changes: `verbatim eval` then indexes its corpus anew.
SPLITTER_VERSION = 4
MAX_SENTENCE_LENGTH = 600  # characters; judged: more is not a sentence that a person would be shown
_MAX_QUOTATION_LENGTH = 400  # characters; judged: a quotation of several sentences stays whole up to here
_WINDOW_LENGTH = 4000  # characters given to sentencex at once: nested quotes cost it their square


def split_sentences(text: str, language: str | None = None) -> list[Span]:
    """Return the sentences of an article's text as spans: in order, apart, without white space around them.

    A line break always ends a sentence, since headlines and paragraphs are lines of their own. Within a line
    sentencex (the Wikimedia Foundation's splitter) proposes ends and the patterns of
    `index.text.sentence_patterns` correct them. A quotation of several sentences stays whole up to 400
    characters. No span is longer than `MAX_SENTENCE_LENGTH` characters. Left out are white space, the bullet a
    line begins with, the label that names the speaker in a transcript, and what has neither letter nor digit. `language` (ISO 639-1, English if None) chooses the
    abbreviations. Linear time.
    """
    text = SURROGATE.sub("\ufffd", text)
    spans: list[Span] = []
    labels = transcript_labels(text)
    for line in LINE.finditer(text):
        bullets = LINE_BULLET.match(text, *line.span())
        start = first = bullets.end() if bullets else line.start()
        label = labels.get(line.end() - len(line[0].lstrip()))
        if label and label.span.end < line.end():
            start = first = label.span.end
        for end in _sentence_ends(text[first : line.end()], language or "en"):
            spans.extend(_shown_spans(text, start, first + end))
            start = first + end
    return spans


def _sentence_ends(line: str, language: str) -> list[int]:
    """Return where the sentences of one line end, the line's own end last."""
    ends: list[int] = []
    start = 0
    for end in _corrected_ends(line, _proposed_ends(line, language), language):
        if end - start > _MAX_QUOTATION_LENGTH and DOUBLE_QUOTE.search(line, start, end):
            part = line[start:end]
            bare = _proposed_ends(DOUBLE_QUOTE.sub(" ", part), language)
            ends.extend(start + cut for cut in _corrected_ends(part, bare, language))
        else:
            ends.append(end)
        start = end
    return ends


def _proposed_ends(line: str, language: str) -> Iterator[int]:
    """Yield the sentence ends that sentencex sees, and those it never looks for, window by window."""
    start = 0
    while start < len(line):
        window = line[start : start + _WINDOW_LENGTH]
        ends = _window_ends(window, language)
        if start + len(window) < len(line) and len(ends) > 1:
            ends.pop()  # the last sentence may go on in the next window, which begins at its start
        yield from (start + end for end in ends)
        start += ends[-1]


def _window_ends(window: str, language: str) -> list[int]:
    """Return the ends in one window, in order, its own end last."""
    ends = {
        match.end()
        for hint, pattern in MISSED_ENDS
        if hint.search(window)
        for match in pattern.finditer(window)
    }
    end = 0
    for piece in sentencex.segment(language, window):
        end += len(piece)
        ends.add(end)
    ends.add(len(window))
    return sorted(ends)


def _corrected_ends(line: str, proposed: Iterator[int], language: str) -> list[int]:
    """Return the proposed ends without false ones, moved so that quotes and brackets stay with what they enclose."""
    ends: list[int] = []
    start = 0
    for end in proposed:
        cut = end if end == len(line) else _moved_past_marks(line, start, end)
        if cut < len(line) and _is_false_end(line[start:cut], line[cut : cut + 80], language):
            continue
        if cut > start:
            ends.append(cut)
            start = cut
    return ends


def _moved_past_marks(line: str, start: int, end: int) -> int:
    """Return an end moved past marks that close the sentence before, or before a mark that opens the next.

    A straight quotation mark does not show its side: after white space it is taken to open.
    """
    opening = OPENING_QUOTE.search(line, max(start, end - 4), end)
    if opening:
        return opening.start(1)
    closing = CLOSING_MARKS.match(line, end)
    if closing and (closing[0][0] not in "\"'" or not line[end - 1].isspace()):
        return closing.end()
    return end


def _is_false_end(before: str, after: str, language: str) -> bool:
    """Return True if the sentence goes on: after an abbreviation, a list number, a title, a quoted question."""
    if SINGLE_LETTER.search(before[-3:]) and after[0].isupper():
        return True  # "R.|I.": no white space between
    before, after = before.strip(), after.lstrip()
    if not before or not after:
        return False
    if (
        CONTINUATION.match(after)
        or LIST_NUMBER.match(before)
        or ABBREVIATION_BEFORE_NAME.search(before[-16:])
    ):
        return True
    if language == "de" and GERMAN_ORDINAL.search(before[-4:]) and AFTER_GERMAN_ORDINAL.match(after):
        return True
    if after[0].isdigit() and ABBREVIATION_BEFORE_NUMBER.search(before[-16:]):
        return True
    if before[-1] in "」』”" and CJK_ATTRIBUTION.match(after):
        return True
    if CLOSED_QUESTION.search(before[-4:]) and ATTRIBUTION.match(after):
        return True
    if AM_OR_PM.search(before[-5:]) and DAY_OR_TIME_ZONE.match(after):
        return True
    part = INITIALS.search(before[-10:])
    is_part = bool(part and part[1] not in ACRONYMS) or bool(ABBREVIATION_IN_NAME.search(before[-20:]))
    return is_part and after[0].isupper() and not FUNCTION_WORD.match(after)


def _shown_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield `text[start:end]` as one trimmed span, or as several when it is too long to show."""
    while start < end:
        limit = start + MAX_SENTENCE_LENGTH
        cut = end if end <= limit else _last_clause_end(text, start, limit)
        piece = text[start:cut]
        if LETTER_OR_DIGIT.search(piece):
            left = len(piece) - len(piece.lstrip())
            yield Span(start + left, start + len(piece.rstrip()))
        start = cut


def _last_clause_end(text: str, start: int, limit: int) -> int:
    """Return the last place before `limit` that ends a clause, else a word, else `limit`; never in the first half."""
    middle = start + (limit - start) // 2
    clause = max((match.end() for match in CLAUSE_MARK.finditer(text, middle, limit)), default=0)
    if clause:
        return clause
    space = max((match.end() for match in re.finditer(r"\s+", text[middle:limit])), default=0)
    return middle + space if space else limit
