"""Text directives that find a sentence on the page of its article, whatever its markup puts between the words.

Of the page only the article's text is known. Measured in Chromium 156: a term ends, and so does not match, at an
element that is a box of its own (`inline-block`, `inline-flex`, a float, anything positioned) and holds text, at a
line break and at hidden text; a drop cap takes the first letter out of its word. What stands between the two terms
of a range does not matter, nor do blocks between a prefix and the start. So a range needs short terms, and a prefix
that says where. No single directive will always do; but those that find nothing do no harm.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from index.answering.page_text import (
    find,
    fold,
    is_one_line,
    line_breaks,
    occurs_once,
    strip,
    word_spans,
    words_by_line,
)
from index.articles import Span
from index.text.tokens import UNSPACED_SCRIPT

CONTEXT_WINDOW = 300  # characters before and after a sentence that may say where it is; judged
# Characters up to which a sentence is named whole; standard: so Chromium's "copy link to highlight" does.
MAX_WHOLE_LENGTH = 300
# Words that a sentence without a prefix is named by, at its start; more until they occur once in the article. Judged.
START_WORDS = (8, 4, 1)
# The same of the first sentence of all. Measured on hard pages: teasers above begin with four of its words, and of six
# one is torn off too often.
LEAD_WORDS = 5
HELP_WORDS = (
    8,
    4,
    2,
)  # the same of a sentence that has a prefix; judged: fewer stand in teasers, two take least room
PARAGRAPH_WORDS = (
    7  # the same of a paragraph of one sentence; measured on hard pages: six of them stand in teasers
)
# Characters of a directive that others go with; judged: half of what Discord allows, most of which the others need.
MAX_HELP_LENGTH = 250
# In small letters, of those. Measured on 89 pages: a place alone, "DUBAI, United Arab Emirates", stands earlier, too.
LEAD_SMALL_WORDS = 2
MAX_LEAD_WORDS = 12  # judged: there are headlines all in capitals
# The same behind a prefix, the fewer the better: a term of one word is seldom torn apart.
PREFIXED_WORDS = (1, 4, 8)
# The same behind a line that is no sentence. Measured on 89 pages: where such end, pictures stand, and a caption that the
# text has not may begin with the sentence's first word.
LABELLED_WORDS = (3, 4, 8)
SENTENCE_ENDS = frozenset(".!?…:;,。！？।”“\"'’»«)")  # and what may close a sentence
LATER_WORDS = (
    6  # words that name a sentence where others fail, the first one from its second to sixth word on; judged
)
MIN_START_LENGTH = 10  # characters of a start without a prefix; judged: less may stand anywhere on a page
HEAD_LINES = (
    3  # of an article, one of which may be its headline; judged: an unwanted label or two come before
)
MIN_CAPLESS_WORDS = 2  # words, the first without its first letter; judged
MIN_END_LENGTH = 3  # characters of an end of one word; judged: a shorter one may stand between two words
UNSPACED_END_WORDS = 3  # of scripts without blanks, where a word is what stands between two marks; judged
MAX_TERM_WORDS = 40  # words of a start or an end; judged: it bounds the work
MAX_LINES = 8  # lines of a span in which its start is searched; judged
MIN_CONTEXT_WORDS = 3  # words of context; judged
SEPARATOR = "&text="  # of two directives; standard
# What the text has before an item of a list, and the page has not: "- "
LIST_ITEM = re.compile(r"\s*(?:^|\n)- ")


class SentenceDirectives:
    """What may follow `text=` to find the sentence `text[span]`; each finds it as the first match in the text.

    Linear in the length of the text.
    """

    def __init__(self, text: str, span: Span, title: str = "") -> None:
        """Take the text of an article, where the sentence stands in it, and the headline that the page has above."""
        self._text = text
        self._words = word_spans(text, span)
        headline = "" if _is_headed(text, title) else title
        self._page = fold(f"{headline}\n{text}") if self._words else ""
        self._span = strip(text, span)
        start, end = self._span
        before = max(0, start - CONTEXT_WINDOW)
        item = start - len("- ")
        self._before = strip(
            text, Span(before, item if LIST_ITEM.fullmatch(text, max(0, item - 1), start) else start)
        )
        next_item = LIST_ITEM.match(text, end)
        self._after = strip(text, Span(next_item.end() if next_item else end, end + CONTEXT_WINDOW))

    def complementary(self) -> Iterator[Iterator[str]]:
        """Yield kinds of directives of which a link should have one each, the best first in each.

        A range behind a prefix, which neither breaks in the sentence nor its likes elsewhere on the page mislead;
        for drop caps, the sentence without its first letter; the whole sentence, for pages that have something else
        in front of it. The first sentence of all has no prefix: so that is named from its next words on, too, which is
        nearly all of it.
        """
        if not self._can_be_named():
            return
        has_prefix = next(self._prefixed(), None) is not None
        is_short = len(self._words) <= self._lead_words()
        if has_prefix:
            ranges = self._prefixed()
        else:
            is_followed = is_short and not self._is_paragraph()
            ranges = self._suffixed() if is_followed else self._led()
        rows = list(self._between_rows()) if self._is_row() else []
        yield chain(rows, ranges, self.sufficient(), self._tails())
        if rows:
            return
        if self._begins_line():
            yield self._capless()
        if has_prefix:
            # Below a paragraph there may be a picture: what stands next in the text is no help where the whole will do.
            ways = (
                (self._whole(), self._suffixed())
                if self._is_paragraph()
                else (self._suffixed(), self._whole())
            )
            others = chain(*ways, *map(self._started, HELP_WORDS))
            yield (terms for terms in others if len(terms) <= MAX_HELP_LENGTH)
            if self._is_paragraph():  # a picture above and a box within leave neither prefix nor whole
                yield (terms for terms in self._started(PARAGRAPH_WORDS) if len(terms) <= MAX_HELP_LENGTH)
        if not has_prefix and not is_short:
            for skipped in range(1, LEAD_WORDS + 1):
                yield self._started_later(skipped)

    def sufficient(self) -> Iterator[str]:
        """Yield directives that will do alone, where the page is like the text; some are short."""
        yield from self._whole()
        for count in START_WORDS:
            yield from self._started(count)
        if self._is_one_line():
            yield from self._suffixed()
            yield _encoded(self._text, self._inside)

    @property
    def _inside(self) -> Span:
        """Where the sentence stands, without the punctuation around it."""
        return Span(self._words[0].start, self._words[-1].end)

    def _can_be_named(self) -> bool:
        return bool(self._words) and bool(fold(self._text[slice(*self._inside)]))

    def _is_one_line(self) -> bool:
        """Return True unless it has several lines, or is a table's row, which begins with a bar."""
        return "\n" not in self._text[slice(*self._inside)] and not self._is_row()

    def _is_row(self) -> bool:
        return self._text[self._span.start] == "|"

    def _begins_line(self) -> bool:
        gap = Span(self._before.end, self._span.start)
        is_first = self._before.start == self._before.end
        return not self._is_row() and (is_first or not is_one_line(self._text, gap))

    def _is_paragraph(self) -> bool:
        """Return True if nothing else is on its line."""
        gap = Span(self._span.end, self._after.start)
        return self._begins_line() and (
            self._after.start == self._after.end or not is_one_line(self._text, gap)
        )

    def _whole(self) -> Iterator[str]:
        start, end = self._inside
        is_short = end - start <= MAX_WHOLE_LENGTH
        if self._is_one_line() and is_short and occurs_once(self._page, fold(self._text[start:end])):
            yield _encoded(self._text, self._inside)

    def _started(self, fewest: int) -> Iterator[str]:
        """Yield ranges from the first words, at least so many, that occur once."""
        if first := self._unique_start(self._words, fewest):
            yield from self._ranges(first)

    def _led(self) -> Iterator[str]:
        """Yield the first words and a range over the rest, each only where the other is beside it; else one range.

        So a box may begin between them, and one word more tells them from a teaser.
        """
        first = self._unique_start(self._words, self._lead_words())
        rest = [word for word in self._words if first and word.start >= first.end]
        if first and len(rest) > 1 and is_one_line(self._text, Span(first.start, rest[0].end)):
            start = _encoded(self._text, Span(first.start, rest[0].start))
            for terms in self._ranges(rest[0]):
                yield f"{start},-{_encoded(self._text, rest[0])}{SEPARATOR}{start}-,{terms}"
        yield from self._started(self._lead_words())

    def _lead_words(self) -> int:
        """Return how many words name the first sentence: enough for some that are no name."""
        small = [number for number, word in enumerate(self._words, 1) if not self._text[word.start].isupper()]
        enough = small[LEAD_SMALL_WORDS - 1] if len(small) >= LEAD_SMALL_WORDS else 0
        return min(max(LEAD_WORDS, enough), MAX_LEAD_WORDS)

    def _started_later(self, skipped: int) -> Iterator[str]:
        words = self._words[skipped:]
        if len(words) > LATER_WORDS and (first := self._unique_start(words, LATER_WORDS)):
            yield from self._ranges(first, self._suffix())

    def _prefixed(self) -> Iterator[str]:
        """Yield ranges behind the last words of the line that stands before, as few as make the place the only one."""
        breaks = (at + 1 for at in line_breaks(self._text, self._before))
        line = Span(max(breaks, default=self._before.start), self._before.end)
        nearest = _from_nearest(word_spans(self._text, line)[::-1])
        first_line = words_by_line(self._text, self._words)[0]
        is_finished = self._text[line.end - 1 : line.end] in SENTENCE_ENDS
        for count in PREFIXED_WORDS if is_finished else LABELLED_WORDS:
            first = Span(
                self._span.start,
                first_line[min(count, len(first_line)) - 1].end,
            )
            for word in nearest:
                if occurs_once(self._page, fold(self._text[word.start : first.end])):
                    prefix = _encoded(self._text, Span(word.start, line.end))
                    yield from (f"{prefix}-,{terms}" for terms in self._ranges(first))
                    break

    def _suffixed(self) -> Iterator[str]:
        """Yield the whole sentence before the first words of the line that stands after, as few as will do."""
        if not self._is_one_line():
            return
        line = self._line_after()
        for word in _from_nearest(word_spans(self._text, line)):
            if occurs_once(self._page, fold(self._text[self._inside.start : word.end])):
                whole = _encoded(self._text, Span(self._inside.start, self._span.end))
                suffix = Span(line.start, word.end)
                yield f"{whole},-{_encoded(self._text, suffix)}"
                break

    def _tails(self) -> Iterator[str]:
        """Yield the end of a sentence, as much as may be, before what stands after, where no link can hold it whole.

        So it is of a long one that is printed several times: the page opens at the right one, and half of it is lit.
        """
        line = self._line_after()
        words = words_by_line(self._text, self._words)[-1]
        for word in _from_nearest(word_spans(self._text, line)):
            if occurs_once(self._page, fold(self._text[words[-1].start : word.end])):
                suffix = _encoded(self._text, Span(line.start, word.end))
                tails = (Span(first.start, self._span.end) for first in words[-MAX_TERM_WORDS:])
                yield from (f"{_encoded(self._text, tail)},-{suffix}" for tail in tails)
                break

    def _suffix(self) -> str:
        """Give a suffix without which a range might begin and end below the sentence, in a teaser; "" if none is known."""
        line = Span(0, 0) if self._is_paragraph() else self._line_after()
        word = next(iter(_from_nearest(word_spans(self._text, line))), None)
        return f",-{_encoded(self._text, Span(line.start, word.end))}" if word else ""

    def _line_after(self) -> Span:
        return Span(self._after.start, next(line_breaks(self._text, self._after), self._after.end))

    def _capless(self) -> Iterator[str]:
        """Yield ranges from behind the first letter, which find nothing where that is not torn off."""
        line = words_by_line(self._text, self._words)[0]
        start = line[0].start + 1
        while start < line[0].end and unicodedata.combining(self._text[start]):
            start += 1
        if start == line[0].end:  # "A gale": the rest begins with a word of its own
            yield from self._ranges(first) if (first := self._unique_start(line[1:], LEAD_WORDS)) else ()
            return
        for count in range(min(MIN_CAPLESS_WORDS, len(line)), min(MAX_TERM_WORDS, len(line)) + 1):
            first = Span(start, line[count - 1].end)
            term = fold(self._text[slice(*first)])
            is_unspaced = UNSPACED_SCRIPT.match(self._text[start])  # which may begin anywhere, so here, too
            if occurs_once(self._page, term) if is_unspaced else find(self._page, term) < 0:
                yield from self._ranges(first)
                break

    def _unique_start(self, words: list[Span], fewest: int) -> Span | None:
        """Return the first words, as few as may be, of the first line that has such as occur once in the page."""
        for line in words_by_line(self._text, words)[:MAX_LINES] if words else ():
            for count in range(min(fewest, len(line)), min(MAX_TERM_WORDS, len(line)) + 1):
                first = Span(line[0].start, line[count - 1].end)
                long_enough = first.end - first.start >= MIN_START_LENGTH
                if long_enough and occurs_once(self._page, fold(self._text[slice(*first)])):
                    return first
        return None

    def _ranges(self, first: Span, suffix: str = "") -> Iterator[str]:
        """Yield ranges from the first words to the last, of which there are as few as will do."""
        start = _encoded(self._text, first)
        for last in self._ends(first):
            if last and suffix:  # which stands right behind the end, full stop and all
                last = Span(last.start, self._span.end)
            yield f"{start},{_encoded(self._text, last)}{suffix}" if last else start

    def _ends(self, first: Span) -> Iterator[Span | None]:
        """Yield last words at which a browser that has found the first ones stops, the fewest that will do first."""
        rest = [word for word in self._words if word.start >= first.end]
        if not rest:
            yield None
        best = self._best_end_words(rest)
        for count in sorted(
            range(1, min(MAX_TERM_WORDS, len(rest)) + 1), key=lambda count: abs(count - best)
        ):
            last = Span(rest[-count].start, rest[-1].end)
            between, term = fold(self._text[first.end : last.end]), fold(self._text[slice(*last)])
            if is_one_line(self._text, last) and find(between, term) == len(between) - len(term):
                yield last
        if self._is_row():
            yield from self._row_ends(first, rest)

    def _between_rows(self) -> Iterator[str]:
        """Yield a row of numbers from its first cell to its last, between the cells that stand before and after it.

        Each of its own cells may stand elsewhere as well; its first one behind the last of the row before does so rarely.
        """
        own, before, after = (
            words_by_line(self._text, words)
            for words in (
                self._words,
                word_spans(self._text, self._before),
                word_spans(self._text, self._after),
            )
        )
        if not before[-1:] or not after[:1] or not before[-1] or not after[0]:
            return
        prefix, first, last, suffix = (
            Span(cell[0].start, cell[-1].end) for cell in (before[-1], own[0], own[-1], after[0])
        )
        place = fold(f"{self._text[slice(*prefix)]} {self._text[slice(*first)]}")
        if len(own) > 1 and occurs_once(fold(self._page.replace("|", " ")), place):
            terms = [_encoded(self._text, span) for span in (prefix, first, last, suffix)]
            yield "{}-,{},{},-{}".format(*terms)

    def _row_ends(self, first: Span, rest: list[Span]) -> Iterator[Span]:
        """Yield the last word that is no repetition: the cells at the end of a row are often the same."""
        row = fold(self._text[first.end : self._inside.end])
        for last in reversed(rest[-MAX_TERM_WORDS:]):
            before = fold(self._text[first.end : last.end])
            term = fold(self._text[slice(*last)])
            if find(row, term) == len(before) - len(term):
                yield last
                break

    def _best_end_words(self, words: list[Span]) -> int:
        if not words or UNSPACED_SCRIPT.search(self._text, *words[-1]):
            return UNSPACED_END_WORDS
        return 1 if words[-1].end - words[-1].start >= MIN_END_LENGTH else 2


def _is_headed(text: str, title: str) -> bool:
    """Return True if the headline is part of the text: a line of its own, or with the byline in a table for layout."""
    headline = fold(title)
    lines = [fold(line) for line in text.split("\n", HEAD_LINES)[:HEAD_LINES]]
    return any(
        (len(line) >= MIN_START_LENGTH and find(headline, line) >= 0)
        or (line.startswith("|") and find(line, headline) >= 0)
        for line in lines
    )


def _from_nearest(words: list[Span]) -> list[Span]:
    """Return the words, nearest first, without the first few: context should be more than a word or two."""
    return words[min(MIN_CONTEXT_WORDS, len(words)) - 1 :] if words else []


def _encoded(text: str, term: Span) -> str:
    """Percent-encode a term; a bare dash, comma or ampersand would be read as part of the directive."""
    words = " ".join(text[slice(*term)].split())
    return quote(words, safe="").replace("-", "%2D")
