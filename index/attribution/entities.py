"""Who a name is within its article: its longest form, its description, whether "she" may stand for it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from index.articles import Span
from index.attribution.reporting_patterns import DESCRIPTION_ASIDE
from index.attribution.sentence_attribution import Mention, MentionType, strip_determiner
from index.attribution.tag_corrections import NAME_SUFFIXES
from index.attribution.token_classes import tag
from index.text.gazetteer import COUNTRY
from index.text.word_lists import load_words

# All judged by reading articles; none is fitted.
_MAX_OCCURRENCES = 24  # places of a name that are looked at; more tell nothing new
_CONTEXT_CHARS = 200  # characters on either side of such a place in which a description stands
_FORENAME_CHARS = (
    60  # characters before a last name in which the first names stand, or after a role its holder
)
_GENDER_CHARS = 30  # characters before a last name in which "Mr" or "Mrs" tells of "he" or "she"
_WORD_CHARS = 40  # characters before a name in which the one word before it stands
_ROLE_LOOKBACK_CHARS = 6000  # characters before "the senator" searched for who that is
_DOMINANCE = 3  # the commonest first name of a last name stands for it if so many times as common as the next

# ---- patterns over the text

# The last word of a name: "Roe" of "Jane Roe", "O'Brien".
_LAST_WORD = re.compile(r"[^\W_][\w'’.\-]*$")
# The noun of a role: "spokesman" of "the Acme spokesman".
_HEAD_NOUN = re.compile(r"[^\W\d_]+$")
# The mark that opens an aside behind a name: ", the mayor", " (R)", " — a".
_ASIDE_MARK = re.compile(r"\s?[,(—–-]")
# A title that is a description by itself: "Senator", "Prime Minister"; not "Mr", "Sen.".
_FULL_TITLE = re.compile(r"(?!(?:Mrs?|Ms|Mx|Miss|Dr|Sir|St)\b)[^\W_].*[^.]$")
# An institution by its form: "CNN", "Example.com"; not the "III" of "Roe III".
_ACRONYM = re.compile(r"\b(?![IVX]+\b)[A-Z]{2,6}\b|\w\.\w{2,}")
# A description that tells nothing: "chief", "senators", "two officers"; but "spokesman" and "senator" tell.
_BARE_ROLE = re.compile(
    r"(?!\w*(?:man|woman|person|tor|nor|sor|ist|[A-Z]-\w+)$)[^\W_]\w*|(?:.*\W)?\w+(?:ors|men|ers|tes)"
)
_DETERMINERS = load_words("attribution/determiners")
_INSTITUTION_WORDS = load_words("attribution/institution_name_words")
# "Acme Institute", "Supreme Court".
_INSTITUTION_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_INSTITUTION_WORDS))})\b")
# "Thousands of Oromos", "Bank of Oslo"; but "Jane Roe of Oslo" is one person.
_ONE_OF_MANY = re.compile(r"\S+ of ")
# Only bodies have these marks in their names: "Marks & Spencer", "Yum! Brands".
_MARK_OF_BODY = re.compile(r" & |!")
# Whom "they" may stand for: "officials", "Roe and Poe", "police".
_PLURAL = re.compile(r"(?:[a-z]{3}s| and .*|[Pp]olice|[Pp]eople)$")
# Words before a name that show a man: "Mr Roe", "spokesman Roe"; "woman" does not.
_MALE = re.compile(
    r"\b(?:Mr|Sir|Lord|King|Prince|Pope|Father|Imam|Sultan)\b|(?i:\b(?:\w*[^o]man|king|prince|actor)\b)"
)
# ... and a woman: "Mrs Roe", "spokeswoman Roe".
_FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|Duchess)\b"
    r"|(?i:\b(?:\w*woman|queen|princess|actress|first lady)\b)"
)
# The pronoun of a man or of a woman behind a name, with nobody else between: "(Roe) said on a visit that he".
_OWN_PRONOUN = re.compile(r"(?!['’])[^.?!A-Z\"“”\n]{1,80}?\b(?P<pronoun>he|his|him|she|her|hers)\b")
# "The" or "the" right before a place: "the Kremlin".
_THE = re.compile(r"\b[Tt]he\s$")
# The two characters before a word inside a sentence.
_INSIDE_SENTENCE = re.compile(r"[\w,;)] ")
# A further word of a name right behind it: " Sea" of "South China Sea".
_NEXT_NAME_WORD = re.compile(r" [A-Z][a-z]")

# ---- patterns over tags

# Titles and first names right before a last name: "Senator Jane", "Ursula von der".
_FORENAMES = re.compile(r"(?:[TN]|p{1,2}(?=[pN]*$))*[pN]*$")
# A description right before a name and its titles: "the Acme campaign spokesman,", "former mayor Dr".
_ROLE_BEFORE = re.compile(r"(?P<description>d?[NPme]{0,5}r),?T*$")
# A title right before a name, with the names that belong to it: "Ukrainian President".
_TITLE_BEFORE = re.compile(r"N{0,3}[NT]{0,3}T$")
# Who holds a role named right before: "Senator Jane Roe", "the senator, Jane Roe,".
_ROLE_THEN_NAME = re.compile(r"[rT](?:T*(?P<name>N(?:N|p{1,3}N)*)|,(?P<apposed>N(?:N|p{1,3}N)*),)")
# Who holds a role named right behind, without the role: "Jane Roe, a former Acme".
_NAME_THEN_ROLE = re.compile(r"(?P<name>N(?:N|p{1,3}N)*),d?[mNPe]{0,5}$")

# How newspapers abbreviate roles before a name.
_ROLE_ABBREVIATIONS = {
    "senator": "Sen",
    "governor": "Gov",
    "congressman": "Rep",
    "congresswoman": "Rep",
    "representative": "Rep",
    "general": "Gen",
    "professor": "Prof",
    "doctor": "Dr",
}


def canonical_name(text: str, mention: Mention) -> Span:
    """Return where the longest form of a mentioned name stands: "Dmitry Peskov" for "Peskov".

    The short name stays when the article knows two people by it, or when what is mentioned is no name.
    """
    if mention.kind is not MentionType.NAME:
        return mention.name
    written = text[slice(*mention.name)]
    forms = list(_longer_forms(text, written.title())) if written.isupper() else []
    forms = forms or list(_longer_forms(text, written))
    heads = Counter(_first_word(text, form) for form in forms)
    if _is_long(written):
        forms = [
            form for form in forms if _first_word(text, form).casefold() == written.split()[0].casefold()
        ]
    elif heads:
        (head, count), *others = heads.most_common(2)
        if others and count < _DOMINANCE * others[0][1]:
            return mention.name
        forms = [form for form in forms if _first_word(text, form) == head]
    return max([mention.name, *forms], key=lambda form: (form.end - form.start, -form.start))


def description_of(text: str, mention: Mention, name: Span) -> Span | None:
    """Return where the article says who a speaker is: "Kremlin spokesman", "former mayor of Oslo", "Senator".

    The description beside the mention comes first, then others in the order of the text; one of several words
    before one of a single word, and either before a title.
    """
    if mention.kind is not MentionType.NAME:
        return None
    descriptions = [mention.description] if mention.description else []
    titles = [mention.title] if mention.title else []
    for place in chain([mention.name], _person_occurrences(text, name)):
        description, title = _adjacent_description(text, place)
        descriptions += [description] if description else []
        titles += [title] if title else []
    fitting = [span for span in descriptions if _is_informative(text[slice(*span)])]
    best = next((span for span in fitting if _is_long(text[slice(*span)])), next(iter(fitting), None))
    return best or next((title for title in titles if _FULL_TITLE.match(text[slice(*title)])), None)


def _person_occurrences(text: str, name: Span) -> Iterator[Span]:
    """Yield where a full name stands, then where its last word stands without anybody else's first name."""
    written = text[slice(*name)]
    yield from _occurrences(text, written)
    last = _LAST_WORD.search(written)
    shortened = last and last.group() != written and last.group().rstrip(".") not in NAME_SUFFIXES
    if last and shortened and not _MARK_OF_BODY.search(written):
        for place in _occurrences(text, last.group()):
            if _tag_before(text, place) not in ("N", "p"):
                yield place


