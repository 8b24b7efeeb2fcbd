"""Names of outlets are bound to hosts: a page may call itself anything.

A well-known host has its well-known name, a host that the owner named the owner's. Any other page is called what it
calls itself, with its host beside it where that name belongs to somebody else or is written to look like another.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

from index.sites import host_of, site_of
from index.text.word_lists import load_words

# What outlets add to their names: "Reuters News", "The Post Online", "CNN.com".
_GENERIC_WORDS = load_words("parsing/generic_outlet_words")
_WORD = re.compile(r"[^\W_]+")
_BRACKETED_HOST = re.compile(r"\s*[(\[][^()\[\]]*\.[^()\[\]]*[)\]]")  # " (reuters.com)"
# Whose letters are taken for each other.
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
# Letters that nobody sees (of Unicode's Default_Ignorable_Code_Point, beside those of _UNSEEN_KINDS), and marks beside a
# name that are spelt as letters.
_UNSEEN = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u2120\u2122"))
_UNSEEN_KINDS = frozenset({"Cf", "Mn", "Me", "Cn"})  # of Unicode: formats, marks on letters, nothing yet


@cache
def well_known_outlets() -> Mapping[str, str]:
    """Return the names of well-known outlets by host."""
    pairs = (entry.split(" ", 1) for entry in load_words("parsing/outlet_hosts"))
    return dict(pairs)


def name_key(name: str) -> str:
    """Return what names are compared by: "THE  Réuters.com", "Rеuters News" (with a Cyrillic letter) are "reuters"."""
    plain = _skeleton(_BRACKETED_HOST.sub("", name))
    words = _WORD.findall(plain)
    kept = [word for word in words if word not in _GENERIC_WORDS]
    return "".join(kept or words)


def _read_apart(key: str) -> set[str]:
    """Return a key, and what is left of it where a generic word was run together with it: "foxnews" is "fox" too."""
    left = (cut for word in _GENERIC_WORDS for cut in (key.removesuffix(word), key.removeprefix(word)))
    return {key, *filter(None, left)}


def outlet_name(
    url: str,
    claimed: str,
    own_names: Mapping[str, str],
    is_taken: Callable[[str], bool] = lambda key: False,
) -> str:
    """Return the name under which an article at `url` is quoted.

    `claimed` is what its page calls itself; `own_names` are the names that the owner set, by host; `is_taken` says
    whether a name, as `name_key` folds it, belongs to another site in the index.
    """
    bound = _bound_name(url, own_names) or _bound_name(url, well_known_outlets())
    if bound:
        return bound
    host = host_of(url).removeprefix("www.")
    if not host or claimed == host:
        return claimed
    key = name_key(claimed)
    if claimed and not key:  # nothing to be seen, or to be read out
        return host
    stripped = _BRACKETED_HOST.sub("", claimed).strip()
    suspicious = stripped != claimed or _mixes_scripts(claimed) or host.startswith("xn--") or ".xn--" in host
    known = _known_keys(own_names)
    if suspicious or any(one in known or is_taken(one) for one in _read_apart(key)):
        return f"{stripped} ({host})" if stripped else host
    return claimed


def _bound_name(url: str, names: Mapping[str, str]) -> str | None:
    """Return the name that is bound to the host of a URL, or to a domain above it."""
    labels = host_of(url).split(".")
    site = site_of(url)
    for start in range(len(labels)):
        domain = ".".join(labels[start:])
        if domain in names:
            return names[domain]
        if domain == site:
            break
    return None


@cache
def _keys_of_well_known() -> frozenset[str]:
    names = well_known_outlets()
    return frozenset(
        key for host, name in names.items() for key in (name_key(name), "".join(host.split(".")))
    )


def _known_keys(own_names: Mapping[str, str]) -> frozenset[str]:
    """Return the keys of all names that are bound to a host."""
    return _keys_of_well_known() | {name_key(name) for name in own_names.values()}


@cache
def _look_alikes() -> Mapping[int, str]:
    pairs = (entry.split() for entry in load_words("parsing/look_alike_letters"))
    return {ord(letter): latin for letter, latin in pairs}


def _skeleton(name: str) -> str:
    """Return a name without accents, in lower-case letters of the Latin alphabet as far as they look like them.

    After the skeletons of Unicode Technical Standard 39, section 4, for the letters that names are forged with.
    """
    folded = unicodedata.normalize("NFKD", name.translate(_UNSEEN).translate(_look_alikes()))
    bare = "".join(letter for letter in folded if unicodedata.category(letter) not in _UNSEEN_KINDS)
    return bare.casefold().translate(_look_alikes())


def _mixes_scripts(name: str) -> bool:
    """Return True if letters of two alphabets that are taken for each other stand in one word."""
    for word in _WORD.findall(name):
        scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
        if len(scripts.intersection(_SCRIPTS)) > 1:
            return True
    return False
