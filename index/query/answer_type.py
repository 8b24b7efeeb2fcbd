"""The form of a question -> which kind of thing would answer it (answer type classification by rules).

The classes follow the coarse ones of question answering evaluations (Li and Roth 2002: human, location, numeric,
entity, description), split where news questions differ: a claim to be reported or denied, a quote, a reason.
"""

import re
from enum import StrEnum
from itertools import pairwise

from index.text.sentence_splitter import split_sentences
from index.text.word_lists import alternation, load_words


class AnswerType(StrEnum):
    """Which kind of thing would answer."""

    PERSON = "person"
    PLACE = "place"
    COUNTRY = "country"
    STATE = "state"  # one of the United States
    TIME = "time"
    NUMBER = "number"
    SHARE = "share"  # a percentage
    MONEY = "money"
    ORGANISATION = "organisation"
    REASON = "reason"
    QUOTE = "quote"  # what somebody said
    CLAIM = "claim"  # yes-or-no questions, "is it true that", a pasted headline
    THING = "thing"  # anything else

    @property
    def coarse(self) -> "AnswerType":
        """Give the coarse kind that this one belongs to."""
        return _BROAD.get(self, self)


_BROAD = {
    AnswerType.COUNTRY: AnswerType.PLACE,
    AnswerType.STATE: AnswerType.PLACE,
    AnswerType.SHARE: AnswerType.NUMBER,
    AnswerType.MONEY: AnswerType.NUMBER,
}

_NOUNS = {
    AnswerType.PERSON: load_words("query/answer_nouns/person"),
    AnswerType.COUNTRY: frozenset({"country", "nation"}),
    AnswerType.STATE: frozenset({"state"}),
    AnswerType.PLACE: load_words("query/answer_nouns/place"),
    AnswerType.TIME: load_words("query/answer_nouns/time"),
    AnswerType.SHARE: frozenset({"percentage", "percent", "proportion"}),
    AnswerType.MONEY: load_words("query/answer_nouns/money"),
    AnswerType.NUMBER: load_words("query/answer_nouns/number"),
    AnswerType.ORGANISATION: load_words("query/answer_nouns/organisation"),
}
_CLASS_OF = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns}

