"""Who a name is within its article: its longest form, its description, whether "she" may stand for it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from index.articles import Span
from index.attribution.reporting_patterns import DESCRIBED, Mention, MentionType, clear_of_article
from index.attribution.token_classes import tag
from index.text.word_lists import load_words

_LOOKED_AT = 24  # places where the name stands; more tell nothing new
_REACH = 200  # characters on either side of such a place

_LAST_WORD = re.compile(r"[^\W_][\w'’.\-]*$")
_FORENAMES = re.compile(r"(?:[TN]|p{1,2}(?=[pN]*$))*[pN]*$")
_ROLE_BEFORE = re.compile(r"(?P<what>d?[NPme]{0,5}r),?T*$")
_ASIDE_MARK = re.compile(r"\s?[,(—–-]")
_TITLED = re.compile(r"N{0,3}[NT]{0,3}T$")
_FULL_TITLE = re.compile(r"(?!(?:Mrs?|Ms|Mx|Miss|Dr|Sir|St)\b)[^\W_].*[^.]$")
_HOLDER_REACH = 6000  # characters before "the senator" searched for who that is
_HEAD = re.compile(r"[^\W\d_]+$")
_ABBREVIATIONS = {
    "senator": "Sen",
    "governor": "Gov",
    "congressman": "Rep",
    "congresswoman": "Rep",
    "representative": "Rep",
    "general": "Gen",
    "professor": "Prof",
    "doctor": "Dr",
}
_ROLE_THEN_NAME = re.compile(r"[rT](?:T*(?P<name>N(?:N|p{1,3}N)*)|,(?P<apposed>N(?:N|p{1,3}N)*),)")
_NAME_THEN_ROLE = re.compile(r"(?P<name>N(?:N|p{1,3}N)*),d?[mNPe]{0,5}$")
_INITIALS = re.compile(r"\b[A-Z]{2,6}\b|\w\.\w{2,}")
_BARE = re.compile(
    r"(?!\w*(?:man|woman|person|tor|nor|sor|ist|[A-Z]-\w+)$)[^\W_]\w*|(?:.*\W)?\w+(?:ors|men|ers|tes)"
)
_BODY_WORDS = load_words("attribution/institution_name_words")
_BODY_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_BODY_WORDS))})\b")
_PLURAL = re.compile(r"(?:[a-z]{3}s| and .*|[Pp]olice|[Pp]eople)$")
_MALE = re.compile(
    r"\b(?:Mr|Sir|Lord|King|Prince|Pope|Father|Imam|Sultan)\b|(?i:\b(?:\w*[^o]man|king|prince|actor)\b)"
)
_FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|Duchess)\b|(?i:\b(?:\w*woman|queen|princess|actress|first lady)\b)"
)


def canonical_name(text: str, mention: Mention) -> Span:
    """Return where the longest form of a mentioned name stands: "Dmitry Peskov" for "Peskov".

    The short name stays when the article knows two people by it, or when what is mentioned is no name.
    """
    if mention.kind is not MentionType.NAME:
        return mention.name
    own = text[slice(*mention.name)]
    forms = list(_forms(text, own.title() if own.isupper() else own))
    heads = Counter(_head(text, form) for form in forms)
    if _is_long(own):
        forms = [form for form in forms if _head(text, form).casefold() == own.split()[0].casefold()]
    elif heads:
        (head, most), *others = heads.most_common(2)
        if others and most < 3 * others[0][1]:
            return mention.name
        forms = [form for form in forms if _head(text, form) == head]
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
    for place in chain([mention.name], _places_of_person(text, name)):
        description, title = _beside(text, place)
        descriptions += [description] if description else []
        titles += [title] if title else []
    fitting = [span for span in descriptions if _is_informative(text[slice(*span)])]
    best = next((span for span in fitting if _is_long(text[slice(*span)])), next(iter(fitting), None))
    return best or next((title for title in titles if _FULL_TITLE.match(text[slice(*title)])), None)


def _places_of_person(text: str, name: Span) -> Iterator[Span]:
    """Yield where a full name stands, then where its last word stands without anybody else's first name."""
    own = text[slice(*name)]
    yield from _places(text, own)
    last = _LAST_WORD.search(own)
    if last and last.group() != own:
        for place in _places(text, last.group()):
            if _letter_before(text, place) not in ("N", "p"):
                yield place


def is_person(text: str, mention: Mention) -> bool:
    """Say whether a mention is, by all the article shows, one human being."""
    if mention.kind is not MentionType.NAME:
        return False
    own = text[slice(*mention.name)]
    if own.startswith("The ") or " and " in own or _BODY_WORD.search(own) or (own.isupper() and len(own) < 6):
        return False
    if re.search(r"\b[Tt]he\s$", text[max(0, mention.name.start - 5) : mention.name.start]):
        return False
    if mention.title or mention.description:
        return True
    return _is_long(own) or next(_forms(text, own), None) is not None


def is_body(sentence: str, name: Span) -> bool:
    """Say whether a name is, by its form alone, an outlet or another body: "CNN", "the Kremlin", "Acme Institute"."""
    own = sentence[slice(*name)]
    if _BODY_WORD.search(own) or _INITIALS.search(own) or own.startswith("The "):
        return True
    return bool(re.search(r"\b[Tt]he\s$", sentence[max(0, name.start - 5) : name.start]))


def is_institution(text: str, name: str) -> bool:
    """Say whether a name is a body's: by its form, by "the" before it, or since no person in the article bears it."""
    if _BODY_WORD.search(name) or re.search(rf"\b[Tt]he {re.escape(name)}\b", text):
        return True
    return bool(text) and not _is_long(name) and next(_forms(text, name), None) is None


