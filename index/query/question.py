"""Parse a question: its topic, its filters for time and outlets, and the type of answer it asks for."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from index.articles import Span
from index.errors import BadQuestion
from index.query.answer_type import AnswerType, classify_answer_type
from index.query.claim_framing import strip_claim_framing
from index.query.follow_up import (
    asks_for_news,
    first_question,
    is_followup,
    is_fragment,
    keywords,
    rewrite_with_history,
)
from index.query.outlet_mentions import OutletMention, link_outlets
from index.query.plain_wording import affirmative, with_apostrophes
from index.query.small_talk import SmallTalk, asks_ahead, small_talk
from index.query.time_expressions import Period
from index.query.time_filter import TimeConstraint, time_constraint
from index.retrieval.keyword_index import SearchFilter
from index.retrieval.spelling import Correction, Spell, corrected
from index.stance.claim import Claim, parse_claim
from index.text.cleaning import clean_line

__all__ = ["MAX_QUESTION_LENGTH", "AnswerType", "Question", "SmallTalk", "keywords", "parse_question"]

MAX_QUESTION_LENGTH = 2000  # characters; a Discord message is at most this long for most people

# Discord's mentions, custom emoji, commands and timestamps ("<@123>", "<:wave:123>", "<t:123:R>"), and
# addresses.
_MARKUP = re.compile(
    r"<(?:@[!&]?|#|a?:\w{1,40}:|/[^<>:]{1,100}:|t:)\d{1,20}(?::\w)?>|<?https?://[^\s<>]+>?", re.IGNORECASE
)
# Discord's Markdown: "**", "~~", "||", "`", "_" at the edge of a word, "> " and "## " at the start of a line.
_EMPHASIS = re.compile(
    r"\*{1,3}|~~|\|\||`{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|^\s*(?:>{1,3}|#{1,3})\s", re.MULTILINE
)
# Characters without a shape: soft hyphens, zero-width joiners, marks of direction, variation selectors, tags.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
# Emoji, flags, arrows and other pictures, which the models have no words for.
_PICTURES = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]")
_EXAMPLE = "Ask in a few words, for example: Did Trump call Putin?"


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed question.

    `text` is what the person wrote; `topic` is what is searched for: without the filters that were read out
    of it and the words around a claim, completed from the previous question when it is a follow-up to that
    one (then `completed_from`). `now` is when it was asked. `since` is inclusive and `until` exclusive, all
    three aware UTC. `outlets` are names as indexed. `filter_phrases` lists the phrases the filters were read
    from ("last week", "according to CNN"); empty when every filter was given as an option. `prefer_around` is
    the moment (aware UTC) near which answers are preferred, not required ("this week", "in the 2024 final on
    Sunday"), and `prefer_within` half the width of the time meant. `claim` is what sources may report or
    deny, as parsed from `topic`; None unless the question puts one. `unread_times` are words that look like a
    time and were not understood; `options` the filters that were given beside the words. `asks_ahead` is True if it asks
    for what is still to come, `coming` the time it names that has not begun yet, `happened_since` when the time begins in
    which it asks whether something happened. `corrections` are words of `text` that
    were read as others (`index.retrieval.spelling`). `is_first_of_several` is True if `text` asks more, which was left out.
    """

    text: str
    topic: str
    now: datetime
    answer_type: AnswerType = AnswerType.THING
    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()
    filter_phrases: tuple[str, ...] = ()
    small_talk: SmallTalk | None = None
    completed_from: str | None = None
    prefer_around: datetime | None = None
    prefer_within: timedelta | None = None
    claim: Claim | None = field(default=None, repr=False)
    unread_times: tuple[str, ...] = ()
    asks_ahead: bool = False
    coming: Period | None = None
    happened_since: datetime | None = None
    options: SearchFilter = field(default_factory=SearchFilter)
    corrections: tuple[Correction, ...] = ()
    is_first_of_several: bool = False

    @property
    def is_news(self) -> bool:
        """Return True if it may be answered from the news: it is no small talk, but perhaps about what is to come."""
        return self.small_talk in {None, SmallTalk.FUTURE}

    @property
    def word_count(self) -> int:
        """How many words the question has, as it was typed."""
        return len(self.text.split())

    @property
    def names_only_a_time(self) -> bool:
        """Return True if nothing is asked but what there was at some time: "What happened on 11 November?"."""
        return self.since is not None and not self.asks_ahead and asks_for_news(self.topic)

    @property
    def filters(self) -> SearchFilter:
        """Return what limits the search."""
        return SearchFilter(self.since, self.until, self.outlets)

    def narrowed(self, options: SearchFilter) -> "Question":
        """Return the question with filters that were given beside its words; each outranks what the words say."""
        return replace(
            self,
            since=options.since or self.since,
            until=options.until or self.until,
            outlets=options.outlets or self.outlets,
            options=options,
        )

    def without_filters(self) -> "Question":
        """Return the question without any filter, for articles that were chosen already."""
        return replace(self, since=None, until=None, outlets=(), options=SearchFilter())

    def without_read_filters(self) -> "Question":
        """Return the question without the filters that were read from its words; those given beside them stay."""
        options = self.options
        return replace(self, since=options.since, until=options.until, outlets=options.outlets)