def is_person(text: str, mention: Mention) -> bool:
    """Return True if a mention is, by all the article shows, one human being."""
    if mention.kind is not MentionType.NAME:
        return False
    written = text[slice(*mention.name)]
    if (
        written.startswith("The ")
        or " and " in written
        or _ONE_OF_MANY.match(written)
        or _MARK_OF_BODY.search(written)
        or _INSTITUTION_WORD.search(written)
        or (written.isupper() and len(written) < 6)
    ):
        return False
    if _THE.search(text[max(0, mention.name.start - 5) : mention.name.start]):
        return False
    if mention.title or mention.description:
        return True
    return _is_long(written) or next(_longer_forms(text, written), None) is not None


def is_common_noun(text: str, mention: Mention) -> bool:
    """Return True if the article also writes a name in small letters: "Social Media", "Drop".

    A single word that it also writes with a capital inside a sentence is a name all the same.
    """
    written = text[slice(*mention.name)]
    small = written.lower()
    if small == written or next(_occurrences(text, small), None) is None:
        return False
    if _is_long(written):
        return True
    if mention.title or written.endswith("s"):  # "Friends" tells who
        return False
    before = (text[max(0, place.start - 2) : place.start] for place in _occurrences(text, written))
    return not any(map(_INSIDE_SENTENCE.match, before))


