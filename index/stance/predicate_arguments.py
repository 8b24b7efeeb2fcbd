"""The predicate of a claim and its arguments, as far as capitals and the order of words tell."""

from dataclasses import dataclass

from index.stance.content_words import is_content
from index.stance.synonyms import concept_of
from index.text.tokens import Token, stem
from index.text.word_lists import load_words

PASSIVE_AUXILIARIES = load_words("shared/be_forms") | {"get", "got"}
DATE_STEMS = frozenset(
    map(
        stem,
        load_words("shared/weekdays")
        | load_words("shared/months")
        | load_words("shared/month_abbreviations"),
    )
)
_NOUN_OPENERS = load_words("stance/noun_openers")
_IRREGULAR_PARTICIPLES = load_words("stance/irregular_participles")
_DETERMINERS = load_words("stance/determiners")
_KILLING_STEMS = frozenset({"kill", "slain", "murder", "shot", "shoot", "assassin"})

Name = tuple[str, ...]  # the concepts of its words, in order


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a claim tells of: its verb, who does it and to whom, and each name in it. All are concepts.

    `object` is what it is done to when that has no name: "Did Roe pull the trigger?". `topics` are the names
    that stand before the verb: those the claim is about. Where it is `passive` ("Was Putin arrested?") what
    stands before the verb is whom it is done to. `kills` says that somebody is claimed to have killed
    somebody.
    """

    verb: str | None
    agents: frozenset[str]
    patients: frozenset[str]
    object: str | None
    names: tuple[Name, ...]
    topics: tuple[Name, ...]
    passive: bool
    kills: bool


def extract_predicate(words: tuple[Token, ...], names: frozenset[str]) -> Predicate:
    """Return the predicate of a claim from its words; `names` are the concepts that are named in it."""
    concepts = [concept_of(word.stem) for word in words]
    content = [i for i, word in enumerate(words) if is_content(word) and word.stem not in DATE_STEMS]
    named = [i for i in content if concepts[i] in names]
    verb = _verb_position(
        [i for i in content if i not in named and content[0] < i and not is_opened_as_noun(words, i)], words
    )
    runs = consecutive_runs(named)
    split = len(words) if verb is None else verb
    agents = frozenset(concepts[i] for i in content if i < split)
    patients = frozenset(concepts[i] for i in named if i > split)
    passive = verb is not None and (_is_passive_question(words, verb) or is_passive(words, verb))
    if verb is not None and passive:
        agents, patients = patients if "by" in {word.lower for word in words[verb:]} else frozenset(), agents
    object_at = None if verb is None else _object_position(words, verb, content)
    object_is_named = object_at is None or object_at in named
    topics = [run for run in runs if run[0] < split][: None if verb is not None else 1]
    return Predicate(
        None if verb is None else concepts[verb],
        agents,
        patients,
        None if object_is_named or object_at is None else concepts[object_at],
        tuple(tuple(concepts[i] for i in run) for run in runs),
        tuple(tuple(concepts[i] for i in run) for run in topics),
        passive,
        bool(verb is not None and words[verb].stem in _KILLING_STEMS and agents and patients),
    )


def consecutive_runs(positions: list[int]) -> list[list[int]]:
    """Return ascending positions, grouped into runs of neighbours."""
    runs: list[list[int]] = []
    for i in positions:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def is_opened_as_noun(words: tuple[Token, ...], at: int) -> bool:
    """Return True if what stands before a word, a determiner or the like, makes it a noun."""
    return at > 0 and words[at - 1].lower in _NOUN_OPENERS


def is_passive(words: tuple[Token, ...], at: int) -> bool:
    """Return True if a verb is done to what stands before it: "was called", "journalist killed by rebels"."""
    before = [
        word.lower
        for word in words[max(0, at - 3) : at]
        if not word.lower.endswith("ly") and word.lower != "not"
    ]
    by = any(word.lower == "by" for word in words[at + 1 : at + 3])
    return (by or (bool(before) and before[-1] in PASSIVE_AUXILIARIES)) and is_participle(words[at])


def is_participle(word: Token) -> bool:
    """Return True if a word looks like a past participle."""
    return word.lower.endswith(("d", "n", "t")) or word.lower in _IRREGULAR_PARTICIPLES


def _object_position(words: tuple[Token, ...], verb: int, content: list[int]) -> int | None:
    """Return the position of the verb's object, right behind it without a preposition between, or None."""
    for i in range(verb + 1, min(len(words), verb + 5)):
        if i in content:
            return i
        if words[i].lower not in _DETERMINERS:
            return None
    return None


def _verb_position(positions: list[int], words: tuple[Token, ...]) -> int | None:
    """Return the position of a claim's verb, or None.

    The first of `positions` unless the question shows another.
    """
    first_word = words[0].lower if words else ""
    if first_word in PASSIVE_AUXILIARIES | {"has", "have", "had"}:
        return next((i for i in positions if is_participle(words[i])), next(iter(positions), None))
    if first_word in {"did", "do", "does"}:  # what follows is bare: "Did Oslo workers strike?"
        plural = {i for i in positions if words[i].lower.endswith("s") and not words[i].lower.endswith("ss")}
        return next((i for i in positions if i not in plural), next(iter(positions), None))
    return next(iter(positions), None)


def _is_passive_question(words: tuple[Token, ...], verb: int) -> bool:
    """Return True if a question is passive: "Was Putin arrested", but not "Is it true that Putin called"."""
    lower = {word.lower for word in words[1:verb]}
    return (
        words[0].lower in PASSIVE_AUXILIARIES
        and lower.isdisjoint({"that", "it", "if"})
        and is_participle(words[verb])
    )
