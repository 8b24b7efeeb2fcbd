"""A claim taken apart: its verb, who does it and to whom, as far as capitals and the order of words tell."""

from dataclasses import dataclass

from index.stance.content_words import is_content
from index.stance.synonyms import concept_of
from index.text.tokens import Token, stem
from index.text.word_lists import load_words

BE = load_words("shared/be_forms") | {"get", "got"}
DAYS = frozenset(
    map(
        stem,
        load_words("shared/weekdays")
        | load_words("shared/months")
        | load_words("shared/month_abbreviations"),
    )
)
_OPENS_NOUN = load_words("stance/noun_openers")
_PARTICIPLES = load_words("stance/irregular_participles")
_DETERMINERS = load_words("stance/determiners")
_KILLING = frozenset({"kill", "slain", "murder", "shot", "shoot", "assassin"})

Name = tuple[str, ...]  # the meanings of its words, in order


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a claim tells of: its verb, who does it and to whom, each name in it.

    `object` is what it is done to when that has no name: "Did Roe pull the trigger?". `topics` are the names that
    stand before the verb: those the claim is about. Where it is `passive` ("Was Putin arrested?") what stands before
    the verb is whom it is done to. `kills` says that somebody is claimed to have killed somebody.
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
    """Return the predicate of a claim, given its words, of which `names` are what is named rather than done."""
    means = [concept_of(word.stem) for word in words]
    content = [i for i, word in enumerate(words) if is_content(word) and word.stem not in DAYS]
    named = [i for i in content if means[i] in names]
    verb = _verb(
        [i for i in content if i not in named and content[0] < i and not opens_noun(words, i)], words
    )
    runs = runs_of(named)
    cut = len(words) if verb is None else verb
    doers = frozenset(means[i] for i in content if i < cut)
    others = frozenset(means[i] for i in named if i > cut)
    passive = verb is not None and (_asks_passive(words, verb) or is_passive(words, verb))
    if verb is not None and passive:
        doers, others = others if "by" in {word.lower for word in words[verb:]} else frozenset(), doers
    thing = None if verb is None else _thing(words, verb, content)
    named_thing = thing is None or thing in named
    leads = [run for run in runs if run[0] < cut][: None if verb is not None else 1]
    return Predicate(
        None if verb is None else means[verb],
        doers,
        others,
        None if named_thing or thing is None else means[thing],
        tuple(tuple(means[i] for i in run) for run in runs),
        tuple(tuple(means[i] for i in run) for run in leads),
        passive,
        bool(verb is not None and words[verb].stem in _KILLING and doers and others),
    )


def runs_of(places: list[int]) -> list[list[int]]:
    """Return positions, given in order, parted where they do not follow each other."""
    runs: list[list[int]] = []
    for i in places:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def opens_noun(words: tuple[Token, ...], at: int) -> bool:
    """Say whether what stands before a word, an article or the like, makes it a noun."""
    return at > 0 and words[at - 1].lower in _OPENS_NOUN


def is_passive(words: tuple[Token, ...], at: int) -> bool:
    """Say whether a verb is done to what stands before it: "was called", "journalist killed by rebels"."""
    before = [
        word.lower
        for word in words[max(0, at - 3) : at]
        if not word.lower.endswith("ly") and word.lower != "not"
    ]
    by = any(word.lower == "by" for word in words[at + 1 : at + 3])
    return (by or (bool(before) and before[-1] in BE)) and is_participle(words[at])


def is_participle(word: Token) -> bool:
    """Say whether a word looks like a past participle."""
    return word.lower.endswith(("d", "n", "t")) or word.lower in _PARTICIPLES


def _thing(words: tuple[Token, ...], verb: int, content: list[int]) -> int | None:
    """Return where what the verb is done to stands, right behind it: no preposition between."""
    for i in range(verb + 1, min(len(words), verb + 5)):
        if i in content:
            return i
        if words[i].lower not in _DETERMINERS:
            return None
    return None


def _verb(places: list[int], words: tuple[Token, ...]) -> int | None:
    """Return which of a claim's words is its verb: the first, unless the question shows that it must be another."""
    opens = words[0].lower if words else ""
    if opens in BE | {"has", "have", "had"}:
        return next((i for i in places if is_participle(words[i])), next(iter(places), None))
    if opens in {"did", "do", "does"}:  # what follows is bare: "Did Oslo workers strike?"
        plural = {i for i in places if words[i].lower.endswith("s") and not words[i].lower.endswith("ss")}
        return next((i for i in places if i not in plural), next(iter(places), None))
    return next(iter(places), None)


def _asks_passive(words: tuple[Token, ...], verb: int) -> bool:
    """Say whether a question is passive: "Was Putin arrested", but not "Is it true that Putin called"."""
    lows = {word.lower for word in words[1:verb]}
    return words[0].lower in BE and lows.isdisjoint({"that", "it", "if"}) and is_participle(words[verb])
