"""The words that negate, soften or withhold a claim.

The lists in `index/words/stance` are general news English, written by hand and extended while mistakes on the
development headlines of Emergent were read; no list is fitted. Verbs stand in their base form in the files
called `..._verbs` and are matched in every regular form. Forms that are not regular stand among the phrases.
"""

from collections.abc import Mapping

from index.stance.phrase_matcher import PhraseMatcher, verb_forms
from index.text.word_lists import load_words

# Somebody speaks against what follows: "denied the report", "rejected claims that ...".
DENIALS = PhraseMatcher.from_phrases(
    verb_forms(load_words("stance/denial_verbs")) | load_words("stance/denial_phrases")
)
# Said of a report they deny it; said of a drone, a fire or a verdict they deny nothing.
PHYSICAL_SENSE_VERBS = load_words("stance/physical_sense_verbs")
# What may be denied to somebody; that denies no report: "denied bail".
DENIABLE_GOODS = load_words("stance/deniable_goods")

# A report is said to be untrue. Adjectives here must stand after "is" or before a word for a report.
UNTRUE_ADJECTIVES = load_words("stance/untrue_adjectives")
# Said of a report they call it untrue; said of anything else they only judge it.
EVALUATIVE_ADJECTIVES = load_words("stance/evaluative_adjectives")
# Stems of claims that are themselves about an untruth ("Did she lie?"): calling something false denies none
# of them.
FALSEHOOD_STEMS = load_words("stance/falsehood_stems")
# Mass nouns: only what is called so is denied ("it was disinformation"), not what is said about it.
FALSEHOOD_MASS_NOUNS = load_words("stance/falsehood_mass_nouns")
FALSEHOODS = PhraseMatcher.from_phrases(
    UNTRUE_ADJECTIVES | EVALUATIVE_ADJECTIVES | load_words("stance/falsehood_phrases")
)

NEGATORS = PhraseMatcher.from_phrases(load_words("stance/negators"))
# "not only", "no doubt": they look like a negation and are none.
EMPTY_NEGATIONS = PhraseMatcher.from_phrases(load_words("stance/empty_negations"))
# They negate what follows: "refused to deny", "failed to call", "stopped short of denying".
AVOIDANCES = PhraseMatcher.from_phrases(
    verb_forms(load_words("stance/avoidance_verbs")) | load_words("stance/avoidance_phrases")
)
# What was planned does not come about: "quits the film".
WITHDRAWALS = PhraseMatcher.from_phrases(
    verb_forms(load_words("stance/withdrawal_verbs")) | load_words("stance/withdrawal_phrases")
)
# Neither a denial nor a confirmation: "declined to comment", "could not be reached", "not yet known".
NO_COMMENT = PhraseMatcher.from_phrases(
    verb_forms(load_words("stance/no_comment_verbs")) | load_words("stance/no_comment_phrases")
)

SAY_AND_TELL = frozenset({"say", "says", "said", "tell", "tells", "told"})
# How a sentence keeps its distance from what it says, by kind; each kind is a feature of `factuality`.
HEDGES: Mapping[str, frozenset[str]] = {
    "modal": load_words("stance/hedges/modal"),
    "hearsay": load_words("stance/hedges/hearsay"),
    "claims": load_words("stance/hedges/claims"),
    "report": load_words("stance/hedges/report"),
    "says": SAY_AND_TELL | {"according"},
    "doubt": load_words("stance/hedges/doubt"),
    "confirms": load_words("stance/hedges/confirms"),
}

PRONOUNS = frozenset({"it", "this", "that", "these", "those", "them", "such"})
# Words that stand for a report spoken of before: "denied the report", "called it false".
REPORT_WORDS = load_words("stance/report_nouns") | PRONOUNS

BE_FORMS = load_words("shared/be_forms") | {"'s"}
# They may stand between "is" and what it says: "is not entirely false".
COPULA_FILLERS = load_words("stance/copula_fillers")
REPORTING_VERBS = load_words("stance/reporting_verbs")
# Who is asked has not said it yet.
INQUIRY_WORDS = load_words("stance/inquiry_words")
# What is only wished, feared or supposed is not said to be so.
IRREALIS = load_words("stance/irrealis")
# Where a new assertion starts; and where at least what a negation covers ends.
CONTRAST_MARKERS = load_words("stance/contrast_markers")
CLAUSE_BREAKS = CONTRAST_MARKERS | load_words("stance/subordinators")

# Words of a claim that say nothing of its content, words for true, false and report among them.
STOP_WORDS = load_words("stance/stop_words")

# What cannot be so when the first is: the claim says one, the sentence the other. In order: the first pair
# that fits decides.
OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (
        frozenset({"dead", "died", "die", "dies", "killed", "death"}),
        frozenset({"alive", "survived", "survives"}),
    ),
    (
        frozenset({"captured", "kidnapped", "abducted", "detained", "arrested", "hostage"}),
        frozenset({"safe", "free", "unharmed"}),
    ),
    (frozenset({"guilty", "convicted"}), frozenset({"innocent", "acquitted", "exonerated"})),
    (frozenset({"won", "win", "wins", "victory"}), frozenset({"lost", "loses", "lose"})),
    (
        frozenset({"rose", "rise", "rises", "rising", "increased", "increase"}),
        frozenset({"fell", "fall", "falls", "falling", "dropped", "decreased", "declined"}),
    ),
    (frozenset({"approved", "approve", "approves"}), frozenset({"rejected", "vetoed", "blocked"})),
)
# Of these it matters what: who wins the cup may lose a match.
CONTEST_RESULTS = frozenset({"win", "won", "wins", "victory", "lost", "loses", "lose"})

# Who denies one of these does not deny the report that stands behind it: "denied being aware of the claims".
KNOWING_GERUNDS = load_words("stance/knowing_gerunds")
# "said things that were not true": what was not true of these was no report.
GENERIC_NOUNS = frozenset({"things", "thing", "something", "anything", "everything", "stuff"})
# Words that lead from "report" to what it says.
COMPLEMENTIZERS = load_words("stance/complementizers")
# Words that only describe a report: "the latest media report".
REPORT_MODIFIERS = load_words("stance/report_modifiers")

# After "call" they show that it names and nobody phones: "called the report false".
NAMING_OBJECTS = load_words("stance/naming_objects")
# After "is called" they show the same: "is called “Joe”".
NAME_OPENERS = frozenset({"the", "a", "an", '"', "“", "'", "‘"})
