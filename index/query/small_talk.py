"""Recognize messages to the bot that are no questions about the news; in doubt a message is one about the news."""

import re
from datetime import datetime
from enum import StrEnum

from index.text.word_lists import alternation, load_words


class SmallTalk(StrEnum):
    """Kinds of messages that are no questions about the news; each gets a fixed reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    IDENTITY = "identity"
    HELP = "help"
    OPINION = "opinion"
    FUTURE = "future"


_MAX_LENGTH = 200  # characters of small talk; judged

_ADDRESSEE = alternation(load_words("query/greeting_addressees"))
_TO_WHOM = rf"(?:\W+{_ADDRESSEE})*"  # ", everyone"
_YOU = r"(?:you|u|ya)"
_ARE = r"(?:are|r)"
_BOT = r"(?:the bot|this bot|this thing|this|it|verbatim)"
# "how are you doing", "how's it going"
_HOW_ARE_YOU = rf"how (?:{_ARE} {_YOU}|have {_YOU} been)(?: doing| going)?(?: today| tonight)?|how(?:['’]?s| is) (?:it going|everything|life|your day)"
# What a whole message may be, apart from the marks around it.
_WHOLE = {
    SmallTalk.GREETING: (
        rf"(?:hi+|hell+o+|hey+|yo+|hiya|howdy|greetings|hola|bonjour|hallo|ciao|g[mn]|good (?:morning|afternoon|evening|day|night)|(?:morning|evening)"
        rf"|what['’]?s up|wh?[au]s+up|sup|good ?bye|bye+|cya|see (?:you|ya)(?: later| soon| tomorrow)?){_TO_WHOM}(?:\W+(?:{_HOW_ARE_YOU}))?"
        rf"|{_HOW_ARE_YOU}|(?:nice|good|pleased) to meet {_YOU}|long time no see|(?:{_ARE} )?{_YOU} (?:there|awake|online|up|working)"
        r"|(?:is )?any(?:one|body) (?:here|there|home)|test(?:ing)?(?:\W+test(?:ing)?)*(?: 123)?|ping"
    ),
    SmallTalk.THANKS: (
        r"(?:(?:ok(?:ay)?|great|cool|nice|perfect|awesome|good|wow|alright)\W+)?(?:thanks?(?: (?:you|u))?|thx|thnx|ty|tysm|tyvm|cheers|much appreciated"
        r"|many thanks|merci|danke|gracias|(?:i )?appreciate (?:it|that))"
        r"(?: (?:so|very) much| a (?:lot|bunch|million)| for (?:the|your) (?:help|answer|info|information|quotes?|answers)| for that)?"
        rf"{_TO_WHOM}(?:\W+that (?:helps?|helped|was (?:helpful|useful|great)))?"
        r"|(?:good|nice|great) (?:bot|job|work|one)|well done|(?:ok(?:ay)?|alright|got it|i see|great|cool|nice|awesome|perfect|amazing|excellent)"
    ),
    SmallTalk.IDENTITY: (
        rf"(?:who|what) {_ARE} {_YOU}(?: exactly| really)?|what(?:['’]?s| is) your (?:name|purpose|job)|(?:what|who)(?:['’]?s| is) verbatim"
        rf"|what(?:['’]?s| is) this(?: bot| thing)?|is this a (?:ro)?bot|where {_ARE} {_YOU} from|how old {_ARE} {_YOU}"
        rf"|(?:what|which) (?:ai |language )?model (?:{_ARE} {_YOU}|do {_YOU} use)|(?:do {_YOU} use|{_ARE} {_YOU} using|{_ARE} {_YOU} based on) "
        r"(?:an? )?(?:ai|llms?|gpt|chatgpt|language models?)"
        rf"|{_ARE} {_YOU} (?:an? )?(?:\w+ )?(?:bot|robot|human|person|real|ai|chatgpt|gpt|language model|llm|machine|alive|verbatim)"
        r"(?: or (?:an? )?(?:bot|robot|human|person|ai|machine))?"
        rf"|who (?:made|built|created|wrote|programmed|owns|runs) {_YOU}|introduce yourself|tell me about yourself"
    ),
    SmallTalk.HELP: (
        r"(?:(?:please|pls|plz) )?(?:i need )?help(?: me)?(?: (?:please|pls|plz))?|(?:show |list )?(?:commands?|usage|instructions)"
        rf"|what (?:can|do) {_YOU} do|what (?:can|should|do) (?:i|we) (?:ask|do)(?: {_YOU})?|(?:give|show) me an example"
        rf"|how (?:do|can|should|to) (?:(?:i|we) )?(?:start|ask|use|ask|talk to)(?: (?:{_YOU}|{_BOT}|a question))?"
        rf"|how (?:do {_YOU}|does {_BOT}) work|what are your commands|can {_YOU} help(?: me)?"
        rf"|where do {_YOU} get (?:your|the) (?:news|quotes|information|info)(?: from)?|what(?:['’]?s| is| are) your sources?"
        rf"|(?:what|which) (?:sources|outlets|newspapers|papers) (?:do {_YOU} (?:use|have|know|read|search)|are there)"
    ),
}
_WHOLE_PATTERNS = tuple(
    (kind, re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE)) for kind, pattern in _WHOLE.items()
)

_OPINION_ADJECTIVE = alternation(load_words("query/opinion_adjectives"))
_OPINION_NOUN = alternation(load_words("query/opinion_nouns"))
_JUDGEMENT = (  # "great", "an idiot", "too old"
    rf"(?:{_OPINION_ADJECTIVE}|an? {_OPINION_NOUN}"
    r"|too (?:old|young|weak|soft|strict))"
)
_RECORD = r"\b(?:first|second|last|only|youngest|oldest|named|voted|called|awarded)"  # a fact, however good
# "What do you think of him?", "do you like Messi", "Is Messi the best player ever?", "tell me a joke"
_OPINION = re.compile(
    r"\W*(?:(?:so|and|but|hey|ok)\W+)?(?:what (?:do|would) you (?:think|say|make|feel|believe)\b|what(?:['’]?s| is| are) your (?:opinion|view|thought|take"
    r"|favou?rite|feeling)s?\b|how do you feel\b|do you (?:like|love|hate|think|believe|agree|support|prefer|want|trust)\b"
    r"|are you (?:for|against|pro|in favou?r)\b|would you (?:vote|rather)\b|who (?:do|would) you (?:vote|support|prefer|like|want|think)\b"
    r"|should (?:i|we)\b|who should (?:i|we)\b|(?:whose|what) side are you on\b|are you (?:left|right|biased|liberal|conservative|democrat|republican)\b"
    r"|(?:tell|sing|write) (?:me |us )?(?:an? )?(?:joke|song|poem|story|haiku)\b|(?:do )?(?:you|i) (?:love|hate|miss) (?:me|you|u)\b"
    r"|which (?:one )?do you\b"
    rf"|(?:is|was|are|were) (?![^?]*{_RECORD}\b)[\w .'’-]{{1,60}}? (?:an? |the )?{_JUDGEMENT}(?: (?:\w+ )?(?:president|leader|person|man|woman|human"
    r"|people|idea|thing|guy|player|team|country|politician|actor|singer|movie|show)(?: ever| of all time)?)?\W*$"
    r"|who(?:['’]?s| is|was) (?:the )?(?:better|worse)\b|who(?:['’]?s| is| was) the (?:best|worst|greatest) (?:president|leader|player|person|team)"
    r"(?: ever| of all time)?\W*$)",
    re.IGNORECASE,
)
_OUTCOME = alternation(load_words("query/outcomes"))  # "win", "go up"
# "Who will win the election?", "What's going to happen to Intel?", "will Bitcoin ever hit", "Is it gonna
# rain"
_FUTURE = re.compile(
    r"\W*(?:(?:so|and|but|hey|ok)\W+)?(?:who(?:['’]ll| will|(?:['’]s| is) (?:going to|gonna)) (?:win|lose|beat|be (?:the )?(?:next|elected))\b"
    r"|which (?:\w+ ){1,3}(?:will|is going to) (?:win|lose)\b"
    r"|what(?:['’]?ll| will|(?:['’]?s| is) (?:going to|gonna)) happen\b|how will [\w .'’-]{1,60} end\b|when does the world end\b"
    r"|will there (?:ever )?be (?:an? )?(?:\w+ )?(?:war|world war|recession|crash|civil war|peace|apocalypse)\b|will (?:i|we) (?:ever )?(?:be|get|have|find|die)\b"
    r"|will (?:bitcoin|gold|oil|stocks?|the (?:dollar|euro|market|price)s?)\b[\w .'’-]{0,40}? (?:hit|reach|pass|break|go)\b|what will (?:the )?(?:\w+ ){0,4}(?:price|weather|stock|market|future)s?\b"
    rf"|will (?!(?i:smith|ferrell|arnett|young|poulter|forte)\b)(?:[\w'’.-]+ ){{1,6}}?{_OUTCOME}\b"
    rf"|(?:is|are) (?:[\w'’.-]+ ){{1,6}}?(?:going to|gonna) {_OUTCOME}\b"
    r"|(?:can|could) you (?:predict|foresee|tell the future)\b|predict\b|when will [\w .'’-]{1,60} (?:end|die|crash)\b)",
    re.IGNORECASE,
)
# "Will Trump call Putin?", "who'll host", "When is the bridge going to reopen?"; Will Smith is a man
_AHEAD = re.compile(
    r"\W*(?:(?:so|and|but|hey|ok)\W+)?(?:(?:what|who|whom|when|where|which|why|how)(?:['’]ll\b|\W+(?=\w)(?:[\w'’-]+ ){0,4}?|(?=['’]s )))?"
    r"(?:(?:will|won['’]t|shall)\b(?! (?i:smith|ferrell|arnett|young|poulter|forte)\b)|(?<=['’]ll)"
    r"|(?:is|are|am|['’]s) (?:[\w'’.-]+ ){0,6}?(?:going to|gonna|about to|due to|set to|likely to)\b)",
    re.IGNORECASE,
)
# "Who is the new pope?", "How many people died?": what is so changes, and the newest article knows best
_SO_FAR = re.compile(
    r"\W*(?:(?:so|and|but|hey|ok)\W+)?(?:(?:who|what|where|which|how)(?:['’]?s| is| are)\b|how (?:many|much)\b"
    r"|(?:what|which) \w+(?: \w+)? (?:is|are)\b)",
    re.IGNORECASE,
)
_REPORT_WORD = alternation(load_words("query/forecast_report_words"))
_REPORTED = re.compile(rf"\b{_REPORT_WORD}\b", re.IGNORECASE)  # "according to", "expected"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # "2024"


def small_talk(text: str, now: datetime) -> SmallTalk | None:
    """Return the kind of small talk that `text` is, or None for a question about the news.

    A question about the future that names a year which is over by `now` is one about the news.
    """
    if len(text) > _MAX_LENGTH:
        return None
    for kind, pattern in _WHOLE_PATTERNS:
        if pattern.fullmatch(text):
            return kind
    if _OPINION.match(text):
        return SmallTalk.OPINION
    if _FUTURE.match(text) and not _REPORTED.search(text) and not _is_over(text, now):
        return SmallTalk.FUTURE
    return None


def asks_ahead(text: str) -> bool:
    """Return True if a question asks for what is still to come: "Will Trump call Putin?"."""
    return _AHEAD.match(text) is not None


def asks_so_far(text: str) -> bool:
    """Return True if a question asks for what is so at present, or how many there are by now."""
    return _SO_FAR.match(text) is not None


def _is_over(text: str, now: datetime) -> bool:
    """Return True if the text names a year and all years that it names are over."""
    years = [int(year) for year in _YEAR.findall(text)]
    return bool(years) and max(years) < now.year
