"""The arguments of a verb in a sentence: the names before it and behind it, and who else is named."""

from index.attribution.entities import is_institution
from index.attribution.lexicon import TITLES
from index.stance.claim import ClaimOverlap, is_headline_case
from index.stance.content_words import is_content
from index.stance.cue_lexicon import REPORTING_VERBS
from index.stance.predicate_arguments import (
    DATE_STEMS,
    PASSIVE_AUXILIARIES,
    Name,
    Predicate,
    consecutive_runs,
)
from index.stance.synonyms import concept_of
from index.text.tokens import Token, tokenize
from index.text.word_lists import load_words

UNNAMED_OTHERS: Name = ("",)  # somebody without a name whom the claim is not about: "workers called"

# Judged, both.
_NAME_WINDOW = 9  # words that a name and what is joined to it may take
_ASIDE_WINDOW = 16  # words of an aside between a name and its verb
_PREVERBAL_WORDS = PASSIVE_AUXILIARIES | load_words("stance/preverbal_words")
# "agreed to call": who agrees, calls.
_CONTROL_VERBS = load_words("stance/control_verbs")
_BEFORE_OBJECT_NAME = frozenset({"with", "to", "the", "both"})
_AFTER_NAME = _PREVERBAL_WORDS | frozenset({"in", "on", "at", "before", "after", "from"})
LOCATIVE_PREPOSITIONS = load_words("stance/locative_prepositions")
_SUBJECT_PRONOUNS = frozenset({"he", "she", "it", "they"})
_PRONOUNS = load_words("stance/personal_pronouns")
_PLURAL_PEOPLE = frozenset({"people", "police", "men", "women", "children"})
_TIME_UNITS = load_words("stance/plural_time_units")
_PERIOD_STEMS = load_words("stance/period_stems")
_SHARED_NAME_ENDINGS = load_words("stance/shared_name_endings")


def subject_names(match: ClaimOverlap, predicate: Predicate, at: int) -> list[Name]:
    """Return the names of a verb's subject: "Trump and Putin later called", "Roe, the mayor, called".

    UNNAMED_OTHERS stands for those who have no name and are none of the claim's: "lawmakers called".
    """
    words = match.sentence.words
    start = _skip_asides(match, _skip_auxiliaries(words, at - 1))
    found: list[int] = []
    for i in range(start, max(-1, start - _NAME_WINDOW), -1):
        if is_name(match, i):
            found.append(i)
        elif not found or words[i].lower not in {"and", "&"}:
            break
    names = [_concepts(match, run) for run in consecutive_runs(found[::-1])]
    if names:
        return names
    if start >= 0 and words[start].lower in _SUBJECT_PRONOUNS:
        return _antecedents(match, start)
    if start >= 0 and words[start].lower in {"i", "we"}:  # whoever says so, as a rule behind the quotation
        return _possible_subjects(match.sentence.text, words, match.concepts, len(words))
    return [UNNAMED_OTHERS] if _is_unnamed_group(match, predicate, start) else []


def _antecedents(match: ClaimOverlap, at: int) -> list[Name]:
    """Return the names that a pronoun may stand for.

    Those named before it in its sentence, else in the sentence before.
    """
    here = _possible_subjects(match.sentence.text, match.sentence.words, match.concepts, at)
    if here or not match.previous:
        return here
    words = tuple(tokenize(match.previous))
    return _possible_subjects(
        match.previous, words, tuple(concept_of(word.stem) for word in words), len(words)
    )


def _possible_subjects(
    text: str, words: tuple[Token, ...], concepts: tuple[str, ...], end: int
) -> list[Name]:
    """Return the names among the first `end` words that may be a subject.

    None behind a preposition of place.
    """
    named = [
        i
        for i in range(end)
        if text[words[i].start].isupper() and is_content(words[i]) and words[i].stem not in DATE_STEMS
    ]
    found = [
        run
        for run in consecutive_runs(named)
        if not (run[0] > 0 and words[run[0] - 1].lower in LOCATIVE_PREPOSITIONS)
        and (run[0] > 0 or len(run) > 1 or _starts_clause(words))
    ]
    return [tuple(concepts[i] for i in run) for run in found]


def _starts_clause(words: tuple[Token, ...]) -> bool:
    """Return True if the first word of a sentence is followed by its verb: it names somebody then."""
    return len(words) > 1 and (
        words[1].lower in _PREVERBAL_WORDS | REPORTING_VERBS or words[1].lower.endswith("ed")
    )


