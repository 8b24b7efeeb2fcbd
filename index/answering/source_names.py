"""Name the sources of an answer's summary line: each party once, under its best-known name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index.answering.answers import Quote
from index.attribution.entities import is_institution
from index.attribution.lexicon import ROLES
from index.attribution.speaker_attribution import subject_of
from index.stance.claim import Claim
from index.stance.synonyms import concept_of
from index.text.tokens import stem
from index.text.word_lists import alternation, load_words

_SPOKESPERSON = r"(?:spokes(?:man|woman|person)|press secretary|press officer)"
# "White House", "Ministry of Health"
_CAPITALIZED = r"[A-Z][\w.&’'-]*(?:\s(?:of\s)?[A-Z][\w.&’'-]*){0,4}"
# "Kremlin spokesman", "press secretary at the White House", "spokeswoman for the State Department"
_SPEAKS_FOR = re.compile(
    rf"^(?:the\s)?(?P<before>{_CAPITALIZED}?)\s(?:(?:chief|deputy|senior|press|national|security)\s){{0,2}}{_SPOKESPERSON}\b"
    rf"|{_SPOKESPERSON}\s(?:for|of|at)\s(?:the\s)?(?P<after>{_CAPITALIZED})"
)
_COMPANY_SUFFIX_WORD = alternation(load_words("answering/company_suffixes"))
_COMPANY_SUFFIX = re.compile(rf"(?<=\w),? {_COMPANY_SUFFIX_WORD}\b\.?$")  # ", inc."
# "he has always ", before a cue of denial: the denier is not the speaker.
_PRONOUN_SUBJECT = re.compile(r"\b(?:he|she|they)(?:\s+[\w’']+){0,3}\s*$", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w-]+")  # "Roe"
_CITED_REPORT_NOUN = alternation(load_words("answering/cited_report_nouns"))
_PUBLICATION_NOUN = alternation(load_words("answering/publication_nouns"))
_PUBLISHING_VERB = alternation(load_words("answering/publishing_verbs"))
# The outlet passes on what an unnamed one reported: "according to the report", "a newspaper said",
# "reportedly".
_SECOND_HAND = re.compile(
    r"\b(?:according to|in|citing) (?:the|a|that|this|its) (?:\w+ )?"
    rf"{_CITED_REPORT_NOUN}\b"
    rf"|\b(?:an?|the|that|this|one) (?:\w+ )?{_PUBLICATION_NOUN}(?: had| has)? "
    rf"{_PUBLISHING_VERB}\b"
    r"|\b(?:it|they) (?:had )?(?:reported|wrote|claimed)\b|\b(?:reportedly|allegedly)\b",
    re.IGNORECASE,
)


def reporting_sources(quotes: Sequence[Quote], claim: Claim) -> tuple[str, ...]:
    """Return who reports a claim: whom a quote cites, else its outlet; never whom the claim is about.

    Outlets that only pass a report on are named if nobody else is.
    """
    cited = [
        None if quote.cited_source and _concepts(quote.cited_source) & claim.content else quote.cited_source
        for quote in quotes
    ]
    first_hand = [
        source or quote.article.outlet
        for source, quote in zip(cited, quotes, strict=True)
        if source or not _is_second_hand(quote)
    ]
    return _merge_names(first_hand or [quote.article.outlet for quote in quotes], quotes)


def denying_sources(quotes: Sequence[Quote], claim: Claim) -> tuple[str, ...]:
    """Return who denies, never whose report it is: whom the sentence says it of, else its speaker, else its outlet.

    Nobody is named for a denial that somebody tells of whom the claim is about: "Roe said that he denied it".
    """
    return _merge_names(
        [_denier(quote) for quote in quotes if not _denial_is_relayed(quote, claim.names)], quotes
    )


def _denial_is_relayed(quote: Quote, names: frozenset[str]) -> bool:
    """Return True if "he" denies in a sentence that names somebody of the claim other than its speaker."""
    before = quote.text.partition(quote.judgement.cue or "\n")[0]
    if quote.speaker is None or not _PRONOUN_SUBJECT.search(before):
        return False
    stems = {stem(word.casefold()) for word in _NAME.findall(before)}
    return bool({concept_of(name) for name in stems} & names - _concepts(quote.speaker.name))


def _is_second_hand(quote: Quote) -> bool:
    return bool(_SECOND_HAND.search(quote.text))


def _denier(quote: Quote) -> str:
    subject = subject_of(quote.text, quote.judgement.cue) if quote.judgement.cue else None
    speaker = quote.speaker
    if speaker is None or (subject and subject not in speaker.name) or not _is_somebody(speaker.name):
        return subject or quote.article.outlet
    return _institution(speaker.description or "", quote.article.text) or speaker.name


def _concepts(name: str) -> frozenset[str]:
    return frozenset(concept_of(stem(word)) for word in name.casefold().split())


def _is_somebody(name: str) -> bool:
    """Return True if a speaker has a name or a role ("police", "officials"): not "several newspapers"."""
    return name != name.lower() or name.split()[-1] in ROLES


def _institution(description: str, text: str) -> str | None:
    """Return the institution that somebody with this description speaks for; None when it is not one."""
    match = _SPEAKS_FOR.search(description)
    name = match and (match["before"] or match["after"])
    if not name or name.endswith(("'s", "’s", "s'", "s’")):
        return None
    return name if is_institution(text, name) else None


def _merge_names(names: Iterable[str], quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return each party once, in order: under its longest name if all end alike, else under its commonest."""
    parties: dict[str, Counter[str]] = {}
    for name in names:
        plain = " ".join(name.split())
        key = _key(plain)
        party = next((other for other in parties if _is_same_party(other, key)), key)
        if key:
            parties.setdefault(party, Counter())[plain] += 1
    outlets = {quote.article.outlet for quote in quotes}
    texts = [quote.article.text for quote in quotes]
    best_names = [_best_name(counts) for counts in parties.values()]
    return tuple(name if name in outlets else _as_written(name, texts) for name in best_names)


def _key(name: str) -> str:
    """Return what names are compared by; a country, its people and the seat of its government have one key."""
    bare = _COMPANY_SUFFIX.sub("", name.casefold().removeprefix("the "))
    return bare if " " in bare else concept_of(stem(bare))


def _is_same_party(one: str, other: str) -> bool:
    """Return True if two keys are of one party: the same, or a family name and the whole name."""
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")


def _best_name(counts: Counter[str]) -> str:
    last_words = {name.split()[-1] for name in counts}
    if len(last_words) == 1:
        return max(counts, key=len)
    return max(counts, key=lambda name: counts[name])


def _as_written(name: str, texts: Iterable[str]) -> str:
    """Return a name with "the" or without, as it mostly stands inside sentences: "the Kremlin", "Twitter"."""
    bare = name.removeprefix("The ").removeprefix("the ")
    inside = re.compile(rf"[a-z,] (?:([Tt]he) |(?<!\b[Tt]he )){re.escape(bare)}(?![\w-])")
    articles = Counter(match[1] or "" for text in texts for match in inside.finditer(text))
    article = articles.most_common(1)[0][0] if articles else name.removesuffix(bare).strip()
    return f"{article} {bare}".strip().removesuffix(".")  # it may end a sentence of its own
