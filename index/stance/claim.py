"""A claim, and a sentence laid over it: which of its words are the claim's, and what turns them round."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from index.stance.cue_lexicon import BE, NAMES_WITH, NAMING, STOP, UNTRUE
from index.stance.negation_scope import QUOTE_MARKS, Kind, Reading, Turn, read
from index.stance.synonyms import meaning
from index.text.tokens import Word, words_of


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as meanings of words: all its content, what is not a name, and what it says is not so.

    `proper` are those of its names that must have a capital letter elsewhere too; `key` is what a "not" in it falls on first, its verb as a rule; `denial` is True when the claim is itself that
    somebody denies something.
    """

    reading: Reading
    content: frozenset[str]
    proper: frozenset[str]
    actions: frozenset[str]
    negated: frozenset[str]
    key: str | None = None
    denial: bool = False

    @property
    def negative(self) -> bool:
        """Say whether most of what is claimed is claimed not to be so."""
        return bool(self.negated) and 2 * len(self.negated) >= len(self.actions)

    @property
    def done(self) -> bool:
        """Say whether it is asked whether something has happened: "Did she resign?", "Has she been fired?"."""
        first = self.reading.words[0].low if self.reading.words else ""
        return first in {"did", "was", "were", "has", "have", "had"}

    @property
    def names(self) -> frozenset[str]:
        """Give what of its content is named rather than done."""
        return self.content - self.actions

    @property
    def cased(self) -> bool:
        """Say whether capitals tell its names from its other words; people type questions without them."""
        return not self.reading.text.islower()

    def cover(self, meanings: frozenset[str]) -> float:
        """Return the share of the claim's content among `meanings`, 0 to 1."""
        return len(self.content & meanings) / max(1, len(self.content))


@lru_cache(maxsize=256)
def understand(text: str) -> Claim:
    """Return the claim in a question or a headline."""
    reading = read(text)
    words = reading.words
    content = [i for i, word in enumerate(words) if is_content(word)]
    acts = [i for i in content if text[words[i].start].islower()] or content
    turned = {
        i: turn for i in acts if (turn := reading.over(i)) and turn.turned and not _rhetorical(reading, turn)
    }
    key = next((meaning(words[i].stem) for i, turn in turned.items() if turn.kind is Kind.NOT), None)
    plain = {meaning(words[i].stem) for i in content if i == 0 or not text[words[i].start].isupper()}
    return Claim(
        reading,
        frozenset(meaning(words[i].stem) for i in content),
        frozenset(() if headline(reading) else {meaning(words[i].stem) for i in content} - plain),
        frozenset(meaning(words[i].stem) for i in acts),
        frozenset(meaning(words[i].stem) for i in turned),
        key,
        any(turn.kind is Kind.DENIAL for turn in turned.values()),
    )


def _rhetorical(reading: Reading, turn: Turn) -> bool:
    """Say whether a turn only opens a question that expects a yes: "Didn't he call?", "Isn't it true that ...?"."""
    return reading.asks and turn.kind is Kind.NOT and turn.cue.first <= 1


def is_content(word: Word) -> bool:
    """Say whether a word carries content: no mark, no little word, no word for true or false."""
    return word.low[0].isalnum() and not {word.low, word.stem} & STOP and word.low not in UNTRUE


@lru_cache(maxsize=1024)
def _meanings(text: str) -> frozenset[str]:
    return frozenset(meaning(word.stem) for word in words_of(text))


