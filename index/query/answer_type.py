"""Classify questions by the type of answer they ask for, with rules on their form.

The classes follow the coarse ones of question answering evaluations (Li and Roth 2002: human, location,
numeric, entity, description), split where news questions differ: a claim to be reported or denied, a quote, a
reason.
"""

import re
from enum import StrEnum
from itertools import pairwise

from index.text.sentence_splitter import split_sentences
from index.text.word_lists import alternation, load_words

_MIN_STATEMENT = 6  # words that without a question are a statement even when no verb is seen; judged
_MIN_HEADLINE = 3  # words of a statement with a verb; judged
_MAX_PHRASE = 9  # words of a noun phrase that are read; judged


class AnswerType(StrEnum):
    """Types of answers."""

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
        """Return the coarse type that this one belongs to."""
        return _COARSE_TYPES.get(self, self)


_COARSE_TYPES = {
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
_TYPE_OF_NOUN = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns}

# "Hey, can you tell me", "I wonder", "any idea"
_WRAPPER = re.compile(
    r"^\W*(?:(?:please|hey|hi|hello|ok|okay|so|and|but|then|well|also)\b[,!]?\s+)*"
    r"(?:(?:can|could|would) you (?:please )?(?:tell|show) me|do you know|does anyone know|tell me|i(?:['’]d like| want) to know"
    r"|i wonder|any idea)?(?:\s*,)?\s*(?:please\s+)?",
    re.IGNORECASE,
)
# "In 2022 ", "After losing the final, ", "According to the police, "
_LEAD_IN = re.compile(
    r"^(?:according to|in|on|at|after|before|during|following|since|amid|despite|under|with|for|as) "
    r"(?:[^,?]{1,120},|(?:\w+ )?(?:(?:19|20)\d\d|\w+day))\s+"
    r"(?=(?:who|whom|whose|where|when|did|do|does|is|are|was|were|has|have|had)\b)",
    re.IGNORECASE,
)
_AUXILIARY = alternation(load_words("query/auxiliaries") | load_words("query/negated_auxiliaries"))
# "Did he", "isn't it", "true or false"
_YES_NO = re.compile(rf"^{_AUXILIARY}\s+\w|true or false\b|fact or fiction\b", re.IGNORECASE)
_TRUE_OR_FALSE = re.compile(  # "is it really true"
    r"\b(?:true or false|is (?:it|this|that) (?:really |actually )?(?:true|so|correct|real))\b", re.IGNORECASE
)
# "why", "what led to", "what was the main cause"
_REASON = re.compile(
    r"\b(?:why|how come|for what (?:reason|purpose)|what (?:caused|causes|prompted|triggered|sparked|led to)"
    r"|(?:what|which) (?:\w+ )?(?:reason|cause)|what(?:['’]s| is| was| are| were) the (?:\w+ )?(?:reasons?|causes?)\b)",
    re.IGNORECASE,
)
# "what did Biden say", "how has Iran responded", "what was his reply"; but not "what do you say is ..."
_WORDS_OR_REACTION = re.compile(
    r"\bwhat (?:did|does|do|has|have|had|is|was|were|are)\b [^,?]{1,80}?\b(?:say|said|says|saying|tell|told|write|written|tweet|tweeted|post"
    r"|reply|replied|respond|responded|comment|commented)\b(?! (?:is|are|was|were|plays|will|would|it|they|he|she)\b)"
    r"|\bhow (?:did|has|have|does)\b [^,?]{1,60}?\b(?:respond|react|reply|comment)(?:ed)?\b"
    r"|\bwhat (?:was|is|were|are)\b [^,?]{1,60}\b(?:response|reaction|reply|comment|statement|words|quote)\b",
    re.IGNORECASE,
)
_MEASURE_ADJECTIVE = alternation(load_words("query/measure_adjectives"))
_MEASURE = re.compile(rf"\bhow {_MEASURE_ADJECTIVE}\b", re.IGNORECASE)  # "how many"
# "which", "what's", "whose"; behind a comma, ", in which", it may begin a relative clause
_ASKS_FOR = re.compile(
    r"(?P<relative>,[\"”’']?\s*(?:in|on|at|of|to|from)?\s*)?\b(?P<wh>which|what|whose)(?:['’]s)?\b",
    re.IGNORECASE,
)
_TYPE_OF_WORD = {
    "who": AnswerType.PERSON,
    "whom": AnswerType.PERSON,
    "whose": AnswerType.PERSON,
    "where": AnswerType.PLACE,
    "when": AnswerType.TIME,
}
# "Who", "by whom", "So when" at the start
_OPENS = re.compile(
    r"\W*(?:(?:to|with|by|for|from|since|until|of|and|but|on|about|against|so) )?(who|whom|whose|where|when)\b",
    re.IGNORECASE,
)
# "who?" at the end, "he left when, " or "by whom"
_CLOSES = re.compile(
    r"\b(who|whom|where|when)\b(?=\W*$|,)|\b(?:by|to|with|of|from|since|until) (who|whom|where|when)\b",
    re.IGNORECASE,
)
_NOUN_PHRASE_END_WORD = alternation(load_words("query/noun_phrase_ends"))
_NOUN_PHRASE_END = re.compile(rf"(?:[,;:()]|{_NOUN_PHRASE_END_WORD})$", re.IGNORECASE)  # ",", "in"
_NAMING = re.compile(
    r"(?:names?|called|named|known)$", re.IGNORECASE
)  # "called" in "what is the team called"
_AFTER_VERB = re.compile(  # "the" in "which team beat the champions"
    r"(?:the|an?|its|their|his|her|this|up|down|out|off|back|into|over)$", re.IGNORECASE
)
_PAST_TENSE_VERB = alternation(load_words("query/past_tense_verbs"))
# "released", "won"
_VERB = re.compile(rf"(?:\w+ed|{_PAST_TENSE_VERB})$", re.IGNORECASE)
# " of these two kinds of"
_KIND_OF = re.compile(
    r"^\W*(?:(?:of|the|these|those|following|two|three|his|her|its|their)\W+)*(?:kind|type|sort|form)s? of\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(  # " one of the following"
    r"^\W*(?:(?:one|two|three) )?of (?:these|those|the following|the)\b", re.IGNORECASE
)
# " is the ", "'s the name of the ", " was one of the "
_NAME_OF = re.compile(
    r"^\s*(?:is|are|was|were|['’]s)?\s*(?:the|a|an|his|her|its|their)?\s*(?:(?:\w+\s)?names?\s+of\s+|one of\s+)?(?:the|a|an|this|that|these)?\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w&.-]*\w(?:['’]s?)?|[,;:()]")  # "A&E", "country's", ","