def _skip_auxiliaries(words: tuple[Token, ...], at: int) -> int:
    """Return the position before a verb and its auxiliaries: "has not yet", "later", "agreed to"."""
    while at > 0 and (
        words[at].lower in _PREVERBAL_WORDS
        or words[at].lower.endswith("ly")
        or (words[at].lower in _CONTROL_VERBS and words[at + 1].lower == "to")
    ):
        at -= 1
    return at


def _skip_asides(match: ClaimOverlap, at: int) -> int:
    """Return the position before "who" or before an aside.

    "Roe, who" and "Roe, the mayor of Oslo," lead to "Roe".
    """
    words = match.sentence.words
    if at > 0 and words[at].lower in {"who", "which"}:
        at -= 1
        return at - 1 if at > 0 and words[at].lower == "," else at
    if at > 0 and words[at].lower == ",":
        back = range(at - 1, max(0, at - _ASIDE_WINDOW), -1)
        opened = next((i - 1 for i in back if words[i].lower == "," and _may_be_subject(match, i - 1)), None)
        return opened if opened is not None else _skip_apposition(match, at)
    return at


def _skip_apposition(match: ClaimOverlap, at: int) -> int:
    """Return the position at which a name set off by commas ends before the comma at `at`.

    As in "her husband, Carl Roe, died".
    """
    first = at
    while first > 0 and is_name(match, first - 1):
        first -= 1
    return at - 1 if 0 < first < at and match.sentence.words[first - 1].lower == "," else at


def _may_be_subject(match: ClaimOverlap, at: int) -> bool:
    """Return True if a name that is no place ends at a word: "in Santa Clara" does nothing."""
    first = at
    while first > 0 and is_name(match, first - 1):
        first -= 1
    is_located = first > 0 and match.sentence.words[first - 1].lower in LOCATIVE_PREPOSITIONS
    return is_name(match, at) and not is_located


def _is_unnamed_group(match: ClaimOverlap, predicate: Predicate, at: int) -> bool:
    """Return True if the subject of a verb is a group without a name, and not one that the claim may mean."""
    words = match.sentence.words
    word = words[max(at, 0)]
    if at > 0 and predicate.topics and _is_indefinite(match, at):
        return True
    plural = word.lower in _PLURAL_PEOPLE or (
        word.lower.endswith("s") and not word.lower.endswith(("ss", "us", "is", "'s"))
    )
    if at < 0 or not predicate.topics or not plural or word.lower in _TIME_UNITS or not is_content(word):
        return False
    if match.is_capitalized(at) and at > 0:
        return False
    near = range(max(match.sentence.clause(at).first, at - _NAME_WINDOW), at + 1)
    return not any(match.concepts[i] in match.claim.content or words[i].lower in _PRONOUNS for i in near)


def _is_indefinite(match: ClaimOverlap, at: int) -> bool:
    """Return True if "a" or "an" opens what ends at `at`.

    "a former producer" is nobody whom the claim names.
    """
    words = match.sentence.words
    for i in range(at, max(-1, at - 4), -1):
        if words[i].lower in {"a", "an"}:
            return i < at
        if not is_content(words[i]) or match.concepts[i] in match.claim.content or is_name(match, i):
            return False
    return False


def object_names(match: ClaimOverlap, at: int) -> list[Name]:
    """Return the names that begin right after a verb: "called Russia's president, Vladimir Putin"."""
    words = match.sentence.words
    found: list[int] = []
    for i in range(at + 1, min(len(words), at + 1 + _NAME_WINDOW)):
        if is_name(match, i):
            found.append(i)
        elif words[i].lower in _AFTER_NAME if found else words[i].lower not in _BEFORE_OBJECT_NAME:
            break
    return [_concepts(match, run) for run in consecutive_runs(found)]


def modifier(match: ClaimOverlap, at: int) -> list[Name]:
    """Return the name that modifies a noun without a possessive: "a Russian missile attack"."""
    found = next((i for i in (at - 1, at - 2) if i >= 0 and is_name(match, i)), None)
    if (
        found is None
        or match.is_possessive(found)
        or not all(is_content(word) for word in match.sentence.words[found:at])
    ):
        return []
    return [(match.concepts[found],)]


