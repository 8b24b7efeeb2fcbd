# ruff: noqa: SIM905 - word lists are read and kept as running text
"""The words that turn, soften or withhold a claim.

The lists are general news English, written down by us; none is fitted to data. Verbs stand in their base form
and are found in every regular form.
"""

from collections.abc import Mapping

from index.text.phrase_matcher import Phrases, listed, verbs
from index.text.word_lists import load_words

# Somebody turns against what follows: "denied the report", "rejected claims that ...".
DENIALS = Phrases.of(
    verbs(
        "deny, reject, dismiss, refute, debunk, disavow, repudiate, discredit, contradict, retract, "
        "quash, squash,"
        "disprove, rubbish, rule out, brush off, brush aside,"
        "laugh off, wave away, wave off, call into question, cast doubt on, pour cold water on, push back on,"
        "push back against, scoff at, clear up, shut down rumours, shut down rumors, shut down reports"
    )
    | listed(
        "disputed, disputes, disputing, shot down, shoots down, shooting down, shut down rumors, shut "
        "down rumours, shut down reports,"
        "shuts down rumors, shuts down rumours, shuts down reports, rebut, rebuts, rebutted, rebutting, "
        "denial,"
        "denials, denial of, denials of, hit back at, hits back at, took issue with, takes issue with, "
        "walked back,"
        "casts doubt on, casting doubt on, debunking of, rejection of, knocked down, knocks down"
    )
)

# Said of a report they deny it; said of a drone, a fire or a verdict they deny nothing.
PHYSICAL_SENSE_VERBS = frozenset(
    "shot shoots shooting knocked knocks quash quashes quashed quashing squash squashes squashed squashing "
    "rubbish clear clears cleared clearing wave waves waved waving brush brushes brushed brushing walked hit hits".split()
)

# What may be denied to somebody; that denies no report.
DENIABLE_GOODS = frozenset(
    "bail bond access entry parole visa visas permission asylum service services care treatment coverage boarding motion "
    "petition appeal admission rights".split()
)

# A report is said to be untrue. Adjectives here must stand after "is" or before a word for a report.
UNTRUE = frozenset(
    "false fake bogus untrue fictitious fictional fabricated phony phoney baseless unfounded groundless "
    "erroneous inaccurate incorrect unsubstantiated debunked doctored photoshopped faked staged satirical "
    "spurious nonexistent invented imaginary untruthful mythical unreal concocted discredited".split()
)
# Said of a report they call it untrue; said of anything else they only judge it.
EVALUATIVE_ADJECTIVES = frozenset(
    "wrong misleading ridiculous absurd preposterous exaggerated mistaken impossible laughable crazy "
    "ludicrous "
    "nonsensical outlandish garbage".split()
)
# Who is claimed to have done it is not cleared by "false": stems.
OF_FALSEHOOD = frozenset(
    "lie lied mislead misl misled deceiv fabric falsifi fake exagger invent forg".split()
)
# There is much of it in the world; only what is called so is denied: "it was disinformation".
FALSEHOOD_MASS_NOUNS = frozenset(
    "misinformation disinformation fiction satire parody fabrication fabrications falsehoods".split()
)
FALSEHOODS = Phrases.of(
    UNTRUE
    | EVALUATIVE_ADJECTIVES
    | listed(
        "falsely, wrongly, hoax, hoaxes, hoaxer, fabrication, fabrications, fiction, pure fiction,"
        "pure invention, nonsense, rubbish, bullshit, bs, hogwash, baloney, malarkey, misinformation, "
        "disinformation,"
        "falsehood, falsehoods, false alarm, false alarms, fake news, a fake, fakes, a lie, a myth, myth,"
        "a figment of, a prank, prank, satire, parody, a joke, never happened, never happen, never took "
        "place,"
        "never existed, never occurred, never been any, not happen, not happened, not happening, not "
        "take place,"
        "not taken place, not occur, not occurred, not exist, not true, not real, not accurate, not correct,"
        "not the case, not a thing, not a real thing, not what it seems, not all it seems, not as it "
        "seems, not what they seem, no truth, no truth to,"
        "no truth in, no basis, no such thing, no substance, no foundation, no factual basis, not factual,"
        "no merit, without merit, without foundation, without basis, made it up, made it all up, made "
        "that up, was made up, were made up,"
        "all made up, totally made up, proven false, turned out not, turns out not,"
        "anything but true, far from true, far from the truth, nothing to it, nothing of the sort,"
        "nothing of the kind, out of thin air, urban legend, contrary to reports, contrary to report,"
        "contrary to rumors, contrary to rumours, contrary to claims, despite rumors, despite rumours"
    )
)

