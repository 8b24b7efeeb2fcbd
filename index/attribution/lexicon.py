"""The English words that tell who speaks: verbs of saying, roles, titles. Plain lists; `names.py` reads them."""

from index.text.word_lists import word_set


def _inflect(bases: str) -> frozenset[str]:
    """Return every form of regular English verbs but the one in -ing."""
    return frozenset(form for base in bases.split() for form in (base, *_tenses(base)))


def _stem(base: str) -> str:
    return base.removesuffix("e")


def _tenses(base: str) -> tuple[str, str]:
    if base.endswith("y") and base[-2] not in "aeo":
        return base[:-1] + "ies", base[:-1] + "ied"
    return base + ("es" if base.endswith(("ss", "ch", "sh", "x")) else "s"), _stem(base) + "ed"


_REGULAR = (
    "accept acknowledge admit advise affirm agree allege announce answer argue ask assert assure boast "
    "caution cite claim clarify comment complain concede conclude confess confirm contend counter "
    "declare deny describe disclose emphasize emphasise estimate exclaim explain hint indicate "
    "insist instruct joke lament maintain muse note observe pledge point post predict proclaim promise quip "
    "recall recount reiterate remark reply report retort reveal signal speculate stress suggest "
    "summarize testify tweet urge vow warn wonder elaborate reaffirm concur underscore opine specify "
    "clarify speculate theorize"
)
_REACTIONS = (
    "accuse apologize applaud attack blame blast chide condemn criticize criticise dare "
    "defend demand denounce deride dismiss dispute disavow echo endorse express fault hail invoke "
    "mock oppose praise propose question ridicule rebuke refuse reject scold slam tout "
    "thank voice welcome decline call assail bash bemoan decry lambast lambaste repudiate fault chastise characterize "
    "characterise portray liken label advocate congratulate"
)
_OPINIONS = "believe hope"
# Whoever does this says what the sentence says.
SAYING_VERBS = _inflect(_REGULAR) | word_set(
    "stated stating say says said told tell tells wrote write writes quipped admitted recalled vowed hinted "
    "thought thinks think"
)
# Whoever does this speaks, about what the sentence says.
REACTION_VERBS = _inflect(_REACTIONS) | _inflect(_OPINIONS) | word_set("slammed")
# Verbs only where words, a quotation or a name follow.
AMBIGUOUS_VERBS = word_set(
    "report reports claim claims call calls note notes comment comments demand demands question questions attack "
    "attacks post posts promise promises answer answers remark remarks states estimate estimates tweet tweets "
    "hope hopes fear fears point points joke jokes signal signals fault "
    "faults pledge pledges welcome reply replies mention mentions voice voices blame counter express cite found finds show shows showed "
    "mentioned predict projected projects"
)
# Whom they name next is told and does not speak.
ADDRESSEE_VERBS = word_set(
    "told tell tells assured assure assures informed informs reminded reminds advised advises notified"
)
# Verbs of saying only where words said follow.
QUOTE_ONLY_VERBS = word_set(
    "add adds added continue continues continued began respond responded responds repeated shouted"
)
# "saying" and the like.
SAYING_GERUNDS = frozenset(
    _stem(base) + "ing" for base in f"{_REGULAR} {_REACTIONS} say tell write think".split()
) | word_set("admitting slamming quipping")

# What a speaker may be.
ROLES = word_set(
    "spokesman spokeswoman spokesperson spokespeople minister president director chief leader secretary senator congressman "
    "congresswoman governor mayor adviser advisor aide aides strategist analyst analysts chairman chairwoman chair "
    "chairperson executive manager professor lawyer lawyers attorney attorneys judge officer official officials "
    "commissioner ambassador diplomat diplomats general commander editor reporter correspondent columnist pollster "
    "consultant candidate nominee lawmaker lawmakers representative lobbyist economist economists researcher "
    "researchers scientist scientists expert experts activist activists author host anchor fellow founder "
    "co-founder counsel prosecutor prosecutors investigators police authorities critics supporters delegate "
    "student teacher historian scholar pastor bishop archbishop pope priest king queen prince princess billionaire "
    "businessman businesswoman ceo operative operatives organizer owner head member premier chancellor deputy "
    "sheriff detective superintendent coach player captain doctor physician nurse epidemiologist biologist "
    "psychologist sociologist scientist meteorologist forecasters advocates advocate legislator lawmakers "
    "treasurer coordinator administrator envoy actor actress singer comedian journalist writer novelist filmmaker "
    "producer retiree farmer veteran voter voters resident residents witness witnesses people insiders "
    "republican democrat congressmen senators governors campaigner speaker whip"
)
# What kind of body may speak.
INSTITUTIONS = word_set(
    "campaign court committee department ministry government agency company newspaper office administration team "
    "poll survey study report commission council union party group network magazine website tribunal panel embassy "
    "memo statement foundation institute institution center university"
)
# What may stand before a role.
ROLE_MODIFIERS = word_set(
    "former senior deputy top prime chief foreign finance defense defence communications press campaign state "
    "interior security assistant associate vice then acting longtime leading veteran ex retired white black "
    "democratic republican conservative liberal house senate party government police fire board city county district "
    "policy intelligence health trade justice law election union company white-collar majority minority first new "
    "old young lead opposition supreme high district radio television tv talk news media research science history "
    "economics law-enforcement fellow fund-raising program executive managing general co second third american "
    "russian british french german chinese israeli iranian turkish ukrainian immigration transportation treasury "
)
# Nouns of doers end so ....
ROLE_SUFFIXES = ("ists", "ist", "ors", "ers", "ees", "ants", "ians", "cians", "yee")
# ... and these others too.
ROLE_SUFFIX_EXCEPTIONS = word_set(
    "others numbers letters papers powers orders matters figures errors fears tears years factors doors"
)
# Adjectives that stand before roles end so.
MODIFIER_SUFFIXES = ("al", "ary", "ic", "ive", "ity", "ese", "ian")
# What stands before a name without being part of it.
TITLES = word_set(
    "Mr Mrs Ms Mx Miss Dr Prof Sir Dame Lord Lady Sen Rep Gov Lt Gen Col Maj Capt Cmdr Adm Rev Sgt Hon Sens Reps "
    "President Senator Senators Representative Governor Secretary Minister Premier Chancellor Speaker Justice Judge King "
    "Queen Prince Princess Pope Cardinal Bishop Archbishop Father General Admiral Colonel Major Captain Sheriff Mayor "
    "Chairman Chairwoman Chair Chief Director Congressman Congresswoman Professor Commissioner Ambassador Leader "
    "Attorney Officer Sergeant Detective Spokesman Spokeswoman Republican Democrat Republicans Whip Deputy Lieutenant "
    "Commander CEO CFO COO MP MEP Rabbi Imam Ayatollah Sheikh Sultan Emperor Duke Duchess Coach Reverend Pastor Vice Prime"
)