def possessor(match: ClaimOverlap, at: int) -> list[Name]:
    """Return the name of a noun's possessor: "Roe's arrest", "his wife's sudden death"; times own nothing."""
    words = match.sentence.words
    for i in (at - 1, at - 2):
        if i < 0 or not match.is_possessive(i):
            continue
        if words[i].stem in DATE_STEMS or words[i].stem in _PERIOD_STEMS:
            return []
        if not is_name(match, i):
            return [(match.concepts[i],)]
        first = i
        while first > 0 and is_name(match, first - 1):
            first -= 1
        return [_concepts(match, list(range(first, i + 1)))]
    return []


def names_between(match: ClaimOverlap, at: int) -> set[str]:
    """Return the last names of those between whom something is: "the call between Xi and Biden"."""
    words = match.sentence.words
    first = next((i for i in range(at + 1, min(at + 4, len(words))) if words[i].lower == "between"), None)
    if first is None:
        return set()
    found: list[int] = []
    for i in range(first + 1, min(first + _NAME_WINDOW, len(words))):
        if is_name(match, i):
            found.append(i)
        elif words[i].lower in _AFTER_NAME or words[i].lower in {",", "."}:
            break
    return {match.concepts[run[-1]] for run in consecutive_runs(found)}


def mentions_any(match: ClaimOverlap, names: tuple[Name, ...]) -> bool:
    """Return True if the sentence itself holds one of the names, and not only a namesake."""
    return any(
        match.concepts[i] in name and not is_in_other_name(match, name, i)
        for name in names
        for i in match.mentions
    )


def is_in_other_name(match: ClaimOverlap, name: Name, at: int) -> bool:
    """Return True if the word at `at`, a part of `name`, stands there in another name.

    As in "Jane Poe" for "Jane Roe".
    """
    first, last = at, at
    while first > 0 and is_name(match, first - 1):
        first -= 1
    while last + 1 < len(match.concepts) and is_name(match, last + 1):
        last += 1
    found = _concepts(match, list(range(first, last + 1)))
    if found[-1] in _SHARED_NAME_ENDINGS and found[-1] not in name:
        return True
    return len(found) > 1 and len(name) > 1 and len(set(found) & set(name)) < 2


def has_unrelated_person(match: ClaimOverlap, at: int) -> bool:
    """Return True if somebody whom the claim does not name stands before the word at `at`.

    It may be of them.
    """
    words = match.sentence.words
    for run in consecutive_runs([i for i in range(at) if is_name(match, i)]):
        first = run[0]
        if any(match.concepts[i] in match.claim.content for i in run):
            continue
        if (first > 0 and words[first - 1].lower in LOCATIVE_PREPOSITIONS) or words[
            run[-1] + 1
        ].lower in REPORTING_VERBS:
            continue
        if first > 0 or len(run) > 1 or match.is_possessive(0) or _starts_clause(words):
            return True
    return False


def mentions_only_others(match: ClaimOverlap) -> bool:
    """Return True if a sentence names a person and none of the claim's names: those are only near it."""
    if (
        is_headline_case(match.sentence)
        or not match.claim.names
        or match.claim.names & frozenset(match.concepts)
    ):
        return False
    text, words = match.sentence.text, match.sentence.words
    named = [i for i in range(1, len(words)) if is_name(match, i) and is_name(match, i - 1)]
    pairs = [(words[i - 1].start, words[i].end) for i in named if words[i].start == words[i - 1].end + 1]
    return any(not is_institution("", text[start:end]) for start, end in pairs)


def is_shared_with_other(match: ClaimOverlap) -> bool:
    """Return True if somebody the claim does not name takes part: "Zelensky and Trump spoke"."""
    words = match.sentence.words
    names = match.claim.content - (match.claim.actions if match.claim.is_truecased else frozenset())
    found = {match.concepts[i] for i in match.mentions} & names
    if not found or found == names or is_headline_case(match.sentence):
        return False
    for i, word in enumerate(words):
        if match.is_capitalized(i) and is_content(word) and match.concepts[i] not in match.claim.content:
            beside = {words[k].lower for k in (i - 1, i + 1) if 0 <= k < len(words)}
            if words[max(i - 1, 0)].lower in {"with", "to"} or "and" in beside:
                return True
    return False


def is_name(match: ClaimOverlap, at: int) -> bool:
    """Return True if a word names somebody: not "the President", whom the claim may name otherwise."""
    word = match.sentence.words[at]
    named = match.is_capitalized(at) and is_content(word) and word.stem not in DATE_STEMS
    return named and (
        match.sentence.text[word.start : word.end] not in TITLES or match.concepts[at] in match.claim.content
    )


def _concepts(match: ClaimOverlap, positions: list[int]) -> Name:
    return tuple(match.concepts[i] for i in positions)
