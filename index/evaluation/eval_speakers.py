"""Measure how often the speaker of a sentence is named, and named correctly, where people marked who says what.

The marks are attribution relations of a source, a cue and a content, as in PolNeAR (Newell, Margolin and Ruths 2018).
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from index.articles import Span
from index.attribution.speaker import Speaker
from index.attribution.speaker_attribution import speaker_of
from index.text.sentence_splitter import split_sentences

# A word of a name: "O’Neil", "Smith-Jones", "U.S".
_NAME_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
# A word with a capital inside a sentence, hence a name: "Roe" in "but Roe left".
_CAPITALISED_INSIDE = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z][^\W_]*(?:['’.\-][^\W_]+)*")
_ANTECEDENT_LENGTH = 60  # characters before "who" that hold the name it stands for; judged
_POSSESSIVE = ("'s", "’s")
# A cue with a plain verb of saying: "said", "according to".
_SAYING_VERB = re.compile(
    r"\b(?:said|says?|saying|told|tells|wrote|writes|added|asked|noted|reported|according)\b", re.IGNORECASE
)
_PERSONAL_PRONOUNS = frozenset({"he", "she", "his", "her", "him", "they", "their", "them", "it", "its"})
_RELATIVE_PRONOUNS = frozenset({"who", "that", "which", "whose"})


class AnnotatedSource(NamedTuple):
    """Somebody marked as the source of some words: where they are named, and where what they say stands."""

    text: str
    start: int
    contents: tuple[Span, ...]
    cue: str


@dataclass(frozen=True, slots=True)
class SpeakerScores:
    """Counts over sentences, and the shares that follow from them.

    `named` sentences are those we name a speaker for, `correct` those of them that agree with a marked source.
    `attributed` sentences have a marked source that is a name, `found` are those of them where we name it. Of
    `attributed`, `by_saying_verb` are marked by a plain verb of saying, `found_by_saying_verb` are those of them
    where we name it.
    """

    named: int
    correct: int
    attributed: int
    found: int
    by_saying_verb: int
    found_by_saying_verb: int

    @property
    def precision(self) -> float:
        """Share of the speakers we name that are correct, pronouns resolved as `score_speakers` says; 0 to 1."""
        return self.correct / self.named if self.named else 0.0

    @property
    def recall(self) -> float:
        """Share of the attributed sentences where we name the source; 0 to 1."""
        return self.found / self.attributed if self.attributed else 0.0

    @property
    def saying_verb_recall(self) -> float:
        """The recall among sentences marked by a plain verb of saying; 0 to 1."""
        return self.found_by_saying_verb / self.by_saying_verb if self.by_saying_verb else 0.0


def score_speakers(folder: Path, limit: int | None = None) -> SpeakerScores:
    """Return the scores of `speaker_of` on the first `limit` articles of `articles.jsonl.gz` in `folder`.

    Each article is split by `split_sentences`. A sentence is attributed to every source whose content overlaps it; a
    source is a name when it holds a word that the article writes with a capital inside a sentence. We agree with a
    source when the last word of our name is a word of the source's text; a possessive ("Roe's lawyer") does not count
    unless it ends the source. Where a source is "he", "she", "they" or "it" it stands for the named source marked last
    before it, which is often not the one it means: `precision` is a lower bound. "Who" stands for the names just before
    it. A speaker named for a sentence without an agreeing source, or without any, is wrong; so is "Jane Roe" where "the
    senator" is marked. Raise OSError when the file cannot be read.
    """
    articles = islice(_articles(folder), limit)
    judged = [verdict for article in articles for verdict in judge_sentences(article)]
    named = [verdict for verdict in judged if verdict.speaker]
    attributed = [verdict for verdict in judged if verdict.attributed]
    said = [verdict for verdict in attributed if verdict.by_saying_verb]
    return SpeakerScores(
        named=len(named),
        correct=sum(verdict.correct for verdict in named),
        attributed=len(attributed),
        found=sum(verdict.matches_source for verdict in attributed),
        by_saying_verb=len(said),
        found_by_saying_verb=sum(verdict.matches_source for verdict in said),
    )


class SpeakerVerdict(NamedTuple):
    """One sentence: whom we name, and whether the marks agree."""

    span: Span
    speaker: Speaker | None
    attributed: bool  # some marked source is a name
    by_saying_verb: bool  # and by a plain verb of saying
    matches_source: bool  # a source's own words agree with ours
    correct: bool  # so they do, or those of the source that a pronoun stands for


def judge_sentences(article: dict[str, Any]) -> Iterator[SpeakerVerdict]:
    """Yield a verdict on every sentence of one article of the data."""
    text = article["text"]
    spans = split_sentences(text)
    sources = _sources(article)
    names = set(_CAPITALISED_INSIDE.findall(text))
    for index, span in enumerate(spans):
        marked = [source for source in sources if _overlaps(span, source.contents)]
        speaker = speaker_of(text, spans, index)
        matches_source = bool(speaker) and any(
            names_agree(speaker.name, source.text) for source in marked if speaker
        )
        matches_antecedent = bool(speaker) and any(
            names_agree(speaker.name, _antecedent(source, sources, text, names))
            for source in marked
            if speaker
        )
        attributed = any(_is_named(source.text, names) for source in marked)
        by_saying_verb = any(
            _is_named(source.text, names) and _SAYING_VERB.search(source.cue) for source in marked
        )
        yield SpeakerVerdict(
            span, speaker, attributed, by_saying_verb, matches_source, matches_source or matches_antecedent
        )


def names_agree(name: str, source: str) -> bool:
    """Return True if the last word of `name` is a word of a source's text, other than as somebody's possessive."""
    ours = [_normalize(word) for word in _NAME_WORD.findall(name)]
    theirs = _NAME_WORD.findall(source)
    if not ours:
        return False
    return any(
        _normalize(word) == ours[-1] and (not word.endswith(_POSSESSIVE) or position == len(theirs) - 1)
        for position, word in enumerate(theirs)
    )


def _normalize(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").casefold()


def _is_named(source: str, names: set[str]) -> bool:
    return any(word in names for word in _NAME_WORD.findall(source))


def _antecedent(
    source: AnnotatedSource, sources: Sequence[AnnotatedSource], text: str, names: set[str]
) -> str:
    """Return the words a pronoun source stands for, or nothing when it is no pronoun."""
    word = source.text.lower()
    if word in _RELATIVE_PRONOUNS:
        return text[max(0, source.start - _ANTECEDENT_LENGTH) : source.start]
    if word not in _PERSONAL_PRONOUNS:
        return ""
    before = [other for other in sources if other.start < source.start and _is_named(other.text, names)]
    return max(before, key=lambda other: other.start).text if before else ""


def _overlaps(span: Span, contents: Iterable[Span]) -> bool:
    return any(content.start < span.end and span.start < content.end for content in contents)


def _sources(article: dict[str, Any]) -> list[AnnotatedSource]:
    return [
        AnnotatedSource(
            mark["source"]["text"],
            mark["source"]["spans"][0][0],
            _spans(mark["content"]["spans"]),
            mark["cue"]["text"] if mark["cue"] else "",
        )
        for mark in article["attributions"]
        if mark["source"] and mark["source"]["spans"]
    ]


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _articles(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
