"""A claim, and how a sentence overlaps with it: which of its words are the claim's, and what negates them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from index.stance.content_words import is_content
from index.stance.cue_lexicon import BE_FORMS, NAME_OPENERS, NAMING_OBJECTS
from index.stance.negation_scope import QUOTE_MARKS, CueType, NegationCue, ParsedSentence, parse
from index.stance.predicate_arguments import Predicate, extract_predicate
from index.stance.synonyms import concept_of
from index.text.tokens import tokenize

# Judged: in a headline more than three quarters of the words with four letters or more have a capital.
_LONGER_WORD = 4
_HEADLINE_SHARE = (3, 4)  # exact in integers
_NAMED_AFTER_CALL = 9  # words behind a "call" among which "false" shows that it names; judged


@dataclass(frozen=True)
class Claim:
    """A claim as the concepts of its words.

    `content` are all of them, `actions` those that are no names, `negated` those actions that it says are not
    so. `proper_names` are the names that must have a capital letter elsewhere too. `negated_predicate` is
    what a "not" in the claim falls on first, its verb as a rule. `is_denial` is True when the claim is itself
    that somebody denies something.

    What is computed of it once is kept on the object, and so lives no longer than the question it belongs to.
    """

    parsed: ParsedSentence
    content: frozenset[str]
    proper_names: frozenset[str]
    actions: frozenset[str]
    negated: frozenset[str]
    negated_predicate: str | None = None
    is_denial: bool = False
    _named: dict[frozenset[str], "Claim"] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def is_negative(self) -> bool:
        """Return True if at least half of the actions are claimed not to be so."""
        return bool(self.negated) and 2 * len(self.negated) >= len(self.actions)

    @property
    def is_past(self) -> bool:
        """Return True if it is asked whether something has happened.

        As in "Did she resign?", "Has she been fired?".
        """
        first = self.parsed.words[0].lower if self.parsed.words else ""
        return first in {"did", "was", "were", "has", "have", "had"}

    @property
    def names(self) -> frozenset[str]:
        """Return the part of its content that is named rather than done."""
        return self.content - self.actions

    @property
    def is_truecased(self) -> bool:
        """Return True if capitals tell its names from its other words; people type questions without them."""
        return not self.parsed.text.islower()

    @cached_property
    def predicate(self) -> Predicate:
        """Return its verb, who does it and to whom."""
        return extract_predicate(self.parsed.words, self.names)

    def cover(self, concepts: frozenset[str]) -> float:
        """Return the share of the claim's content among `concepts`, 0 to 1."""
        return len(self.content & concepts) / max(1, len(self.content))

    def with_names(self, names: frozenset[str]) -> "Claim":
        """Return the claim with some of its actions taken for names; itself if no action would be left."""
        if names not in self._named:
            rest = self.actions - names
            self._named[names] = replace(self, actions=rest, negated=self.negated & rest) if rest else self
        return self._named[names]


def parse_claim(text: str) -> Claim:
    """Return the claim in a question or a headline; nothing of the text is kept but in what is returned."""
    parsed = parse(text)
    words = parsed.words
    content = [i for i, word in enumerate(words) if is_content(word)]
    actions = [i for i in content if text[words[i].start].islower()] or content
    negated = {
        i: cue
        for i in actions
        if (cue := parsed.cue_over(i)) and cue.is_negated and not _is_rhetorical(parsed, cue)
    }
    key = next((concept_of(words[i].stem) for i, cue in negated.items() if cue.kind is CueType.NOT), None)
    plain = {concept_of(words[i].stem) for i in content if i == 0 or not text[words[i].start].isupper()}
    return Claim(
        parsed,
        frozenset(concept_of(words[i].stem) for i in content),
        frozenset(() if is_headline_case(parsed) else {concept_of(words[i].stem) for i in content} - plain),
        frozenset(concept_of(words[i].stem) for i in actions),
        frozenset(concept_of(words[i].stem) for i in negated),
        key,
        any(cue.kind is CueType.DENIAL for cue in negated.values()),
    )


def _is_rhetorical(parsed: ParsedSentence, cue: NegationCue) -> bool:
    """Return True if a cue only opens a question that expects a yes.

    As in "Didn't he call?", "Isn't it true that ...?".
    """
    return parsed.is_question and cue.kind is CueType.NOT and cue.span.first <= 1


def concepts_in(text: str) -> frozenset[str]:
    """Return the stems that stand for the words of a text."""
    return frozenset(concept_of(word.stem) for word in tokenize(text))


