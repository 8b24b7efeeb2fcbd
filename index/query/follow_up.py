"""Recognize follow-up questions ("and Ukraine?", "what did he say then?") and complete them; find keywords."""

import re

from index.text.word_lists import alternation, load_words

_MAX_ENDING_ON_PRONOUN = 8  # words of a follow-up that ends on a pronoun; judged
_MAX_AFTER_CONNECTIVE = 6  # words of a follow-up that begins with "and"; judged
_MAX_SUBJECTS = 3  # content words of a follow-up that begins with a pronoun; judged
_MAX_CARRIED = 12  # keywords taken over from the previous question; judged

_WORD = re.compile(r"[^\W_](?:[\w.,&’'-]*[^\W_])?")  # "U.S", "AT&T", "1,000", "Biden's"
_STOP_WORDS = load_words("query/keyword_stop_words")
_SUBJECTLESS_WORDS = load_words("query/subjectless_words")
_CONNECTIVE = re.compile(  # "And", "what about"
    r"^\W*(?:and|but|or|also|then|so|what about|how about|what of|same for)\b", re.IGNORECASE
)
_PRONOUN_WORD = alternation(load_words("query/pronouns"))
_PRONOUN = re.compile(rf"\b{_PRONOUN_WORD}\b", re.IGNORECASE)  # "he", "there"
_QUESTION_WORD = alternation(load_words("query/question_words"))
_QUESTION_OR_AUXILIARY = re.compile(  # "who", "did"
    rf"\b(?:{_QUESTION_WORD}|did|does|is|are|was|were|has|have)\b",
    re.IGNORECASE,
)
_PERSONAL_PRONOUNS = load_words("query/personal_pronouns")
# "it" and "there" that stand for nothing: "is it true", "will it rain", "was there a"
_EXPLETIVE = re.compile(
    r"\bit (?:true|really|possible|likely|rain|snow)|\bthere (?:a|an|any|been|be|no)\b", re.IGNORECASE
)
_ENDS_ON_PRONOUN = re.compile(  # "why did Moscow deny it?", "how many died there?"
    r"^(?!.*\b(?:and|is|are|was|were)\b.*\b(?:it|there)\b).*\s(?:it|there|that|this|them)\W*$", re.IGNORECASE
)


def keywords(topic: str) -> tuple[str, ...]:
    """Return the content words of a topic in order, as written, each once."""
    words: dict[str, str] = {}
    for match in _WORD.finditer(topic):
        word = re.sub(r"['’]s?$", "", match[0])
        folded = word.replace("’", "'").casefold()
        if folded and folded not in _STOP_WORDS and match[0].replace("’", "'").casefold() not in _STOP_WORDS:
            words.setdefault(folded, word)
    return tuple(words.values())


def is_followup(topic: str, *, dated: bool = False) -> bool:
    """Return True if a question cannot be understood without the one before it.

    `dated` is True if a time was read out of it: "What happened?" is a follow-up, "What happened last week?"
    not.
    """
    subjects = [word for word in keywords(topic) if word.casefold() not in _SUBJECTLESS_WORDS]
    if not any(map(str.isalnum, topic)) or (
        _ENDS_ON_PRONOUN.search(topic) and len(topic.split()) <= _MAX_ENDING_ON_PRONOUN
    ):
        return True
    if _CONNECTIVE.match(topic):
        return len(topic.split()) <= _MAX_AFTER_CONNECTIVE
    if _has_unresolved_pronoun(topic, subjects):
        return True
    return not subjects and not dated


def _has_unresolved_pronoun(topic: str, subjects: list[str]) -> bool:
    """Return True if a pronoun stands before anything it could refer to."""
    pronoun = _PRONOUN.search(topic)
    if pronoun is None or _EXPLETIVE.search(topic):
        return False
    if any(word.casefold() not in _SUBJECTLESS_WORDS for word in keywords(topic[: pronoun.start()])):
        return False
    named = any(word[:1].isupper() for word in subjects)
    return len(subjects) <= _MAX_SUBJECTS and (pronoun[0].lower() in _PERSONAL_PRONOUNS or not named)


def rewrite_with_history(topic: str, previous: str) -> str | None:
    """Return `topic` behind the keywords of the previous question, or None when that one has no other ones."""
    own = {word.casefold() for word in keywords(topic)}
    carried_over = [word for word in keywords(previous) if word.casefold() not in own][:_MAX_CARRIED]
    rest = _CONNECTIVE.sub("", topic, count=1).strip()
    return " ".join([*carried_over, rest]).removesuffix(" ?") if carried_over else None


def is_fragment(topic: str) -> bool:
    """Return True if a question only names something else, or another time, to ask the same of ("and Ukraine?")."""
    if not any(map(str.isalnum, topic)):
        return True
    rest, connected = _CONNECTIVE.subn("", topic, count=1)
    return connected > 0 and not _QUESTION_OR_AUXILIARY.search(rest)
