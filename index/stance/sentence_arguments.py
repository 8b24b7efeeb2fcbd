"""The names around a verb of a sentence: who stands before it, who behind it, and who else is there."""

from index.attribution.entities import is_institution
from index.attribution.lexicon import TITLES
from index.stance.claim import ClaimOverlap, is_headline_case
from index.stance.content_words import is_content
from index.stance.cue_lexicon import SAYS
from index.stance.predicate_arguments import BE, DAYS, Name, Predicate, runs_of
from index.stance.synonyms import concept_of
from index.text.tokens import Token, tokenize
from index.text.word_lists import load_words

OTHERS: Name = ("",)  # somebody without a name whom the claim is not about: "workers called"

_REACH = 9  # words that a name and what is joined to it may take
_ASIDE = 16  # words of an aside between a name and its verb
_SKIPPED = BE | load_words("stance/preverbal_words")
# "agreed to call": who agrees, calls.
_LEADS_ON = load_words("stance/control_verbs")
_LEADS_TO_NAME = frozenset({"with", "to", "the", "both"})
_ENDS_NAME = _SKIPPED | frozenset({"in", "on", "at", "before", "after", "from"})
PLACED = load_words("stance/locative_prepositions")
_SUBJECTS = frozenset({"he", "she", "it", "they"})
_PRONOUNS = load_words("stance/personal_pronouns")
_MANY = frozenset({"people", "police", "men", "women", "children"})
_TIMES = load_words("stance/plural_time_units")
_PERIODS = load_words("stance/period_stems")
_ALIKE = load_words("stance/shared_name_endings")


def subject_names(match: ClaimOverlap, deed: Predicate, at: int) -> list[Name]:
    """Return the names that a verb follows: "Trump and Putin later called", "Roe, the mayor, called".

    OTHERS stands for those who have no name and are none of the claim's: "lawmakers called".
    """
    words = match.reading.words
    start = _over_asides(match, _over_helpers(words, at - 1))
    found: list[int] = []
    for i in range(start, max(-1, start - _REACH), -1):
        if is_name(match, i):
            found.append(i)
        elif not found or words[i].lower not in {"and", "&"}:
            break
    names = [_meanings(match, run) for run in runs_of(found[::-1])]
    if names:
        return names
    if start >= 0 and words[start].lower in _SUBJECTS:
        return _may_stand_for(match, start)
    if start >= 0 and words[start].lower in {"i", "we"}:  # whoever says so, as a rule behind the quotation
        return _standing(match.reading.text, words, match.means, len(words))
    return [OTHERS] if _unnamed(match, deed, start) else []


def _may_stand_for(match: ClaimOverlap, at: int) -> list[Name]:
    """Return whom a pronoun may stand for: those named before it in its sentence, else in the sentence before."""
    here = _standing(match.reading.text, match.reading.words, match.means, at)
    if here or not match.previous:
        return here
    words = tuple(tokenize(match.previous))
    return _standing(match.previous, words, tuple(concept_of(word.stem) for word in words), len(words))


def _standing(text: str, words: tuple[Token, ...], means: tuple[str, ...], end: int) -> list[Name]:
    """Return the names among the first `end` words that may be a subject: none that a preposition places."""
    named = [
        i
        for i in range(end)
        if text[words[i].start].isupper() and is_content(words[i]) and words[i].stem not in DAYS
    ]
    found = [
        run
        for run in runs_of(named)
        if not (run[0] > 0 and words[run[0] - 1].lower in PLACED)
        and (run[0] > 0 or len(run) > 1 or _starts_clause(words))
    ]
    return [tuple(means[i] for i in run) for run in found]


def _starts_clause(words: tuple[Token, ...]) -> bool:
    """Say whether the first word of a sentence is followed by its verb: it names somebody then."""
    return len(words) > 1 and (words[1].lower in _SKIPPED | SAYS or words[1].lower.endswith("ed"))


def _over_helpers(words: tuple[Token, ...], at: int) -> int:
    """Walk back from a verb over what helps it: "has not yet", "later", "agreed to"."""
    while at > 0 and (
        words[at].lower in _SKIPPED
        or words[at].lower.endswith("ly")
        or (words[at].lower in _LEADS_ON and words[at + 1].lower == "to")
    ):
        at -= 1
    return at


def _over_asides(match: ClaimOverlap, at: int) -> int:
    """Walk back over "who" and over an aside: "Roe, who" and "Roe, the mayor of Oslo," lead to "Roe"."""
    words = match.reading.words
    if at > 0 and words[at].lower in {"who", "which"}:
        at -= 1
        return at - 1 if at > 0 and words[at].lower == "," else at
    if at > 0 and words[at].lower == ",":
        back = range(at - 1, max(0, at - _ASIDE), -1)
        opened = next((i - 1 for i in back if words[i].lower == "," and _is_subject(match, i - 1)), None)
        return opened if opened is not None else _apposed(match, at)
    return at


def _apposed(match: ClaimOverlap, at: int) -> int:
    """Return where a name set off by commas ends before the comma at `at`: "her husband, Carl Roe, died"."""
    first = at
    while first > 0 and is_name(match, first - 1):
        first -= 1
    return at - 1 if 0 < first < at and match.reading.words[first - 1].lower == "," else at


def _is_subject(match: ClaimOverlap, at: int) -> bool:
    """Say whether a name that is no place ends at a word: "in Santa Clara" does nothing."""
    first = at
    while first > 0 and is_name(match, first - 1):
        first -= 1
    placed = first > 0 and match.reading.words[first - 1].lower in PLACED
    return is_name(match, at) and not placed