@dataclass(frozen=True)
class Match:
    """A sentence laid over a claim: what each word means, and where the claim's words stand in it.

    `mentions` are positions of the claim's words, `acts` those that are no names; `cover` is the share of the claim
    that the sentence holds. `title` is the article's headline, `previous` the sentence before; they are read when
    it matters what stands in them.
    """

    claim: Claim
    reading: Reading
    means: tuple[str, ...]
    mentions: tuple[int, ...]
    acts: tuple[int, ...]
    title: str
    previous: str
    cover: float

    @property
    def alone(self) -> bool:
        """Say whether there was neither a headline nor a sentence before."""
        return not self.title and not self.previous

    @cached_property
    def close(self) -> frozenset[str]:
        """Give what of the claim stands in the sentence or the one before."""
        here = frozenset(self.means[i] for i in self.mentions)
        return self.claim.content & (here | _meanings(self.previous))

    @cached_property
    def around(self) -> frozenset[str]:
        """Give what of the claim stands in the sentence, the one before, or the headline."""
        return self.claim.content & (self.close | _meanings(self.title))

    @cached_property
    def context(self) -> float:
        """Give the share of the claim that these three hold together."""
        return self.claim.cover(self.around)

    def content(self, turn: Turn) -> list[int]:
        """Return where content words stand that `turn` reaches; adverbs and numbers left out."""
        words = self.reading.words
        return [
            i
            for i in range(*turn.reach)
            if is_content(words[i])
            and not words[i].low.endswith("ly")
            and words[i].low[0].isalpha()
            and self.decides(turn, i)
        ]

    def hits(self, turn: Turn) -> list[int]:
        """Return where the claim's actions stand that `turn` decides on."""
        return [i for i in self.acts if self.decides(turn, i)]

    def decides(self, turn: Turn, at: int) -> bool:
        """Say whether `turn` is what turns the word at `at`, or says the same of it as an inner turn does."""
        over = self.reading.over(at) if turn.covers(at) else None
        return over is turn or bool(over and over.turned and turn.kind is Kind.UNTRUE)

    def owns(self, at: int) -> bool:
        """Say whether the word at `at` is a possessive: "Roe's"."""
        word = self.reading.words[at]
        return self.reading.text[word.start : word.end].endswith(("'s", "’s", "s'", "s’"))

    def is_name(self, at: int) -> bool:
        """Say whether the word at `at` starts with a capital letter."""
        return self.reading.text[self.reading.words[at].start].isupper()


def compare(claim: str, sentence: str, title: str = "", previous: str = "") -> Match:
    """Return `sentence` laid over `claim`; `title` and `previous` count for `context` alone."""
    reading = read(sentence)
    means = tuple(meaning(word.stem) for word in reading.words)
    understood = _with_names(understand(claim), reading, means)
    mentions = tuple(
        i
        for i, mean in enumerate(means)
        if mean in understood.content
        and not _naming(reading, i)
        and (mean not in understood.proper or reading.text[reading.words[i].start].isupper())
    )
    acts = tuple(i for i in mentions if means[i] in understood.actions)
    here = frozenset(means[i] for i in mentions)
    return Match(understood, reading, means, mentions, acts, title, previous, understood.cover(here))


def _with_names(claim: Claim, sentence: Reading, means: tuple[str, ...]) -> Claim:
    """Return a claim typed without capitals with the names taken out of its actions, as the sentence shows them."""
    if claim.cased or headline(sentence):
        return claim
    names = {
        means[i]
        for i, word in enumerate(sentence.words)
        if means[i] in claim.actions and sentence.text[word.start].isupper()
    }
    rest = claim.actions - names
    return replace(claim, actions=rest, negated=claim.negated & rest) if rest else claim


def headline(reading: Reading) -> bool:
    """Say whether Most of the Longer Words Have Capital Letters, so that these show no names."""
    longer = [word for word in reading.words if word.end - word.start >= 4]
    return 4 * sum(reading.text[word.start].isupper() for word in longer) > 3 * len(longer)


def _naming(reading: Reading, at: int) -> bool:
    """Say whether a "call" only names or demands: "called the report false", "called for", "called off"."""
    words = reading.words
    if words[at].stem != "call" or at + 1 >= len(words):
        return False
    if words[at + 1].low in {"for", "on", "off", "upon", "into", "out", "up"}:
        return True
    names = words[at].low in {"called", "calls", "calling"}
    if (
        names
        and words[at + 1].low == "the"
        and any(word.low in {"what", "which"} for word in words[max(0, at - 6) : at])
    ):
        return True  # "which Putin called the greatest catastrophe"
    if names and any(word.low in QUOTE_MARKS for word in words[at + 2 : at + 4]):
        return True  # "called Putin “smart”"
    passive = any(word.low in BE for word in words[max(0, at - 2) : at])
    if passive and names and words[at + 1].low in NAMES_WITH:
        return True  # "has been called the best", "is called “Joe”"
    untrue = any(turn.kind is Kind.UNTRUE and at < turn.cue.first <= at + 9 for turn in reading.turns)
    return untrue and words[at + 1].low in NAMING
