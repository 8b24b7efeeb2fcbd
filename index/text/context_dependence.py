"""Which sentences start in the air and need the one before them, and where the words begin after a dateline."""

import re

# How a sentence begins that needs the one before it. First: words that tie it to what was said.
_TIED = re.compile(
    r"(?:however|but(?!\sfor\b)|yet(?!\sanother)|instead(?!\sof)|so(?!\s(?:far|long\sas|called)|-)|then(?!-)|and|or|nor|"
    r"meanwhile|nevertheless|nonetheless|moreover|furthermore|otherwise|therefore|thus|hence|consequently|accordingly|"
    r"likewise|similarly|conversely|indeed|rather(?!\sthan)|also|too|plus|afterwards?|thereafter|elsewhere|"
    r"(?:still|besides|again|later|earlier|finally|second(?:ly)?|third(?:ly)?|next|lastly|specifically),|"
    r"(?:in|by|as|on|for|at|after|before|until|since|even|from)\s(?:addition(?!\sto)|response(?!\sto\b(?!\s(?:this|that|it|them)\b))|turn(?!\sof)|"
    r"contrast(?!\s(?:to|with))|comparison(?!\s(?:to|with))|fact|exchange(?!\sfor)|return(?!\sfor)|other\swords|"
    r"a\sresult(?!\sof)|such|the\s(?:other\shand|contrary(?!\sto)|same\s\w+)|example|instance|then|so|there)|"
    r"that\s(?:said|being\ssaid)|(?:yes|no|yeah|nope|exactly|absolutely|correct|right|ok|okay|sure)[,.!])(?![\w’'-])",
    re.IGNORECASE,
)
# Then: words that stand for something named before. "This week" and "these days" do not.
_NOW = r"\s(?:morning|afternoon|evening|week|weekend|month|year|season|summer|spring|fall|autumn|winter|time\saround|days)\b"
_STANDS_FOR = re.compile(
    rf"(?:he|she|they|him|his|her|hers|their|theirs|its|th(?:is|ese)(?!{_NOW})|that|those(?!\s(?:who|whose|with|in|of)\b)|"
    r"such(?!\sas)|neither(?!.{1,60}\bnor\b)|another|others|both(?!.{1,60}\band\b)|"
    r"the\s(?:latter|pair|duo|same|former(?=\s(?:is|was|has|had|will|would)\b))|"
    r"(?:(?:one|some|all|many|most|none|each|both|two|three|several|few|half)\sof|(?:[a-z]{2,9}\s)?"
    r"(?:about|after|against|among|at|because\sof|before|behind|besides|by|despite|during|following|for|from|given|in|of|"
    rf"on|since|to|under|until|with|without))\s(?:th(?:is|ese)(?!{_NOW})|that|those(?!\s(?:who|whose)\b)|him|them|it\b(?!self)))"
    r"(?:[’'](?:s|d|ll|re|ve))?(?![\w’'-])",
    re.IGNORECASE,
)
_IT = re.compile(r"it(?:[’'](?:s|d|ll))?(?![\w’'-])", re.IGNORECASE)
_EMPTY_IT = re.compile(  # "It is unclear whether", "It was Trump who", "It took years to", "It is raining"
    r"it(?:[’'](?:s|d|ll)|\s(?:is|was|has|had|will|would|may|might|can|could|should|seems?|appears?|remains?|takes?|"
    r"took|turns?|turned))\b(?:\s[\w’'-]+){0,6}?\s(?:that|whether|who|how|why|what|when|if|where|to|raining|snowing|"
    r"time|dark|late|early|cold|hot)\b",
    re.IGNORECASE,
)
_REPLY = re.compile(r"[,.?!…][\"”’']+\s(?:(?:he|she|they)\b|\w+(?:ed|id|te|ys|ld)\s(?:he|she|they)\b)")
_SMALL_START = re.compile(r"[^\w\s]*[a-zß-öø-ÿ](?![A-Z])")
_QUOTE_MARKS = " \t\"“”'‘’«»([…—–-"
_AGENCIES = r"(?:AP|Reuters|AFP|UPI|CNN|CBS|NBC|ABC|BBC|Xinhua|KYODO|dpa|ANI|PTI)"
_DATELINE = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w.’'-]*|de|of|the|and|al)(?:,\s|\s)){0,6}(?:\d{1,2},?\s)?"  # SEOUL, South Korea; CAIRO, Jan. 6
    rf"(?:\({_AGENCIES}\)\s*(?:[–—-]+\s|(?=[A-Z“\"]))|\((?:[A-Z]\w+\s){{0,3}}[A-Z][\w.]+\)\s(?:[–—]|--)\s|"
    rf"{_AGENCIES}(?:\s[A-Z]\w+)?\s[–—]+\s)"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ.’'-]{2,}(?:(?:,\s|\s)[A-ZÀ-Þ][\w.’'-]*){0,5}\s(?:[–—]|--)\s(?=[A-Z“\"‘])"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{2,30}(?:,\s[A-Z][\w.]{1,20}){0,2}(?:,?\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s?\([A-Z][^()]{1,30}\)\s-\s"
)


def needs_previous_sentence(sentence: str) -> bool:
    """Say whether a sentence starts in the air: it needs the one before it to be understood.

    It begins with a word that ties it to what was said, or that stands for something named before; or it is
    a reply whose speaker is only "he" or "she"; or it begins in the middle. Empty subjects do not lean
    ("It is unclear whether", "There was").
    """
    if _SMALL_START.match(sentence):
        return True
    bare = sentence[dateline_end(sentence) :].lstrip(_QUOTE_MARKS)[:200]
    if _IT.match(bare):
        return not _EMPTY_IT.match(bare)
    if _TIED.match(bare) or _STANDS_FOR.match(bare):
        return True
    return sentence[:1] in _QUOTE_MARKS and bool(_REPLY.search(sentence))


def dateline_end(sentence: str) -> int:
    """Return where the words begin after a dateline ("WASHINGTON (AP) — "): 0 when there is none."""
    match = _DATELINE.match(sentence)
    return match.end() if match and match.end() < len(sentence) else 0
