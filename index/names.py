"""Words -> what part each can play in naming a person or a body: the small alphabet the patterns are written in.

A sentence becomes one letter per word (`NN,dmr,C` for "Jane Roe, the former mayor, said"), so that a pattern over
sentences is an ordinary regular expression over a short string.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

HIDDEN = "\x00"  # stands for every character between quotation marks


class Word(NamedTuple):
    """A word or mark of a text, where it stands, and its letter."""

    text: str
    start: int
    end: int
    letter: str


def _inflect(bases: str) -> frozenset[str]:
    """Return every form of regular English verbs but the one in -ing."""
    return frozenset(form for base in bases.split() for form in (base, *_tenses(base)))


def _stem(base: str) -> str:
    return base.removesuffix("e")


def _tenses(base: str) -> tuple[str, str]:
    if base.endswith("y") and base[-2] not in "aeo":
        return base[:-1] + "ies", base[:-1] + "ied"
    return base + ("es" if base.endswith(("ss", "ch", "sh", "x")) else "s"), _stem(base) + "ed"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REGULAR = (
    "accept acknowledge admit advise affirm agree allege announce answer argue ask assert assure boast "
    "caution cite claim clarify comment complain concede conclude confess confirm contend counter "
    "declare deny describe disclose emphasize emphasise estimate exclaim explain hint indicate "
    "insist instruct joke lament maintain muse note observe pledge point post predict proclaim promise quip "
    "recall recount reiterate remark reply report retort reveal signal speculate stress suggest "
    "summarize testify tweet urge vow warn wonder"
)
_REACTIONS = (
    "accuse apologize applaud attack blame blast chide condemn criticize criticise dare "
    "defend demand denounce deride dismiss dispute disavow echo endorse express fault hail invoke "
    "mock oppose praise propose question ridicule rebuke refuse reject scold slam tout "
    "thank voice welcome decline call assail bash bemoan decry lambast lambaste repudiate fault"
)
_OPINIONS = "believe hope"
_SAID = _inflect(_REGULAR) | _words(
    "stated stating say says said told tell tells wrote write writes quipped admitted recalled vowed hinted "
    "thought thinks think"
)
_REACTED = _inflect(_REACTIONS) | _inflect(_OPINIONS) | _words("slammed")
_NOUNS_TOO = _words(
    "report reports claim claims call calls note notes comment comments demand demands question questions attack "
    "attacks post posts promise promises answer answers remark remarks states estimate estimates tweet tweets "
    "hope hopes fear fears point points joke jokes signal signals fault "
    "faults pledge pledges welcome reply replies mention mentions voice voices blame counter express cite found finds show shows showed mention mentioned mentions predict projected projects"
)
_TELLING = _words(
    "told tell tells assured assure assures informed informs reminded reminds advised advises notified"
)
_ONLY_BEFORE_WORDS = _words(
    "add adds added continue continues continued began respond responded responds repeated shouted"
)
_ING = frozenset(
    _stem(base) + "ing" for base in f"{_REGULAR} {_REACTIONS} say tell write think".split()
) | _words("admitting slamming quipping")

_ROLES = _words(
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
_BODIES = _words(
    "campaign court committee department ministry government agency company newspaper office administration team "
    "poll survey study report commission council union party group network magazine website tribunal panel embassy "
    "memo statement spokesman tweet app foundation institute institution center university"
)
_MODIFIERS = _words(
    "former senior deputy top prime chief foreign finance defense defence communications press campaign state "
    "interior security assistant associate vice then acting longtime leading veteran ex retired white black "
    "democratic republican conservative liberal house senate party government police fire board city county district "
    "policy intelligence health trade justice law election union company white-collar majority minority first new "
    "old young lead opposition supreme high district radio television tv talk news media research science history "
    "economics law-enforcement fellow fund-raising program executive managing general co second third american "
    "russian british french german chinese israeli iranian turkish ukrainian immigration transportation treasury "
)
_ROLE_END = ("ists", "ist", "ors", "ers", "ees", "ants", "ians", "cians", "yee")
_NO_ROLES = _words(
    "others numbers letters papers powers orders matters figures errors fears tears years factors doors"
)
_MODIFIER_END = ("al", "ary", "ic", "ive", "ity", "ese", "ian")
_TITLES = _words(
    "Mr Mrs Ms Mx Miss Dr Prof Sir Dame Lord Lady Sen Rep Gov Lt Gen Col Maj Capt Cmdr Adm Rev Sgt Hon Sens Reps "
    "President Senator Senators Representative Governor Secretary Minister Premier Chancellor Speaker Justice Judge King "
    "Queen Prince Princess Pope Cardinal Bishop Archbishop Father General Admiral Colonel Major Captain Sheriff Mayor "
    "Chairman Chairwoman Chair Chief Director Congressman Congresswoman Professor Commissioner Ambassador Leader "
    "Attorney Officer Sergeant Detective Spokesman Spokeswoman Republican Democrat Republicans Whip Deputy Lieutenant "
    "Commander CEO CFO COO MP MEP Rabbi Imam Ayatollah Sheikh Sultan Emperor Duke Duchess Coach Reverend Pastor Vice Prime"
)
_DAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today yesterday earlier later week month year afternoon morning night "
    "evening mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec last"
)
_LETTERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("h", _words("he she they")),
    ("i", _words("i we you it me us")),
    ("w", _words("who which that whom whose where what how why")),
    (
        "d",
        _words(
            "a an the this these those some many several most two three four five his her their its my our your "
            "one another other both all any"
        ),
    ),
    ("o", _words("of")),
    (
        "f",
        _words(
            "for in at from on by to with about into over under against among near during through between "
            "outside inside across around toward towards upon"
        ),
    ),
    ("c", _words("and & or")),
    (
        "k",
        _words(
            "but however meanwhile yet so still then nor not-only even just only here there perhaps indeed instead "
            "moreover furthermore besides thus hence nevertheless nonetheless no yes ok more most related photos read "
            "watch update"
        ),
    ),
    (
        "s",
        _words("as when while because after before since if though although until unless whether once than"),
    ),
    (
        "a",
        _words(
            "has have had also did didn't didn’t does doesn't doesn’t not never now would wouldn't wouldn’t "
            "hasn't hasn’t again themselves himself herself itself first once later earlier often too always "
            "immediately further went further itself will won't won’t do don't don’t has since"
        ),
    ),
    ("b", _words("is are was were be been being am isn't isn’t wasn't wasn’t")),
    ("p", _words("von van der den de del della la le bin bint al ibn du di da dos el ben abu ter ten y")),
    ("D", _DAYS),
)
_LETTER_OF = {word: letter for letter, words in reversed(_LETTERS) for word in words}
_MARKS = {",": ",", ":": ":", "(": "(", ")": ")", "—": "-", "–": "-", "-": "-", ";": ";", HIDDEN: "Q"}
_FIXED = (
    r"(?P<K>(?i:according\s+to|in\s+the\s+words\s+of))|"
    r"(?P<C>(?:was|were|is|been)\s+quoted\s+(?:as\s+)?saying|(?:went|goes|go)\s+on\s+to\s+(?:say|add)|"
    r"(?:made|makes)\s+(?:it\s+)?clear|took\s+to\s+(?:Twitter|Facebook|X|Instagram|social\s+media)|"
    r"pointed\s+out|points\s+out)|"
    r"(?P<T>(?:Secretary|Minister|Secretaries)\s+of\s+(?:the\s+)?[A-Z]\w+|Prime\s+Minister|Vice\s+President|"
    r"Attorney\s+General|(?:Crown|Chief)\s+(?:Prince|Justice)|St\.(?=\s[A-Z]))(?![\w'’])"
)
_WORD = re.compile(
    rf"{HIDDEN}+|{_FIXED}|[A-Z]-[A-Z]\w*\.?(?:\w\.)?|(?:[^\W\d_]\.){{2,4}}(?:-[^\W\d_]\w*\.?)*|[^\W_]+(?:['’.&@\-‑][^\W_]+)*(?:['’](?=\s[A-Za-z]))?|\S"
)
_CONTRACTED = re.compile(r"(?<=[a-z])['’](?:ve|d|ll|m|re)$|(?<=he|it)['’]s$|(?<=that)['’]s$")
_LONG_WORD = re.compile(r"[^\W\d_]\w{3,}")
_ABBREVIATED = _words(
    "Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Lt Gen Col Maj Capt Cmdr Adm Rev Sgt Hon St Jr Sr"
)


def words(text: str, start: int = 0) -> list[Word]:
    """Return the words and marks of `text` with their letters; positions count from `start`. Linear time.

    Letters: N name, T title, P possessive name, r role ("spokesman"), e body ("campaign"), m modifier
    ("former"), p name particle ("von"), d determiner, h he/she/they, i other pronoun, w relative pronoun, s subordinating conjunction, C verb of
    saying, L verb of telling somebody, M verb of reacting, H either verb or noun, V verb of saying only before words said, G their -ing form, K "according to", a auxiliary or adverb,
    b form of "be", f preposition, o "of", c "and", k other conjunction or opening word, D day or time, u number, Q quoted words,
    x anything else; commas, colons, dashes and brackets stand for themselves.
    """
    found: list[Word] = []
    headline = _is_headline(text)
    for match in _WORD.finditer(text):
        word = match.group()
        if word == "." and found and _takes_stop(found[-1]) and found[-1].end == start + match.start():
            found[-1] = found[-1]._replace(text=found[-1].text + ".", end=found[-1].end + 1)
            continue
        if word == "," and found and found[-1].text == "." and len(found) > 1:
            found[-2:] = [found[-2]._replace(text=found[-2].text + ".", end=found[-1].end)]
        letter = match.lastgroup or _letter(word, not found or found[-1].letter in "Q:;.", headline)
        found.append(Word(word, start + match.start(), start + match.end(), letter))
    return found


def _takes_stop(word: Word) -> bool:
    return word.text in _ABBREVIATED or (len(word.text) == 1 and word.text.isupper())


def _is_headline(text: str) -> bool:
    """Say whether Most Words Begin With a Capital."""
    initials = [match.group()[0] for match in _LONG_WORD.finditer(text[:400])]
    return len(initials) > 3 and sum(map(str.isupper, initials)) > 0.7 * len(initials)


def _letter(word: str, first: bool, headline: bool) -> str:
    """Return the letter of one word; `first` says that a capital may only be the sentence's."""
    if word[0] == HIDDEN:
        return "Q"
    if not word[0].isalnum():
        return _MARKS.get(word, ".")
    if any(map(str.isdigit, word)):
        return "u"
    lower = _CONTRACTED.sub("", word.lower())
    capital = word[0].isupper()
    if (
        capital
        and not first
        and (lower in _LETTER_OF and lower not in _DAYS)
        and lower not in ("i", "he", "she")
    ):
        return "p" if _LETTER_OF[lower] == "p" else _LETTER_OF[lower]
    if lower in _LETTER_OF:
        return _LETTER_OF[lower]
    if capital:
        return _capital(word, lower, first, headline)
    return _common(lower)