@dataclass(frozen=True)
class ClaimOverlap:
    """A sentence beside a claim: the concept of each of its words, and where the claim's words stand in it.

    `mentions` are the positions of the claim's words, `action_positions` those of them that are no names.
    `cover` is the share of the claim's content, 0 to 1, that the sentence holds. `title` is the article's
    headline, `previous` the sentence before; they are read when it matters what stands in them.
    """

    claim: Claim
    sentence: ParsedSentence
    concepts: tuple[str, ...]
    mentions: tuple[int, ...]
    action_positions: tuple[int, ...]
    title: str
    previous: str
    cover: float
    find_concepts: Callable[[str], frozenset[str]] = concepts_in

    @property
    def has_no_context(self) -> bool:
        """Return True if there was neither a headline nor a sentence before."""
        return not self.title and not self.previous

    @cached_property
    def _terms_here(self) -> frozenset[str]:
        return frozenset(self.concepts[i] for i in self.mentions)

    def _add_terms(self, found: frozenset[str], text: str) -> frozenset[str]:
        """Return the terms `found` and those of the claim in `text`, which is not read once all are found."""
        if len(found) == len(self.claim.content):
            return found
        return found | (self.claim.content & self.find_concepts(text))

    @cached_property
    def terms_nearby(self) -> frozenset[str]:
        """Return what of the claim's content stands in the sentence or the one before."""
        return self._add_terms(self._terms_here, self.previous)

    @cached_property
    def terms_in_context(self) -> frozenset[str]:
        """Return what of the claim's content stands in the sentence, the one before, or the headline."""
        return self._add_terms(self._add_terms(self._terms_here, self.title), self.previous)

    @cached_property
    def context_cover(self) -> float:
        """Return the share of the claim's content, 0 to 1, in the sentence, the one before, and the headline."""
        return self.claim.cover(self.terms_in_context)

    def content_under(self, cue: NegationCue) -> list[int]:
        """Return where content words stand that `cue` governs, without adverbs and numbers."""
        words = self.sentence.words
        return [
            i
            for i in range(*cue.scope)
            if is_content(words[i])
            and not words[i].lower.endswith("ly")
            and words[i].lower[0].isalpha()
            and self.governed_by(cue, i)
        ]

    def actions_under(self, cue: NegationCue) -> list[int]:
        """Return where the claim's actions stand that `cue` governs."""
        return [i for i in self.action_positions if self.governed_by(cue, i)]

    def governed_by(self, cue: NegationCue, at: int) -> bool:
        """Return True if `cue` negates the word at `at` itself, or says the same of it as an inner cue."""
        over = self.sentence.cue_over(at) if cue.covers(at) else None
        return over is cue or bool(over and over.is_negated and cue.kind is CueType.UNTRUE)

    def is_possessive(self, at: int) -> bool:
        """Return True if the word at `at` is a possessive: "Roe's"."""
        word = self.sentence.words[at]
        return self.sentence.text[word.start : word.end].endswith(("'s", "’s", "s'", "s’"))

    def is_capitalized(self, at: int) -> bool:
        """Return True if the word at `at` starts with a capital letter."""
        return self.sentence.text[self.sentence.words[at].start].isupper()


def overlap(
    claim: Claim,
    sentence: str,
    title: str = "",
    previous: str = "",
    find_concepts: Callable[[str], frozenset[str]] = concepts_in,
) -> ClaimOverlap:
    """Return how `sentence` overlaps with `claim`; `title` and `previous` count for the context alone.

    `find_concepts` may be a memoised `concepts_in`: the same titles come again and again.
    """
    parsed = parse(sentence)
    concepts = tuple(concept_of(word.stem) for word in parsed.words)
    claim = _with_names(claim, parsed, concepts)
    mentions = tuple(
        i
        for i, concept in enumerate(concepts)
        if concept in claim.content
        and not _is_naming(parsed, i)
        and (concept not in claim.proper_names or parsed.text[parsed.words[i].start].isupper())
    )
    actions = tuple(i for i in mentions if concepts[i] in claim.actions)
    here = frozenset(concepts[i] for i in mentions)
    cover = claim.cover(here)
    return ClaimOverlap(claim, parsed, concepts, mentions, actions, title, previous, cover, find_concepts)


def _with_names(claim: Claim, sentence: ParsedSentence, concepts: tuple[str, ...]) -> Claim:
    """Return a claim typed without capitals, with the names that the sentence shows out of its actions."""
    if claim.is_truecased or is_headline_case(sentence):
        return claim
    return claim.with_names(
        frozenset(
            concepts[i]
            for i, word in enumerate(sentence.words)
            if concepts[i] in claim.actions and sentence.text[word.start].isupper()
        )
    )


def is_headline_case(parsed: ParsedSentence) -> bool:
    """Return True if most of the longer words have capital letters, so that these show no names."""
    longer = [word for word in parsed.words if word.end - word.start >= _LONGER_WORD]
    part, whole = _HEADLINE_SHARE
    return whole * sum(parsed.text[word.start].isupper() for word in longer) > part * len(longer)


def _is_naming(parsed: ParsedSentence, at: int) -> bool:
    """Return True if a "call" only names or demands.

    As in "called the report false", "called for", "called off".
    """
    words = parsed.words
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
    passive = any(word.lower in BE_FORMS for word in words[max(0, at - 2) : at])
    if passive and names and words[at + 1].lower in NAME_OPENERS:
        return True  # "has been called the best", "is called “Joe”"
    untrue = any(
        cue.kind is CueType.UNTRUE and at < cue.span.first <= at + _NAMED_AFTER_CALL for cue in parsed.cues
    )
    return untrue and words[at + 1].lower in NAMING_OBJECTS