_NEWS_REQUEST_WORD = alternation(load_words("query/news_requests"))
_NEWS_REQUEST = re.compile(rf"\W*{_NEWS_REQUEST_WORD}\b", re.IGNORECASE)  # "What about"
_QUESTION_WORD = alternation(load_words("query/question_words"))
# Without a question mark a question word asks only at the start or at the end: "a boy whose dog had died" does not.
# "How many" asks wherever it stands.
_ASKING = re.compile(
    r"^\W*(?:(?:to|with|by|for|from|since|until|of|in|on|at|and|but|about|against|so) )?"
    rf"{_QUESTION_WORD}\b|\b(?:who|whom|what|where|when|why)\W*$|\bhow (?:many|much|long|old)\b",
    re.IGNORECASE,
)
# "was", "dies", "announced", "plans"; a word on "-s" at the end of a text is taken for a plural, and no verb ends like "Hamas",
# "virus", "crisis" and "Congress". "bought" between two
# words; not "cut", "hit", "led", "met", "rose", "saw", which are as often no verbs
_FINITE_VERB = re.compile(
    r"\b(?:(?:is|are|was|were|has|have)(?:n['’]t)?|will|to|says?|told|won|hits?|calls?|wins?|dies|kills?|\w{2,}ed"
    r"|(?!this\b|news\b|does\b)[A-Z]?[a-z]{2,}[^\W\daisu_]s(?!\W*$))\b"
    r"|(?<=\w )(?:beat|became|began|bet|bought|came|fell|found|gave|got|held|left|lost|made|ran|sent|sold|spent|took|went)"
    r"(?= \w)"
)
# "Macron resigned", "sinwar dead": with a question mark behind it two words ask as well
_BRIEF_CLAIM = re.compile(rf"^\W*\S+ (?:\w+ed|{_PAST_TENSE_VERB}|dead|alive|guilty|over)\W*$", re.IGNORECASE)


def classify_answer_type(text: str) -> AnswerType:
    """Return the type of answer that the question in `text` asks for, wherever in the text it stands."""
    if _TRUE_OR_FALSE.search(text):
        return AnswerType.CLAIM
    asked = _question_sentence(text)
    if "?" not in text and not _ASKING.search(asked) and not _is_yes_no(asked):
        return _type_of_statement(asked)
    return _type_by_form(asked) or _type_by_form(text) or _type_of_statement(asked)


def _is_yes_no(text: str) -> bool:
    """Return True if a text without a question mark asks for a yes or a no: "did macron resign"."""
    return bool(_YES_NO.match(text)) and len(text.split()) >= _MIN_HEADLINE


