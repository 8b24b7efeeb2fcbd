"""The hand-set weights of the stance rules, in one table.

All are judgements of how sure a sign is, set by hand and changed while mistakes on the development headlines
of Emergent and on our own cases (tests/index/stance) were read; none is fitted, and none is a measured
probability. Precision of denials came before recall. The weights of `index.stance.factuality` are fitted.
"""

# ---- limits of a confidence or a share, 0 to 1
MIN_CONFIDENCE = 0.55  # confidence from which on a judgement is shown as what it is
MAX_DENIAL = 0.95  # confidence that no denial exceeds
MIN_SIGN = 0.3  # confidence from which on a denial or a "no comment" goes before a surer report
FULL_RELATEDNESS = (
    0.5  # share of a claim that sentence, headline and sentence before must hold to be about it
)
MIN_DIRECT_RELATEDNESS = 0.1  # the same for a sign that rests on the claim's own words in the sentence
MIN_REPORT_COVER = 0.3  # the same for any report
VERBLESS_COVER = 0.8  # share of a claim that a sentence without its verb must hold to report it
MIN_UNCASED_COVER = 0.75  # the same for a claim without capitals, whose names may be taken for other words

# ---- what is left of a relatedness (0 to 1) when ...
NAME_MISSING = 0.6  # ... a name of the claim stands nowhere around the sentence
PREDICATE_MISSING = 0.6  # ... the claim's verb, or its object, does not
OTHER_EVENT = 0.25  # ... somebody else does it, or it is done to somebody else; of a confidence too

# ---- what is left of a confidence when ...
UNRELATED = 0.5  # ... the sentence may be about something else: at most this
NAMES_MISSING = 0.1  # ... all names of the claim are missing: so much less
SUPPOSED = 0.55  # ... the denial is only wished, feared or supposed
OTHER_VERB = 0.6  # ... the denial falls on another word than the claim's verb

# ---- confidence of a denial of the claim's own words: a sum
OWN_WORDS = 0.3  # always
OWN_WORDS_FIRST = 0.2  # it falls on the claim's verb or noun at once
OWN_WORDS_SHARE = 0.2  # times the share of the claim's actions that it governs
OWN_WORDS_COVER = 0.25  # times the share of the claim in the sentence
OWN_WORDS_CONTEXT = 0.1  # times the share of the claim in sentence, headline and sentence before

# ---- confidence of a denial of the report of the claim ("denied it"): a sum
REPORT_DENIED = 0.35  # always
REPORT_DENIED_CONTEXT = 0.6  # times the share of the claim in sentence, headline and sentence before

# ---- confidence of other signs
WEAK_DENIAL = (
    0.29  # something here is said not to be so; just below MIN_SIGN, so that any report outweighs it
)
NOT_DENIED = 0.65  # a denial is negated ("did not deny that"): a report
NOT_DENIED_UNSURE = 0.4  # the same where the sentence may be about something else
NO_COMMENT = 0.45  # nobody comments
NO_COMMENT_CONTEXT = 0.45  # times the relatedness, full at FULL_RELATEDNESS: added
NO_COMMENT_ON_REPORTED = 0.2  # nobody comments, but the sentence reports the claim beside it
OPPOSITE = 0.3  # what cannot be so with the claim is said: "alive" against "dead"
OPPOSITE_COVER = 0.5  # times the share of the claim in the sentence: added
WITHDRAWN = 0.35  # what the claim expects is called off
WITHDRAWN_COVER = 0.45  # times the share of the claim in the sentence: added
WITHDRAWN_NEGATED = 0.2  # "did not quit"
CONTRARY = 0.1  # what the claim says is not so is asserted
CONTRARY_COVER = 0.7  # times the share of the claim in the sentence: added
CONTRARY_SUPPOSED = 0.25  # taken off when that is only supposed
REPORTED_FACT = 0.4  # times the factuality (0 to 1), added to MIN_CONFIDENCE: a report
GUESSED_REPORT = 0.3  # a report that may be of something else
GUESSED_REPORT_FACT = 0.2  # times the factuality: added

# ---- windows, in words
NEARBY = 5  # words on either side of a verb that tell which event it is
OBJECT_WINDOW = 6  # words behind a verb among which what it is done to stands