def role_holder(text: str, role: Mention) -> Mention | None:
    """Return the one person the article introduced, before a mention such as "the senator", with that role."""
    head = _HEAD.search(text[slice(*role.name)])
    if head is None or not re.search(r"\b[Tt]he\s$", text[max(0, role.name.start - 5) : role.name.start]):
        return None
    abbreviated = _ABBREVIATIONS.get(head.group().lower())
    pattern = re.compile(rf"\b(?i:{head.group()})\b" + (rf"|\b{abbreviated}\." if abbreviated else ""))
    people: dict[str, Mention] = {}
    for count, match in enumerate(
        pattern.finditer(text, max(0, role.name.start - _HOLDER_REACH), role.name.start)
    ):
        found = _introduced(text, Span(*match.span())) if count < _LOOKED_AT else None
        if found and not is_body(text, found.name):
            people[text[slice(*found.name)].split()[-1]] = found
    return next(iter(people.values())) if len(people) == 1 else None


def _introduced(text: str, place: Span) -> Mention | None:
    """Return the person named right beside a role, as in "Senator Jane Roe" or "Jane Roe, a senator"."""
    line = text[max(0, place.start - _REACH) : place.start].rpartition("\n")[2]
    after = tag(text[place.start : place.end + 60].partition("\n")[0], place.start)
    match = _ROLE_THEN_NAME.match(after.tags)
    if match:
        return Mention(MentionType.NAME, after.span(*match.span("name" if match["name"] else "apposed")))
    before = tag(line, place.start - len(line))
    match = _NAME_THEN_ROLE.search(before.tags)
    return Mention(MentionType.NAME, before.span(*match.span("name"))) if match else None


def pronoun_agrees(text: str, mention: Mention, pronoun: str) -> bool:
    """Say whether "he", "she", "they" or "it" may stand for a mention."""
    if pronoun == "they":
        return bool(_PLURAL.search(text[slice(*mention.name)]))
    if pronoun == "it":
        return mention.kind is MentionType.BODY or (
            mention.kind is MentionType.NAME and is_body(text, mention.name)
        )
    if pronoun not in {"he", "she"} or not is_person(text, mention):
        return False
    last = _LAST_WORD.search(text[slice(*mention.name)])
    around = (
        " ".join(text[max(0, place.start - 30) : place.start] for place in _places(text, last.group()))
        if last
        else ""
    )
    male, female = _MALE.search(around), _FEMALE.search(around)
    return not (female and not male) if pronoun == "he" else not (male and not female)


def _is_long(name: str) -> bool:
    return " " in name.strip()


def _head(text: str, form: Span) -> str:
    return text[slice(*form)].split()[0]


def _places(text: str, name: str) -> Iterator[Span]:
    """Yield where a name stands in the text as whole words, the first places first."""
    found, start = 0, text.find(name)
    while start >= 0 and found < _LOOKED_AT:
        end = start + len(name)
        if not (_in_word(text[start - 1 : start]) or _in_word(text[end : end + 1])):
            found += 1
            yield Span(start, end)
        start = text.find(name, max(end, start + 1))


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _forms(text: str, name: str) -> Iterator[Span]:
    """Yield the longer names of the text that end in the last word of this one."""
    last = _LAST_WORD.search(name)
    for place in _places(text, last.group()) if last else ():
        if _letter_before(text, place) not in ("N", "p", "T"):
            continue
        line = text[max(0, place.start - 60) : place.start].rpartition("\n")[2]
        before = tag(line, place.start - len(line))
        match = _FORENAMES.search(before.tags)
        first = match.start() + match[0].rfind("T") + 1 if match else len(before.tags)
        if first == len(before.tags) or _goes_on(text, place):
            continue
        start = before.span(first, first + 1).start
        if start > place.start - 60:
            yield Span(start, place.end)


def _goes_on(text: str, place: Span) -> bool:
    """Say whether a name goes on behind a place: "China" in "the South China Sea"."""
    return bool(re.match(r" [A-Z][a-z]", text[place.end : place.end + 3]))


def _letter_before(text: str, place: Span) -> str:
    """Return the letter of the word right before a place: a cheap look before a thorough one."""
    near = text[max(0, place.start - 40) : place.start].rpartition("\n")[2].split()
    return tag(f"a {near[-1]}").tags[-1] if near else ""


def _beside(text: str, place: Span) -> tuple[Span | None, Span | None]:
    """Return the description and the title that stand right beside a name."""
    role, title = None, None
    if _letter_before(text, place) in ("r", "T", ","):
        role, title = _role_before(text, place)
    if role is None and _ASIDE_MARK.match(text, place.end):
        role = _aside_after(text, place)
    return role, title


def _role_before(text: str, place: Span) -> tuple[Span | None, Span | None]:
    line = text[max(0, place.start - _REACH) : place.start].rpartition("\n")[2]
    before = tag(line, place.start - len(line))
    titled = _TITLED.search(before.tags)
    title = before.span(*titled.span()) if titled else None
    role = _ROLE_BEFORE.search(before.tags)
    what = clear_of_article(before, role.span("what")) if role else None
    return (what if what and _is_informative(text[slice(*what)]) else None), title


def _aside_after(text: str, place: Span) -> Span | None:
    after = tag(text[place.end : place.end + _REACH].partition("\n")[0], place.end)
    aside = DESCRIBED.match(after.tags)
    if aside is None or (aside.end() == len(after.tags) and after.places[-1][1] == _REACH):
        return None  # or it goes on beyond what was read
    what = clear_of_article(after, aside.span("what"))
    return what if _is_informative(text[slice(*what)]) else None


def _is_informative(description: str) -> bool:
    """Say whether a description tells who somebody is: "chief" and "senators" alone do not, nor "host of"."""
    return not description.endswith((" of", " for", " at", " the")) and not _BARE.fullmatch(description)
