"""Patterns over the tags of a sentence (`index.attribution.token_classes.Tag`) that name who says it.

Each pattern is an ordinary regular expression over a string with one letter per word; the comment above it
has words that it matches. Q stands for words in quotation marks, and commas, colons and dashes for
themselves. Repetitions are bounded, so that matching stays linear in the length of a sentence.
"""

import re

# ---- parts of patterns

# A name with its titles and particles: "Senator Jane Roe", "von der Leyen", "Bank of the North",
# "Roe and Poe"; whole, never from its middle.
_NAME = r"(?<![NTp])(?:[TN]|(?<!P)p{1,2}(?=N))(?:[TN]|p{1,3}N|od?N|c(?=[TN]{1,3}))*"
# A role and what describes it: "spokesman", "former Acme finance director".
_ROLE_BEFORE = r"(?:(?<![NTp])N{0,2}p{1,2}(?=N{0,3}r|N{0,2}P))?(?:[NPme]|(?<=[NP])x){0,5}r"
# A name, or a name behind its role: "Jane Roe", "the Acme spokesman John Poe", "former President Roe",
# "Acme's Jane Roe".
_PERSON = rf"d?(?:(?P<before>{_ROLE_BEFORE})|m{{1,2}}(?=T)|[NT]{{0,4}}P(?=T*NN))?(?P<name>{_NAME})"
# A role without a name: "the senator", "one of the lawyers", "a spokesman for the Acme company", "El Salvador's
# chief executive", "the mayor of Elm and Kell", "the head of the Department of Health and Human Services".
_ROLE = (
    r"(?P<role>(?:do)?d?(?:T{1,2}(?=N{0,2}P)|(?<![NTp])N{0,2}p{1,2}(?=N{0,2}P))?(?!(?<=[NPp])[NP](?<!pP))"
    r"[mNPxe]{0,4}r{1,2}(?:x?[of](?!D)d?[mNPTrexDup]{1,6}){0,2}(?:(?:(?<=NoN)|(?<=NoNN))cN{1,3}|(?<=N)cN(?!N))?)"
)
# An institution without a name of its own: "the Acme campaign", "the Ohio health department".
_INSTITUTION = r"(?P<institution>d?[mu]{0,2}(?<![NTPp])[NPT]{1,5}m{0,2}x?[er]?e)"
# Whoever may speak; the groups tell of which kind it is, "pronoun" ("she") among them.
_SUBJECT = rf"(?:(?P<pronoun>h)|{_INSTITUTION}|{_PERSON}|{_ROLE})"
# What may stand between a subject and its verb, set off by marks: "(R)", ", the mayor of Oslo,", "- 42 -".
_ASIDE = (
    r"(?:\([^()]{1,12}\))?(?:,(?![cCQ])[^,.:;]{1,25}(?:,[^,.:;Q]{1,16}){0,3}(?:,|(?<=Q))|-[^-.:;Q]{1,16}-)"
    r"|\([^()]{1,12}\)"
)
# The same without marks: "also", "on Monday", "in a new statement".
_BETWEEN = r"(?:a|f?d?D|f[dP]?m{0,2}[xmeD]{1,2}(?=a*[CLMH]))*+"
# Any tag that goes on a description: none of a pronoun, a verb, or a mark.
_DESCRIPTIVE = r"[^,.:;QwhbkVLHaCMGi()-]"

# ---- who says the sentence

