"""What an answer is made of: quotes, who says them, what they do to the claim, and the answer itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from index.answering.quote_alignment import Kind, Piece
from index.answering.text_fragment import LONGEST, deep_link
from index.articles import Article, Span
from index.query.question import Question


class Stance(StrEnum):
    """What a sentence does to the claim in a question. Never whether the claim is true."""

    REPORTED = "reported"
    DENIED = "denied"
    NO_COMMENT = "no_comment"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stance, the words in the sentence that decided it, and how sure we are (0 to 1)."""

    stance: Stance
    cue: str | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom an article reports as saying a sentence: `Dmitry Peskov`, `Kremlin spokesman`.

    `name` is as the article writes it, its longest form; `description` too, where the article gives one.
    """

    name: str
    description: str | None = None

    def __str__(self) -> str:
        return f"{self.name}, {self.description}" if self.description else self.name


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a stored article. Its text cannot differ from the article: it is the article's.

    `lead` is the sentence before, when this one leans on it ("However, he ..."); it is shown as context.
    `also` are other outlets' articles that carry (nearly) the same sentence, `cites` the outlet or person
    the sentence itself names as its source ("The Washington Post reported ..."). `features` say how the
    sentence was ranked, by name.
    """

    article: Article
    start: int
    end: int
    speaker: Speaker | None = None
    cites: str | None = None
    judgement: Judgement = field(default_factory=lambda: Judgement(Stance.BACKGROUND))
    lead: Span | None = None
    also: tuple[Article, ...] = ()
    score: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"no such span in {self.article.url}: {self.start}-{self.end}")

    @property
    def text(self) -> str:
        """Give the quoted words, exactly as the article has them."""
        return self.article.text[self.start : self.end]

    @property
    def lead_text(self) -> str | None:
        """Give the words of the sentence this one leans on, exactly as the article has them."""
        return self.article.text[self.lead.start : self.lead.end] if self.lead else None

    @property
    def stance(self) -> Stance:
        """Give what the quote does to the claim."""
        return self.judgement.stance

    @property
    def link(self) -> str:
        """Give the address that opens the article at this sentence."""
        return self.link_within(LONGEST)

    def link_within(self, longest: int) -> str:
        """Give that address in at most so many characters, or the article's own where there is no room for more."""
        return deep_link(self.article.url, self.article.text, Span(self.start, self.end), longest)


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences that hold the words: `pieces` joined, without those that are missing, are the quote's text."""

    quote: Quote
    likeness: float
    pieces: tuple[Piece, ...]

    @property
    def exact(self) -> bool:
        """Say whether every word is the same, in the same order."""
        return all(piece.kind not in {Kind.DIFFERENT, Kind.MISSING} for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What became of looking for `words`: matches, the best first; among how many articles, the newest of which."""

    words: str
    matches: tuple[Match, ...]
    articles: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Context:
    """Quoted words in their article as it is stored now, with the sentences around them, in order."""

    article: Article
    span: Span
    before: tuple[Span, ...]
    after: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Quotes that do the same to the claim, best first. `stance` is None for one neutral group."""

    stance: Stance | None
    quotes: tuple[Quote, ...]


class Outcome(StrEnum):
    """What kind of answer it is; a card's colour and first line follow from it."""

    QUOTES = "quotes"  # quotes, and nobody disagrees
    DISAGREE = "disagree"  # some report it, some deny it
    NOTHING = "nothing"  # no indexed article answers: only headlines are offered
    REPLY = "reply"  # not a question about the news: a fixed short reply, see Question.small_talk


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a card shows. `groups` hold the quotes; `headlines` are the nearest articles when none answers.

    `articles` counts what was searched (after filters), `newest` is the newest of them.
    `reported_by` and `denied_by` name outlets and people, in order, for the summary line.
    `unfiltered` is True when the filters read out of the question left nothing and were dropped. `weak_in` are
    the languages (ISO 639-1) of the question and the quoted articles in which the model is weak.
    """

    question: Question
    outcome: Outcome
    groups: tuple[Group, ...] = ()
    headlines: tuple[Article, ...] = ()
    articles: int = 0
    newest: datetime | None = None
    reported_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    unfiltered: bool = False
    weak_in: tuple[str, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Give all quotes in the order they are shown."""
        return tuple(quote for group in self.groups for quote in group.quotes)
