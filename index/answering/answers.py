"""The data types of answers: quotes, groups of them, found quotations, and the answer itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from index.answering.quote_alignment import AlignedSegment, SegmentKind
from index.answering.text_fragment import MAX_LINK_LENGTH, text_fragment_link
from index.articles import Article, Span
from index.attribution.speaker import Speaker
from index.query.question import Question
from index.stance.judgement import Judgement, Stance
from index.text.language_id import ENGLISH, question_language


@dataclass(frozen=True, slots=True)
class Quote:
    """A span, `start` to `end`, of a stored article. Its text cannot differ from the article: it is the article's.

    `speaker` is who says it, `judgement` what it says about the claim. `context` is the span of the sentence
    before, when this one cannot be understood without it ("However, he ..."). `duplicates` are other outlets'
    articles that carry (nearly) the same sentence, `cited_source` the outlet or person the sentence itself
    names as its source ("The Washington Post reported ..."). `score` is the ranking's (of a found quotation
    the similarity), `features` what it was computed from, by name; `chances`, 0 to 1, are those that the reader gave,
    empty where it did not read.

    Raise ValueError when the article has no such span.
    """

    article: Article
    start: int
    end: int
    speaker: Speaker | None = None
    cited_source: str | None = None
    judgement: Judgement = field(default_factory=lambda: Judgement(Stance.BACKGROUND))
    context: Span | None = None
    duplicates: tuple[Article, ...] = ()
    score: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict, compare=False)
    chances: Mapping[str, float] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"no such span in {self.article.url}: {self.start}-{self.end}")

    @property
    def text(self) -> str:
        """Return the quoted words, exactly as the article has them."""
        return self.article.text[self.start : self.end]

    @property
    def context_text(self) -> str | None:
        """Return the words of the sentence before that this one needs, exactly as the article has them."""
        return self.article.text[self.context.start : self.context.end] if self.context else None

    @property
    def stance(self) -> Stance:
        """Return what the quote says about the claim."""
        return self.judgement.stance

    @property
    def link(self) -> str:
        """Return the URL that opens the article at this sentence."""
        return self.link_within(MAX_LINK_LENGTH)

    def link_within(self, max_length: int) -> str:
        """Return that URL in at most `max_length` characters; the article's own, of any length, when none fits."""
        return text_fragment_link(
            self.article.url,
            self.article.text,
            Span(self.start, self.end),
            max_length,
            title=self.article.title,
        )


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Sentences that hold a quotation, exactly or nearly.

    `segments`, joined without those that are MISSING, are the quote's text. `similarity` is 0 to 1.
    """

    quote: Quote
    similarity: float
    segments: tuple[AlignedSegment, ...]

    @property
    def exact(self) -> bool:
        """Return True if every word is the same, in the same order."""
        return all(
            segment.kind not in {SegmentKind.DIFFERENT, SegmentKind.MISSING} for segment in self.segments
        )


@dataclass(frozen=True, slots=True)
class QuoteSearchResult:
    """The matches of `words`, best first; how many articles were searched, and when the newest was published.

    `outlets` are those that were searched, empty for all.
    """

    words: str
    matches: tuple[QuoteMatch, ...]
    articles: int
    newest_published: datetime | None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """Quoted words in their article as it is stored now, with the sentences around them, in order."""

    article: Article
    span: Span
    before: tuple[Span, ...]
    after: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """Quotes with the same stance on the claim, best first. `stance` is None for one neutral group."""

    stance: Stance | None
    quotes: tuple[Quote, ...]


class AnswerOutcome(StrEnum):
    """What kind of answer it is; a card's colour and first line follow from it."""

    QUOTES = "quotes"  # quotes, and nobody disagrees
    DISAGREE = "disagree"  # some report it, some deny it
    CHANGED = "changed"  # the newest settle it one way, older ones settled it the other
    NOTHING = "nothing"  # no indexed article answers: only headlines are offered
    REPLY = "reply"  # not a question about the news: a fixed short reply, see Question.small_talk


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question. `groups` hold the quotes; `headlines` are the nearest articles when none answers.

    `searched_articles` counts what was searched (after filters), `newest_published` is the newest of them;
    `indexed_articles` counts the whole index. Where nothing was searched, `newest_of_outlets` is the newest of any
    time in the outlets that were asked of; else it is `newest_published`.
    `reported_by` and `denied_by` name outlets and people, in order, for the summary line. `filters_dropped`
    is True when the filters read out of the question left nothing and were dropped. `unsupported_languages`
    are the languages (ISO 639-1) of the question and the quoted articles in which the model is weak. `is_behind` says
    that no news came in at the time.
    """

    question: Question
    outcome: AnswerOutcome
    groups: tuple[QuoteGroup, ...] = ()
    headlines: tuple[Article, ...] = ()
    searched_articles: int = 0
    newest_published: datetime | None = None
    reported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    filters_dropped: bool = False
    unsupported_languages: tuple[str, ...] = ()
    indexed_articles: int = 0
    newest_of_outlets: datetime | None = None
    is_behind: bool = False

    @property
    def searched_as(self) -> Question:
        """Return the question with the filters that were used in the end."""
        return self.question.without_read_filters() if self.filters_dropped else self.question

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Return all quotes in the order they are shown."""
        return tuple(quote for group in self.groups for quote in group.quotes)


def with_language_warning(answer: Answer) -> Answer:
    """Return the answer with the languages, other than English, of its question and its quotes: a model is weak in them."""
    if answer.outcome is AnswerOutcome.REPLY:
        return answer
    languages = [
        question_language(answer.question.text),
        *(quote.article.language for quote in answer.quotes),
    ]
    unsupported = dict.fromkeys(code for code in languages if code and code != ENGLISH)
    return replace(answer, unsupported_languages=tuple(unsupported)) if unsupported else answer
