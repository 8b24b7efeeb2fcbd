"""Event match: whether a sentence tells of the event that a claim tells of, or only shares its words.

"Putin called a meeting" shares its words with "Did Trump call Putin?" and tells of something else. Without a
parser, the name right before a verb is taken for who does it, and the name right after for whom it is done
to. Where no name stands there, whom the claim is about must stand in the sentence, or nobody else may.
"""

from collections.abc import Collection
from dataclasses import replace

from index.stance.claim import ClaimOverlap, is_headline_case
from index.stance.judgement import Judgement, Stance
from index.stance.predicate_arguments import Name, Predicate, is_opened_as_noun, is_passive
from index.stance.sentence_arguments import (
    LOCATIVE_PREPOSITIONS,
    UNNAMED_OTHERS,
    has_unrelated_person,
    is_in_other_name,
    is_name,
    mentions_any,
    modifier,
    names_between,
    object_names,
    possessor,
    subject_names,
)
from index.stance.weights import (
    FULL_RELATEDNESS,
    MIN_DIRECT_RELATEDNESS,
    MIN_UNCASED_COVER,
    NAME_MISSING,
    NAMES_MISSING,
    OTHER_EVENT,
    PREDICATE_MISSING,
    UNRELATED,
)
from index.text.tokens import Token, stem
from index.text.word_lists import load_words

# What two do together: either may be named first.
_RECIPROCAL_STEMS = frozenset(map(stem, load_words("stance/reciprocal_verbs")))
# Behind a noun they make it another thing: an arrest warrant is no arrest.
_UNREALIZED_NOUNS = load_words("stance/unrealized_act_nouns")
# Nobody need have killed whoever died.
_DYING = load_words("stance/dying")
# What opens so is not known yet, and none of the claim's names: "arrested a man".
_INDEFINITE_DETERMINERS = load_words("stance/indefinite_determiners")


def relatedness(match: ClaimOverlap) -> float:
    """Return how surely, 0 to 1, a sentence tells of what the claim tells of.

    It is the share of the claim that sentence, headline and the sentence before hold together, less when a
    name or the verb of the claim is missing, or somebody else does it in the sentence.
    """
    predicate = match.claim.predicate
    score = mention_relatedness(match)
    score *= PREDICATE_MISSING if predicate.verb and not verb_positions(match, predicate) else 1.0
    return score * (
        PREDICATE_MISSING if predicate.object and predicate.object not in match.terms_in_context else 1.0
    )


def mention_relatedness(match: ClaimOverlap) -> float:
    """Return `relatedness` for a sentence that need not hold the verb, since it speaks of the report.

    As in "denied it".
    """
    predicate = match.claim.predicate
    unsure = not match.claim.is_truecased and match.context_cover < MIN_UNCASED_COVER
    score = match.context_cover * (NAME_MISSING if unsure or missing_names(match, predicate) else 1.0)
    return score if is_same_event(match, predicate) else score * OTHER_EVENT


def discount(
    match: ClaimOverlap, judgement: Judgement, *, direct: bool = False, positions: Collection[int] = ()
) -> Judgement:
    """Return a judgement with what is left of its confidence when the sentence may be about something else.

    `direct` says that it rests on the claim's own words in the sentence, at `positions`, and needs no more of
    them.
    """
    related = mention_relatedness(match) if judgement.stance is Stance.DENIED else relatedness(match)
    if direct and related >= MIN_DIRECT_RELATEDNESS:
        predicate = match.claim.predicate
        named = 1 - NAMES_MISSING * missing_names(match, predicate)
        known = match.has_no_context or match.claim.is_truecased or match.context_cover >= MIN_UNCASED_COVER
        same = (
            known
            and is_same_event(match, predicate, positions)
            and not lacks_topic_entities(match, predicate)
        )
        kept = judgement.confidence * named * (1.0 if same else OTHER_EVENT)
    elif related >= FULL_RELATEDNESS:
        kept = judgement.confidence
    else:
        kept = min(UNRELATED, judgement.confidence) * related / FULL_RELATEDNESS
    return replace(judgement, confidence=kept)


def missing_names(match: ClaimOverlap, predicate: Predicate) -> float:
    """Return the share of the claim's names that neither sentence, headline nor the sentence before holds."""
    return sum(not _is_near(match, name) for name in predicate.names) / max(1, len(predicate.names))


def lacks_topic_entities(match: ClaimOverlap, predicate: Predicate) -> bool:
    """Return True if there is a headline or a sentence before, but no name that the claim is about."""
    if match.has_no_context or not predicate.topics or is_headline_case(match.sentence):
        return False
    return not any(_is_near(match, name) for name in predicate.topics)


