"""A claim, and a sentence laid over it: which of its words are the claim's, and what turns them round."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from index.stance.content_words import is_content
from index.stance.cue_lexicon import BE, NAMES_WITH, NAMING
from index.stance.negation_scope import QUOTE_MARKS, CueType, NegationCue, ParsedSentence, parse
from index.stance.predicate_arguments import Predicate, extract_predicate
from index.stance.synonyms import concept_of
from index.text.tokens import tokenize


@dataclass(frozen=True)
class Claim:
    """A claim as meanings of words: all its content, what is not a name, and what it says is not so.

    What is computed of it once is kept on the object, and so lives no longer than the question it belongs to.

    `proper` are those of its names that must have a capital letter elsewhere too; `negated_predicate` is what a "not" in it falls on first, its verb as a rule; `denial` is True when the claim is itself that
    somebody denies something.
    """

    reading: ParsedSentence
    content: frozenset[str]
    proper: frozenset[str]
    actions: frozenset[str]
    negated: frozenset[str]
    negated_predicate: str | None = None
    denial: bool = False
    _named: dict[frozenset[str], "Claim"] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def negative(self) -> bool:
        """Say whether most of what is claimed is claimed not to be so."""
        return bool(self.negated) and 2 * len(self.negated) >= len(self.actions)

    @property
    def is_past(self) -> bool:
        """Say whether it is asked whether something has happened: "Did she resign?", "Has she been fired?"."""
        first = self.reading.words[0].lower if self.reading.words else ""
        return first in {"did", "was", "were", "has", "have", "had"}

    @property
    def names(self) -> frozenset[str]:
        """Give what of its content is named rather than done."""
        return self.content - self.actions

    @property
    def is_truecased(self) -> bool:
        """Say whether capitals tell its names from its other words; people type questions without them."""
        return not self.reading.text.islower()

    @cached_property
    def predicate(self) -> Predicate:
        """Return its verb, who does it and to whom."""
        return extract_predicate(self.reading.words, self.names)

    def cover(self, meanings: frozenset[str]) -> float:
        """Return the share of the claim's content among `meanings`, 0 to 1."""
        return len(self.content & meanings) / max(1, len(self.content))

    def with_names(self, names: frozenset[str]) -> "Claim":
        """Return the claim with some of its actions taken for names; itself if no action would be left."""
        if names not in self._named:
            rest = self.actions - names
            self._named[names] = replace(self, actions=rest, negated=self.negated & rest) if rest else self
        return self._named[names]


def parse_claim(text: str) -> Claim:
    """Return the claim in a question or a headline; nothing of the text is kept but in what is returned."""
    reading = parse(text)
    words = reading.words
    content = [i for i, word in enumerate(words) if is_content(word)]
    acts = [i for i in content if text[words[i].start].islower()] or content
    turned = {
        i: turn
        for i in acts
        if (turn := reading.cue_over(i)) and turn.is_negated and not _rhetorical(reading, turn)
    }
    key = next((concept_of(words[i].stem) for i, turn in turned.items() if turn.kind is CueType.NOT), None)
    plain = {concept_of(words[i].stem) for i in content if i == 0 or not text[words[i].start].isupper()}
    return Claim(
        reading,
        frozenset(concept_of(words[i].stem) for i in content),
        frozenset(() if is_headline_case(reading) else {concept_of(words[i].stem) for i in content} - plain),
        frozenset(concept_of(words[i].stem) for i in acts),
        frozenset(concept_of(words[i].stem) for i in turned),
        key,
        any(turn.kind is CueType.DENIAL for turn in turned.values()),
    )


def _rhetorical(reading: ParsedSentence, turn: NegationCue) -> bool:
    """Say whether a turn only opens a question that expects a yes: "Didn't he call?", "Isn't it true that ...?"."""
    return reading.asks and turn.kind is CueType.NOT and turn.cue.first <= 1


def concepts_in(text: str) -> frozenset[str]:
    """Return the stems that stand for the words of a text."""
    return frozenset(concept_of(word.stem) for word in tokenize(text))