NEGATORS = Phrases.of(
    listed(
        "not, never, no, nobody, none, nor, neither, no such, not any, at no time, no one, not a single, "
        "no longer"
    )
)
# "not only", "no doubt": they look like a negation and are none.
EMPTY_NEGATIONS = Phrases.of(
    listed(
        "not only, not just, not merely, not simply, no doubt, no wonder, no matter, no less, no fewer, "
        "no sooner,"
        "not least, not to mention, no surprise, not surprising, not surprised, not unlike, whether or not,"
        "or not, not necessarily, why not, no secret, not alone, no more than, no question, no later "
        "than, no stranger,"
        "no show, no idea, no - show, not long after, not long ago, not far from, no small, not the "
        "first, not the only, not the last, no denying, never guess, not believe, not wait to, not help "
        "but, not immediately, not initially, not at first, not fully, not completely, not entirely, not directly, not always,"
        "not exactly, not specifically"
    )
)
# They turn what follows: "refused to deny", "failed to call", "stopped short of denying".
AVOIDANCES = Phrases.of(
    verbs("refuse to, fail to, decline to, neglect to, cease to, omit to, stop short of, refrain from")
    | listed(
        "stopped short of, stopping short of, without, unable to, yet to, far from, unwilling to, forgot to,"
        "falls short of, fell short of, failure to, refusal to, hardly"
    )
)

WITHDRAWALS = Phrases.of(
    verbs(
        "cancel, scrap, abandon, back out of, pull out of, drop out of, bail on, bow out of, walk away "
        "from, call off, quit, exit, withdraw from, turn down, pass on, shelve, axe"
    )
    | listed(
        "scrapped, withdrew from, cancelled, cancelling, pulls out of, drops out of, dropped out of, "
        "dropping out of, quits, quitting, turned down, backs out of, off the table, pulled the plug on"
    )
)

NO_COMMENT = Phrases.of(
    verbs(
        "decline to comment, decline comment, refuse to comment, decline to say, refuse to say, decline "
        "to confirm,"
        "refuse to confirm, decline to answer, refuse to answer, decline to discuss, refuse to discuss,"
        "decline to elaborate, decline to respond, decline to be drawn, decline to give, decline to provide,"
        "decline requests for, decline a request for, decline an interview, refuse to be drawn, refuse "
        "to rule out,"
        "decline to rule out, fail to respond, fail to reply, refuse to speculate, decline to speculate,"
        "refuse to confirm or deny, decline to confirm or deny, decline to confirm nor deny, fail to confirm,"
        "refer questions, decline interview, refuse comment, refuse to deny or confirm"
    )
    | listed(
        "no comment, not comment, not commented, not commenting, without comment, withheld comment,"
        "not respond, not responded, not responding, not reply, not replied, not answer, not answered,"
        "not return, not returned, not immediately available, not available for comment, unavailable for "
        "comment,"
        "not be reached, not reachable, unreachable, not reached for comment, not confirm, not "
        "confirmed, not confirming,"
        "not been confirmed, not be confirmed, no confirmation, yet to confirm, yet to comment, yet to "
        "respond,"
        "yet to be confirmed, yet to be verified, yet to be determined, yet to be established, yet to "
        "issue, yet to make, neither confirm nor deny, neither confirmed nor denied,"
        "neither confirms nor denies, neither confirming nor denying, not confirm or deny, not confirmed "
        "or denied,"
        "not confirm nor deny, neither deny nor confirm, neither denied nor confirmed, not deny or confirm,"
        "nor denied, or deny, not verify, not verified, not be verified, not independently verify, "
        "unable to verify,"
        "unable to confirm, not been verified, not been independently verified, not aware, unaware, not "
        "informed, not notified, not told,"
        "not been informed, not been notified, not been told, not briefed, not been briefed, no knowledge of,"
        "not in a position to, not clear, unclear, not known, unknown, not sure, not so sure, not "
        "certain, not say whether, not say where, not say who, not say why, not say what, not say which,"
        "not said whether, not say if, not say when, not say how, not saying, not rule out, not ruled "
        "out, not ruling out,"
        "not be ruled out, not ruled out, no immediate comment, no immediate response, no immediate reaction,"
        "no response, no official confirmation, no official notification, no notification, no "
        "independent confirmation, no official statement, no reply,"
        "silent on, remained silent, remains silent, stayed silent, kept silent, not elaborate, not disclose,"
        "not disclosed, not discuss, not speculate, not issued a statement, not made a statement, not "
        "offer comment,"
        "not provide comment, not provided comment, "
        "not determine, not establish, not know whether, not know if, nothing about, not addressed, not "
        "address"
    )
)

