"""Where sentences end and where they do not: the patterns of `index.text.sentence_splitter`.

sentencex proposes ends; these add those it does not see and take back those that are none. They were collected by
reading what was split wrongly in articles. Above each stands what it is for, with texts that it matches.
"""

import re

# A line, whichever way it is ended: "One line".
LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Half of a character, which sentencex cannot encode (U+D83D).
SURROGATE = re.compile(r"[\ud800-\udfff]")
# A double quotation mark of any language: "„".
DOUBLE_QUOTE = re.compile(r'["“”„«»]')
# A letter or a digit: "7".
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# The bullets or dashes that a line begins with: "• Milk", "– She left".
LINE_BULLET = re.compile(r"\s*(?:(?:[•►▪●◦‣∙■□▶➤➢✓✔☛]\s*)+|[*–—·-]+\s+(?=\S))")
# What belongs to the sentence before although a full stop came first: closing quotes, brackets, numbers of
# notes: "” ", ")", "[12] ".
CLOSING_MARKS = re.compile(r'(?:[”’»)\]]|["\'](?=\s|$)|\[\d{1,3}\])+(?=\s|$)')
# A quotation mark that opens what comes next: " “".
OPENING_QUOTE = re.compile(r'\s(["“„«‘])\s*$')

# Sentence ends that sentencex does not see.
# After a sentence in brackets or the number of a note: "(She was late.) He left", "He left.[3] She stayed".
ENCLOSED_END = re.compile(r'[.!?…]["”’]?(?:[)\]]["”’]?|\[\d{1,3}\])\s+(?=["“‘(\[]?[A-Z])')
# In scripts that need no space after the mark; Khmer has one, but sentencex does not know it: "他走了。她留下",
# "។ក".
UNSPACED_END = re.compile(
    r"(?<![。！？｡।॥۔؟።។៕])[。！？｡।॥۔؟።។៕]++[」』”’）]*+\s*(?=[^\s」』”’）。！？｡।॥۔؟።។៕])"
)
# Where sentencex takes May for the verb: "It began in May. She left".
MONTH_OF_MAY_END = re.compile(
    r"\b(?:in|last|this|since|until|by|of|late|early|next|on|every)\sMay\.\s+(?=[A-Z])"
)
# After capitals that sentencex takes for an initial: "a march in DC. Police said", "she wrote on X. He".
CAPITALS_END = re.compile(r"\b(?:DC|on X)\.\s+(?=[\"“]?[A-Z])")
# After a country's initials where the next word is a subject, not a body of that country ("it hits the U.S.
# Senate"): "it hits the U.S. Trump has said so".
COUNTRY_END = re.compile(
    r"\b(?!(?:the|an?|former|current|top|all|many|most|some|two|other|new|every)\s)[a-z]+\s(?:the\s)?U\.[SK]\.\s+"
    r"(?!(?:Air|Ambassador|Amateur|Army|Attorney|Bancorp|Bank|Capitol|Census|Chamber|Coast|Congress|Constitution|"
    r"Consulate|Court|Customs|Embassy|Fed|Forces?|Government|Homeland|House|Marines?|Marshals?|Masters|Military|Mint|"
    r"Navy|News|Open|Parliament|President|Representatives?|Secretary|Senate|Senators?|Soccer|Space|State|Steel|Supreme|"
    r"Treasury|Virgin)\b)(?=[A-Z][\w’'-]+\s(?:has|had|is|was|are|were|did|does|said|says|will|would)\b)"
)
# These ends, each with the cheap search that says whether its pattern is worth running.
MISSED_ENDS = (
    (re.compile(r"[)\]]"), ENCLOSED_END),
    (re.compile(r"[。！？｡।॥۔؟።។៕]"), UNSPACED_END),
    (re.compile(r"May\."), MONTH_OF_MAY_END),
    (re.compile(r"(?:DC|X)\."), CAPITALS_END),
    (re.compile(r"U\.[SK]\."), COUNTRY_END),
)
# Where a sentence too long to show may be cut: ", ", "、".
CLAUSE_MARK = re.compile(r"[,;:،؛、，；：—–]\s?")

