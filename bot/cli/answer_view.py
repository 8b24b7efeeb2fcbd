"""Answer -> card in the terminal: the same content in the same order as the card on Discord."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.texts import ENGLISH, answer_wording
from index import Answer, AnswerOutcome, Article, Quote, QuoteGroup

# Control characters could move the cursor, recolour or retitle a terminal; the bidirectional ones could
# show a quote in another order than it is written. Line and paragraph separators count as spaces.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\s\u2028\u2029]+")

MAX_QUOTES = 3  # quotes on a card, as `bot.ui.answer_card.MAX_QUOTES`

_COLOURS = {
    AnswerOutcome.DISAGREE: "yellow",
    AnswerOutcome.CHANGED: "blue",
    AnswerOutcome.QUOTES: "blue",
    AnswerOutcome.NOTHING: "bright_black",
    AnswerOutcome.REPLY: "blue",
}


def sanitize(text: str) -> str:
    """Return text on one line, without control characters that a terminal would obey."""
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip()


def print_answer(
    answer: Answer, console: Console, *, limit: int | None = MAX_QUOTES, explain: bool = False
) -> None:
    """Print the card. Words wrap at the console's width, however narrow; only addresses may run over it."""
    console.print(TerminalCard(answer, limit, explain), crop=False)


def first_quotes(groups: Sequence[QuoteGroup], limit: int | None) -> tuple[QuoteGroup, ...]:
    """Return the groups with `limit` quotes in all (None: all): the first of each, then the second, and so on."""
    places = [(place, number) for number, group in enumerate(groups) for place in range(len(group.quotes))]
    counts = Counter(number for _, number in sorted(places)[:limit])
    return tuple(
        replace(group, quotes=group.quotes[: counts[number]])
        for number, group in enumerate(groups)
        if counts[number]
    )


def format_day(when: datetime | None) -> str:
    """Return a date as `11 Nov 2024`, in UTC."""
    return f"{when.day} {when:%b %Y}" if when else ENGLISH("no-date")


@dataclass(frozen=True, slots=True)
class TerminalCard:
    """An answer with so many quotes, or all; `explain` adds why each was chosen."""

    answer: Answer
    limit: int | None = MAX_QUOTES
    explain: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        answer = self.answer
        colour = _COLOURS[answer.outcome]
        if answer.outcome is AnswerOutcome.REPLY:
            yield Text(sanitize(answer_wording.summary(answer, ENGLISH)), style=colour)
            return
        yield Rule(style=colour)
        yield Text(sanitize(answer.question.text), style="bold")
        yield Text(sanitize(answer_wording.summary(answer, ENGLISH)), style=colour)
        groups = first_quotes(answer.groups, self.limit)
        for line in _notes(answer, sum(len(group.quotes) for group in groups)):
            yield Text(sanitize(line), style="dim")
        for group in groups:
            yield from self._group(group, console)
        if answer.headlines:
            yield Text(f"\n{ENGLISH('headlines')}", style="bold")
        for headline in answer.headlines:
            yield from _headline(headline, console)
        yield Rule(style=colour)
        if groups:
            yield Text(ENGLISH("footer"), style="dim")

    def _group(self, group: QuoteGroup, console: Console) -> Iterator[RenderableType]:
        """Yield the quotes under what they do to the claim."""
        yield Text(f"\n{answer_wording.heading(group.stance, ENGLISH)}", style="bold underline")
        for quote in group.quotes:
            yield Text()
            yield _Prefixed(_quoted_text(quote), "│ ")
            yield _Prefixed(_attribution(quote))
            yield _link(quote, console)
            if self.explain:
                yield _Prefixed(Text(_explanation(quote), style="dim"))


@dataclass(frozen=True, slots=True)
class _Prefixed:
    """Text with the same two characters before every line of it: a quotation's bar, or an indent."""

    text: Text
    prefix: str = "  "

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(1, options.max_width - len(self.prefix)))
        for line in console.render_lines(self.text, inner, pad=False):
            yield Segment(self.prefix, Style(color="bright_black"))
            yield from line
            yield Segment.line()