def surname_for_title(text: str, role: Mention) -> Mention | None:
    """Return the mention of a name if what passes for a title is a last name in the article: "King"."""
    start, end = role.name
    before = text[max(0, start - 5) : start].split()
    if not text[start].isupper() or " " in text[start:end] or (before and before[-1].lower() in _DETERMINERS):
        return None
    known = next(_longer_forms(text, text[start:end]), None)
    return Mention(MentionType.NAME, role.name) if known else None


def looks_like_institution(sentence: str, name: Span) -> bool:
    """Return True if a name is, by its form alone, an outlet or another institution.

    So are "CNN", "the Kremlin", "Acme Institute".
    """
    written = sentence[slice(*name)]
    if _INSTITUTION_WORD.search(written) or _ACRONYM.search(written) or written.startswith("The "):
        return True
    if _MARK_OF_BODY.search(written):
        return True
    return bool(_THE.search(sentence[max(0, name.start - 5) : name.start]))


def is_institution(text: str, name: str) -> bool:
    """Return True if a name in the article `text` is an institution's.

    That is so by its form, by "the" before it, or because no person in the article bears it. With an empty
    `text` only the form counts.
    """
    if _INSTITUTION_WORD.search(name) or re.search(rf"\b[Tt]he {re.escape(name)}\b", text):
        return True
    return bool(text) and not _is_long(name) and next(_longer_forms(text, name), None) is None


def role_holder(text: str, role: Mention) -> Mention | None:
    """Return the one person whom the article introduced with a role, before a mention such as "the senator"."""
    head = _HEAD_NOUN.search(text[slice(*role.name)])
    if head is None or not _THE.search(text[max(0, role.name.start - 5) : role.name.start]):
        return None
    abbreviated = _ROLE_ABBREVIATIONS.get(head.group().lower())
    pattern = re.compile(rf"\b(?i:{head.group()})\b" + (rf"|\b{abbreviated}\." if abbreviated else ""))
    people: dict[str, Mention] = {}
    for count, match in enumerate(
        pattern.finditer(text, max(0, role.name.start - _ROLE_LOOKBACK_CHARS), role.name.start)
    ):
        found = _introduced_person(text, Span(*match.span())) if count < _MAX_OCCURRENCES else None
        if found and not looks_like_institution(text, found.name):
            people[text[slice(*found.name)].split()[-1]] = found
    return next(iter(people.values())) if len(people) == 1 else None


def _introduced_person(text: str, place: Span) -> Mention | None:
    """Return the person named right beside a role, as in "Senator Jane Roe" or "Jane Roe, a senator"."""
    line = text[max(0, place.start - _CONTEXT_CHARS) : place.start].rpartition("\n")[2]
    after = tag(text[place.start : place.end + _FORENAME_CHARS].partition("\n")[0], place.start)
    match = _ROLE_THEN_NAME.match(after.tags)
    if match:
        return Mention(MentionType.NAME, after.span(*match.span("name" if match["name"] else "apposed")))
    before = tag(line, place.start - len(line))
    match = _NAME_THEN_ROLE.search(before.tags)
    return Mention(MentionType.NAME, before.span(*match.span("name"))) if match else None


def pronoun_agrees(text: str, mention: Mention, pronoun: str) -> bool:
    """Return True if a pronoun may stand for a mention: "he", "she", "they" or "it", in lower case.

    Any other pronoun stands for nobody.
    """
    if pronoun == "they":
        return _is_plural(text, mention)
    if pronoun == "it":
        return mention.kind is MentionType.INSTITUTION or (
            mention.kind is MentionType.NAME and looks_like_institution(text, mention.name)
        )
    if pronoun not in {"he", "she"} or not is_person(text, mention):
        return False
    last = _LAST_WORD.search(text[slice(*mention.name)])
    around = (
        " ".join(
            text[max(0, place.start - _GENDER_CHARS) : place.start]
            for place in _occurrences(text, last.group())
        )
        if last
        else ""
    )
    male, female = bool(_MALE.search(around)), bool(_FEMALE.search(around))
    if last and not male and not female:
        male, female = _gender_behind(text, last.group())
    return not (female and not male) if pronoun == "he" else not (male and not female)