# How a sentence keeps its distance, by kind.
SAYING = frozenset("say says said tell tells told".split())
HEDGES: Mapping[str, frozenset[str]] = {
    "modal": frozenset(
        "may might could would should possible possibly potentially potential likely unlikely perhaps maybe "
        "probably apparently seemingly appears appear appeared seems seem seemed if whether".split()
    ),
    "hearsay": frozenset(
        "reportedly allegedly purportedly supposedly rumored rumoured rumor rumors rumour rumours alleged "
        "unconfirmed unverified purported speculation leak leaks leaked tipped".split()
    ),
    "claims": frozenset(
        "claims claim claimed claiming alleges allege alleging allegations accused accuses accuse "
        "suggests suggest "
        "suggested hints fear fears feared believed believes believe suspect suspects suspected think thinks "
        "thought".split()
    ),
    "report": frozenset(
        "report reports reported source sources insider insiders analyst analysts survey analysis".split()
    ),
    "says": SAYING | {"according"},
    "doubt": frozenset(
        "mystery confusion conspiracy theory theories question questions doubt doubts controversy "
        "debate".split()
    ),
    "confirms": frozenset(
        "confirms confirm confirmed confirmation proves prove authenticates official officially announces "
        "announce announced admits admit admitted verified reveals revealed".split()
    ),
}

# Words that stand for a report spoken of before: "denied the report", "called it false".
REPORT_WORDS = frozenset(
    "report reports reporting claim claims story stories rumour rumours rumor rumors allegation allegations "
    "news account suggestion suggestions assertion assertions speculation article articles "
    "accusation accusations narrative statement tale talk notion idea claiming reported alleged "
    "video photo image footage theory possibility explanation version".split()
)
PRONOUNS = frozenset("it this that these those them such".split())
REPORT_WORDS |= PRONOUNS

BE = load_words("shared/be_forms") | {"'s"}
ADVERBS = frozenset(
    "not all just so also a an the quite very rather probably entirely utterly indeed".split()
)
SAYS = frozenset(
    "say says said saying told tells telling add adds added adding insist insists insisted insisting confirm "
    "confirms confirmed confirming report reports reported tweeted wrote stated".split()
)
# Who is asked has not said it yet.
ASKING = frozenset("asked asking questioned question questions inquiry inquiries pressed".split())
# What is only wished, feared or supposed is not said to be so.
IRREALIS = frozenset(
    "hope hopes hoped wish wishes wished if whether may might perhaps maybe chance possibly fear".split()
)
# Where a new assertion starts; and where at least what is said not to be so ends.
CONTRAST_MARKERS = frozenset("but although though while whereas despite however ; — – : ? !".split())
CLAUSE_BREAKS = CONTRAST_MARKERS | frozenset("because after before when if unless since".split())

STOP = frozenset(
    "a an the and or of to in on at by for from with about as into over under up down out off than then "
    "so that this these those "
    "it its he she him her his hers they them their we us our you your i me my who whom whose which what "
    "when where "
    "why how is are was were be been being am do does did done doing has have had having will would "
    "shall should can "
    "could may might must not no never nor neither there here if whether true false really actually ever "
    "indeed say "
    "says said report reports reported reporting claim claims claimed claiming rumour rumours rumor "
    "rumors story stories news case "
    "fact correct right wrong fake hoax deny denies denied denying any some all more most much many just "
    "also now still "
    "yet go goes going gone get gets got getting make makes made take takes took taken place happen "
    "happens happened according "
    "recently today yesterday tomorrow week month year one two via mr mrs ms 's untrue debunked heard "
    "hear confirm confirmed".split()
)

# What cannot be so when the first is: the claim says one, the sentence the other.
OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("dead died die dies killed death", "alive survived survives"),
        ("captured kidnapped abducted detained arrested hostage", "safe free unharmed"),
        ("guilty convicted", "innocent acquitted exonerated"),
        ("won win wins victory", "lost loses lose"),
        ("rose rise rises rising increased increase", "fell fall falls falling dropped decreased declined"),
        ("approved approve approves", "rejected vetoed blocked"),
    )
)
# Who denies one of these does not deny the report that stands behind it.
KNOWING_GERUNDS = frozenset("being having knowing hearing seeing reading receiving learning".split())
# What was "not true" of them was no report.
GENERIC_NOUNS = frozenset("things thing something anything everything stuff".split())
# Of these it matters what: who wins the cup may lose a match.
CONTESTED = frozenset("win won wins victory lost loses lose".split())

# Words that lead from "report" to what it says, and words that only describe a report.
COMPLEMENTIZERS = frozenset(
    "of that about he she they over involving regarding concerning alleging saying claiming whether".split()
)
MODIFIERS = frozenset(
    "media press news earlier recent latest newspaper television tv online viral internet entire whole "
    "original "
    "alleged published such above online social previous widespread persistent".split()
)


# After "call" they show that it names: "called the report false".
NAMING = frozenset("the it this that these those them such any a all reports claims \" “ ' ‘ ”".split())
NAMES_WITH = frozenset("the a an \" “ ' ‘".split())