def _is_near(match: ClaimOverlap, name: Name) -> bool:
    """Return True if a name is near by its last word, or by another that names nobody else.

    Not "Jane Poe" for "Jane Roe".
    """
    if name[-1] in match.terms_in_context:
        return True
    found = [part for part in name if part in match.terms_in_context]
    positions = [i for i in match.mentions if match.concepts[i] in found]
    return bool(found) and not any(is_in_other_name(match, name, i) for i in positions)


def is_same_event(match: ClaimOverlap, predicate: Predicate, among: Collection[int] = ()) -> bool:
    """Return True if, somewhere the claim's verb stands, nobody else does it and it is done to nobody else.

    `among` are the positions that matter, if any of them is the verb's.
    """
    positions = verb_positions(match, predicate)
    positions = [i for i in positions if i in among] or positions
    if not positions or is_headline_case(match.sentence):
        return True
    return any(_has_claimed_arguments(match, predicate, at) for at in positions)


def verb_positions(match: ClaimOverlap, predicate: Predicate) -> list[int]:
    """Return where the claim's verb stands in the sentence."""
    return [i for i in match.mentions if match.concepts[i] == predicate.verb]


def _has_claimed_arguments(match: ClaimOverlap, predicate: Predicate, at: int) -> bool:
    """Return True if the names around the verb at `at` may be the claim's, each in its part."""
    words = match.sentence.words
    pair = names_between(match, at)
    if pair:
        return pair <= match.claim.content
    gerund = _is_gerund(words, at)
    noun = is_opened_as_noun(words, at) and not (
        gerund and words[at - 1].lower in LOCATIVE_PREPOSITIONS | {"after", "before", "since"}
    )
    following = words[at + 1].lower if at + 1 < len(words) else "."
    if (noun and following in _UNREALIZED_NOUNS) or (predicate.kills and words[at].lower in _DYING):
        return False
    if not _may_name(possessor(match, at), match.claim.content, predicate):
        return False
    if (
        noun
        and predicate.patients
        and predicate.topics
        and not _may_name(modifier(match, at), predicate.agents, predicate)
    ):
        return False
    named = gerund and at > 0 and is_name(match, at - 1)  # "Roe calling Poe"
    before = [] if noun or (gerund and not named) else subject_names(match, predicate, at)
    if (
        not before
        and predicate.topics
        and not mentions_any(match, predicate.topics)
        and has_unrelated_person(match, at)
    ):
        return False
    after = [] if noun else object_names(match, at)
    if not after and not noun and predicate.patients and _has_indefinite_object(match, at):
        return False
    agents, patients = _expected_arguments(predicate, words, at, has_object=bool(after))
    return _may_name(before, agents, predicate) and _may_name(after, patients, predicate)


def _expected_arguments(
    predicate: Predicate, words: tuple[Token, ...], at: int, *, has_object: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Return whom the claim lets stand before and behind its verb at `at`; nobody in particular if empty."""
    agents, patients = predicate.agents, predicate.patients
    following = words[at + 1].lower if at + 1 < len(words) else "."
    if words[at].stem in _RECIPROCAL_STEMS:
        agents = patients = agents | patients
    elif is_passive(words, at):
        agents, patients = patients, frozenset()
    elif (
        predicate.passive
        and not has_object
        and (following in LOCATIVE_PREPOSITIONS or not following[0].isalnum())
    ):
        # "a man arrested on Monday", "police arrested on Monday"
        agents, patients = agents | patients, frozenset()
    return agents, patients


def _has_indefinite_object(match: ClaimOverlap, at: int) -> bool:
    """Return True if the object of a verb is somebody not known yet: "arrested a man"."""
    words = match.sentence.words
    if at + 2 >= len(words) or words[at + 1].lower not in _INDEFINITE_DETERMINERS:
        return False
    return not any(match.concepts[i] in match.claim.content for i in range(at + 2, min(at + 5, len(words))))


def _may_name(found: list[Name], wanted: frozenset[str], predicate: Predicate) -> bool:
    """Return True if one of the names found may be one of those wanted; where either is not known it may."""
    if not found or not wanted:
        return True
    return any(
        not wanted.isdisjoint(name) and not _is_namesake(name, predicate.names)
        for name in found
        if name is not UNNAMED_OTHERS
    )


def _is_namesake(found: Name, names: tuple[Name, ...]) -> bool:
    """Return True if a name only shares a word with those of the claim.

    As in "Jill Biden" where it says "Joe Biden".
    """
    sharing = [len(set(found) & set(name)) for name in names if len(name) > 1 and set(found) & set(name)]
    return len(found) > 1 and bool(sharing) and max(sharing) < 2


def _is_gerund(words: tuple[Token, ...], at: int) -> bool:
    """Return True if a word in -ing is a noun: "the beheading of", but not "is trying"."""
    return words[at].lower.endswith("ing") and (
        at == 0 or words[at - 1].lower not in {"is", "are", "was", "were", "be", "been", "'s"}
    )
