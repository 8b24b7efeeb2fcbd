"""Candidates -> named numbers that say why each may answer. The ranking reads these and nothing else."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.question import Question, Wants
from index.search import REACH, Candidates
from index.terms import STOP, Analysis, Terms

Floats = NDArray[np.float32]

CENTRE = 10  # first candidates whose common direction counts
DAY = 86_400.0
UNDATED = 8.0  # log days: an article of unknown age counts as eight years old

_TOKEN = re.compile(r"[^\W_][\w’'-]*(?:[.,]\d+)*")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|"
    r"billions?|trillions?|half|quarter|third|twice|percent)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|"
    r"october|november|december|[ap]\.m\.|noon|midnight|yesterday|today|tomorrow|ago|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|due to|after|over|amid|following|caused?|blam\w+|citing|reasons?|since|so that|led to|result)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|outside|off|across)\s+(?:the\s+)?[^\W\d_a-zß-ÿ]\w+")
_PEOPLE = re.compile(r"\b[^\W\d_a-zß-ÿ][\w’'-]+\s+(?:[^\W\d_a-zß-ÿ]\.\s+)?[^\W\d_a-zß-ÿ][\w’'-]+")
_SAID = re.compile(r"[“”\"]|\b(?:said|says|told|wrote|tweeted|added|called)\b")

NAMES = (
    "similarity",
    "window",
    "neighbour",
    "headline",
    "article_best",
    "article_mean",
    "body",
    "around",
    "similarity_rank",
    "around_rank",
    "aimed",
    "aimed_window",
    "aimed_side",
    "aimed_headline",
    "aimed_rank",
    "article_covered",
    "centre",
    "covered",
    "covered_window",
    "covered_headline",
    "covered_before",
    "names_covered",
    "names_window",
    "new_names",
    "new_numbers",
    "fits",
    "has_people",
    "has_place",
    "has_number",
    "has_time",
    "has_reason",
    "has_speech",
    "wants_person",
    "wants_place",
    "wants_time",
    "wants_number",
    "wants_claim",
    "place",
    "length",
    "age",
    "dated",
    "agreement",
    "agreement_best",
    "pairs",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A candidate's words: the sentence, the one before and after it (or ""), its headline, its time."""

    sentence: str
    before: str
    after: str
    headline: str
    published: datetime | None


class Stems:
    """The stems of texts, in order and as a set; each text is analysed once a question."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._known: dict[str, tuple[list[str], frozenset[str]]] = {}

    def of(self, text: str) -> tuple[list[str], frozenset[str]]:
        """Return the stems of a text, in order and as a set."""
        known = self._known.get(text)
        if known is None:
            order = self._analysis.stems(text) if text else []
            known = self._known[text] = (order, frozenset(order))
        return known


def features(
    question: Question,
    terms: Terms,
    candidates: Candidates,
    passages: Sequence[Passage],
    analysis: Analysis,
) -> Floats:
    """Return an (n, len(NAMES)) matrix, one row a candidate. No feature knows outlet or data set."""
    stems = Stems(analysis)
    rows = [_words(question, terms, passage, stems) for passage in passages]
    columns = (
        {name: np.array([row[name] for row in rows], dtype=np.float32) for name in rows[0]} if rows else {}
    )
    columns |= _numbers(terms, candidates)
    columns["article_covered"] = _article_covered(terms, candidates, passages, stems)
    columns |= _agreement(terms, candidates, passages, stems)
    return np.stack([columns[name] for name in NAMES], axis=1)


def _numbers(terms: Terms, found: Candidates) -> dict[str, Floats]:
    """Return what the searches already know."""
    own = found.near[:, REACH]
    best: dict[int, float] = defaultdict(float)
    sums: dict[int, list[float]] = defaultdict(list)
    for row, similarity in zip(found.row.tolist(), own.tolist(), strict=True):
        best[row] = max(best[row], similarity)
        sums[row].append(similarity)
    return {
        "similarity": own,
        "window": found.near[:, REACH - 1 : REACH + 2].mean(axis=1),
        "neighbour": np.delete(found.near, REACH, axis=1).max(axis=1),
        "headline": found.headline,
        "article_best": np.array([best[row] for row in found.row.tolist()], dtype=np.float32),
        "article_mean": np.array([np.mean(sums[row]) for row in found.row.tolist()], dtype=np.float32),
        "body": found.body / terms.bm25,
        "around": found.around / terms.bm25,
        "similarity_rank": _rank(own),
        "around_rank": _rank(found.around),
        "aimed": found.aimed[:, REACH],
        "aimed_window": found.aimed[:, REACH - 1 : REACH + 2].mean(axis=1),
        "aimed_side": found.aimed[:, [REACH - 1, REACH + 1]].max(axis=1),
        "aimed_headline": found.aimed_headline,
        "aimed_rank": _rank(found.aimed[:, REACH]),
        "centre": found.vector @ _centre(found),
        "place": np.log1p(found.place.astype(np.float32)),
    }


def _rank(values: Floats) -> Floats:
    """Return log(1 + place), the best value having place 0."""
    places = np.empty(len(values), dtype=np.float32)
    places[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return np.log1p(places)


def _centre(found: Candidates) -> Floats:
    """Return what the first candidates have in common: their mean vector, (d,)."""
    first = np.argsort(-found.prior, kind="stable")[:CENTRE]
    mean = found.vector[first].mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)  # type: ignore[no-any-return]


def _article_covered(terms: Terms, found: Candidates, passages: Sequence[Passage], stems: Stems) -> Floats:
    """Return how much of the question's rarity all candidates of one article cover together."""
    covered: dict[int, frozenset[str]] = defaultdict(frozenset)
    for row, passage in zip(found.row.tolist(), passages, strict=True):
        covered[row] |= terms.stems & (stems.of(passage.sentence)[1] | stems.of(passage.headline)[1])
    share = {row: terms.covered(stems_found) for row, stems_found in covered.items()}
    return np.array([share[row] for row in found.row.tolist()], dtype=np.float32)


