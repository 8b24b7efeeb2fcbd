"""The author that a feed or page states -> the names alone, without addresses, posts, outlets and invitations."""

import re
from collections.abc import Iterable

from index.text.cleaning import clean_line
from index.text.word_lists import alternation, load_words

POST_MODIFIERS = load_words("parsing/byline_role_words")
_EMAIL = r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
# RSS 2.0 writes an author as "kim@b.example (Kim Ash)"; mail as "Kim Ash <kim@b.example>" (the name is a group)
_NAME_IN_BRACKETS = re.compile(rf"(?:mailto:)?{_EMAIL}\s*\(([^()]*)\)")
# An address: "(kim@b.example)", "<kim@b.example>", "kim@b.example", "https://b.example/kim", "@kimash"
_ADDRESS = re.compile(rf"[(<\[]?\s*(?:(?:mailto:)?{_EMAIL}|https?://[^\s)>\]]+|(?<!\w)@\w{{2,30}})\s*[)>\]]?")
# "By Kim Ash", "Written by Kim Ash" (the part before the name)
_PREFIX = re.compile(r"^(?:(?:story|words|text|written|reported)\s+)?by\b:?\s+", re.IGNORECASE)
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
# A post behind a name of at least two words: "Kim Ash Senior Reporter, Elm Gazette", "Kim Ash – staff writer"
_NAME_WITH_POST = re.compile(
    r"(?P<name>[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,4}?)\s*[,|•·(–—-]?\s+" + _POST_WORDS
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
    text = _NAME_IN_BRACKETS.sub(lambda match: match[1].strip() or "", text)
    text = _ADDRESS.sub("", text).replace("()", "").replace("<>", "")
    text = _PREFIX.sub("", text.strip())
    previous = ""
    while previous != text:  # "View bio Email the author"
        previous, text = text, _INVITATION.sub("", text)
    parts = _BETWEEN.split(text)
    named, separator = "", ""
    for position in range(0, len(parts), 2):
        name, is_cut = _without_post(parts[position].strip())
        if name and not (named and outlet and name.casefold() == outlet.casefold()):
            named += f"{separator}{name}" if named else name
            separator = parts[position + 1] if position + 1 < len(parts) else ""
        if is_cut and "," in (parts[position + 1] if position + 1 < len(parts) else ""):
            break  # what follows a post is its outlet
    return clean_line(named)


def join_names(names: Iterable[str]) -> str:
    """Return the names of several authors, each once, parted by commas."""
    return ", ".join(dict.fromkeys(name for name in map(author_names, names) if name))


def _without_post(part: str) -> tuple[str, bool]:
    """Return a part of a byline without the post in it, and whether it had one."""
    if _POST.match(part):
        return "", True
    found = _NAME_WITH_POST.match(part)
    return (found["name"], True) if found else (part, False)
