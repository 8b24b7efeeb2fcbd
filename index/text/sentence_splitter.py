"""An article's text -> the spans of its sentences."""

import re
from collections.abc import Iterator

import sentencex

from index.articles import Span

# Raise it when what is split, cleaned or left out changes: `verbatim eval` then indexes its corpus anew.
SPLITTER_VERSION = 1
MAX_SENTENCE_LENGTH = 600  # characters; more is not a sentence a person would be shown
_QUOTED = 400  # characters; a quotation of several sentences stays whole up to here
_WINDOW = 4000  # characters given to sentencex at once: nested quotes cost it their square

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DOUBLE_QUOTE = re.compile(r'["“”„«»]')
_LETTER = re.compile(r"[^\W_]")
_BULLETS = re.compile(r"\s*(?:(?:[•►▪●◦‣∙■□▶➤➢✓✔☛]\s*)+|[*–—·-]+\s+(?=\S))")
# What belongs to the sentence before although a full stop came first: closing quotes, brackets, notes.
_CLOSING = re.compile(r'(?:[”’»)\]]|["\'](?=\s|$)|\[\d{1,3}\])+(?=\s|$)')
_OPENING = re.compile(r'\s(["“„«‘])\s*$')
# Ends sentencex does not see: what the text must hold for one to be possible, and where it is.
_ENCLOSED_END = re.compile(r'[.!?…]["”’]?(?:[)\]]["”’]?|\[\d{1,3}\])\s+(?=["“‘(\[]?[A-Z])')
_WIDE_END = (
    re.compile(  # in scripts that need no space after it; Khmer has one, but sentencex does not know it
        r"(?<![。！？｡।॥۔؟።។៕])[。！？｡।॥۔؟።។៕]++[」』”’）]*+\s*(?=[^\s」』”’）。！？｡।॥۔؟።។៕])"
    )
)
_GERMAN_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_AFTER_ORDINAL = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhunderts?|"
    r"(?:Bundes)?[Ll]iga|Weltkriegs?|Spieltag|Platz|Mal|Tag|Geburtstag|Jahrestag)\b"
)
_MAY_END = re.compile(r"\b(?:in|last|this|since|until|by|of|late|early|next|on|every)\sMay\.\s+(?=[A-Z])")
_CAPITALS_END = re.compile(r"\b(?:DC|on X)\.\s+(?=[\"“]?[A-Z])")
_COUNTRY_END = re.compile(  # "it hits the U.S. Trump has said so", but "it hits the U.S. Senate"
    r"\b(?!(?:the|an?|former|current|top|all|many|most|some|two|other|new|every)\s)[a-z]+\s(?:the\s)?U\.[SK]\.\s+"
    r"(?!(?:Air|Ambassador|Amateur|Army|Attorney|Bancorp|Bank|Capitol|Census|Chamber|Coast|Congress|Constitution|"
    r"Consulate|Court|Customs|Embassy|Fed|Forces?|Government|Homeland|House|Marines?|Marshals?|Masters|Military|Mint|"
    r"Navy|News|Open|Parliament|President|Representatives?|Secretary|Senate|Senators?|Soccer|Space|State|Steel|Supreme|"
    r"Treasury|Virgin)\b)(?=[A-Z][\w’'-]+\s(?:has|had|is|was|are|were|did|does|said|says|will|would)\b)"
)
_MISSED = (
    (re.compile(r"[)\]]"), _ENCLOSED_END),
    (re.compile(r"[。！？｡।॥۔؟።។៕]"), _WIDE_END),
    (re.compile(r"May\."), _MAY_END),
    (re.compile(r"(?:DC|X)\."), _CAPITALS_END),
    (re.compile(r"U\.[SK]\."), _COUNTRY_END),
)
_CLAUSE = re.compile(r"[,;:،؛、，；：—–]\s?")

_BEFORE_NAME = re.compile(
    r"(?:^|[\s(\[\"“‘—–-])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gov|Lt|Sen|Sens|Rep|Reps|Gen|Col|Maj|Capt|Cmdr|Cpl|Sgt|Pvt|Adm|"
    r"Rev|Fr|Hon|Pres|Supt|Det|Insp|Amb|Atty|vs|cf|www|Msgr|Mme|Mlle|Messrs|डॉ)\.$"
)
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[\"“‘—–-])(?:No|Nos|Art|Sec|Fig|Vol|Ch|pp?|approx|ca|circa|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|"
    r"Oct|Nov|Dec|Rs|Ext|Op)\.$",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(r"(?:^|[\s(\[\"“‘—–-])((?:[A-Z]\.){1,3}|St\.|Ste\.|Mt\.|Ft\.)$")
_NOT_NAMES = frozenset(
    {"U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "L.A.", "N.Y.", "N.J.", "A.M.", "P.M.", "U.S.A.", "I."}
)
_HOUR = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\.|(?:Jan|Feb|March|April|"
    r"May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?\s\d|[A-Z]{1,2}[SD]?T\b|GMT|UTC|CEST|Eastern|Central|Pacific|Mountain|"
    r"Atlantic|Greenwich|British|[A-Z][a-z]+\s[Tt]ime\b)"
)
_SHORT_FORM = re.compile(r"\b[A-Z]\.$")
_BULLET = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]$")
_FUNCTION_WORD = re.compile(
    r"(?:The|An?|He|She|It|They|We|You|I|This|That|These|Those|There|His|Her|Their|Its|Our|My|Your|In|On|At|By|For|"
    r"From|With|As|But|And|Or|So|If|When|While|After|Before|Since|What|Who|Why|How|Where|Not?|Yes)\b"
)
# "iPhone" and "eBay" may begin a sentence; a comma or a dash may not.
_SMALL = re.compile(r"[a-zß-öø-ÿ](?![A-Z])|[;,]|[—–-]+\s")
_ASKED = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|told|added|adds|wrote|writes|tweeted|replied|shouted|yelled|"
    r"exclaimed|joked|quipped|wondered|continued|cried|recalled)\b"
)
_WIDE_SAID = re.compile(
    r"と|[^。！？，、]{1,12}(?:说|說|表示|称|稱|强调|強調|指出)[。，]"
)  # after a quotation
_OPEN_ENDED = re.compile(r'[?!…]["”’]+$')


