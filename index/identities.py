"""Who a name is within its article: its longest form, its description, whether "she" may stand for it."""

import re
from collections import Counter
from collections.abc import Iterator

from index.articles import Span
from index.names import letters, words
from index.speech import DESCRIBED, Kind, Mention, clear_of_article

_LOOKED_AT = 40  # places where the name stands; more tell nothing new
_REACH = 120  # characters on either side of such a place

_LAST_WORD = re.compile(r"[^\W_][\w'’.\-]*$")
_FORENAMES = re.compile(r"(?:[TN]|p{1,2}(?=[pN]*$))*[pN]*$")
_ROLE_BEFORE = re.compile(r"(?P<what>d?[NPme]{0,5}r),?T*$")
_FULL_TITLE = re.compile(r"(?!(?:Mrs?|Ms|Mx|Miss|Dr|Sir|St)\b)[^\W_].*[^.]$")
_BARE = re.compile(
    r"(?!\w*(?:man|woman|person|tor|nor|sor|ist|[A-Z]-\w+)$)[^\W_]\w*|(?:.*\W)?\w+(?:ors|men|ers|tes)"
)
_BODY_WORD = re.compile(
    r"\b(?:Department|House|Post|Times|Journal|News|Committee|Party|Court|Council|Union|University|College|Institute|"
    r"Center|Centre|Association|Foundation|Ministry|Agency|Bureau|Bank|Group|Company|Corp|Inc|Fund|Press|Twitter|"
    r"Facebook|Google|Democrats|Republicans|Congress|Senate|Parliament|Commission|Reuters|Kremlin|Pentagon|Street|"
    r"Magazine|Network|Today|TODAY|Board|Office|Organization|Organisation|League|Coalition|States|Nations|Action)\b"
)
_PLURAL = re.compile(r"(?:[a-z]{3}s| and .*|[Pp]olice|[Pp]eople)$")
_MALE = re.compile(
    r"\b(?:Mr|Sir|Lord|King|Prince|Pope|Father|Imam|Sultan)\b|(?i:\b(?:\w*[^o]man|king|prince|actor)\b)"
)
_FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|Duchess)\b|(?i:\b(?:\w*woman|queen|princess|actress|first lady)\b)"
)


def full_name(text: str, mention: Mention) -> Span:
    """Return where the longest form of a mentioned name stands: "Dmitry Peskov" for "Peskov".

    The short name stays when the article knows two people by it, or when what is mentioned is no name.
    """
    if mention.kind is not Kind.NAME:
        return mention.name
    own = text[slice(*mention.name)]
    forms = list(_forms(text, own))
    heads = Counter(_head(text, form) for form in forms)
    if _is_long(own):
        forms = [form for form in forms if _head(text, form) == own.split()[0]]
    elif heads:
        (head, most), *others = heads.most_common(2)
        if others and most < 3 * others[0][1]:
            return mention.name
        forms = [form for form in forms if _head(text, form) == head]
    return max([mention.name, *forms], key=lambda form: (form.end - form.start, -form.start))


def described(text: str, mention: Mention, name: Span) -> Span | None:
    """Return where the article says who a speaker is: "Kremlin spokesman", "former mayor of Oslo", "Senator"."""
    if mention.kind is not Kind.NAME or mention.description:
        return mention.description
    own = text[slice(*name)]
    titles = [mention.title] if mention.title else []
    for place in _places(text, own):
        description, title = _beside(text, place)
        if description:
            return description
        titles += [title] if title else []
    return next((title for title in titles if _FULL_TITLE.match(text[slice(*title)])), None)


def is_person(text: str, mention: Mention) -> bool:
    """Say whether a mention is, by all the article shows, one human being."""
    if mention.kind is not Kind.NAME:
        return False
    own = text[slice(*mention.name)]
    if own.startswith("The ") or " and " in own or _BODY_WORD.search(own) or (own.isupper() and len(own) < 6):
        return False
    if re.search(r"\b[Tt]he\s$", text[max(0, mention.name.start - 5) : mention.name.start]):
        return False
    if mention.title or mention.description:
        return True
    return _is_long(own) or next(_forms(text, own), None) is not None


def may_be(text: str, mention: Mention, pronoun: str) -> bool:
    """Say whether "he" or "she" may stand for a mention, and whether "they" may."""
    if pronoun == "they":
        return bool(_PLURAL.search(text[slice(*mention.name)]))
    if not is_person(text, mention):
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
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for count, match in enumerate(pattern.finditer(text)):
        if count == _LOOKED_AT:
            return
        yield Span(*match.span())


def _forms(text: str, name: str) -> Iterator[Span]:
    """Yield the longer names of the text that end in the last word of this one."""
    last = _LAST_WORD.search(name)
    for place in _places(text, last.group()) if last else ():
        line = text[max(0, place.start - 60) : place.start].rpartition("\n")[2]
        before = words(line, place.start - len(line))
        match = _FORENAMES.search(letters(before))
        names = before[match.start() :] if match else []
        while names and "T" in letters(names):
            names = names[1:]
        if names and names[-1].letter in "Np" and names[0].start > 0:
            yield Span(names[0].start, place.end)


def _beside(text: str, place: Span) -> tuple[Span | None, Span | None]:
    """Return the description and the title that stand right beside a name."""
    line = text[max(0, place.start - _REACH) : place.start].rpartition("\n")[2]
    before = words(line, place.start - len(line))
    after = words(text[place.end : place.end + _REACH].partition("\n")[0], place.end)
    shape = letters(before)
    titles = before[len(shape.rstrip("T")) :]
    title = Span(titles[0].start, titles[-1].end) if titles else None
    role = _ROLE_BEFORE.search(shape)
    if role and _tells(text[slice(*clear_of_article(before, role.span("what")))]):
        return clear_of_article(before, role.span("what")), title
    aside = DESCRIBED.match(letters(after))
    what = clear_of_article(after, aside.span("what")) if aside else None
    return (what if what and _tells(text[slice(*what)]) else None), title


def _tells(description: str) -> bool:
    """Say whether a description tells who somebody is: "chief" and "senators" alone do not."""
    return not _BARE.fullmatch(description)