def _question_sentence(text: str) -> str:
    """Return the first sentence with a question mark, else the last one, without an introduction."""
    sentences = [text[span.start : span.end] for span in split_sentences(text)] or [text]
    asked = next((one for one in sentences if one.rstrip('"”’) ').endswith("?")), sentences[-1])
    return _LEAD_IN.sub("", _WRAPPER.sub("", asked, count=1), count=1)


def _type_by_form(asked: str) -> AnswerType | None:
    """Return the type that a sentence's question words ask for; None when it has none."""
    if _YES_NO.match(asked):
        return AnswerType.CLAIM
    for pattern, kind in (
        (_REASON, AnswerType.REASON),
        (_WORDS_OR_REACTION, AnswerType.QUOTE),
        (_MEASURE, AnswerType.NUMBER),
    ):
        if pattern.search(asked):
            return kind
    opening = _OPENS.match(asked)
    if opening and not _ASKS_FOR.match(asked):
        return _type_of_question_word(opening[1], asked[opening.end() :])
    from_noun = _type_of_asked_noun(asked)
    if from_noun:
        return from_noun
    closing = _CLOSES.search(asked)
    if closing:
        return _TYPE_OF_WORD[(closing[1] or closing[2]).lower()]
    return AnswerType.THING if re.search(r"\b(?:how|what|which)\b", asked, re.IGNORECASE) else None


def _type_of_question_word(word: str, rest: str) -> AnswerType:
    """Return the type of "who", "where" ...; of "whose age" the number's."""
    possessed = _type_of_head(rest) if word.lower() == "whose" else None
    return possessed if possessed and possessed.coarse is AnswerType.NUMBER else _TYPE_OF_WORD[word.lower()]


def _type_of_asked_noun(asked: str) -> AnswerType | None:
    """Return the type of the noun behind "which" or "what"; one behind a comma may begin a relative clause."""
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
    found = _type_of_head(rest) or (
        _type_of_head(rest[predicate.end() :], predicate=True) if predicate else None
    )
    return found or AnswerType.THING


def _type_of_head(rest: str, *, predicate: bool = False) -> AnswerType | None:
    """Return the type of the noun phrase that `rest` begins with: of its last noun, or of the possessor asked for.

    Of "which country's leader" the country is asked for, of "what is the country's size" (`predicate`) the
    size; in "what is the leader accused of" the leader is not.
    """
    found: AnswerType | None = None
    for number, (word, after) in enumerate(pairwise([*_WORD.findall(rest)[:_MAX_PHRASE], ""])):
        if number and _VERB.match(word):
            return None if predicate and not _NAMING.match(word) else found
        if _NOUN_PHRASE_END.match(word) or (found and word.lower() == "of"):
            break
        kind, possessive = _look_up_noun(word)
        if kind and possessive and (not predicate or _NAMING.match(after)):
            return kind
        if kind is None and found and _ends_phrase(word, after):
            break
        kept = found if word[:1].isupper() or not word.isalpha() else None  # another noun is the head now
        found = None if possessive else kind or kept
    return found


def _ends_phrase(word: str, after: str) -> bool:
    """Return True if an unknown word is a verb or an adverb, by its ending or by what comes after it."""
    return word[:1].islower() and (word.endswith(("s", "ly")) or bool(_AFTER_VERB.match(after)))


def _look_up_noun(word: str) -> tuple[AnswerType | None, bool]:
    """Return the type of a noun, looked up in the singular by its last part, and whether it is possessive."""
    bare = re.sub(r"['’]s?$", "", word)
    noun = bare.lower().rsplit("-", 1)[-1]
    forms = (noun, noun.removesuffix("s"), re.sub("ies$", "y", noun))
    return next((_TYPE_OF_NOUN[form] for form in forms if form in _TYPE_OF_NOUN), None), bare != word


def _type_of_statement(text: str) -> AnswerType:
    """Return the type for a text that asks nothing: a clue ("This actor ..."), a pasted headline, or a few words."""
    clue = re.match(r"\W*(?:this|these)\s+", text, re.IGNORECASE)
    if clue and (kind := _type_of_head(text[clue.end() :])):
        return kind
    if "?" in text and _BRIEF_CLAIM.match(text):
        return AnswerType.CLAIM
    if (
        _NEWS_REQUEST.match(text)
        or text.rstrip().endswith((":", "…", "_", "..."))
        or len(text.split()) < _MIN_HEADLINE
    ):
        return AnswerType.THING
    is_claim = "?" in text or len(text.split()) >= _MIN_STATEMENT or _FINITE_VERB.search(text)
    return AnswerType.CLAIM if is_claim else AnswerType.THING
