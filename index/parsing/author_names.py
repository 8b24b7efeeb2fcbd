"""The author that a feed or page states -> the names alone, without addresses, posts, outlets and invitations."""

import html
import re
from collections.abc import Iterable

from index.text.cleaning import clean_line
from index.text.word_lists import alternation, load_words

POST_MODIFIERS = load_words("parsing/byline_role_words")
MIN_NAME_WORDS = 2  # of a name behind which an outlet may stand; judged
_AROUND_NAMES = ' ,;|/•·–—-"“”'  # no part of a name where they are first or last

_EMAIL = r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
# RSS 2.0 writes an author as "kim@b.example (Kim Ash)"; mail as "Kim Ash <kim@b.example>" (the name is a group)
_NAME_IN_BRACKETS = re.compile(rf"(?:mailto:)?{_EMAIL}\s*\(([^()]*)\)")
# An address: "(kim@b.example)", "<kim@b.example>", "kim@b.example", "https://b.example/kim", "@kimash"
_ADDRESS = re.compile(rf"[(<\[]?\s*(?:(?:mailto:)?{_EMAIL}|https?://[^\s)>\]]+|(?<!\w)@\w{{2,30}})\s*[)>\]]?")
# "By Kim Ash", "Written by Kim Ash", "Von Kim Ash" but not "Von Miller" (the part before the name)
_PREFIX = re.compile(
    r"^(?:(?:(?i:story|words|text|written|writing|reported|reporting|posted|published|compiled)\s+)?(?i:by)\b:?\s+|"
    r"(?:Von|Par|Por|VON|PAR|POR)\s+(?=[^\W\d_a-z]\S*\s+[^\W\d_a-z]))"
)
# Who did something else, to the end: "; Editing by Jo Berg", ", additional reporting by Jo Berg", "| Photos by Jo Berg"
_CREDIT = re.compile(
    r"[\s,;|•·–—(-]+(?:(?:additional|further)\s)?(?:editing|edited|reporting|research|photographs?|photos?|pictures?|"
    r"graphics?|illustrations?|video|translated|fact[\s-]check(?:ed|ing))\sby\b.*$",
    re.IGNORECASE,
)
# When it came out and how long it takes to read, to the end: "Updated 3 May", "3 min read"
_TIMES = re.compile(
    r"[\s,|•·–—-]*\b(?:(?:last\s)?(?:updated|published|posted|modified)\b.*|\d{1,3}\s?-?min(?:ute)?s?(?:\sread)?\b.*)$",
    re.IGNORECASE,
)
# A date behind a name, to the end: "Kim Ash | 3 May 2026", "Kim Ash, May 3"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"[\s,|•·–—-]+(?:on\s)?(?:[a-z]{{3,6}}day,?\s)?(?:{_MONTH}\s\d|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}\s\d|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d|\d{1,2}:\d\d).*$",
    re.IGNORECASE,
)
# What a page asks its reader to do with the author, to the end: "Email the author", "Follow @kim", "View bio"
_INVITATION = re.compile(
    r"\s*[|•·,–—-]?\s*\b(?:e-?mail|follow|contact|view|see|read|send|more\s(?:from|by|about)|message|tweet|subscribe)\b"
    r"(?:\s(?:the|this|me|him|her|them|us|on|more|all|a|an|to|by|bio|profile|author|writer|reporter|posts?|articles?|"
    r"stories|tip|message|email|via|twitter|x|facebook|instagram|linkedin)\b)*\s*$",
    re.IGNORECASE,
)
# A post: "Senior Political Reporter", "the City Editor"; a modifier alone may be a surname ("Kim Anne Head")
_POST_WORDS = (
    rf"(?:(?:the|our|a|an)\s+)?(?:(?i:{alternation(POST_MODIFIERS)})[\s/-]+)*"
    r"(?i:correspondent|reporter|writer|editor|columnist|contributor|journalist|producer|photographer|redakteur(?:in)?)s?\b"
)
_POST = re.compile(_POST_WORDS)
# A post in front of a name: "Senior Reporter Kim Ash" (the part before the name)
_POST_BEFORE_NAME = re.compile(_POST_WORDS + r"[:\s]+(?=[^\W\d_a-z][\w.’'-]*\s+[^\W\d_a-z])")
# A post behind a name of at least two words: "Kim Ash Senior Reporter, Elm Gazette", "Kim Ash – staff writer"
_NAME_WITH_POST = re.compile(
    r"(?P<name>[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,4}?)\s*[,|•·(–—-]?\s+(?:is\s(?=an?\s|the\s))?"
    + _POST_WORDS
)
# What parts authors: "Kim Ash; Jo Berg", "Kim Ash and Jo Berg", "Kim Ash | Elm Gazette"
_BETWEEN = re.compile(r"(\s*(?:;|,|\s[|•·]\s|\s&\s|\sand\s|\sund\s|\set\s|\sy\s)\s*)")


def author_names(stated: str | None, outlet: str = "") -> str:
    """Return the authors' names of a byline as it is stated, parted as there; "" where it names none.

    Left out are mail addresses and links, "By", the author's post ("Senior Reporter, Elm Gazette"), what the
    reader is asked to do ("Email the author"), and the outlet where it stands behind a name.
    """
    text = clean_line(stated)
    if not text:
        return ""
    text = _NAME_IN_BRACKETS.sub(lambda match: match[1].strip() or "", html.unescape(text))
    text = _ADDRESS.sub("", text).replace("()", "").replace("<>", "")
    text = _DATE.sub("", _TIMES.sub("", _CREDIT.sub("", _PREFIX.sub("", text.strip()))))
    previous = ""
    while previous != text:  # "View bio Email the author"
        previous, text = text, _INVITATION.sub("", text)
    text = _without_outlet(text, outlet)
    parts = _BETWEEN.split(text)
    named, separator = "", ""
    for position in range(0, len(parts), 2):
        name, is_cut = _without_post(parts[position].strip())
        if name and not (named and outlet and name.casefold() == outlet.casefold()):
            named += f"{separator}{name}" if named else name
            separator = parts[position + 1] if position + 1 < len(parts) else ""
        if is_cut and "," in (parts[position + 1] if position + 1 < len(parts) else ""):
            break  # what follows a post is its outlet
    return clean_line(named.replace(" ,", ",").strip(_AROUND_NAMES))


def join_names(names: Iterable[str]) -> str:
    """Return the names of several authors, each once, parted by commas."""
    return ", ".join(dict.fromkeys(name for name in map(author_names, names) if name))


def _without_outlet(text: str, outlet: str) -> str:
    """Return a byline without the outlet behind its names: "Kim Ash, The Elm Gazette", "Kim Ash for Elm Gazette"."""
    bare = re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE)
    if not bare:
        return text
    link = r"(?P<mark>\s*[,|•·/–—(-]\s*(?:special\sto\s|for\s|at\s|of\s)?|\s+(?:special\sto|for|at|of)\s+|\s+)(?:the\s+)?"
    found = re.search(rf"{link}{re.escape(bare)}\)?$", text, re.IGNORECASE)
    if not found or len(text[: found.start()].split()) < MIN_NAME_WORDS:
        return text
    is_bare = not found["mark"].strip()
    return text if is_bare and " " not in bare else text[: found.start()]


def _without_post(part: str) -> tuple[str, bool]:
    """Return a part of a byline without the post in it, and whether it had one."""
    part = _POST_BEFORE_NAME.sub("", part, count=1) if _POST_BEFORE_NAME.match(part) else part
    if _POST.match(part):
        return "", True
    found = _NAME_WITH_POST.match(part)
    return (found["name"], True) if found else (part, False)