def parse_question(
    text: str,
    *,
    now: datetime,
    outlets: Collection[str] = (),
    previous: str | None = None,
    day_first: bool | None = None,
    spell: Spell | None = None,
) -> Question:
    """Read a question as a person wrote it.

    `now` is an aware moment in the person's time zone, `outlets` the names in the index, `previous` the
    question the same person asked before, `day_first` the order of numbers in the person's dates (None where
    it is not known), `spell` finds the words of a topic that were typed wrongly. Raise BadQuestion when it is empty,
    too long, or holds no word.
    """
    question = _parse(text, now, outlets, previous, day_first=day_first)
    corrections = spell(question.topic, _understood(question)) if spell and question.is_news else ()
    if corrections:
        line = corrected(_plain_line(text), corrections)
        before = corrected(previous, corrections) if previous else None
        read = _parse(line, now, outlets, before, day_first=day_first)
        completed_from = previous if read.completed_from else None
        question = replace(read, text=text, completed_from=completed_from, corrections=corrections)
    if question.answer_type is AnswerType.CLAIM:
        return replace(question, claim=parse_claim(question.topic))
    return question


def _understood(question: Question) -> tuple[str, ...]:
    """Return the phrases of a question whose meaning is settled, or was told to be unknown."""
    return (*question.filter_phrases, *question.unread_times)


def _parse(
    text: str,
    now: datetime,
    outlets: Collection[str],
    previous: str | None,
    *,
    day_first: bool | None = None,
) -> Question:
    """Return the question with all but its claim."""
    whole = _plain_line(text)
    line = first_question(whole)
    talk, answer_type, ahead = small_talk(line, now), classify_answer_type(line), asks_ahead(line)
    line = affirmative(strip_claim_framing(line)) if answer_type is AnswerType.CLAIM else line
    mentions = link_outlets(line, outlets) if outlets else []
    constraint = time_constraint(line, now, mentions, day_first=day_first, ahead=ahead)
    if ahead and constraint.coming:
        talk = talk or SmallTalk.FUTURE
    removed = [
        *(mention.removed for mention in mentions),
        *([constraint.phrase] if constraint.phrase else []),
    ]
    rest = _without(line, removed)
    question = Question(
        text=text,
        topic=rest if keywords(rest) else line,
        now=now.astimezone(UTC),
        answer_type=answer_type,
        since=constraint.since,
        until=constraint.until,
        outlets=tuple(mention.outlet for mention in mentions),
        filter_phrases=_filter_phrases(line, mentions, constraint),
        small_talk=talk,
        asks_ahead=ahead or talk is SmallTalk.FUTURE,
        coming=constraint.coming,
        happened_since=None if ahead else constraint.since,
        prefer_around=constraint.prefer_around,
        prefer_within=constraint.prefer_within,
        unread_times=tuple(line[span.start : span.end] for span in constraint.unread),
        is_first_of_several=len(line) < len(whole),
    )
    if not question.is_news or not previous:
        return question
    return _complete(question, rest, _parse_previous(previous, now, outlets, day_first=day_first))


def check_length(text: str, subject: str, advice: str, code: str) -> None:
    """Raise BadQuestion (`code`) when a text is longer than MAX_QUESTION_LENGTH.

    Its message is `subject` ("Your question has"), the lengths, and `advice`.
    """
    if len(text) > MAX_QUESTION_LENGTH:
        raise BadQuestion(
            f"{subject} {len(text):,} characters; I read up to {MAX_QUESTION_LENGTH:,}. {advice}",
            code,
            length=len(text),
            most=MAX_QUESTION_LENGTH,
        )


def _plain_line(text: str) -> str:
    """Return a message in one line without markup and invisible characters.

    Raise BadQuestion when it is empty, too long, or holds no word.
    """
    if not text.strip():
        raise BadQuestion(f"That was an empty question. {_EXAMPLE}", "question-empty")
    check_length(text, "Your question has", "Ask it in one or two sentences.", "question-long")
    shown = _PICTURES.sub(" ", _MARKUP.sub(" ", _HIDDEN.sub("", text)))
    line = clean_line(_EMPHASIS.sub("", shown), MAX_QUESTION_LENGTH)
    if not any(character.isalnum() for character in line):
        raise BadQuestion(f"I found no words in that question. {_EXAMPLE}", "question-wordless")
    return with_apostrophes(line)


def _without(line: str, spans: Iterable[Span]) -> str:
    """Return a line without some spans, and without the punctuation they leave behind."""
    kept, start = [], 0
    for span in sorted(spans):
        kept.append(line[start : max(start, span.start)])
        start = max(start, span.end)
    rest = re.sub(r"\s+([?.!,;:])", r"\1", " ".join(" ".join([*kept, line[start:]]).split()))
    return re.sub(r"[,;:]+(?=[?.!])", "", rest).strip(" ,;:-–—")


def _filter_phrases(line: str, mentions: list[OutletMention], constraint: TimeConstraint) -> tuple[str, ...]:
    spans = [mention.phrase for mention in mentions] + ([constraint.phrase] if constraint.phrase else [])
    return tuple(line[span.start : span.end].strip() for span in sorted(set(spans)))


def _parse_previous(
    text: str, now: datetime, outlets: Collection[str], *, day_first: bool | None
) -> Question | None:
    """Return the question before, None where it was none about the news."""
    try:
        before = _parse(text[:MAX_QUESTION_LENGTH], now, outlets, None, day_first=day_first)
    except BadQuestion:
        return None
    return replace(before, text=text) if before.is_news else None


def _complete(question: Question, rest: str, before: Question | None) -> Question:
    """Return a follow-up completed from the question before, any other as it is; filters are never carried over."""
    dated = question.since is not None or question.until is not None
    if before is None or not is_followup(rest, dated=dated and not question.outlets):
        return question
    topic = rewrite_with_history(rest, before.topic)
    if topic is None:
        return question
    answer_type = before.answer_type if is_fragment(rest) else question.answer_type
    ahead = question.asks_ahead or (is_fragment(rest) and before.asks_ahead)
    talk = question.small_talk or (SmallTalk.FUTURE if ahead else None)
    return replace(
        question,
        topic=topic,
        completed_from=before.text,
        answer_type=answer_type,
        asks_ahead=ahead,
        small_talk=talk,
    )