def _words(question: Question, terms: Terms, passage: Passage, stems: Stems) -> dict[str, float]:
    """Return what the words of one candidate say."""
    order, sentence = stems.of(passage.sentence)
    before, after, headline = (
        stems.of(text)[1] for text in (passage.before, passage.after, passage.headline)
    )
    window = sentence | before | after | headline
    names = [name for name in _PEOPLE.findall(passage.sentence) if not stems.of(name)[1] & terms.stems]
    new_names = _new_names(passage.sentence, terms)
    new_numbers = sum(stem[0].isdigit() for stem in sentence - terms.stems)
    kinds = {
        Wants.PERSON: bool(names),
        Wants.ORGANISATION: bool(names) or new_names > 0,
        Wants.PLACE: bool(_PLACE.search(passage.sentence)),
        Wants.NUMBER: bool(new_numbers) or bool(_NUMBER.search(passage.sentence)),
        Wants.TIME: bool(_TIME.search(passage.sentence)),
        Wants.REASON: bool(_REASON.search(passage.sentence)),
        Wants.QUOTE: bool(_SAID.search(passage.sentence)),
    }
    return {
        "covered": terms.covered(sentence),
        "covered_window": terms.covered(window),
        "covered_headline": terms.covered(headline),
        "covered_before": terms.covered(before),
        "names_covered": terms.names_covered(sentence),
        "names_window": terms.names_covered(window),
        "new_names": float(new_names),
        "new_numbers": float(new_numbers),
        "fits": float(kinds.get(question.wants, 0.5)),
        "has_people": float(len(names)),
        "has_place": float(kinds[Wants.PLACE]),
        "has_number": float(kinds[Wants.NUMBER]),
        "has_time": float(kinds[Wants.TIME]),
        "has_reason": float(kinds[Wants.REASON]),
        "has_speech": float(kinds[Wants.QUOTE]),
        "wants_person": float(question.wants is Wants.PERSON),
        "wants_place": float(question.wants is Wants.PLACE),
        "wants_time": float(question.wants is Wants.TIME),
        "wants_number": float(question.wants is Wants.NUMBER),
        "wants_claim": float(question.wants is Wants.CLAIM),
        "length": math.log1p(len(passage.sentence)),
        "age": _age(question.around or question.now, passage.published),
        "dated": float(question.around is not None),
        "pairs": _pairs(terms, order),
    }


def _age(meant: datetime, published: datetime | None) -> float:
    """Return log(1 + days) between an article and the time that is meant, whichever came first."""
    if published is None:
        return UNDATED
    return math.log1p(abs((meant - published).total_seconds()) / DAY)


def _pairs(terms: Terms, sentence: list[str]) -> float:
    """Return how much of the question's rarity stands side by side in the sentence."""
    together = {pair for pair in pairwise(sentence) if terms.stems.issuperset(pair)}
    return sum(terms.weights[left] + terms.weights[right] for left, right in together) / (2 * terms.total)


def _new_names(sentence: str, terms: Terms) -> int:
    tokens = {token.lower() for token in _TOKEN.findall(sentence)[1:] if token[0].isupper()}
    return len(tokens - terms.stems)


def _agreement(
    terms: Terms, found: Candidates, passages: Sequence[Passage], stems: Stems
) -> dict[str, Floats]:
    """Return how strongly other articles' candidates name the same new things.

    Each article votes once for each name or number that the question does not hold, with the weight of its
    best candidate; redundancy as a sign of an answer: Dumais et al. 2002.
    """
    tokens = [
        {
            stem
            for token in _TOKEN.findall(passage.sentence)
            if (token[0].isupper() and token.lower() not in STOP) or token[0].isdigit()
            for stem in stems.of(token)[1] - terms.stems
            if len(stem) > 1
        }
        for passage in passages
    ]
    votes: dict[str, dict[int, float]] = defaultdict(dict)
    for row, prior, own in zip(found.row.tolist(), found.prior.tolist(), tokens, strict=True):
        for token in own:
            votes[token][row] = max(votes[token].get(row, 0.0), prior)
    weight = {token: sum(by_row.values()) for token, by_row in votes.items() if len(by_row) > 1}
    scale = float(found.prior.sum()) or 1.0
    sums = [sum(sorted((weight.get(token, 0.0) for token in own), reverse=True)[:3]) for own in tokens]
    bests = [max((weight.get(token, 0.0) for token in own), default=0.0) for own in tokens]
    return {
        "agreement": np.array(sums, dtype=np.float32) / scale,
        "agreement_best": np.array(bests, dtype=np.float32) / scale,
    }
