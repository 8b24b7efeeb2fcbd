"""Whether what a sentence says is done is only possible, feared, wanted or asked for."""

from index.attribution.lexicon import word_set
from index.stance.cue_lexicon import BE, SAYS
from index.stance.negation_scope import Reading

_HELPERS = BE | word_set("has have had not never also now soon even still ever just")
_MODALS = word_set("could may might should must can would")
_IF = word_set("if unless whether")
# "threatened to call": nobody has called yet.
_WANTING = word_set(
    "threaten threatens threatened threatening want wants wanted hope hopes hoped hoping urge urges urged urging consider "
    "considers considered considering need needs needed obliged ask asked asking call called calling calls demand demanded "
    "demands push pushed pushing try tries tried trying attempt attempted attempts afraid able bid effort efforts seek "
    "seeks sought seeking pressure pressured invite invited right supposed tempted"
)
# "possible arrest", "calls for his arrest".
_BEFORE_NOUN = word_set(
    "possible potential risk risking risked risks threat fear fears avoid avoids avoided avoiding calls called calling call "
    "demanded demands demanding"
)
_NEAR = 4  # words


def supposed(reading: Reading, at: int) -> bool:
    """Say whether the word at `at`, a verb or its noun, is only supposed: "could call", "threatened to call"."""
    words = reading.words
    i = at - 1
    while i >= 0 and (words[i].low in _HELPERS or words[i].low.endswith("ly")):
        i -= 1
    if i < 0:
        return False
    low = words[i].low
    if low == "would":  # "she said she would resign" says that she will
        return not any(word.low in SAYS for word in words[:i])
    if low in _MODALS:
        return True
    if low == "to":
        near = words[max(0, i - 2 * _NEAR) : i]
        return any(word.low in _WANTING for word in near)
    near = words[max(reading.clause(at).first - 1, at - _NEAR, 0) : at]
    return any(word.low in _BEFORE_NOUN for word in near) or _in_condition(reading, at)


def _in_condition(reading: Reading, at: int) -> bool:
    """Say whether "if" or the like opens the clause: a comma ends it."""
    words = reading.words
    for i in range(at - 1, max(-1, at - 2 * _NEAR), -1):
        if words[i].low in _IF:
            return True
        if words[i].low in {",", ";", ":"}:
            return False
    return False
