"""Who does what to whom: whether a sentence tells of the deed that a claim tells of, or only shares its words.

"Putin called a meeting" shares its words with "Did Trump call Putin?" and tells of something else. Without a parser,
the name right before a verb is taken for who does it, and the name right after for whom it is done to; where no
name stands there, nothing is said against the sentence.
"""

from dataclasses import dataclass
from functools import lru_cache

from index.claims import Match, headline, is_content, understand
from index.families import meaning
from index.identities import is_institution
from index.lexicon import TITLES, word_set
from index.phrases import Word, stem

# What is left of a sentence's cover of the claim when ...
MISSING = 0.6  # ... a name of the claim stands nowhere around it,
UNDONE = 0.6  # ... the claim's verb does not stand in it, or nowhere what it is done to,
STRANGE = 0.25  # ... another does the deed, or does it to another.
UNCASED = (
    0.75  # the cover that a claim typed without capitals must have, whose names may be taken for other words
)

_BE = word_set("is are was were be been being get got")
_SKIPPED = _BE | word_set(
    "has have had did does do will would may might could can should must shall to not never also later then himself "
    "herself both first once"
)
_OPENS_NOUN = word_set(
    "a an the this that any no his her their its our my your such phone telephone video private 's of in on about after "
    "before during following"
)
_PARTICIPLES = word_set("done gone made struck hung stung sung")
_DETERMINERS = word_set(
    "a an the this that these those his her their its our my your some any all no two three 's"
)
_LEADS_TO_NAME = word_set("with to the both")
_ENDS_NAME = _SKIPPED | word_set("in on at before after from")
# Deeds that two do together: either may be named first.
_TOGETHER = frozenset(
    map(
        stem,
        word_set(
            "speak spoke spoken talk meet met conversation fight fought clash agree marry married divorce debate negotiate"
        ),
    )
)
_DAYS = frozenset(
    map(
        stem,
        word_set(
            "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
            "september october november december"
        ),
    )
)
_REACH = 9  # words that a name and what is joined to it may take


@dataclass(frozen=True, slots=True)
class Deed:
    """A claim taken apart: its verb, who does it and to whom, as far as names tell, and each name's meanings in order.

    `thing` is what it is done to when that has no name: "Did Roe pull the trigger?".

    Where the claim is passive ("Was Putin arrested?") what stands before the verb is whom it is done to.
    """

    verb: str | None
    doers: frozenset[str]
    others: frozenset[str]
    thing: str | None
    names: tuple[tuple[str, ...], ...]


def about(match: Match) -> float:
    """Return how surely, 0 to 1, a sentence tells of what the claim tells of.

    It is the share of the claim that sentence, headline and the sentence before hold together, less when a name or
    the verb of the claim is missing, or the sentence gives the deed to somebody else.
    """
    deed = deed_of(match)
    sure = near(match)
    sure *= UNDONE if deed.verb and not _places(match, deed) else 1.0
    return sure * (UNDONE if deed.thing and deed.thing not in match.around else 1.0)


def near(match: Match) -> float:
    """Return the same for a sentence that need not name the deed, since it speaks of the report: "denied it"."""
    deed = deed_of(match)
    unsure = not match.claim.cased and match.context < UNCASED
    sure = match.context * (MISSING if unsure or missing_names(match, deed) else 1.0)
    return sure if same_deed(match, deed) else sure * STRANGE


def deed_of(match: Match) -> Deed:
    """Return the deed of the claim that a sentence was laid over."""
    return _deed(match.claim.reading.text, match.claim.names)


def missing_names(match: Match, deed: Deed) -> float:
    """Return the share of the claim's names that neither sentence, headline nor the sentence before holds."""
    return sum(not _is_near(match, name) for name in deed.names) / max(1, len(deed.names))


def _is_near(match: Match, name: tuple[str, ...]) -> bool:
    """Say whether a name is near by its last word, or by another that names nobody else: not "Jane Poe" for "Jane Roe"."""
    if name[-1] in match.around:
        return True
    found = [part for part in name if part in match.around]
    places = [i for i in match.mentions if match.means[i] in found]
    return bool(found) and not any(i + 1 < len(match.means) and _is_name(match, i + 1) for i in places)


def same_deed(match: Match, deed: Deed) -> bool:
    """Say whether, at some place of the claim's verb, nobody else does it and nobody else has it done to them."""
    places = _places(match, deed)
    if not places or headline(match.reading):
        return True
    return any(_agrees(match, deed, at) for at in places)


def of_others(match: Match) -> bool:
    """Say whether a sentence names a person and none of the claim's names: those are only near it."""
    if headline(match.reading) or not match.claim.names or match.claim.names & frozenset(match.means):
        return False
    text, words = match.reading.text, match.reading.words
    named = [i for i in range(1, len(words)) if _is_name(match, i) and _is_name(match, i - 1)]
    pairs = [(words[i - 1].start, words[i].end) for i in named if words[i].start == words[i - 1].end + 1]
    return any(not is_institution("", text[start:end]) for start, end in pairs)


def _places(match: Match, deed: Deed) -> list[int]:
    return [i for i in match.mentions if match.means[i] == deed.verb]


