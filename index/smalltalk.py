"""What is said to the bot without being a question about the news. When in doubt it is one about the news."""

import re
from datetime import datetime
from enum import StrEnum


class SmallTalk(StrEnum):
    """What is not a question about the news; each gets a fixed reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    IDENTITY = "identity"
    HELP = "help"
    OPINION = "opinion"
    FUTURE = "future"


_TO_WHOM = r"(?:\W+(?:there|bot|verbatim|everyone|everybody|all|guys|folks|again|friend|buddy|mate))*"
_WHOLE = {
    SmallTalk.GREETING: (
        rf"(?:hi+|hello+|hey+|yo|hiya|howdy|greetings|good (?:morning|afternoon|evening|day|night)|what['’]?s up|sup|bye|goodbye"
        rf"|see you(?: later)?){_TO_WHOM}(?:\W+how (?:are|r) (?:you|u)(?: doing)?(?: today)?)?"
        r"|how (?:are|r) (?:you|u)(?: doing)?(?: today)?"
    ),
    SmallTalk.THANKS: (
        r"(?:ok(?:ay)?\W+|great\W+|cool\W+|nice\W+)?(?:thanks?(?: (?:you|u))?|thx|ty|tysm|cheers|much appreciated|many thanks)"
        rf"(?: (?:so|very) much| a (?:lot|bunch|million)| for (?:the|your) (?:help|answer|info|quotes?)| for that)?{_TO_WHOM}"
        r"|(?:good|nice|great) (?:bot|job|work)"
    ),
    SmallTalk.IDENTITY: (
        r"(?:who|what) (?:are|r) (?:you|u)(?: exactly| really)?|what(?:['’]s| is) your (?:name|purpose|job)|what(?:['’]s| is) verbatim"
        r"|are you (?:an? )?(?:\w+ )?(?:bot|robot|human|person|real|ai|chatgpt|language model|llm|machine|alive|verbatim)"
        r"(?: or (?:an? )?(?:bot|robot|human|person|ai|machine))?"
        r"|who (?:made|built|created|wrote|programmed|owns|runs) you|introduce yourself|tell me about yourself"
    ),
    SmallTalk.HELP: (
        r"(?:please )?help(?: me)?(?: please)?|(?:show )?(?:commands?|usage|instructions)|what (?:can|do) you do|what can (?:i|we) (?:ask|do)(?: you)?"
        r"|how (?:do|can|should) (?:i|we) (?:use|ask|talk to) (?:you|this|it|the bot|this bot|verbatim)"
        r"|how (?:do you|does (?:this|it|the bot|this bot|verbatim)) work|what are your commands|can you help(?: me)?"
    ),
}
_WHOLE_PATTERNS = tuple(
    (kind, re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE)) for kind, pattern in _WHOLE.items()
)

_JUDGED = r"(?:good|great|bad|terrible|awful|horrible|better|best|worst|decent|evil|stupid|smart|cute|handsome|overrated|underrated)"
_OPINION = re.compile(
    r"\W*(?:(?:so|and|but|hey|ok)\W+)?(?:what (?:do|would) you (?:think|say|make|feel|believe)\b|what(?:['’]s| is| are) your (?:opinion|view|thought|take"
    r"|favou?rite|feeling)s?\b|how do you feel\b|do you (?:like|love|hate|think|believe|agree|support|prefer|want|trust)\b"
    r"|are you (?:for|against|pro|in favou?r)\b|would you (?:vote|rather)\b|who (?:do|would) you (?:vote|support|prefer|like|want|think)\b"
    r"|should (?:i|we)\b|which (?:one )?do you\b"
    rf"|(?:is|was|are|were) [\w .'’-]{{1,60}}? (?:an? |the )?{_JUDGED}(?: (?:\w+ )?(?:president|leader|person|man|woman|human"
    r"|people|idea|thing|guy|player|team|country|politician|actor|singer|movie|show)(?: ever| of all time)?)?\W*$"
    r"|who(?:['’]s| is) (?:the )?(?:better|worse)\b)",
    re.IGNORECASE,
)
_OUTCOME = r"(?:win|lose|beat|defeat|crash|rise|fall|drop|go (?:up|down)|be (?:re-?)?elected|become|survive|collapse|recover|happen|change|rain|snow|end)"
_FUTURE = re.compile(
    r"\W*(?:(?:so|and|but|hey|ok)\W+)?(?:who(?:['’]ll| will|(?:['’]s| is) (?:going to|gonna)) (?:win|lose|beat|be (?:the )?(?:next|elected))\b"
    r"|which (?:\w+ ){1,3}(?:will|is going to) (?:win|lose)\b"
    r"|what(?:['’]ll| will|(?:['’]s| is) (?:going to|gonna)) happen\b|what will (?:the )?(?:\w+ ){0,4}(?:price|weather|stock|market|future)s?\b"
    rf"|will (?!(?i:smith|ferrell|arnett|young|poulter|forte)\b)(?:[\w'’.-]+ ){{1,6}}?{_OUTCOME}\b"
    rf"|(?:is|are) (?:[\w'’.-]+ ){{1,6}}?(?:going to|gonna) {_OUTCOME}\b"
    r"|(?:can|could) you (?:predict|foresee|tell the future)\b|predict\b|when will [\w .'’-]{1,60} (?:end|die|crash)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|says|say|according to|reported|announced?|plans?|expected|poll|set to|why)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST = 200  # characters; small talk is short


def small_talk(text: str, now: datetime) -> SmallTalk | None:
    """Say what kind of small talk `text` is, or None for a question about the news.

    A question about the future that names a year which is over by `now` is one about the news.
    """
    if len(text) > _LONGEST:
        return None
    for kind, pattern in _WHOLE_PATTERNS:
        if pattern.fullmatch(text):
            return kind
    if _OPINION.match(text):
        return SmallTalk.OPINION
    if _FUTURE.match(text) and not _TOLD.search(text) and not _is_over(text, now):
        return SmallTalk.FUTURE
    return None


def _is_over(text: str, now: datetime) -> bool:
    years = [int(year) for year in _YEAR.findall(text)]
    return bool(years) and max(years) < now.year