# A subject and its verb: "Jane Roe, the mayor, said", "she criticised", "the aide reports that", "Roe added:
# Q", "Roe is saying", "Roe saying that". No preposition, possessive or "is" stands before: "of Jane Roe".
SUBJECT_THEN_VERB = re.compile(
    rf"(?<![foPbp])(?<![fo]d){_SUBJECT}(?P<aside>{_ASIDE})?{_BETWEEN}"
    r"(?:(?P<saying>[CL])|(?P<reacting>M)|(?P<ambiguous>H)(?=[wQdNPThi])|(?P<quoting>V)(?=[Q:,.w]|fG|$)"
    r"|b(?P<progressive>G)|(?<=[Nh])(?P<gerund>G)(?=[wQdNPThi]))"
)
# A verb and its subject: "Q said Jane Roe, the mayor.", "..., says the senator".
VERB_THEN_SUBJECT = re.compile(
    rf"(?:^|(?P<quote>Q,?)|(?P<comma>[,-]))a?(?P<saying>[CHV])(?:{_SUBJECT})"
    r"(?:(?P<aside>,[^,.:;Q]{1,22})(?=[,.;-]|$)|(?(quote)|(?=[,.:;Qfows(-]|$)))"
)
# "according to Jane Roe", "according to a report by the senator"; "of" behind a name is part of it.
ACCORDING_TO = re.compile(
    rf"K(?:d?(?:[mxeNu]{{0,3}}[mxeu])?[of]|d?[mx]{{1,2}}(?=[NPT]))?{_SUBJECT}(?P<aside>,[^,.:;Q]{{1,22}}(?=[,.;-]|$))?"
)
# "according to Acme's campaign", "according to the mayor of Oslo's new office".
ACCORDING_TO_POSSESSIVE = re.compile(r"Kd?(?P<name>[NT]{0,4}P[mxeHN]?e)(?![mxeHN])")
# "said Monday by Jane Roe", "criticised by the senator"; the preposition must be "by".
PASSIVE = re.compile(rf"[CM][aD]{{0,3}}(?P<by>f){_SUBJECT}(?P<aside>{_ASIDE})?(?![mrexNPT])")
# ", with Jane Roe saying that"; the preposition must be "with".
WITH_SAYING = re.compile(rf"(?:,|-)(?P<with>f){_SUBJECT}(?P<aside>{_ASIDE})?(?P<saying>G)(?=[wQdNPThixm])")
# "Jane Roe on Monday: Q".
SUBJECT_COLON_QUOTE = re.compile(rf"^{_SUBJECT}(?P<aside>{_ASIDE})?[^,.:;QCMG]{{0,6}}:Q")
# The subject that a sentence opens with: "But in May, Jane Roe, the mayor, went".
OPENING_SUBJECT = re.compile(
    rf"^[kac]?,?(?:[fgks][^,.:;QCM]{{1,14}},)?{_SUBJECT}(?P<aside>{_ASIDE})?(?=(?:f?D)?[abcCLMHVGxw])"
)
# Behind such a subject, its second verb: "(Jane Roe) left early, saying that", "(...) left and said that";
# not "(...) left, her family said, adding that".
SECOND_VERB = re.compile(
    r"(?:(?!,d?[mNPTre]{1,6}[aD]{0,3}[CLV])[^hks;:Q]){0,60}?(?:(?:,|c)a*|eD?(?=G))(?P<saying>[GCLM])(?=[wQdNPThi]|[,:]Q)"
)
# The label of a turn in a dialogue: "JANE ROE: Thank you", "Jane Roe (Acme): Thank you". The three groups
# that match nothing are there because readers of a match ask for each group of a subject.
DIALOGUE_LABEL = re.compile(
    rf"^(?P<pronoun>(?!))?(?P<institution>(?!))?(?P<role>(?!))?{_PERSON}(?P<aside>\([^()]{{1,6}}\))?:(?![uN.]|$)"
)
# "It said", "But we also said".
PRONOUN_SAYS = re.compile(r"^(?:k,?)?(?P<pronoun>i)[aD]{0,3}(?P<saying>[CL])")
# Words that give a quotation to somebody, whoever that is: "The email said: Q", "Roe shot back, Q", "Q, the suit
# says.", "Q, an angry Roe retaliated".
QUOTE_FRAME = re.compile(
    r"^[^Q]*(?:[CLVHG][aD]{0,3}(?:[,:]|w)?|N[xa]{1,2}[,:])Q|Q,?[^Q:;]{0,8}[CVH][aD]{0,3}\.*$|Q,?d?[mx]{0,2}[TN]{1,3}[xa]{1,2}\.*$"
)
# What may stand behind the verb where a sentence ends: "also", "on Monday."
SENTENCE_END = re.compile(r"[afdDx]{0,4}\.*")

# ---- descriptions beside a name

# An aside that is a name: (the senator)", Jane Roe," and "- Jane Roe -".
APPOSED_NAME = re.compile(r"[,-](?P<name>(?:[TN]|p{1,2}(?=N))(?:[TN]|p{1,3}N)*)[,-]?")
# An aside that describes: (Jane Roe)", the mayor of Oslo,", "(Acme)".
DESCRIPTION_ASIDE = re.compile(
    r"[,(-](?P<description>(?:d|(?=[mNPerT]))(?:[NPmeTxu]|od?){0,8}?(?:r|T(?![TN]))"
    rf"(?:{_DESCRIPTIVE}|g){{0,12}}|N)(?=[,.)w-]|$)"
)

# ---- names of which only a part was read

# Before a name, the rest of a body's name: "The University of Ohio, (Roe)", "Bureau of Roe, Poe, (Doe and Foe)".
BODY_BEFORE = re.compile(r"^d?N{1,4}o[No]{1,6}(?:,N{1,4}){0,6},d?$")
# Before a name with "&", the rest of a firm's: "Smith, (Kell & Roth)", "spokesman for Smith, (Kell & Roth)".
FIRM_BEFORE = re.compile(r"(?:^|r|r[fo])d?N{1,3}(?:,N{1,3}){0,6},$")
# Behind a name, the rest of a firm's: "(Smith), Kell & Roth".
FIRM_BEHIND = re.compile(r"(?:,N{1,3}){0,6},N{3,7}")
# Behind a body's name, the rest of it: "(Bureau of Roe), Poe and Doe".
BODY_BEHIND = re.compile(r"(?:,N{1,3}){1,6},?cN")
# Before a single name, the rest of a place's or body's: "mayor of Brighton and (Hove)".
PLACE_BEFORE = re.compile(r"[of]d?N[No]{0,7}c$")
# The name of a body with "and", of which the rest stands in it: "the Centers for Disease Control and Prevention".
BODY_WITH_AND = re.compile(r"No[No]{1,6}cN+$")
# A body and its paper in one: "Bureau of Labor Statistics Consumer Price Index".
OVERLONG_NAME = re.compile(r"oN{5}")

# ---- patterns over the text itself

# What the dead do no more than die, right behind a name: "Jane Roe, the mayor, has died".
DEATH = re.compile(
    r"(?:(?:,[^,.;]{1,120}){1,3},)?\s+(?:has\s+|had\s+)?(?:died|passed\s+away|was\s+(?:found\s+dead|killed))\b"
)

# "OSLO, Norway (AP) —" at the start of a sentence.
DATELINE = re.compile(r"^[A-Z][A-Z.' ]{2,30}(?:,[^()—–\n-]{1,25})?(?:\([^()]{1,20}\)\s?)?(?:--|[—–-])(?=\s)")
# "(agreed) to buy".
INFINITIVE = re.compile(r"\s+(?:not\s+)?to\s[a-z]")
# From where somebody wrote the article, at its end: "reported from Oslo."
BYLINE_NOTE = re.compile(r"reported\s+from\s+[A-Z]")
# Any quotation mark: ", “, ``, ’’.
QUOTE_MARK = re.compile(r"[\"“”„«»]|''|``|’’|‘‘")
