"""Families of news words that mean nearly the same: any word of one may stand for any other.

The lists are general English, written down by us; none is fitted to data.
"""

import re
from functools import lru_cache

from index.text.tokens import stem

# A country and its people are one: Egypt, Egyptian; Canada, Canadian; Iraq, Iraqis; China, Chinese.
_PEOPLE = re.compile(r"(?<=....)(?:i?ans?|i?a|ese?|is?|os?|y|e)$")

# Light families of news words: any word of a line may stand for any other.
_FAMILIES = (
    "call phone telephone speak spoke spoken talk conversation phoned dial calling",
    "meet met meeting summit",
    "die dead death killed kill slain deceased perish fatal",
    "shoot shot shooting gunman gunned",
    "arrest detain detained custody jailed captured capture kidnapped abducted imprisoned",
    "resign quit resignation",
    "leave left leaving depart departure",
    "buy purchase acquire acquisition bought takeover buying",
    "sell sale sold selling",
    "win won victory winner defeat beat",
    "attack strike airstrike bombing bomb raid assault",
    "agree agreement deal pact accord treaty",
    "pay paid payment payout",
    "fire fired sack sacked dismissal ousted oust",
    "ban banned prohibit outlaw forbid bar barred",
    "plan planning planned intend proposal propose proposed",
    "launch release unveil introduce introduced reveal debut",
    "cut layoff layoffs slash reduce reduction",
    "rise rose risen rising increase grow grew grown climb growth",
    "fall fell fallen falling drop decline decrease plunge",
    "sink sank sunk sinking",
    "drink drank drunk drinking",
    "shrink shrank shrunk shrinking",
    "sing sang sung singing",
    "swim swam swum swimming",
    "bite bit bitten biting",
    "ride rode ridden riding",
    "blow blew blown blowing",
    "tear tore torn tearing",
    "forget forgot forgotten",
    "lend lent lending",
    "sleep slept sleeping",
    "sweep swept sweeping",
    "flee fled fleeing",
    "feed fed feeding",
    "bleed bled bleeding",
    "stick stuck sticking",
    "hang hung hanging hanged",
    "swing swung swinging",
    "light lit lighting",
    "lay laid laying",
    "deal dealt dealing",
    "mean meant meaning",
    "burn burnt burned burning blaze",
    "learn learnt learned learning",
    "hear heard hearing",
    "vote ballot election elected elect",
    "steal stole stolen theft robbed",
    "find found discover discovered discovery",
    "send sent sending deploy deployed",
    "hide concealed conceal hid hidden",
    "threaten threat threatened warn warned",
    "leader chief head boss president",
    "behead beheading execution executed execute",
    "girl woman female women",
    "sick ill illness disease",
    "wound wounded injured injury hurt",
    "wife spouse married marry wedding",
    "plane airplane aeroplane aircraft airliner jet jetliner",
    "child son daughter kid boy baby",
    # What no stemmer joins: the forms of irregular verbs.
    "tell told",
    "give gave given giving",
    "write wrote written writing",
    "break broke broken breaking",
    "choose chose chosen choosing choice",
    "come came coming",
    "drive drove driven driving",
    "eat ate eaten eating",
    "fight fought fighting",
    "fly flew flown flying flight",
    "keep kept keeping",
    "know knew known knowing",
    "lead led leading",
    "lose lost losing loss",
    "run ran running",
    "see saw seen seeing",
    "spend spent spending",
    "stand stood standing",
    "teach taught teaching",
    "think thought thinking",
    "throw threw thrown throwing",
    "wear wore worn wearing",
    "begin began begun beginning start",
    "bring brought bringing",
    "build built building",
    "draw drew drawn drawing",
    "catch caught catching",
    "feel felt feeling",
    "hit struck hitting",
    "sue sued suing",
    "seek sought seeking",
    "swear swore sworn",
    "freeze froze frozen freezing",
    # Countries, their peoples, and the places that stand for their governments.
    "russia russian kremlin moscow",
    "ukraine ukrainian kyiv kiev",
    "china chinese beijing",
    "america american u.s",
    "britain british briton u.k",
    "israel israeli",
    "france french",
    "germany german",
    "spain spanish",
    "turkey turkish",
    "poland polish",
    "greece greek",
    "sweden swedish",
    "denmark danish",
    "netherlands dutch",
    "ireland irish",
    "scotland scottish",
    "wales welsh",
    "switzerland swiss",
    "isis isil daesh",
)


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {stem(word): stem(line.split()[0]) for line in _FAMILIES for word in line.split()}


@lru_cache(maxsize=50_000)
def concept_of(word_stem: str) -> str:
    """Return the stem that stands for a word's family, or the stem itself."""
    family = _families().get(word_stem)
    return family or _PEOPLE.sub("", word_stem)
