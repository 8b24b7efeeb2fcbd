"""Find sentences that need the one before them, and the end of a dateline."""

import re

_START_LENGTH = 200  # characters of a sentence that are looked at; judged: the first words tell

# A first word that ties the sentence to the one before: "However, the bridge stayed open", "In response,
# she left", "Yes, she said". "But for" and "instead of" do not.
_CONNECTIVE_START = re.compile(
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
# What may follow "this" or "these" without pointing back: "week", "days".
_CURRENT_PERIOD = r"\s(?:morning|afternoon|evening|week|weekend|month|year|season|summer|spring|fall|autumn|winter|time\saround|days)\b"
# First words that stand for something named before ("this week" and "these days" do not): "They left",
# "This is new", "One of them fell", "The latter is true".
_ANAPHOR_START = re.compile(
    rf"(?:he|she|they|him|his|her|hers|their|theirs|its|th(?:is|ese)(?!{_CURRENT_PERIOD})|that|those(?!\s(?:who|whose|with|in|of)\b)|"
    r"such(?!\sas)|neither(?!.{1,60}\bnor\b)|another|others|both(?!.{1,60}\band\b)|"
    r"the\s(?:latter|pair|duo|same|former(?=\s(?:is|was|has|had|will|would)\b))|"
    r"(?:(?:one|some|all|many|most|none|each|both|two|three|several|few|half)\sof|(?:[a-z]{2,9}\s)?"
    r"(?:about|after|against|among|at|because\sof|before|behind|besides|by|despite|during|following|for|from|given|in|of|"
    rf"on|since|to|under|until|with|without))\s(?:th(?:is|ese)(?!{_CURRENT_PERIOD})|that|those(?!\s(?:who|whose)\b)|him|them|it\b(?!self)))"
    r"(?:[’'](?:s|d|ll|re|ve))?(?![\w’'-])",
    re.IGNORECASE,
)
# "It" as the first word: "It’s open".
_IT_START = re.compile(r"it(?:[’'](?:s|d|ll))?(?![\w’'-])", re.IGNORECASE)
# "It" as an empty (expletive) subject, which points to nothing: "It is unclear whether", "It was Trump who",
# "It took years to", "It is raining".
_EXPLETIVE_IT = re.compile(
    r"it(?:[’'](?:s|d|ll)|\s(?:is|was|has|had|will|would|may|might|can|could|should|seems?|appears?|remains?|takes?|"
    r"took|turns?|turned))\b(?:\s[\w’'-]+){0,6}?\s(?:that|whether|who|how|why|what|when|if|where|to|raining|snowing|"
    r"time|dark|late|early|cold|hot)\b",
    re.IGNORECASE,
)
# A quotation whose speaker is only a pronoun: "“Yes,” he said", "“It is open,” said she".
_PRONOUN_ATTRIBUTION = re.compile(
    r"[,.?!…][\"”’']+\s(?:(?:he|she|they)\b|\w+(?:ed|id|te|ys|ld)\s(?:he|she|they)\b)"
)
# A start in the middle of a sentence: "…and left". "iPhone" is none.
_LOWERCASE_START = re.compile(r"[^\w\s]*[a-zß-öø-ÿ](?![A-Z])")
# Marks and spaces that may stand before the first word.
_LEADING_MARKS = " \t\"“”'‘’«»([…—–-"
# A news agency or broadcaster that signs its datelines: "Reuters".
_AGENCY = r"(?:AP|Reuters|AFP|UPI|CNN|CBS|NBC|ABC|BBC|Xinhua|KYODO|dpa|ANI|PTI)"
# The place, and often the date and the agency, before an article's first words: "SEOUL, South Korea (AP) — The",
# "CAIRO, Jan. 6 (Xinhua) -- The", "BONN, June 2, 2026 /PRNewswire/ -- The"; or, without an agency, "PARIS — The"; or "LONDON, England (CNN) - The".
_DATELINE = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w.’'-]*|de|of|the|and|al)(?:,\s|\s)){0,6}(?:\d{1,2},?\s)?"
    rf"(?:\({_AGENCY}\)\s*(?:[–—-]+\s|(?=[A-Z“\"]))|\((?:[A-Z]\w+\s){{0,3}}[A-Z][\w.]+\)\s(?:[–—]|--)\s|"
    rf"{_AGENCY}(?:\s[A-Z]\w+)?\s[–—]+\s)"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ.’'-]{2,}(?:(?:,\s|\s)[A-ZÀ-Þ][\w.’'-]*){0,5}\s(?:[–—]|--)\s(?=[A-Z“\"‘])"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{2,30}(?:,\s[A-Z][\w.]{1,20}){0,2}(?:,?\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s?\([A-Z][^()]{1,30}\)\s-\s"
    r"|[A-ZÀ-Þ][\w.’'-]*(?:,?\s[A-ZÀ-Þ\d][\w.’'-]*){0,8},?\s/[A-Z][\w -]{2,25}/\s(?:[–—]|--?)\s"
)


def needs_previous_sentence(sentence: str) -> bool:
    """Return True if a sentence cannot be understood without the one before it.

    It begins with a word that ties it to what was said ("However"), or that stands for something named before
    ("They"); or it is a reply whose speaker is only "he" or "she"; or it begins in small letters. Empty subjects
    ("It is unclear whether", "There was") need nothing before them.
    """
    if _LOWERCASE_START.match(sentence):
        return True
    bare = sentence[dateline_end(sentence) :].lstrip(_LEADING_MARKS)[:_START_LENGTH]
    if _IT_START.match(bare):
        return not _EXPLETIVE_IT.match(bare)
    if _CONNECTIVE_START.match(bare) or _ANAPHOR_START.match(bare):
        return True
    return sentence[:1] in _LEADING_MARKS and bool(_PRONOUN_ATTRIBUTION.search(sentence))


def dateline_end(sentence: str) -> int:
    """Return the position after a dateline ("WASHINGTON (AP) — "), 0 when there is none."""
    match = _DATELINE.match(sentence)
    return match.end() if match and match.end() < len(sentence) else 0