def _is_plural(text: str, mention: Mention) -> bool:
    """Return True if "they" may stand for a mention: for "officials" and "Democrats", not for "Ron DeSantis"."""
    written = text[slice(*mention.name)]
    several = " and " in written or not (is_person(text, mention) or COUNTRY.search(written))
    return bool(_PLURAL.search(written)) and several


def _gender_behind(text: str, last_name: str) -> tuple[bool, bool]:
    """Return whether a last name is mostly followed by "he" or "his", and whether by "she" or "her"."""
    behind = (_OWN_PRONOUN.match(text, place.end) for place in _occurrences(text, last_name))
    pronouns = [found["pronoun"] for found in behind if found]
    women = sum(word.startswith(("s", "her")) for word in pronouns)
    men = len(pronouns) - women
    return men > max(1, _DOMINANCE * women), women > max(1, _DOMINANCE * men)


def _is_long(name: str) -> bool:
    return " " in name.strip()


def _first_word(text: str, form: Span) -> str:
    return text[slice(*form)].split()[0]


def _occurrences(text: str, name: str) -> Iterator[Span]:
    """Yield where a name stands in the text as whole words, the first places first."""
    found, start = 0, text.find(name)
    while start >= 0 and found < _MAX_OCCURRENCES:
        end = start + len(name)
        if not (_in_word(text[start - 1 : start]) or _in_word(text[end : end + 1])):
            found += 1
            yield Span(start, end)
        start = text.find(name, max(end, start + 1))


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _longer_forms(text: str, name: str) -> Iterator[Span]:
    """Yield the longer names of the text that end in the last word of this one."""
    last = _LAST_WORD.search(name)
    for place in _occurrences(text, last.group()) if last else ():
        if _tag_before(text, place) not in ("N", "p", "T"):
            continue
        line = text[max(0, place.start - _FORENAME_CHARS) : place.start].rpartition("\n")[2]
        before = tag(line, place.start - len(line))
        match = _FORENAMES.search(before.tags)
        first = match.start() + match[0].rfind("T") + 1 if match else len(before.tags)
        if first == len(before.tags) or _name_continues(text, place):
            continue
        start = before.span(first, first + 1).start
        if start > place.start - _FORENAME_CHARS:
            yield Span(start, place.end)


def _name_continues(text: str, place: Span) -> bool:
    """Return True if a name goes on behind a place: "China" in "the South China Sea"."""
    return bool(_NEXT_NAME_WORD.match(text[place.end : place.end + 3]))


def _tag_before(text: str, place: Span) -> str:
    """Return the tag of the word right before a place; cheaper than to tag the whole line."""
    near = text[max(0, place.start - _WORD_CHARS) : place.start].rpartition("\n")[2].split()
    return tag(f"a {near[-1]}").tags[-1] if near else ""


def _adjacent_description(text: str, place: Span) -> tuple[Span | None, Span | None]:
    """Return the description and the title that stand right beside a name."""
    role, title = None, None
    if _tag_before(text, place) in ("r", "T", ","):
        role, title = _description_before(text, place)
    if role is None and _ASIDE_MARK.match(text, place.end):
        role = _description_after(text, place)
    return role, title


def _description_before(text: str, place: Span) -> tuple[Span | None, Span | None]:
    line = text[max(0, place.start - _CONTEXT_CHARS) : place.start].rpartition("\n")[2]
    before = tag(line, place.start - len(line))
    titled = _TITLE_BEFORE.search(before.tags)
    title = before.span(*titled.span()) if titled else None
    role = _ROLE_BEFORE.search(before.tags)
    description = strip_determiner(before, role.span("description")) if role else None
    return (description if description and _is_informative(text[slice(*description)]) else None), title


def _description_after(text: str, place: Span) -> Span | None:
    after = tag(text[place.end : place.end + _CONTEXT_CHARS].partition("\n")[0], place.end)
    aside = DESCRIPTION_ASIDE.match(after.tags)
    if aside is None or (aside.end() == len(after.tags) and after.spans[-1][1] == _CONTEXT_CHARS):
        return None  # or it goes on beyond what was read
    description = strip_determiner(after, aside.span("description"))
    return description if _is_informative(text[slice(*description)]) else None


def _is_informative(description: str) -> bool:
    """Return True if a description tells who somebody is.

    "chief" and "senators" alone do not, nor "host of".
    """
    return not description.endswith((" of", " for", " at", " the")) and not _BARE_ROLE.fullmatch(description)