_WRAPPER = re.compile(
    r"^\W*(?:(?:please|hey|hi|hello|ok|okay|so|and|but|then|well|also)\b[,!]?\s+)*"
    r"(?:(?:can|could|would) you (?:please )?(?:tell|show) me|do you know|does anyone know|tell me|i(?:['’]d like| want) to know"
    r"|i wonder|any idea)?(?:\s*,)?\s*(?:please\s+)?",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:according to|in|on|at|after|before|during|following|since|amid|despite|under|with|for|as) "
    r"(?:[^,?]{1,120},|(?:\w+ )?(?:(?:19|20)\d\d|\w+day))\s+"
    r"(?=(?:who|whom|whose|where|when|did|do|does|is|are|was|were|has|have|had)\b)",
    re.IGNORECASE,
)
_ANY_AUXILIARIES = alternation(load_words("query/auxiliaries") | load_words("query/negated_auxiliaries"))
_YES_NO = re.compile(
    rf"^{_ANY_AUXILIARIES}\s+\w"
    r"|true or false\b|fact or fiction\b",
    re.IGNORECASE,
)
_TRUE_OR_FALSE = re.compile(
    r"\b(?:true or false|is (?:it|this|that) (?:really |actually )?(?:true|so|correct|real))\b", re.IGNORECASE
)
_REASON = re.compile(
    r"\b(?:why|how come|for what (?:reason|purpose)|what (?:caused|causes|prompted|triggered|sparked|led to)"
    r"|(?:what|which) (?:\w+ )?(?:reason|cause)|what(?:['’]s| is| was| are| were) the (?:\w+ )?(?:reasons?|causes?)\b)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\bwhat (?:did|does|do|has|have|had|is|was|were|are)\b [^,?]{1,80}?\b(?:say|said|says|saying|tell|told|write|written|tweet|tweeted|post"
    r"|reply|replied|respond|responded|comment|commented)\b(?! (?:is|are|was|were|plays|will|would|it|they|he|she)\b)"
    r"|\bhow (?:did|has|have|does)\b [^,?]{1,60}?\b(?:respond|react|reply|comment)(?:ed)?\b"
    r"|\bwhat (?:was|is|were|are)\b [^,?]{1,60}\b(?:response|reaction|reply|comment|statement|words|quote)\b",
    re.IGNORECASE,
)
_MEASURE_ADJECTIVES = alternation(load_words("query/measure_adjectives"))
_MEASURE = re.compile(rf"\bhow {_MEASURE_ADJECTIVES}\b", re.IGNORECASE)
_ASKS_FOR = re.compile(
    r"(?P<relative>,[\"”’']?\s*(?:in|on|at|of|to|from)?\s*)?\b(?P<wh>which|what|whose)(?:['’]s)?\b",
    re.IGNORECASE,
)
_WEAK = {
    "who": AnswerType.PERSON,
    "whom": AnswerType.PERSON,
    "whose": AnswerType.PERSON,
    "where": AnswerType.PLACE,
    "when": AnswerType.TIME,
}
_OPENS = re.compile(
    r"\W*(?:(?:to|with|by|for|from|since|until|of|and|but|on|about|against|so) )?(who|whom|whose|where|when)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(who|whom|where|when)\b(?=\W*$|,)|\b(?:by|to|with|of|from|since|until) (who|whom|where|when)\b",
    re.IGNORECASE,
)
_NOUN_PHRASE_ENDS = alternation(load_words("query/noun_phrase_ends"))
_STOP = re.compile(rf"(?:[,;:()]|{_NOUN_PHRASE_ENDS})$", re.IGNORECASE)
_NAMED = re.compile(r"(?:names?|called|named|known)$", re.IGNORECASE)
_AFTER_VERB = re.compile(r"(?:the|an?|its|their|his|her|this|up|down|out|off|back|into|over)$", re.IGNORECASE)
_PAST_TENSE_VERBS = alternation(load_words("query/past_tense_verbs"))
_VERB = re.compile(rf"(?:\w+ed|{_PAST_TENSE_VERBS})$", re.IGNORECASE)
_KIND_OF = re.compile(
    r"^\W*(?:(?:of|the|these|those|following|two|three|his|her|its|their)\W+)*(?:kind|type|sort|form)s? of\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"^\W*(?:(?:one|two|three) )?of (?:these|those|the following|the)\b", re.IGNORECASE)
_NAME_OF = re.compile(
    r"^\s*(?:is|are|was|were|['’]s)?\s*(?:the|a|an|his|her|its|their)?\s*(?:(?:\w+\s)?names?\s+of\s+|one of\s+)?(?:the|a|an|this|that|these)?\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w&.-]*\w(?:['’]s?)?|[,;:()]")
_NEWS_REQUESTS = alternation(load_words("query/news_requests"))
_NEWS_ON = re.compile(rf"\W*{_NEWS_REQUESTS}\b", re.IGNORECASE)
_QUESTION_WORDS = alternation(load_words("query/question_words"))
# Without a question mark only a question word at the start or at the end asks: "a boy whose dog had died" does not.
_ASKS = re.compile(
    r"^\W*(?:(?:to|with|by|for|from|since|until|of|in|on|at|and|but|about|against|so) )?"
    rf"{_QUESTION_WORDS}\b|\b(?:who|whom|what|where|when|why)\W*$",
    re.IGNORECASE,
)
_STATED = 6  # words; so many without a question are a statement
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|will|to|says?|told|won|hits?|calls?|wins?|dies|kills?|\w{2,}ed"
    r"|(?!this\b|news\b|does\b)[A-Z]?[a-z]{3,}s(?!\W*$))\b"
)


def classify_answer_type(text: str) -> AnswerType:
    """Say which kind of thing would answer `text`, by the question in it, wherever in the text that stands."""
    if _TRUE_OR_FALSE.search(text):
        return AnswerType.CLAIM
    asked = _asked(text)
    if "?" not in text and not _ASKS.search(asked):
        return _statement(asked)
    return _by_form(asked) or _by_form(text) or _statement(asked)


def _asked(text: str) -> str:
    """Give the first sentence with a question mark, else the last one, without what only leads up to it."""
    sentences = [text[span.start : span.end] for span in split_sentences(text)] or [text]
    asked = next((one for one in sentences if one.rstrip('"”’) ').endswith("?")), sentences[-1])
    return _LEAD_IN.sub("", _WRAPPER.sub("", asked, count=1), count=1)