def _unnamed(match: ClaimOverlap, deed: Predicate, at: int) -> bool:
    """Say whether those right before a verb are many and nameless, and neither the claim's nor said of its own."""
    words = match.reading.words
    word = words[max(at, 0)]
    if at > 0 and deed.topics and _is_new(match, at):
        return True
    plural = word.lower in _MANY or (
        word.lower.endswith("s") and not word.lower.endswith(("ss", "us", "is", "'s"))
    )
    if at < 0 or not deed.topics or not plural or word.lower in _TIMES or not is_content(word):
        return False
    if match.is_name(at) and at > 0:
        return False
    near = range(max(match.reading.clause(at).first, at - _REACH), at + 1)
    return not any(match.means[i] in match.claim.content or words[i].lower in _PRONOUNS for i in near)


def _is_new(match: ClaimOverlap, at: int) -> bool:
    """Say whether "a" or "an" opens what ends at `at`: "a former producer" is nobody whom the claim names."""
    words = match.reading.words
    for i in range(at, max(-1, at - 4), -1):
        if words[i].lower in {"a", "an"}:
            return i < at
        if not is_content(words[i]) or match.means[i] in match.claim.content or is_name(match, i):
            return False
    return False


def object_names(match: ClaimOverlap, at: int) -> list[Name]:
    """Return the names that begin right after a verb: "called Russia's president, Vladimir Putin"."""
    words = match.reading.words
    found: list[int] = []
    for i in range(at + 1, min(len(words), at + 1 + _REACH)):
        if is_name(match, i):
            found.append(i)
        elif words[i].lower in _ENDS_NAME if found else words[i].lower not in _LEADS_TO_NAME:
            break
    return [_meanings(match, run) for run in runs_of(found)]


def modifier(match: ClaimOverlap, at: int) -> list[Name]:
    """Return the name that says whose a deed is without a possessive: "a Russian missile attack"."""
    found = next((i for i in (at - 1, at - 2) if i >= 0 and is_name(match, i)), None)
    if (
        found is None
        or match.owns(found)
        or not all(is_content(word) for word in match.reading.words[found:at])
    ):
        return []
    return [(match.means[found],)]


def possessor(match: ClaimOverlap, at: int) -> list[Name]:
    """Return whose deed a noun is said to be: "Roe's arrest", "his wife's sudden death"; times own nothing."""
    words = match.reading.words
    for i in (at - 1, at - 2):
        if i < 0 or not match.owns(i):
            continue
        if words[i].stem in DAYS or words[i].stem in _PERIODS:
            return []
        if not is_name(match, i):
            return [(match.means[i],)]
        first = i
        while first > 0 and is_name(match, first - 1):
            first -= 1
        return [_meanings(match, list(range(first, i + 1)))]
    return []


def between(match: ClaimOverlap, at: int) -> set[str]:
    """Return the family names of those a deed is said to be between: "the call between Xi and Biden"."""
    words = match.reading.words
    first = next((i for i in range(at + 1, min(at + 4, len(words))) if words[i].lower == "between"), None)
    if first is None:
        return set()
    found: list[int] = []
    for i in range(first + 1, min(first + _REACH, len(words))):
        if is_name(match, i):
            found.append(i)
        elif words[i].lower in _ENDS_NAME or words[i].lower in {",", "."}:
            break
    return {match.means[run[-1]] for run in runs_of(found)}


def named_in(match: ClaimOverlap, names: tuple[Name, ...]) -> bool:
    """Say whether the sentence itself holds one of the names, and not only somebody who shares a word with it."""
    return any(
        match.means[i] in name and not of_other(match, name, i) for name in names for i in match.mentions
    )


def of_other(match: ClaimOverlap, name: Name, at: int) -> bool:
    """Say whether the word at `at`, a part of `name`, stands there in another name: "Jane Poe" for "Jane Roe"."""
    first, last = at, at
    while first > 0 and is_name(match, first - 1):
        first -= 1
    while last + 1 < len(match.means) and is_name(match, last + 1):
        last += 1
    found = _meanings(match, list(range(first, last + 1)))
    if found[-1] in _ALIKE and found[-1] not in name:
        return True
    return len(found) > 1 and len(name) > 1 and len(set(found) & set(name)) < 2


def has_unrelated_person(match: ClaimOverlap, at: int) -> bool:
    """Say whether somebody whom the claim does not name stands before the word at `at`: it may be of them."""
    words = match.reading.words
    for run in runs_of([i for i in range(at) if is_name(match, i)]):
        first = run[0]
        if any(match.means[i] in match.claim.content for i in run):
            continue
        if (first > 0 and words[first - 1].lower in PLACED) or words[run[-1] + 1].lower in SAYS:
            continue
        if first > 0 or len(run) > 1 or match.owns(0) or _starts_clause(words):
            return True
    return False


def mentions_only_others(match: ClaimOverlap) -> bool:
    """Say whether a sentence names a person and none of the claim's names: those are only near it."""
    if is_headline_case(match.reading) or not match.claim.names or match.claim.names & frozenset(match.means):
        return False
    text, words = match.reading.text, match.reading.words
    named = [i for i in range(1, len(words)) if is_name(match, i) and is_name(match, i - 1)]
    pairs = [(words[i - 1].start, words[i].end) for i in named if words[i].start == words[i - 1].end + 1]
    return any(not is_institution("", text[start:end]) for start, end in pairs)


def is_name(match: ClaimOverlap, at: int) -> bool:
    """Say whether a word names somebody: not "the President", whom the claim may name otherwise."""
    word = match.reading.words[at]
    named = match.is_name(at) and is_content(word) and word.stem not in DAYS
    return named and (
        match.reading.text[word.start : word.end] not in TITLES or match.means[at] in match.claim.content
    )


def _meanings(match: ClaimOverlap, places: list[int]) -> Name:
    return tuple(match.means[i] for i in places)
