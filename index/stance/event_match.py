"""Who does what to whom: whether a sentence tells of the deed that a claim tells of, or only shares its words.

"Putin called a meeting" shares its words with "Did Trump call Putin?" and tells of something else. Without a parser,
the name right before a verb is taken for who does it, and the name right after for whom it is done to. Where no
name stands there, whom the claim is about must stand in the sentence, or nobody else may.
"""

from collections.abc import Collection

from index.stance.claim import ClaimOverlap, is_headline_case
from index.stance.predicate_arguments import Name, Predicate, is_passive, opens_noun
from index.stance.sentence_arguments import (
    OTHERS,
    PLACED,
    between,
    has_unrelated_person,
    is_name,
    modifier,
    named_in,
    object_names,
    of_other,
    possessor,
    subject_names,
)
from index.text.tokens import Token, stem
from index.text.word_lists import load_words

# What is left of a sentence's cover of the claim when ...
MISSING = 0.6  # ... a name of the claim stands nowhere around it,
UNDONE = 0.6  # ... the claim's verb does not stand in it, or nowhere what it is done to,
STRANGE = 0.25  # ... another does the deed, or does it to another.
UNCASED = (
    0.75  # the cover that a claim typed without capitals must have, whose names may be taken for other words
)

# Deeds that two do together: either may be named first.
_TOGETHER = frozenset(
    map(
        stem,
        load_words("stance/reciprocal_verbs"),
    )
)
# Behind a noun they make it another thing: an arrest warrant is no arrest.
_NOT_DONE = load_words("stance/unrealized_act_nouns")
# Nobody need have killed whoever died.
_DYING = load_words("stance/dying")
# What opens so is not known yet, and none of the claim's names: "arrested a man".
_NEW = load_words("stance/indefinite_determiners")


def relatedness(match: ClaimOverlap) -> float:
    """Return how surely, 0 to 1, a sentence tells of what the claim tells of.

    It is the share of the claim that sentence, headline and the sentence before hold together, less when a name or
    the verb of the claim is missing, or the sentence gives the deed to somebody else.
    """
    deed = predicate_of(match)
    sure = mention_relatedness(match)
    sure *= UNDONE if deed.verb and not places_of(match, deed) else 1.0
    return sure * (UNDONE if deed.object and deed.object not in match.terms_in_context else 1.0)


def mention_relatedness(match: ClaimOverlap) -> float:
    """Return the same for a sentence that need not name the deed, since it speaks of the report: "denied it"."""
    deed = predicate_of(match)
    unsure = not match.claim.is_truecased and match.context < UNCASED
    sure = match.context * (MISSING if unsure or missing_names(match, deed) else 1.0)
    return sure if is_same_event(match, deed) else sure * STRANGE


def predicate_of(match: ClaimOverlap) -> Predicate:
    """Return the deed of the claim that a sentence was laid over."""
    return match.claim.predicate


def missing_names(match: ClaimOverlap, deed: Predicate) -> float:
    """Return the share of the claim's names that neither sentence, headline nor the sentence before holds."""
    return sum(not _is_near(match, name) for name in deed.names) / max(1, len(deed.names))


def lacks_topic_entities(match: ClaimOverlap, deed: Predicate) -> bool:
    """Say whether those the claim is about are nowhere near, though there is a headline or a sentence before."""
    if match.has_no_context or not deed.topics or is_headline_case(match.reading):
        return False
    return not any(_is_near(match, name) for name in deed.topics)


def _is_near(match: ClaimOverlap, name: Name) -> bool:
    """Say whether a name is near by its last word, or by another that names nobody else: not "Jane Poe" for "Jane Roe"."""
    if name[-1] in match.terms_in_context:
        return True
    found = [part for part in name if part in match.terms_in_context]
    places = [i for i in match.mentions if match.means[i] in found]
    return bool(found) and not any(of_other(match, name, i) for i in places)


def is_same_event(match: ClaimOverlap, deed: Predicate, among: Collection[int] = ()) -> bool:
    """Say whether, at some place of the claim's verb, nobody else does it and nobody else has it done to them.

    `among` are the places that matter, if any of them is the verb's.
    """
    places = places_of(match, deed)
    places = [i for i in places if i in among] or places
    if not places or is_headline_case(match.reading):
        return True
    return any(_agrees(match, deed, at) for at in places)


def places_of(match: ClaimOverlap, deed: Predicate) -> list[int]:
    """Return where the claim's verb stands in the sentence."""
    return [i for i in match.mentions if match.means[i] == deed.verb]


def _agrees(match: ClaimOverlap, deed: Predicate, at: int) -> bool:
    words = match.reading.words
    two = between(match, at)
    if two:
        return two <= match.claim.content
    gerund = _is_gerund(words, at)
    noun = opens_noun(words, at) and not (
        gerund and words[at - 1].lower in PLACED | {"after", "before", "since"}
    )
    following = words[at + 1].lower if at + 1 < len(words) else "."
    if (noun and following in _NOT_DONE) or (deed.kills and words[at].lower in _DYING):
        return False
    if not _meets(possessor(match, at), match.claim.content, deed):
        return False
    if noun and deed.patients and deed.topics and not _meets(modifier(match, at), deed.agents, deed):
        return False
    named = gerund and at > 0 and is_name(match, at - 1)  # "Roe calling Poe"
    before = [] if noun or (gerund and not named) else subject_names(match, deed, at)
    if not before and deed.topics and not named_in(match, deed.topics) and has_unrelated_person(match, at):
        return False
    after = [] if noun else object_names(match, at)
    if not after and not noun and deed.patients and _is_done_to_another(match, at):
        return False
    doers, others = deed.agents, deed.patients
    if words[at].stem in _TOGETHER:
        doers = others = doers | others
    elif is_passive(words, at):
        doers, others = others, frozenset()
    elif deed.passive and not after and (following in PLACED or not following[0].isalnum()):
        doers, others = doers | others, frozenset()  # "a man arrested on Monday", "police arrested on Monday"
    return _meets(before, doers, deed) and _meets(after, others, deed)


def _is_done_to_another(match: ClaimOverlap, at: int) -> bool:
    """Say whether somebody new has a deed done to them: "arrested a man"."""
    words = match.reading.words
    if at + 2 >= len(words) or words[at + 1].lower not in _NEW:
        return False
    return not any(match.means[i] in match.claim.content for i in range(at + 2, min(at + 5, len(words))))


def _meets(found: list[Name], wanted: frozenset[str], deed: Predicate) -> bool:
    """Say whether one of the names found may be one of those wanted; where either is not known it may."""
    if not found or not wanted:
        return True
    return any(
        not wanted.isdisjoint(name) and not _another(name, deed.names) for name in found if name is not OTHERS
    )


def _another(found: Name, names: tuple[Name, ...]) -> bool:
    """Say whether a name only shares a word with those of the claim: "Jill Biden" where it says "Joe Biden"."""
    sharing = [len(set(found) & set(name)) for name in names if len(name) > 1 and set(found) & set(name)]
    return len(found) > 1 and bool(sharing) and max(sharing) < 2


def _is_gerund(words: tuple[Token, ...], at: int) -> bool:
    """Say whether a word in -ing names the deed: "the beheading of", but not "is trying"."""
    return words[at].lower.endswith("ing") and (
        at == 0 or words[at - 1].lower not in {"is", "are", "was", "were", "be", "been", "'s"}
    )