# Ends that sentencex sees and that are none.
# A German ordinal, which has a full stop: "am 3."
GERMAN_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
# What it counts: "Oktober", "Bundesliga".
AFTER_GERMAN_ORDINAL = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhunderts?|"
    r"(?:Bundes)?[Ll]iga|Weltkriegs?|Spieltag|Platz|Mal|Tag|Geburtstag|Jahrestag)\b"
)
# A title or another abbreviation that never ends a sentence: "told Mrs."
ABBREVIATION_BEFORE_NAME = re.compile(
    r"(?:^|[\s(\[\"“‘—–-])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gov|Lt|Sen|Sens|Rep|Reps|Gen|Col|Maj|Capt|Cmdr|Cpl|Sgt|Pvt|Adm|"
    r"Rev|Fr|Hon|Pres|Supt|Det|Insp|Amb|Atty|vs|cf|www|Msgr|Mme|Mlle|Messrs|डॉ)\.$"
)
# An abbreviation that ends none when a number follows: "see No.", "on Jan."
ABBREVIATION_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[\"“‘—–-])(?:No|Nos|Art|Sec|Fig|Vol|Ch|pp?|approx|ca|circa|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|"
    r"Oct|Nov|Dec|Rs|Ext|Op)\.$",
    re.IGNORECASE,
)
# Initials, or an abbreviation within a name, that end none when a name follows: "told J. R.", "in St."
INITIALS = re.compile(r"(?:^|[\s(\[\"“‘—–-])((?:[A-Z]\.){1,3}|St\.|Ste\.|Mt\.|Ft\.)$")
# An abbreviation within the name of an office or a firm, that ends none when more of the name follows: "the Parks &
# Rec.", "Eng. & Tech."
ABBREVIATION_IN_NAME = re.compile(
    r"(?:^|[\s(\[\"“‘—–-])(?:Acad|Admin|Bd|Comm?|Dept|Econ|Educ|Eng|Intl|Mfg|Natl?|Rec|Serv)\.$|"
    r"[A-Z][a-z]{1,5}\.\s&\s(?!(?:Co|Corp|Inc|Ltd|Sons)\.)[A-Z][a-z]{1,5}\.$"
)
# Initials that belong to no person, so that a sentence may end with them (after `INITIALS`).
ACRONYMS = frozenset(
    {"U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "L.A.", "N.Y.", "N.J.", "A.M.", "P.M.", "U.S.A.", "I."}
)
# An hour: "at 4 p.m."
AM_OR_PM = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
# What goes on after it: a day, a date or a time zone: "Thursday", "Aug. 4", "GMT", "London time".
DAY_OR_TIME_ZONE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\.|(?:Jan|Feb|March|April|"
    r"May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?\s\d|[A-Z]{1,2}[SD]?T\b|GMT|UTC|CEST|Eastern|Central|Pacific|Mountain|"
    r"Atlantic|Greenwich|British|[A-Z][a-z]+\s[Tt]ime\b)"
)
# A letter with a full stop: "R."
SINGLE_LETTER = re.compile(r"\b[A-Z]\.$")
# The number of an item of a list, alone: "1.", "(b)", "iv."
LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]$")
# A word that begins a sentence rather than a surname: "The", "When".
FUNCTION_WORD = re.compile(
    r"(?:The|An?|He|She|It|They|We|You|I|This|That|These|Those|There|His|Her|Their|Its|Our|My|Your|In|On|At|By|For|"
    r"From|With|As|But|And|Or|So|If|When|While|After|Before|Since|What|Who|Why|How|Where|Not?|Yes)\b"
)
# What cannot begin a sentence, a small letter, a comma or a dash: "and left", ", but", "— she said". "iPhone"
# and "eBay" can.
CONTINUATION = re.compile(r"[a-zß-öø-ÿ](?![A-Z])|[;,]|[&+=/](?=\s)|[—–-]+\s")
# Who said what a quotation holds: "Jane Roe asked".
ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|told|added|adds|wrote|writes|tweeted|replied|shouted|yelled|"
    r"exclaimed|joked|quipped|wondered|continued|cried|recalled)\b"
)
# The end of a quotation that is a question or a call, which may go on with who said it: "Who?”".
CLOSED_QUESTION = re.compile(r'[?!…]["”’]+$')
# The same in Chinese and Japanese, after the closing mark: "と話した", "他说。".
CJK_ATTRIBUTION = re.compile(r"と|[^。！？，、]{1,12}(?:说|說|表示|称|稱|强调|強調|指出)[。，]")