@dataclass(frozen=True)
class ClaimOverlap:
    """A sentence laid over a claim: what each word means, and where the claim's words stand in it.

    `mentions` are positions of the claim's words, `action_positions` those that are no names; `cover` is the share of the claim
    that the sentence holds. `title` is the article's headline, `previous` the sentence before; they are read when
    it matters what stands in them.
    """

    claim: Claim
    reading: ParsedSentence
    means: tuple[str, ...]
    mentions: tuple[int, ...]
    action_positions: tuple[int, ...]
    title: str
    previous: str
    cover: float
    find_concepts: Callable[[str], frozenset[str]] = concepts_in

    @property
    def has_no_context(self) -> bool:
        """Say whether there was neither a headline nor a sentence before."""
        return not self.title and not self.previous

    @cached_property
    def terms_nearby(self) -> frozenset[str]:
        """Give what of the claim stands in the sentence or the one before."""
        here = frozenset(self.means[i] for i in self.mentions)
        return self.claim.content & (here | self.find_concepts(self.previous))

    @cached_property
    def terms_in_context(self) -> frozenset[str]:
        """Give what of the claim stands in the sentence, the one before, or the headline."""
        return self.claim.content & (self.terms_nearby | self.find_concepts(self.title))

    @cached_property
    def context(self) -> float:
        """Give the share of the claim that these three hold together."""
        return self.claim.cover(self.terms_in_context)

    def content(self, turn: NegationCue) -> list[int]:
        """Return where content words stand that `turn` reaches; adverbs and numbers left out."""
        words = self.reading.words
        return [
            i
            for i in range(*turn.scope)
            if is_content(words[i])
            and not words[i].lower.endswith("ly")
            and words[i].lower[0].isalpha()
            and self.decides(turn, i)
        ]

    def hits(self, turn: NegationCue) -> list[int]:
        """Return where the claim's actions stand that `turn` decides on."""
        return [i for i in self.action_positions if self.decides(turn, i)]

    def decides(self, turn: NegationCue, at: int) -> bool:
        """Say whether `turn` is what turns the word at `at`, or says the same of it as an inner turn does."""
        over = self.reading.cue_over(at) if turn.covers(at) else None
        return over is turn or bool(over and over.is_negated and turn.kind is CueType.UNTRUE)

    def owns(self, at: int) -> bool:
        """Say whether the word at `at` is a possessive: "Roe's"."""
        word = self.reading.words[at]
        return self.reading.text[word.start : word.end].endswith(("'s", "’s", "s'", "s’"))

    def is_name(self, at: int) -> bool:
        """Say whether the word at `at` starts with a capital letter."""
        return self.reading.text[self.reading.words[at].start].isupper()


def overlap(
    claim: Claim,
    sentence: str,
    title: str = "",
    previous: str = "",
    find_concepts: Callable[[str], frozenset[str]] = concepts_in,
) -> ClaimOverlap:
    """Return `sentence` laid over `claim`; `title` and `previous` count for `context` alone.

    `find_concepts` may be a memoised `concepts_in`: the same titles come again and again.
    """
    reading = parse(sentence)
    means = tuple(concept_of(word.stem) for word in reading.words)
    understood = _with_names(claim, reading, means)
    mentions = tuple(
        i
        for i, mean in enumerate(means)
        if mean in understood.content
        and not _naming(reading, i)
        and (mean not in understood.proper or reading.text[reading.words[i].start].isupper())
    )
    acts = tuple(i for i in mentions if means[i] in understood.actions)
    here = frozenset(means[i] for i in mentions)
    cover = understood.cover(here)
    return ClaimOverlap(understood, reading, means, mentions, acts, title, previous, cover, find_concepts)


def _with_names(claim: Claim, sentence: ParsedSentence, means: tuple[str, ...]) -> Claim:
    """Return a claim typed without capitals with the names taken out of its actions, as the sentence shows them."""
    if claim.is_truecased or is_headline_case(sentence):
        return claim
    return claim.with_names(
        frozenset(
            means[i]
            for i, word in enumerate(sentence.words)
            if means[i] in claim.actions and sentence.text[word.start].isupper()
        )
    )


def is_headline_case(reading: ParsedSentence) -> bool:
    """Say whether Most of the Longer Words Have Capital Letters, so that these show no names."""
    longer = [word for word in reading.words if word.end - word.start >= 4]
    return 4 * sum(reading.text[word.start].isupper() for word in longer) > 3 * len(longer)


def _naming(reading: ParsedSentence, at: int) -> bool:
    """Say whether a "call" only names or demands: "called the report false", "called for", "called off"."""
    words = reading.words
    if words[at].stem != "call" or at + 1 >= len(words):
        return False
    if words[at + 1].lower in {"for", "on", "off", "upon", "into", "out", "up"}:
        return True
    names = words[at].lower in {"called", "calls", "calling"}
    if (
        names
        and words[at + 1].lower == "the"
        and any(word.lower in {"what", "which"} for word in words[max(0, at - 6) : at])
    ):
        return True  # "which Putin called the greatest catastrophe"
    if names and any(word.lower in QUOTE_MARKS for word in words[at + 2 : at + 4]):
        return True  # "called Putin “smart”"
    passive = any(word.lower in BE for word in words[max(0, at - 2) : at])
    if passive and names and words[at + 1].lower in NAMES_WITH:
        return True  # "has been called the best", "is called “Joe”"
    untrue = any(turn.kind is CueType.UNTRUE and at < turn.cue.first <= at + 9 for turn in reading.cues)
    return untrue and words[at + 1].lower in NAMING
