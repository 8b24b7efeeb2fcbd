"""Load the lists of words and phrases: `index/words/<room>/<name>.txt`, one entry a line, sorted."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def load_words(name: str) -> frozenset[str]:
    """Return the entries of `index/words/<name>.txt`.

    `name` is a path below `index/words` without its ending: "stance/negators". In the file "#" begins a
    comment, which says why an entry is there where that is not plain. Raise FileNotFoundError when there is
    no such list.
    """
    text = files("index").joinpath("words", f"{name}.txt").read_text("utf-8")
    entries = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(entry for entry in entries if entry)


def alternation(words: Iterable[str]) -> str:
    """Return the regular expression that matches any of some words: "(?:last week|last)".

    Of two words one of which begins with the other the longer is tried first. An apostrophe matches both the
    typewriter's and the typographer's: "isn't", "isn’t".
    """
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})".replace("'", "['’]")
