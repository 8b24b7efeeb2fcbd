"""Whom the first line of an answer names: each party once, under the name readers know it by."""

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

# "Kremlin spokesman", "press secretary at the White House", "a spokeswoman for the State Department".
_SPEAKS = r"(?:spokes(?:man|woman|person)|press secretary|press officer)"
_NAMED = r"[A-Z][\w.&’'-]*(?:\s(?:of\s)?[A-Z][\w.&’'-]*){0,4}"
_SPEAKS_FOR = re.compile(
    rf"^(?:the\s)?(?P<before>{_NAMED}?)\s(?:(?:chief|deputy|senior|press|national|security)\s){{0,2}}{_SPEAKS}\b"
    rf"|{_SPEAKS}\s(?:for|of|at)\s(?:the\s)?(?P<after>{_NAMED})"
)
_COMPANY_SUFFIXES = alternation(load_words("answering/company_suffixes"))
_COMPANY = re.compile(rf"(?<=\w),? {_COMPANY_SUFFIXES}\b\.?$")
# What stands before the word that denies, when it is another than the speaker who does.
_HE_DENIES = re.compile(r"\b(?:he|she|they)(?:\s+[\w’']+){0,3}\s*$", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w-]+")
_CITED_REPORT_NOUNS = alternation(load_words("answering/cited_report_nouns"))
_PUBLICATION_NOUNS = alternation(load_words("answering/publication_nouns"))
_PUBLISHING_VERBS = alternation(load_words("answering/publishing_verbs"))
# The outlet passes on what another reported, and does not say which.
_SECOND_HAND = re.compile(
    r"\b(?:according to|in|citing) (?:the|a|that|this|its) (?:\w+ )?"
    rf"{_CITED_REPORT_NOUNS}\b"
    rf"|\b(?:an?|the|that|this|one) (?:\w+ )?{_PUBLICATION_NOUNS}(?: had| has)? "
    rf"{_PUBLISHING_VERBS}\b"
    r"|\b(?:it|they) (?:had )?(?:reported|wrote|claimed)\b|\b(?:reportedly|allegedly)\b",
    re.IGNORECASE,
)


def reporting_sources(quotes: Sequence[Quote], claim: Claim) -> tuple[str, ...]:
    """Return who reports a claim: whom a quote cites, else its outlet; never whom the claim is about.

    Outlets that only pass a report on are named if nobody else is.
    """
    cited = [
        None if quote.cited_source and _words(quote.cited_source) & claim.content else quote.cited_source
        for quote in quotes
    ]
    own = [
        source or quote.article.outlet
        for source, quote in zip(cited, quotes, strict=True)
        if source or not _second_hand(quote)
    ]
    return _merged(own or [quote.article.outlet for quote in quotes], quotes)


def denying_sources(quotes: Sequence[Quote], claim: Claim) -> tuple[str, ...]:
    """Return who denies, never whose report it is: whom the sentence says it of, else its speaker, else its outlet.

    Nobody is named for a denial that somebody tells of whom the claim is about: "Roe said that he denied it".
    """
    return _merged([_denier(quote) for quote in quotes if not _is_told_of(quote, claim.names)], quotes)


def _is_told_of(quote: Quote, names: frozenset[str]) -> bool:
    """Say whether it is "he" who denies, in a sentence that names somebody of the claim besides its speaker."""
    before = quote.text.partition(quote.judgement.cue or "\n")[0]
    if quote.speaker is None or not _HE_DENIES.search(before):
        return False
    named = {stem(word.casefold()) for word in _NAME.findall(before)}
    return bool({concept_of(name) for name in named} & names - _words(quote.speaker.name))


def _second_hand(quote: Quote) -> bool:
    return bool(_SECOND_HAND.search(quote.text))


def _denier(quote: Quote) -> str:
    subject = subject_of(quote.text, quote.judgement.cue) if quote.judgement.cue else None
    speaker = quote.speaker
    if speaker is None or (subject and subject not in speaker.name) or not _is_somebody(speaker.name):
        return subject or quote.article.outlet
    return _institution(speaker.description or "", quote.article.text) or speaker.name


def _words(name: str) -> frozenset[str]:
    return frozenset(concept_of(stem(word)) for word in name.casefold().split())


def _is_somebody(name: str) -> bool:
    """Say whether a speaker has a name, or is such as police and officials: not "several newspapers"."""
    return name != name.lower() or name.split()[-1] in ROLES


def _institution(description: str, text: str) -> str | None:
    """Return the institution that somebody so described speaks for: not the person, if that is what it is."""
    match = _SPEAKS_FOR.search(description)
    name = match and (match["before"] or match["after"])
    if not name or name.endswith(("'s", "’s", "s'", "s’")):
        return None
    return name if is_institution(text, name) else None


def _merged(names: Iterable[str], quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return each party once, in order: under its fullest name if that is a person's, else under its commonest."""
    parties: dict[str, Counter[str]] = {}
    for name in names:
        plain = " ".join(name.split())
        own = _key(plain)
        known = next((key for key in parties if _same(key, own)), own)
        if own:
            parties.setdefault(known, Counter())[plain] += 1
    outlets = {quote.article.outlet for quote in quotes}
    texts = [quote.article.text for quote in quotes]
    usual = [_usual(counts) for counts in parties.values()]
    return tuple(name if name in outlets else _as_written(name, texts) for name in usual)


def _key(name: str) -> str:
    """Return what a name is known by; a country, its people and the place its government sits in are one."""
    bare = _COMPANY.sub("", name.casefold().removeprefix("the "))
    return bare if " " in bare else concept_of(stem(bare))


def _same(one: str, other: str) -> bool:
    """Say whether two keys are of one party: the same, or a family name and the whole name."""
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")


def _usual(counts: Counter[str]) -> str:
    most = max(counts.values())
    shared = {name.split()[-1] for name in counts}
    if len(shared) == 1:
        return max(counts, key=len)
    return next(name for name, count in counts.items() if count == most)


def _as_written(name: str, texts: Iterable[str]) -> str:
    """Return a name with "the" or without, as it mostly stands within sentences: "the Kremlin", "Twitter"."""
    bare = name.removeprefix("The ").removeprefix("the ")
    inside = re.compile(rf"[a-z,] (?:([Tt]he) |(?<!\b[Tt]he )){re.escape(bare)}(?![\w-])")
    found = Counter(match[1] or "" for text in texts for match in inside.finditer(text))
    article = found.most_common(1)[0][0] if found else name.removesuffix(bare).strip()
    return f"{article} {bare}".strip().removesuffix(".")  # it may end a sentence of its own