def _attribution(quote: Quote) -> Text:
    """Return who published a quote, who says it, and when."""
    article = quote.article
    said_by = quote.speaker.name.casefold() if quote.speaker else None
    parts = [
        str(quote.speaker or ""),
        ENGLISH("citing", source=quote.cited_source)
        if quote.cited_source and quote.cited_source.casefold() != said_by
        else "",
        format_day(article.published),
        answer_wording.revision_date(article, format_day(article.revised), ENGLISH),
        answer_wording.article_kind(article, ENGLISH),
        answer_wording.duplicate_count(quote, ENGLISH),
    ]
    rest = (f" · {sanitize(part)}" for part in parts if part)
    return Text.assemble((sanitize(article.outlet) or ENGLISH("no-outlet"), "bold"), *rest)


def _link(quote: Quote, console: Console) -> RenderableType:
    """Return a link to click on a terminal; elsewhere the whole address, on one line however long."""
    link = sanitize(quote.link)
    if not console.is_terminal:
        return Text(f"  {link}", no_wrap=True, overflow="ignore")
    label = (ENGLISH("read"), Style(link=link, underline=True))
    return _Prefixed(Text.assemble(label, (f" · {sanitize(quote.article.url)}", "dim")))


def _notes(answer: Answer, shown: int) -> Iterator[str]:
    """Yield what was searched, and how the question was understood where that needs saying."""
    found = len(answer.quotes)
    more = ENGLISH("shown-of", shown=shown, found=found) if shown < found else ""
    if searched := " · ".join(filter(None, (answer_wording.search_scope(answer, ENGLISH), more))):
        yield searched
    if answer.filters_dropped:
        yield answer_wording.filters_dropped(answer.question, ENGLISH)
    if filters := answer_wording.filters_used(answer.searched_as, ENGLISH):
        yield filters
    if unread := answer_wording.unread_times(answer.question, ENGLISH):
        yield unread
    if corrections := answer_wording.corrections(answer.question, ENGLISH):
        yield corrections
    if left_out := answer_wording.left_out(answer.question, ENGLISH):
        yield left_out
    if followed := answer_wording.followed_question(answer.question, ENGLISH):
        yield followed
    if weak := answer_wording.language_warning(answer, ENGLISH):
        yield weak


def _quoted_text(quote: Quote) -> Text:
    """Return the quoted words, under those of the sentence they lean on."""
    context = sanitize(quote.context_text or "")
    return Text.assemble((f"{context}\n" if context else "", "dim"), sanitize(quote.text))


def _headline(article: Article, console: Console) -> Iterator[RenderableType]:
    """Yield a headline, clearly not a quote, with where it stands."""
    outlet = sanitize(article.outlet) or ENGLISH("no-outlet")
    source = f" · {outlet} · {format_day(article.published)}"
    yield Text.assemble("\n", sanitize(article.title) or sanitize(article.url), (source, "dim"))
    address = sanitize(article.url)
    yield Text(address, style=Style(link=address, dim=True), no_wrap=not console.is_terminal, overflow="fold")


def _explanation(quote: Quote) -> str:
    """Return what the reader made of a quote, in words, and every feature it was found by."""
    features = " ".join(f"{name}={value:.3g}" for name, value in quote.features.items())
    place = f"score {quote.score:.3f}, characters {quote.start}-{quote.end}"
    return f"{_reading(quote)}; {place}\n{features}"


def _reading(quote: Quote) -> str:
    """Return the reader's chances in words: `read: answers 93%, reports 90%, denies 2%, no comment 1%`."""
    if not quote.chances:
        return "not read"
    chances = ", ".join(
        f"{name.replace('_', ' ')} {round(100 * chance)}%" for name, chance in quote.chances.items()
    )
    cue = f'; cue "{sanitize(quote.judgement.cue)}"' if quote.judgement.cue else ""
    return f"read: {chances}{cue}"
