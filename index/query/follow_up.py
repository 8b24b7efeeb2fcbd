"""Recognize follow-up questions ("and Ukraine?", "what did he say then?") and complete them; find keywords."""

import re

from index.articles import Span
from index.text.sentence_splitter import split_sentences
from index.text.word_lists import alternation, load_words

_MAX_ENDING_ON_PRONOUN = 8  # words of a follow-up that ends on a pronoun; judged
_MAX_AFTER_CONNECTIVE = 6  # words of a follow-up that begins with "and"; judged
_MAX_SUBJECTS = 3  # content words of a follow-up that begins with a pronoun; judged
_MIN_QUESTION = 3  # words of a question beside which others are questions of their own; judged
_MAX_CARRIED = 12  # keywords taken over from the previous question; judged

_WORD = re.compile(r"[^\W_](?:[\w.,&’'-]*[^\W_])?")  # "U.S", "AT&T", "1,000", "Biden's"
_STOP_WORDS = load_words("query/keyword_stop_words")
_SUBJECTLESS_WORDS = load_words("query/subjectless_words")
_BARE_NEWS_WORDS = load_words("query/bare_news_words")
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


# "in Los Angeles", "about the war": a preposition and what it stands before, up to the next of them
_PREPOSITION = alternation(load_words("query/prepositions_of_follow_ups"))
_OF_PLACE = frozenset({"in", "at", "near", "inside", "outside", "around", "across"})
_PHRASE = re.compile(
    rf"\b(?P<how>{_PREPOSITION})\s+(?P<object>(?:(?!{_PREPOSITION}\b|and\b|or\b)[^\s?!,;:.]+(?:\.(?=\w))?[^\S\n]*){{1,6}}?)"
    rf"(?=\s*(?:$|[?!,;:.]|\b{_PREPOSITION}\b|\b(?:and|or)\b))",
    re.IGNORECASE,
)
_TIME_OR_NUMBER = re.compile(
    rf"(?:the\s+)?(?:\d|{alternation(load_words('shared/months'))}\b|{alternation(load_words('shared/weekdays'))}\b|last\b|this\b)",
    re.IGNORECASE,
)
_PROPER_NAME = re.compile(r"(?:[A-Z][\w.’'-]*[\w])(?:\s+[A-Z][\w.’'-]*\w)*")
_NAME_FIRST = re.compile(rf"(?:the\s+)?{_PROPER_NAME.pattern}")


def keywords(topic: str) -> tuple[str, ...]:
    """Return the content words of a topic in order, as written, each once."""
    words: dict[str, str] = {}
    for match in _WORD.finditer(topic):
        word = re.sub(r"['’]s?$", "", match[0])
        folded = word.replace("’", "'").casefold()
        if folded and folded not in _STOP_WORDS and match[0].replace("’", "'").casefold() not in _STOP_WORDS:
            words.setdefault(folded, word)
    return tuple(words.values())


def subjects(topic: str) -> list[str]:
    """Return the content words that name what a topic is about: none in "What happened?"."""
    return [word for word in keywords(topic) if word.casefold() not in _SUBJECTLESS_WORDS]


def asks_for_news(topic: str) -> bool:
    """Return True if a topic is nothing but that something happened: "What happened?", "the news"."""
    words = [word.casefold() for word in keywords(topic)]
    return bool(words) and _BARE_NEWS_WORDS.issuperset(words) and not _PRONOUN.search(topic)


def is_followup(topic: str, *, dated: bool = False) -> bool:
    """Return True if a question cannot be understood without the one before it.

    `dated` is True if a time was read out of it: "What happened?" is a follow-up, "What happened last week?"
    not.
    """
    named = subjects(topic)
    if not any(map(str.isalnum, topic)) or (
        _ENDS_ON_PRONOUN.search(topic) and len(topic.split()) <= _MAX_ENDING_ON_PRONOUN
    ):
        return True
    if _is_phrase_alone(topic):
        return True
    if _CONNECTIVE.match(topic):
        return len(topic.split()) <= _MAX_AFTER_CONNECTIVE
    if _has_unresolved_pronoun(topic, named):
        return True
    return not named and not dated


def first_question(text: str) -> str:
    """Return a text up to the end of its first question, where that stands for itself and another one follows it."""
    asked = [span for span in split_sentences(text) if _is_whole_question(text[span.start : span.end])]
    first = text[: asked[0].end] if len(asked) > 1 else text
    return text if is_followup(first) else first


def _is_whole_question(sentence: str) -> bool:
    return sentence.endswith("?") and len(sentence.split()) >= _MIN_QUESTION


