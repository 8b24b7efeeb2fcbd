"""Find phrases of lists among the tokens of a text, and inflect the verbs of such lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.text.tokens import Token


def _forms(verb: str) -> set[str]:
    """Return the regular forms of a verb or of a phrase that starts with one ("decline to comment")."""
    head, _, rest = verb.partition(" ")
    if head.endswith("e"):
        heads = {head, head + "s", head + "d", head[:-1] + "ing"}
    elif head.endswith("y") and head[-2] not in "aeiou":
        heads = {head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"}
    elif head.endswith(("s", "sh", "ch", "x")):
        heads = {head, head + "es", head + "ed", head + "ing"}
    else:
        heads = {head, head + "s", head + "ed", head + "ing"}
    return {f"{one} {rest}".strip() for one in heads}


def verb_forms(verbs: Iterable[str]) -> set[str]:
    """Return every regular form of verbs, or of phrases that start with one."""
    return {form for verb in verbs for form in _forms(verb)}


@dataclass(frozen=True, slots=True)
class PhraseMatcher:
    """Phrases to find among tokens; an adverb in -ly ("immediately") may stand inside a phrase.

    `by_head` maps a first word to the other words of its phrases, longest first.
    """

    by_head: dict[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def from_phrases(cls, phrases: Iterable[str]) -> "PhraseMatcher":
        """Return a matcher of phrases of lower-case words."""
        by_head: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            head, *rest = phrase.split()
            by_head.setdefault(head, []).append(tuple(rest))
        return cls({head: tuple(sorted(rests, key=len, reverse=True)) for head, rests in by_head.items()})

    def find(self, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield the positions `(first, after)` of the tokens of each phrase in order; the longest wins, none overlap."""
        heads = self.by_head
        free = 0
        for first in [i for i, word in enumerate(words) if word.lower in heads]:
            if first < free:
                continue
            rests = heads[words[first].lower]
            ends = (self._end(words, first + 1, rest) for rest in rests)
            after = next((end for end in ends if end), None)
            if after:
                yield first, after
                free = after

    @staticmethod
    def _end(words: Sequence[Token], at: int, rest: tuple[str, ...]) -> int | None:
        """Return the position after `rest` if it stands at `at`, else None."""
        for wanted in rest:
            if at < len(words) and words[at].lower != wanted and words[at].lower.endswith("ly"):
                at += 1
            if at >= len(words) or words[at].lower != wanted:
                return None
            at += 1
        return at
