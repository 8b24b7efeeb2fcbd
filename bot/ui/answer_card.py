"""Answer -> card. Pure: what is shown, in which order, and what gives way when it does not all fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.storage.answers import AnswerRef
from bot.texts import ENGLISH, Texts, answer_wording
from bot.ui.buttons import answer_rows
from bot.ui.card import CARD, PLAIN, Block, Card, Medium
from bot.ui.markdown import bold, escape_truncated, subtext, timestamp, truncate, utf16_length
from bot.ui.quote_block import headline_block, quote_block, quoted_text, truncated_line
from index import Answer, AnswerOutcome, Quote, Stance

MAX_QUOTES = 3  # quotes in one public message; judged: three fit a phone's screen
AMBER, BLURPLE, GREY = 0xF0B232, 0x5865F2, 0x80848E  # never green or red: nobody is declared right
_COLOURS = {
    AnswerOutcome.DISAGREE: AMBER,
    AnswerOutcome.CHANGED: BLURPLE,
    AnswerOutcome.QUOTES: BLURPLE,
    AnswerOutcome.NOTHING: GREY,
    AnswerOutcome.REPLY: BLURPLE,
}
_MAX_NOTICE = 1000  # UTF-16 units, judged
_MAX_SUMMARY, _MAX_NAME = (
    300,
    36,
)  # UTF-16 units of the summary and of a name in it, judged so that both sides fit
_HEADLINES = 2  # lines of a header that are no notes: the question and the summary
_SIDES = {Stance.REPORTED, Stance.DENIED}


@dataclass(frozen=True, slots=True)
class _Selected:
    """A quote to be shown, its place in the answer, its group, and how many units it may take (None: all)."""

    place: int
    stance: Stance | None
    quote: Quote
    room: int | None = None


def answer_card(
    answer: Answer, medium: Medium = CARD, texts: Texts = ENGLISH, ref: AnswerRef | None = None
) -> Card:
    """Return the card for any answer, in the language of `texts`, within the medium's limits.

    With a `ref` it gets the buttons of an answer that is kept.
    What does not fit gives way in this order: further quotes of a group, then whole groups from the last,
    but neither side of a disagreement; then the remaining quotes are shown in part, marked with `[…]`; then
    the notes under the summary, from the last.
    """
    if answer.outcome is AnswerOutcome.REPLY:
        return Card(BLURPLE, (Block(answer_wording.summary(answer, texts)),))
    picks = _select(answer)
    if answer.outcome is AnswerOutcome.NOTHING or not picks:
        card, shown = _nothing(answer, medium, texts), frozenset[int]()
    else:
        picks = _drop_to_fit(answer, picks, medium, texts)
        card = _drop_notes_to_fit(_card(answer, picks, medium, texts), medium)
        shown = frozenset(pick.place for pick in picks)
    return replace(card, rows=answer_rows(answer.quotes, shown, ref, texts)) if ref else card


def announcement(answer: Answer, texts: Texts) -> str:
    """Return one line of plain text for the notification, which a screen reader speaks first."""
    summary = escape_truncated(answer_wording.summary(_with_short_names(answer), texts), _MAX_SUMMARY)[0]
    return (
        summary
        if answer.outcome is AnswerOutcome.REPLY
        else f"{truncated_line(answer.question.text, PLAIN)} {summary}"
    )


def notice_card(text: str) -> Card:
    """Return a card of a plain sentence: a refusal, a hint."""
    return Card(GREY, (Block(escape_truncated(text, _MAX_NOTICE)[0]),))


def _select(answer: Answer) -> list[_Selected]:
    """Choose quotes, in order: the first of each group, then the next ones while there is room."""
    places = count()
    ranked = [
        (rank, number, _Selected(next(places), group.stance, found))
        for number, group in enumerate(answer.groups)
        for rank, found in enumerate(group.quotes)
    ]
    ranked_first = sorted(ranked, key=lambda entry: entry[:2])[:MAX_QUOTES]
    return sorted((pick for _, _, pick in ranked_first), key=lambda pick: pick.place)


def _drop_to_fit(answer: Answer, picks: list[_Selected], medium: Medium, texts: Texts) -> list[_Selected]:
    """Leave out quotes, and in the end shorten them, until the card keeps to its medium."""
    while _card(answer, picks, medium, texts).size > medium.text:
        dropped = _least_needed(picks)
        if dropped is None:
            return _truncate_quotes(answer, picks, medium, texts)
        picks = [pick for pick in picks if pick is not dropped]
    return picks


def _least_needed(picks: Sequence[_Selected]) -> _Selected | None:
    """Return the last quote whose stance is shown twice, else the last outside a disagreement, else None."""
    stances = [pick.stance for pick in picks]
    repeated = [pick for pick in picks if stances.count(pick.stance) > 1]
    if repeated:
        return repeated[-1]
    disagree = set(stances) >= _SIDES
    others = [pick for pick in picks[0 if disagree else 1 :] if not (disagree and pick.stance in _SIDES)]
    return others[-1] if others else None


def _truncate_quotes(
    answer: Answer, picks: Sequence[_Selected], medium: Medium, texts: Texts
) -> list[_Selected]:
    """Share what room there is among the quotes: short ones stay whole, long ones are shown in part."""
    empty = _card(answer, [replace(pick, room=0) for pick in picks], medium, texts)
    room = medium.text - empty.size - len(picks)  # each quote will stand on lines of its own
    wanted = [utf16_length(quoted_text(pick.quote, None)[0]) for pick in picks]
    shares = dict.fromkeys(range(len(picks)), 0)
    for done, number in enumerate(sorted(shares, key=lambda number: wanted[number])):
        shares[number] = min(wanted[number], room // (len(picks) - done))
        room -= shares[number]
    return [
        pick if wanted[number] <= shares[number] else replace(pick, room=shares[number])
        for number, pick in enumerate(picks)
    ]


def _drop_notes_to_fit(card: Card, medium: Medium) -> Card:
    """Leave out notes of the header where names and addresses alone take the room, the least important, last, first."""
    header, *rest = card.blocks
    lines = header.text.split("\n")
    while card.size > medium.text and len(lines) > _HEADLINES:
        lines.pop()
        card = replace(card, blocks=(replace(header, text="\n".join(lines)), *rest))
    return card


def _card(answer: Answer, picks: Sequence[_Selected], medium: Medium, texts: Texts) -> Card:
    """Return the card of the header, the groups and the footer."""
    blocks = [_header(answer, medium, texts, shown_quotes=len(picks))]
    previous: Stance | str | None = ""
    for pick in picks:
        same_heading = pick.stance == previous
        if not same_heading:
            blocks.append(Block(f"### {answer_wording.heading(pick.stance, texts)}", divider=True))
        previous = pick.stance
        blocks.append(replace(quote_block(pick.quote, medium, texts, room=pick.room), divider=same_heading))
    blocks.append(Block(subtext(texts("footer")), divider=True))
    return Card(_COLOURS[answer.outcome], tuple(blocks))


def _nothing(answer: Answer, medium: Medium, texts: Texts) -> Card:
    """Return the card that says that nothing answers, with the nearest headlines."""
    blocks = [_header(answer, medium, texts)]
    if answer.headlines:
        blocks.append(Block(subtext(texts("headlines")), divider=True))
    blocks += [
        replace(headline_block(article, medium, texts), divider=place > 0)
        for place, article in enumerate(answer.headlines[:MAX_QUOTES])
    ]
    while len(blocks) > 1 and Card(GREY, tuple(blocks)).size > medium.text:
        blocks.pop()
    return Card(GREY, tuple(blocks))


def _header(answer: Answer, medium: Medium, texts: Texts, shown_quotes: int = 0) -> Block:
    """Return the question, the summary, and what was searched."""
    question = answer.question
    lines = [
        f"## {truncated_line(question.text, medium)}",
        bold(escape_truncated(answer_wording.summary(_with_short_names(answer), texts), _MAX_SUMMARY)[0]),
    ]
    if searched := _searched(answer, shown_quotes, texts):
        lines.append(subtext(searched))
    if answer.filters_dropped:
        lines.append(subtext(truncated_line(answer_wording.filters_dropped(question, texts), medium)))
    lines += [
        subtext(truncated_line(used, medium))
        for used in (
            answer_wording.filters_used(answer.searched_as, texts),
            answer_wording.unread_times(question, texts),
            answer_wording.corrections(question, texts),
            answer_wording.left_out(question, texts),
            answer_wording.followed_question(question, texts),
            answer_wording.language_warning(answer, texts),
            texts("no-news-comes-in") if answer.is_behind else "",
        )
        if used
    ]
    return Block("\n".join(lines))


def _searched(answer: Answer, shown_quotes: int, texts: Texts) -> str:
    """Return how much was searched, how new it is, and whether there are more quotes than shown."""
    found = len(answer.quotes)
    parts = [answer_wording.article_count(answer, texts)]
    if answer.newest_published:
        parts.append(texts("newest-article", day=timestamp(answer.newest_published, "R")))
    if 0 < shown_quotes < found:
        parts.append(texts("shown-of", shown=shown_quotes, found=found))
    return " · ".join(filter(None, parts))


def _with_short_names(answer: Answer) -> Answer:
    """Cut the names in an answer's summary."""
    return replace(
        answer, reported_by=_short_names(answer.reported_by), denied_by=_short_names(answer.denied_by)
    )


def _short_names(names: Sequence[str]) -> tuple[str, ...]:
    """Cut long names, so that a summary never ends before its second side."""
    return tuple(truncate(name, _MAX_NAME) for name in names)
