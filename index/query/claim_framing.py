"""Remove the framing of a claim: "I heard that ...", "..., is that true?", "... - CNN"."""

import re

# "the New York Times", "police"
_SOURCE = r"(?:an? |the )?(?:[\w.’'&-]+ ){0,3}[\w.’'&-]+"

# It begins "Fact check: ", "Can you confirm that ", "I heard that ", "People say ", "Apparently " and so on.
_LEAD_IN = re.compile(
    r"^\W*(?:"
    r"(?:fact[ -]?check(?:ed)?|true or false|fact or fiction|breaking(?: news)?|exclusive|just in|update|watch|report|rumou?r|claim|question)\s*[:?–—-]\s*"
    r"|(?:fact[ -]?check|true or false)\s+"
    r"|(?:(?:can|could) (?:you|anyone|anybody|someone) (?:please )?)?(?:confirm|verify|check)(?: for me)?(?:,)? (?:that|if|whether)\s+"
    r"|(?:i|we)(?:['’]ve| have)? (?:just )?(?:heard|read|saw|seen|was told|were told)(?: (?:somewhere|online|on [\w.]+|that|about it))*[ ,:]+"
    r"|(?:some(?:one|body)|people|they|everyone|my \w+)(?: (?:is|are|keep|keeps))? (?:just )?(?:told me|tells me|says?|said|saying|claims?|claimed)"
    r"(?: online)?(?: that)?[ ,:]+"
    r"|(?:there(?:['’]s| is| are) (?:a )?)?(?:rumou?rs?|word|reports?)(?: (?:has it|have it|says?|are|going around|say))*(?: that)[ ,:]+"
    r"|(?:did you|have you|has anyone) (?:hear|heard|know|see|seen)(?: (?:that|about how))[ ,:]+"
    r"|(?:apparently|supposedly|allegedly|so|wait|hang on|omg|wow|hey)[ ,:]+(?!what|who|when|where|why|how|is |are |was |did |does |has |have )"
    r")",
    re.IGNORECASE,
)

# It ends ", is that true?", ", right?", " - CNN", ", The Times reports", ": study" and so on.
_TAG = re.compile(
    r"(?:"
    r"(?:[.?!,;–—]+|\s-+)\s*(?:and )?(?:is|was) (?:that|this|it) (?:really |actually |even )?(?:right|true|correct|so|real|legit|fake|false|the case|confirmed)"
    r"|(?:[,;.?!–—]+|\s-+)\s*(?:right|correct|true|really|yes|no|true or false|fact or fiction|real or fake|for real|isn['’]?t it|didn['’]?t (?:he|she|they|it))"
    r"|(?:\s*[–—|]|\s-)\s*(?-i:[A-Z])[\w.’'& ]{1,30}"
    rf"|,\s+{_SOURCE} (?:says?|said|reports?|reported|claims?|claimed|confirms?|announces?|shows?|finds?)"
    r"|:\s+(?:reports?|sources?|officials?|police|study|poll|survey|media)"
    r")\s*[?.!]*$",
    re.IGNORECASE,
)

_MAX_LAYERS = 3  # of framing, one in the other: "Wow, I heard that ..."; judged

_MIN_CLAIM_WORDS = 3  # judged: fewer than a subject, a verb and an object claim nothing


def strip_claim_framing(text: str) -> str:
    """Return the claim in a question or a pasted headline; `text` itself where little would be left of it."""
    claim = text
    for _ in range(_MAX_LAYERS):
        shorter = _TAG.sub("", _LEAD_IN.sub("", claim, count=1), count=1).strip()
        if shorter == claim or len(shorter.split()) < _MIN_CLAIM_WORDS:
            break
        claim = shorter
    return claim