def _capital(word: str, lower: str, first: bool, headline: bool) -> str:
    if word.endswith(("'s", "’s", "s'", "s’")):
        return "P"
    if word in _TITLES:
        return "T"
    verb = _verb(lower) if headline or first else ""
    if verb or (first and (lower in _ROLES or lower.endswith("ing"))):
        return verb or ("r" if lower in _ROLES else "g")
    return "a" if lower.endswith("ly") and first else "N"


def _common(lower: str) -> str:
    if lower in _ROLES:
        return "r"
    if lower in _BODIES:
        return "e"
    verb = _verb(lower)
    if verb:
        return verb
    if lower.endswith(_ROLE_END) and lower not in _NO_ROLES:
        return "r"
    if lower.endswith("ly"):
        return "a"
    if lower.endswith("ing"):
        return "g"
    return "m" if lower in _MODIFIERS or lower.endswith(_MODIFIER_END) or "-" in lower else "x"


def _verb(lower: str) -> str:
    if lower in _NOUNS_TOO:
        return "H"
    if lower in _TELLING:
        return "L"
    if lower in _ONLY_BEFORE_WORDS:
        return "V"
    if lower in _SAID:
        return "C"
    if lower in _REACTED:
        return "M"
    return "G" if lower in _ING else ""


def letters(found: Iterable[Word]) -> str:
    """Return the letters of words as one string: letter i is word i's."""
    return "".join(word.letter for word in found)