def _is_phrase_alone(topic: str) -> bool:
    """Return True if a preposition and a name are all there is: "in Los Angeles?"."""
    phrase = _PHRASE.match(topic)
    alone = phrase is not None and not topic[phrase.end() :].strip(" ?!.")
    return alone and _PROPER_NAME.search(topic) is not None and not _QUESTION_OR_AUXILIARY.search(topic)


def _has_unresolved_pronoun(topic: str, content: list[str]) -> bool:
    """Return True if a pronoun stands before anything it could refer to."""
    pronoun = _PRONOUN.search(topic)
    if pronoun is None or _EXPLETIVE.search(topic):
        return False
    if subjects(topic[: pronoun.start()]):
        return False
    named = any(word[:1].isupper() for word in content)
    return len(content) <= _MAX_SUBJECTS and (pronoun[0].lower() in _PERSONAL_PRONOUNS or not named)


def rewrite_with_history(topic: str, previous: str) -> str | None:
    """Return `topic` completed from the question before, or None when that one has no other key words.

    What names another place or thing of the same kind takes the old one's place: "How many died in Myanmar?" and
    "in Los Angeles?" make "How many died in Los Angeles?". Otherwise it stands behind the key words before.
    """
    own = {word.casefold() for word in keywords(topic)}
    rest = _CONNECTIVE.sub("", topic, count=1).strip(" ,")
    replaced = _replaced(rest, previous)
    if replaced and is_fragment(topic) and _is_whole(rest, previous, replaced):
        return f"{previous[: replaced.start]}{rest.rstrip(' ?!.')}{previous[replaced.end :]}"
    kept = f"{previous[: replaced.start]} {previous[replaced.end :]}" if replaced else previous
    carried_over = [word for word in keywords(kept) if word.casefold() not in own][:_MAX_CARRIED]
    if not carried_over and not replaced:
        return None
    return " ".join([*carried_over, rest]).removesuffix(" ?")


def _replaced(rest: str, previous: str) -> Span | None:
    """Return the words of the question before whose place a follow-up's take, None where none can be told.

    They stand behind the same preposition, or behind another of place, or are the only name there.
    """
    new = next((match for match in reversed(list(_PHRASE.finditer(rest))) if _names(match["object"])), None)
    if new is None:
        names = _proper_names(previous)
        return names[0] if len(names) == 1 and _is_name_alone(rest) else None
    phrases = [match for match in _PHRASE.finditer(previous) if _names(match["object"])]
    same = [match for match in phrases if match["how"].lower() == new["how"].lower()]
    place = [match for match in phrases if {match["how"].lower(), new["how"].lower()} <= _OF_PLACE]
    found = next(iter([*reversed(same), *reversed(place)]), None)
    if found is None:
        return None
    lead = rest[: new.start()].lower()  # "the mayor " in "the mayor of Paris"
    start = found.start() - len(lead) if previous[: found.start()].lower().endswith(lead) else found.start()
    name = _NAME_FIRST.match(previous, found.start("object"))  # "Lyon" in "the mayor of Lyon resign"
    return Span(start, name.end() if name else found.start() + len(found[0].rstrip()))


def _is_whole(rest: str, previous: str, replaced: Span) -> bool:
    """Return True if a follow-up has no other words than those whose place it takes, but for the name itself."""
    phrase = _PHRASE.search(rest)
    lead = rest[: phrase.start()].lower() if phrase else ""
    return previous[replaced.start : replaced.end].lower().startswith(lead)


def _names(words: str) -> bool:
    """Return True if words name something: not a time, a number, or a pronoun."""
    return bool(keywords(words)) and not _TIME_OR_NUMBER.match(words) and not _PRONOUN.match(words)


def _proper_names(text: str) -> list[Span]:
    """Return where names stand: words with a capital, but for the first word of the text."""
    first = _WORD.search(text)
    found = _PROPER_NAME.finditer(text, first.end()) if first else ()
    return [Span(match.start(), match.end()) for match in found]


def _is_name_alone(rest: str) -> bool:
    words = rest.rstrip(" ?!.")
    return bool(_PROPER_NAME.fullmatch(words))


def is_fragment(topic: str) -> bool:
    """Return True if a question only names something else, or another time, to ask the same of ("and Ukraine?")."""
    if not any(map(str.isalnum, topic)):
        return True
    rest, connected = _CONNECTIVE.subn("", topic, count=1)
    return (connected > 0 or _is_phrase_alone(topic)) and not _QUESTION_OR_AUXILIARY.search(rest)