def _by_form(asked: str) -> AnswerType | None:
    """Classify a sentence by its question words; None when it has none."""
    if _YES_NO.match(asked):
        return AnswerType.CLAIM
    for pattern, kind in (
        (_REASON, AnswerType.REASON),
        (_SAID, AnswerType.QUOTE),
        (_MEASURE, AnswerType.NUMBER),
    ):
        if pattern.search(asked):
            return kind
    opening = _OPENS.match(asked)
    if opening and not _ASKS_FOR.match(asked):
        return _weak(opening[1], asked[opening.end() :])
    noun = _noun_asked(asked)
    if noun:
        return noun
    closing = _CLOSES.search(asked)
    if closing:
        return _WEAK[(closing[1] or closing[2]).lower()]
    return AnswerType.THING if re.search(r"\b(?:how|what|which)\b", asked, re.IGNORECASE) else None


def _weak(word: str, rest: str) -> AnswerType:
    possessed = _head(rest) if word.lower() == "whose" else None
    return possessed if possessed and possessed.coarse is AnswerType.NUMBER else _WEAK[word.lower()]


def _noun_asked(asked: str) -> AnswerType | None:
    """Classify by the noun behind the asking "which" or "what"; one behind a comma may be a relative clause."""
    matches = list(_ASKS_FOR.finditer(asked))
    if not matches:
        return None
    match = next((m for m in matches if not m["relative"]), matches[0])
    if match["wh"].lower() == "whose":
        return AnswerType.PERSON
    rest = asked[match.end() :]
    if _KIND_OF.match(rest):
        return AnswerType.THING
    rest = _OF_THESE.sub("", rest, count=1)
    predicate = _NAME_OF.match(rest)
    found = _head(rest) or (_head(rest[predicate.end() :], predicate=True) if predicate else None)
    return found or AnswerType.THING


def _head(rest: str, *, predicate: bool = False) -> AnswerType | None:
    """Classify the noun phrase that `rest` begins with by its last noun, or by the possessor that is asked for.

    Of "which country's leader" the country is asked for, of "what is the country's size" (`predicate`) the size;
    in "what is the leader accused of" the leader is not.
    """
    found: AnswerType | None = None
    for number, (word, after) in enumerate(pairwise([*_WORD.findall(rest)[:9], ""])):
        if number and _VERB.match(word):
            return None if predicate and not _NAMED.match(word) else found
        if _STOP.match(word) or (found and word.lower() == "of"):
            break
        kind, possessive = _class(word)
        if kind and possessive and (not predicate or _NAMED.match(after)):
            return kind
        if kind is None and found and _ends_phrase(word, after):
            break
        kept = found if word[:1].isupper() or not word.isalpha() else None  # another noun is the head now
        found = None if possessive else kind or kept
    return found


def _ends_phrase(word: str, after: str) -> bool:
    """Say whether a word that is no known noun is a verb or an adverb, by its look or by what comes after it."""
    return word[:1].islower() and (word.endswith(("s", "ly")) or bool(_AFTER_VERB.match(after)))


def _class(word: str) -> tuple[AnswerType | None, bool]:
    """Look a noun up, in the singular, by its last part; say too whether it is possessive."""
    bare = re.sub(r"['’]s?$", "", word)
    noun = bare.lower().rsplit("-", 1)[-1]
    forms = (noun, noun.removesuffix("s"), re.sub("ies$", "y", noun))
    return next((_CLASS_OF[form] for form in forms if form in _CLASS_OF), None), bare != word


def _statement(text: str) -> AnswerType:
    """Classify what asks nothing: a clue ("This actor ..."), a pasted headline, or a few words."""
    clue = re.match(r"\W*(?:this|these)\s+", text, re.IGNORECASE)
    if clue and (kind := _head(text[clue.end() :])):
        return kind
    if _NEWS_ON.match(text) or text.rstrip().endswith((":", "…", "_", "...")) or len(text.split()) < 3:
        return AnswerType.THING
    stated = "?" in text or len(text.split()) >= _STATED or _FINITE.search(text)
    return AnswerType.CLAIM if stated else AnswerType.THING
