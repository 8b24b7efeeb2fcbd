"""Key words of a question, and questions that lean on the one before ("and Ukraine?", "what did he say then?")."""

import re

from index.text.word_lists import alternation, load_words

_WORD = re.compile(r"[^\W_](?:[\w.,&’'-]*[^\W_])?", re.UNICODE)
_STOP_WORDS = load_words("query/keyword_stop_words")
_GENERAL = load_words("query/subjectless_words")
_CONNECTIVE = re.compile(
    r"^\W*(?:and|but|or|also|then|so|what about|how about|what of|same for)\b", re.IGNORECASE
)
_PRONOUNS = alternation(load_words("query/pronouns"))
_PRONOUN = re.compile(rf"\b{_PRONOUNS}\b", re.IGNORECASE)
_QUESTION_WORDS = alternation(load_words("query/question_words"))
_ASKS = re.compile(
    rf"\b(?:{_QUESTION_WORDS}|did|does|is|are|was|were|has|have)\b",
    re.IGNORECASE,
)
_PERSONAL = load_words("query/personal_pronouns")
_EMPTY_IT = re.compile(
    r"\bit (?:true|really|possible|likely|rain|snow)|\bthere (?:a|an|any|been|be|no)\b", re.IGNORECASE
)
_ENDS_ON_PRONOUN = re.compile(  # "why did Moscow deny it?", "how many died there?"
    r"^(?!.*\b(?:and|is|are|was|were)\b.*\b(?:it|there)\b).*\s(?:it|there|that|this|them)\W*$", re.IGNORECASE
)
_SHORT = 8  # words of a question that may end on what only the one before tells
_CONNECTED = 6  # words; a longer question after "and" stands for itself
_MANY = 3  # content words that make a question stand for itself although it begins with a pronoun
_CARRIED = 12  # words of the previous question that are taken along


def keywords(topic: str) -> tuple[str, ...]:
    """Give the content words of a topic in order, as written, each once; names keep their capitals and order."""
    words: dict[str, str] = {}
    for match in _WORD.finditer(topic):
        word = re.sub(r"['’]s?$", "", match[0])
        folded = word.replace("’", "'").casefold()
        if folded and folded not in _STOP_WORDS and match[0].replace("’", "'").casefold() not in _STOP_WORDS:
            words.setdefault(folded, word)
    return tuple(words.values())


def is_followup(topic: str, *, dated: bool = False) -> bool:
    """Say whether a question cannot be understood without the one before it.

    `dated` says that a time was read out of it: "What happened?" leans, "What happened last week?" does not.
    """
    subjects = [word for word in keywords(topic) if word.casefold() not in _GENERAL]
    if not any(map(str.isalnum, topic)) or (_ENDS_ON_PRONOUN.search(topic) and len(topic.split()) <= _SHORT):
        return True
    if _CONNECTIVE.match(topic):
        return len(topic.split()) <= _CONNECTED
    if _has_unresolved_pronoun(topic, subjects):
        return True
    return not subjects and not dated


def _has_unresolved_pronoun(topic: str, subjects: list[str]) -> bool:
    """Say whether a pronoun stands before anything it could stand for."""
    pronoun = _PRONOUN.search(topic)
    if pronoun is None or _EMPTY_IT.search(topic):
        return False
    if any(word.casefold() not in _GENERAL for word in keywords(topic[: pronoun.start()])):
        return False
    named = any(word[:1].isupper() for word in subjects)
    return len(subjects) <= _MANY and (pronoun[0].lower() in _PERSONAL or not named)


def rewrite_with_history(topic: str, previous: str) -> str | None:
    """Give `topic` behind the content words of the previous question, or None when that one has none."""
    own = {word.casefold() for word in keywords(topic)}
    carried = [word for word in keywords(previous) if word.casefold() not in own][:_CARRIED]
    new = _CONNECTIVE.sub("", topic, count=1).strip()
    return " ".join([*carried, new]).removesuffix(" ?") if carried else None


def is_fragment(topic: str) -> bool:
    """Say whether a question only names something else, or another time, to ask the same of ("and Ukraine?")."""
    if not any(map(str.isalnum, topic)):
        return True
    rest, connected = _CONNECTIVE.subn("", topic, count=1)
    return connected > 0 and not _ASKS.search(rest)