@lru_cache(maxsize=256)
def _deed(text: str, names: frozenset[str]) -> Deed:
    words = understand(text).reading.words
    means = [meaning(word.stem) for word in words]
    content = [i for i, word in enumerate(words) if is_content(word) and word.stem not in _DAYS]
    named = [i for i in content if means[i] in names]
    verb = _verb([i for i in content if i not in named and content[0] < i and not _is_noun(words, i)], words)
    runs: list[list[str]] = []
    for before, i in zip([-2, *named], named, strict=False):
        if before == i - 1:
            runs[-1].append(means[i])
        else:
            runs.append([means[i]])
    cut = len(words) if verb is None else verb
    doers = frozenset(means[i] for i in content if i < cut)
    others = frozenset(means[i] for i in named if i > cut)
    if verb is not None and (_asks_passive(words, verb) or _is_passive(words, verb)):
        doers, others = others if "by" in {word.low for word in words[verb:]} else frozenset(), doers
    thing = None if verb is None else _thing(words, verb, content)
    named_thing = thing is None or thing in named
    return Deed(
        None if verb is None else means[verb],
        doers,
        others,
        None if named_thing or thing is None else means[thing],
        tuple(map(tuple, runs)),
    )


def _thing(words: tuple[Word, ...], verb: int, content: list[int]) -> int | None:
    """Return where what the verb is done to stands, right behind it: no preposition between."""
    for i in range(verb + 1, min(len(words), verb + 5)):
        if i in content:
            return i
        if words[i].low not in _DETERMINERS:
            return None
    return None


def _verb(places: list[int], words: tuple[Word, ...]) -> int | None:
    """Return which of a claim's words is its verb: the first, unless the question shows that it must be another."""
    opens = words[0].low if words else ""
    if opens in _BE | {"has", "have", "had"}:
        return next((i for i in places if _is_participle(words[i])), next(iter(places), None))
    if opens in {"did", "do", "does"}:  # what follows is bare: "Did Oslo workers strike?"
        plural = {i for i in places if words[i].low.endswith("s") and not words[i].low.endswith("ss")}
        return next((i for i in places if i not in plural), next(iter(places), None))
    return next(iter(places), None)


def _is_noun(words: tuple[Word, ...], at: int) -> bool:
    """Say whether what stands before a word, an article or the like, makes it a noun."""
    return at > 0 and words[at - 1].low in _OPENS_NOUN


def _agrees(match: Match, deed: Deed, at: int) -> bool:
    words = match.reading.words
    between = _between(match, at)
    if between or _is_noun(words, at) or _is_gerund(words, at):
        return between <= match.claim.content
    before, after = _names_before(match, at), _names_after(match, at)
    doers, others = deed.doers, deed.others
    if words[at].stem in _TOGETHER:
        doers = others = doers | others
    elif _is_passive(words, at):
        doers, others = others, frozenset()
    return _meets(before, doers) and _meets(after, others)


def _meets(found: set[str], wanted: frozenset[str]) -> bool:
    return not found or not wanted or not wanted.isdisjoint(found)


def _between(match: Match, at: int) -> set[str]:
    """Return the names a deed is said to be between: "the call between Xi and Biden"."""
    words = match.reading.words
    first = next((i for i in range(at + 1, min(at + 4, len(words))) if words[i].low == "between"), None)
    if first is None:
        return set()
    runs: list[int] = []
    for i in range(first + 1, min(first + _REACH, len(words))):
        if _is_name(match, i):
            runs.append(i)
        elif words[i].low in _ENDS_NAME or words[i].low in {",", "."}:
            break
    last = [i for i in runs if i + 1 not in runs]  # family names
    return {match.means[i] for i in last}


def _is_gerund(words: tuple[Word, ...], at: int) -> bool:
    """Say whether a word in -ing names the deed: "the beheading of", but not "is trying"."""
    return words[at].low.endswith("ing") and (at == 0 or words[at - 1].low not in _BE)


def _is_passive(words: tuple[Word, ...], at: int) -> bool:
    before = [
        word.low for word in words[max(0, at - 3) : at] if not word.low.endswith("ly") and word.low != "not"
    ]
    by = any(word.low == "by" for word in words[at + 1 : at + 3])  # "journalist beheaded by rebels"
    return (by or (bool(before) and before[-1] in _BE)) and _is_participle(words[at])


def _asks_passive(words: tuple[Word, ...], verb: int) -> bool:
    """Say whether a question is passive: "Was Putin arrested", but not "Is it true that Putin called"."""
    lows = {word.low for word in words[1:verb]}
    return words[0].low in _BE and lows.isdisjoint({"that", "it", "if"}) and _is_participle(words[verb])


def _is_participle(word: Word) -> bool:
    return word.low.endswith(("d", "n", "t")) or word.low in _PARTICIPLES


def _names_before(match: Match, at: int) -> set[str]:
    """Return the names that end right before a verb: "Trump and Putin later called"."""
    words = match.reading.words
    start = at - 1
    while start > 0 and (words[start].low in _SKIPPED or words[start].low.endswith("ly")):
        start -= 1
    found: set[str] = set()
    for i in range(start, max(-1, start - _REACH), -1):
        if _is_name(match, i):
            found.add(match.means[i])
        elif not found or words[i].low not in {"and", "&"}:
            break
    return found


def _names_after(match: Match, at: int) -> set[str]:
    """Return the names that begin right after a verb: "called Russia's president, Vladimir Putin"."""
    words = match.reading.words
    found: set[str] = set()
    for i in range(at + 1, min(len(words), at + 1 + _REACH)):
        if _is_name(match, i):
            found.add(match.means[i])
        elif words[i].low in _ENDS_NAME if found else words[i].low not in _LEADS_TO_NAME:
            break
    return found


def _is_name(match: Match, at: int) -> bool:
    """Say whether a word names somebody: not "the President", whom the claim may name otherwise."""
    word = match.reading.words[at]
    named = match.is_name(at) and is_content(word) and word.stem not in _DAYS
    return named and (
        match.reading.text[word.start : word.end] not in TITLES or match.means[at] in match.claim.content
    )