def split_sentences(text: str, language: str | None = None) -> list[Span]:
    """Return the sentences of an article's text as spans: in order, apart, without white space around them.

    A line break always ends a sentence, since headlines and paragraphs are lines of their own. Within a line
    sentencex proposes and our rules mend. A quotation of several sentences stays whole up to 400 characters.
    No span is longer than `MAX_SENTENCE_LENGTH` characters. Left out are white space, the bullet a line begins with, and
    what has neither letter nor digit. `language` (ISO 639-1, English if unknown) says which abbreviations there
    are. Linear time.
    """
    text = _SURROGATE.sub("\ufffd", text)
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        bullets = _BULLETS.match(text, *line.span())
        start = first = bullets.end() if bullets else line.start()
        for end in _ends(text[first : line.end()], language or "en"):
            spans.extend(_bounded(text, start, first + end))
            start = first + end
    return spans


def _ends(line: str, language: str) -> list[int]:
    """Return where the sentences of one line end, the line's own end last."""
    ends: list[int] = []
    start = 0
    for end in _mended(line, _proposed(line, language), language):
        if end - start > _QUOTED and _DOUBLE_QUOTE.search(line, start, end):
            part = line[start:end]
            bare = _proposed(_DOUBLE_QUOTE.sub(" ", part), language)
            ends.extend(start + cut for cut in _mended(part, bare, language))
        else:
            ends.append(end)
        start = end
    return ends


def _proposed(line: str, language: str) -> Iterator[int]:
    """Yield the sentence ends sentencex sees, and those it never looks for, window by window."""
    start = 0
    while start < len(line):
        window = line[start : start + _WINDOW]
        ends = _cuts(window, language)
        if start + len(window) < len(line) and len(ends) > 1:
            ends.pop()  # its end is not in sight yet: look again from its start
        yield from (start + end for end in ends)
        start += ends[-1]


def _cuts(window: str, language: str) -> list[int]:
    ends = {
        match.end() for sign, pattern in _MISSED if sign.search(window) for match in pattern.finditer(window)
    }
    end = 0
    for piece in sentencex.segment(language, window):
        end += len(piece)
        ends.add(end)
    ends.add(len(window))
    return sorted(ends)


def _mended(line: str, proposed: Iterator[int], language: str) -> list[int]:
    """Drop the ends that are none, and let quotes and brackets stay with what they enclose."""
    ends: list[int] = []
    start = 0
    for end in proposed:
        cut = end if end == len(line) else _with_its_marks(line, start, end)
        if cut < len(line) and _goes_on(line[start:cut], line[cut : cut + 80], language):
            continue
        if cut > start:
            ends.append(cut)
            start = cut
    return ends


def _with_its_marks(line: str, start: int, end: int) -> int:
    """Move an end past marks that close the sentence before, and before a mark that opens the next.

    A straight quotation mark does not show its side: after white space it is taken to open.
    """
    opening = _OPENING.search(line, max(start, end - 4), end)
    if opening:
        return opening.start(1)
    closing = _CLOSING.match(line, end)
    if closing and (closing[0][0] not in "\"'" or not line[end - 1].isspace()):
        return closing.end()
    return end


def _goes_on(before: str, after: str, language: str) -> bool:
    """Say whether a proposed end is none: an abbreviation, a bullet, a title, a quotation's attribution."""
    if _SHORT_FORM.search(before[-3:]) and after[0].isupper():
        return True  # "R.|I.": no white space between
    before, after = before.strip(), after.lstrip()
    if not before or not after:
        return False
    if _SMALL.match(after) or _BULLET.match(before) or _BEFORE_NAME.search(before[-16:]):
        return True
    if language == "de" and _GERMAN_ORDINAL.search(before[-4:]) and _AFTER_ORDINAL.match(after):
        return True
    if after[0].isdigit() and _BEFORE_NUMBER.search(before[-16:]):
        return True
    if before[-1] in "」』”" and _WIDE_SAID.match(after):
        return True
    if _OPEN_ENDED.search(before[-4:]) and _ASKED.match(after):
        return True
    if _HOUR.search(before[-5:]) and _WHEN.match(after):
        return True
    part = _PART_OF_NAME.search(before[-10:])
    return bool(part and part[1] not in _NOT_NAMES and after[0].isupper() and not _FUNCTION_WORD.match(after))


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretch as one trimmed span, or as several when it is too long to show."""
    while start < end:
        cut = (
            end
            if end - start <= MAX_SENTENCE_LENGTH
            else _clause_end(text, start, start + MAX_SENTENCE_LENGTH)
        )
        piece = text[start:cut]
        if _LETTER.search(piece):
            left = len(piece) - len(piece.lstrip())
            yield Span(start + left, start + len(piece.rstrip()))
        start = cut


def _clause_end(text: str, start: int, limit: int) -> int:
    """Return the last good place to cut before `limit`: a clause's end, else a word's, else the limit."""
    middle = start + (limit - start) // 2
    clause = max((match.end() for match in _CLAUSE.finditer(text, middle, limit)), default=0)
    if clause:
        return clause
    space = max((match.end() for match in re.finditer(r"\s+", text[middle:limit])), default=0)
    return middle + space if space else limit
