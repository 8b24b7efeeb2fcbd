"""The English words that tell who speaks: verbs of saying, roles, institutions, titles.

The lists in `index/words/attribution` are general news English, written by hand; no list is fitted.
"""

from index.text.word_lists import load_words


def _inflect(base: str) -> tuple[str, str, str]:
    """Return the forms of a regular English verb, but for the one in -ing."""
    if base.endswith("y") and base[-2] not in "aeo":
        return base, base[:-1] + "ies", base[:-1] + "ied"
    return base, base + ("es" if base.endswith(("ss", "ch", "sh", "x")) else "s"), _stem(base) + "ed"


def _stem(base: str) -> str:
    return base.removesuffix("e")


_SAYING_BASES = load_words("attribution/saying_verbs")
_REACTION_BASES = load_words("attribution/reaction_verbs")
_OPINION_BASES = frozenset({"believe", "hope"})

# Whose subject says what the sentence says: "Jane Roe said".
SAYING_VERBS = load_words("attribution/saying_verb_forms") | {
    form for base in _SAYING_BASES for form in _inflect(base)
}
# Whose subject speaks, about what the sentence says: "Jane Roe criticised the plan".
REACTION_VERBS = frozenset({"slammed"}) | {
    form for base in _REACTION_BASES | _OPINION_BASES for form in _inflect(base)
}
# Verbs only where words, a quotation or a name follow; nouns elsewhere: "reports", "calls".
AMBIGUOUS_VERBS = load_words("attribution/ambiguous_verbs")
# Verbs whose object is told something and does not speak: "told Jane Roe".
ADDRESSEE_VERBS = load_words("attribution/addressee_verbs")
# Verbs of saying only where words said follow: "added: ...".
QUOTE_ONLY_VERBS = load_words("attribution/quote_only_verbs")
# "saying" and the like.
SAYING_GERUNDS = frozenset({"admitting", "slamming", "quipping"}) | {
    _stem(base) + "ing" for base in _SAYING_BASES | _REACTION_BASES | {"say", "tell", "write", "think"}
}

# What a speaker may be: "spokesman".
ROLES = load_words("attribution/roles")
# What kind of institution may speak: "ministry".
INSTITUTIONS = load_words("attribution/institutions")
# What may stand before a role: "former", "foreign".
ROLE_MODIFIERS = load_words("attribution/role_modifiers")
# Nouns of doers end so ....
ROLE_SUFFIXES = ("ists", "ist", "ors", "ers", "ees", "ants", "ians", "cians", "yee")
# ... and these nouns of other things too.
ROLE_SUFFIX_EXCEPTIONS = load_words("attribution/role_suffix_exceptions")
# Adjectives that stand before roles end so.
MODIFIER_SUFFIXES = ("al", "ary", "ic", "ive", "ity", "ese", "ian")
# What stands before a name without being part of it: "Senator Jane Roe".
TITLES = load_words("attribution/titles")
