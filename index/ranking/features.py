"""Candidates -> named numbers that say why each may answer. The ranking reads these and nothing else."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.query.question import AnswerType, Question
from index.retrieval import forward_index
from index.retrieval.article_table import UNKNOWN_TIME
from index.retrieval.forward_index import SentenceTokens
from index.retrieval.hybrid_search import WINDOW, Candidates
from index.retrieval.query_terms import QueryTerms

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Column = NDArray[Any]

CENTRE = 10  # first candidates whose common direction counts
DAY = 86_400.0
AGREED = 3  # things of a sentence, those most agreed on, that count
COARSE_ANSWER_TYPES = (
    AnswerType.PERSON,
    AnswerType.PLACE,
    AnswerType.TIME,
    AnswerType.NUMBER,
    AnswerType.CLAIM,
)
UNDATED = 8.0  # log days: an article of unknown age counts as eight years old

FEATURE_NAMES = (
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
class CandidatePositions:
    """Where candidates stand among the lines that were read: each one's own line, its headline's, its neighbours'.

    `before` and `after` are -1 where there is no neighbour; `published` is seconds since 1970, or UNKNOWN_TIME.
    """

    sentences: Numbers
    headline: Numbers
    before: Numbers
    after: Numbers
    published: Numbers


@dataclass(frozen=True, slots=True)
class _Matches:
    """Where the question's words occur: `term` (words,) the place of the word among them or -1, `has` (lines, terms)."""

    term: Numbers
    has: Flags


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the candidates' own lines: whose each is, its stem, its marks, whether the question has it."""

    owner: Numbers
    stem: Numbers
    marks: NDArray[np.uint8]
    asked: Flags

    def where(self, chosen: Flags) -> "_Words":
        """Return some of the words."""
        return _Words(self.owner[chosen], self.stem[chosen], self.marks[chosen], self.asked[chosen])

    def once(self) -> tuple[Numbers, Numbers]:
        """Return (owner, stem) of each different word of each candidate."""
        found = np.unique(self.owner << 32 | self.stem)
        return found >> 32, found & 0xFFFFFFFF


def features(
    question: Question,
    terms: QueryTerms,
    candidates: Candidates,
    lines: SentenceTokens,
    place: CandidatePositions,
) -> Floats:
    """Return an (n, len(NAMES)) matrix, one row a candidate. No feature knows outlet or data set."""
    matches = _matches(terms, lines)
    at, owner = lines.words_of(place.sentences)
    words = _Words(owner, lines.stems[at].astype(np.int64), lines.marks[at], matches.term[at] >= 0)
    columns = (
        _numbers(terms, candidates)
        | _coverage(terms, candidates, matches, place)
        | _answer_type_match(question, words, lines.holds[place.sentences])
        | _redundancy(candidates, words)
        | {
            "length": np.log1p(lines.length[place.sentences].astype(np.float32)),
            "age": _age(question, place.published),
            "dated": np.full(len(candidates), question.prefer_around is not None),
            "pairs": _query_bigrams(terms, matches.term[at], owner, len(candidates)),
        }
    )
    return np.stack([columns[name] for name in FEATURE_NAMES], axis=1).astype(np.float32)


def _matches(terms: QueryTerms, lines: SentenceTokens) -> _Matches:
    """Find the question's words in all lines: first by half of each number, which most words do not share."""
    asked = np.array([forward_index.term_hash(stem) for stem in terms.weights], dtype=np.uint32)
    order = np.argsort(asked)
    likely = np.zeros(1 << 16, dtype=np.bool_)
    likely[asked & 0xFFFF] = True
    at = np.flatnonzero(likely[lines.stems & 0xFFFF])
    found = np.minimum(np.searchsorted(asked[order], lines.stems[at]), len(asked) - 1)
    same = asked[order][found] == lines.stems[at]
    at, which = at[same], order[found[same]]
    term = np.full(len(lines.stems), -1, dtype=np.int64)
    term[at] = which
    has = np.zeros((len(lines), len(asked)), dtype=np.bool_)
    has[np.searchsorted(lines.starts, at, side="right") - 1, which] = True
    return _Matches(term, has)


def _numbers(terms: QueryTerms, found: Candidates) -> dict[str, Column]:
    """Return what the searches already know."""
    own = found.near[:, WINDOW]
    _, article = np.unique(found.row, return_inverse=True)
    best = np.full(article.max() + 1, -np.inf, dtype=np.float32)
    np.maximum.at(best, article, own)
    mean = np.bincount(article, own) / np.bincount(article)
    return {
        "similarity": own,
        "window": found.near[:, WINDOW - 1 : WINDOW + 2].mean(axis=1),
        "neighbour": np.delete(found.near, WINDOW, axis=1).max(axis=1),
        "headline": found.headline,
        "article_best": np.maximum(best, 0.0)[article],
        "article_mean": mean[article],
        "body": found.body / terms.bm25,
        "around": found.around / terms.bm25,
        "similarity_rank": _rank(own),
        "around_rank": _rank(found.around),
        "aimed": found.aimed[:, WINDOW],
        "aimed_window": found.aimed[:, WINDOW - 1 : WINDOW + 2].mean(axis=1),
        "aimed_side": found.aimed[:, [WINDOW - 1, WINDOW + 1]].max(axis=1),
        "aimed_headline": found.aimed_headline,
        "aimed_rank": _rank(found.aimed[:, WINDOW]),
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


def _coverage(
    terms: QueryTerms, found: Candidates, matches: _Matches, place: CandidatePositions
) -> dict[str, Column]:
    """Return how much (0 to 1) of the question's rarity is in the sentence, around it, in its article."""
    share = np.array(list(terms.weights.values())) / terms.total
    named = np.array([stem in terms.names for stem in terms.weights], dtype=np.bool_)
    names = np.where(named, share, 0.0)
    has = np.vstack([matches.has, np.zeros((1, len(share)), dtype=np.bool_)])  # what line -1 has
    own, headline = has[place.sentences], has[place.headline]
    window = own | headline | has[place.before] | has[place.after]
    _, article = np.unique(found.row, return_inverse=True)
    whole = np.zeros((article.max() + 1, len(share)), dtype=np.bool_)
    np.logical_or.at(whole, article, own | headline)

    def of_names(covered: Flags) -> Column:
        return covered @ names / names.sum() if named.any() else np.ones(len(covered))

    return {
        "covered": own @ share,
        "covered_window": window @ share,
        "covered_headline": headline @ share,
        "covered_before": has[place.before] @ share,
        "names_covered": of_names(own),
        "names_window": of_names(window),
        "article_covered": (whole @ share)[article],
    }


def _answer_type_match(question: Question, words: _Words, holds: NDArray[np.uint8]) -> dict[str, Column]:
    """Return what a sentence holds that the question does not, and whether that is the kind asked for."""
    many = len(holds)
    new = words.where(~words.asked)
    new_names = _distinct_counts(new.where(new.marks & forward_index.CAPITAL > 0), many)
    new_numbers = _distinct_counts(new.where(new.marks & forward_index.DIGIT > 0), many)
    people = _people(words, many)
    kinds = _answer_types_held(new, holds, new_names, new_numbers, people)
    asked = {
        f"wants_{kind.name.lower()}": np.full(many, question.answer_type.coarse is kind)
        for kind in COARSE_ANSWER_TYPES
    }
    return asked | {
        "new_names": new_names,
        "new_numbers": new_numbers,
        "fits": kinds.get(question.answer_type, np.full(many, 0.5)),
        "has_people": people,
        "has_place": kinds[AnswerType.PLACE],
        "has_number": kinds[AnswerType.NUMBER],
        "has_time": kinds[AnswerType.TIME],
        "has_reason": kinds[AnswerType.REASON],
        "has_speech": kinds[AnswerType.QUOTE],
    }


def _answer_types_held(
    new: _Words, holds: NDArray[np.uint8], new_names: Numbers, new_numbers: Numbers, people: Numbers
) -> dict[AnswerType, Flags]:
    """Return which sentences hold a thing of each answer type, (n,) for each type that a sentence shows."""
    return {
        AnswerType.PERSON: people > 0,
        AnswerType.ORGANISATION: (people > 0) | (new_names > 0),
        AnswerType.PLACE: holds & forward_index.PLACE > 0,
        AnswerType.COUNTRY: _has_mark(new, forward_index.IN_COUNTRY, len(holds)),
        AnswerType.STATE: _has_mark(new, forward_index.IN_STATE, len(holds)),
        AnswerType.NUMBER: (new_numbers > 0) | (holds & forward_index.NUMBER > 0),
        AnswerType.SHARE: (new_numbers > 0) & (holds & forward_index.SHARE > 0),
        AnswerType.MONEY: (new_numbers > 0) & (holds & forward_index.MONEY > 0),
        AnswerType.TIME: holds & forward_index.TIME > 0,
        AnswerType.REASON: holds & forward_index.REASON > 0,
        AnswerType.QUOTE: holds & forward_index.SPEECH > 0,
    }


def _distinct_counts(words: _Words, many: int) -> Numbers:
    """Return how many different of these words each of `many` candidates has, (many,)."""
    return np.bincount(words.once()[0], minlength=many)


def _has_mark(words: _Words, mark: int, many: int) -> Flags:
    """Return which of `many` candidates have one of these words with `mark`, (many,)."""
    return np.bincount(words.owner, words.marks & mark, minlength=many) > 0


def _people(words: _Words, many: int) -> Numbers:
    """Return how many people each of `many` candidates names of whose names the question holds no part."""
    parts = words.where(words.marks & forward_index.NAMED > 0)
    begins = parts.marks & forward_index.NAME > 0
    name = np.cumsum(begins) - 1
    known = np.bincount(name, parts.asked, minlength=int(begins.sum())) > 0
    return np.bincount(parts.owner[begins][~known], minlength=many)


def _age(question: Question, published: Numbers) -> Column:
    """Return log(1 + days) between an article and the time that is meant, whichever came first."""
    meant = (question.prefer_around or question.now).timestamp()
    dated = published != UNKNOWN_TIME
    days = np.abs(meant - np.where(dated, published, 0)) / DAY
    return np.where(dated, np.log1p(days), UNDATED)


def _query_bigrams(terms: QueryTerms, term: Numbers, owner: Numbers, many: int) -> Column:
    """Return how much of the question's rarity stands side by side in each candidate, every pair once.

    `term` says which of the question's words, or -1, each word of the candidates is, `owner` whose it is.
    """
    weights = np.array(list(terms.weights.values()))
    beside = np.flatnonzero((term[:-1] >= 0) & (term[1:] >= 0) & (owner[:-1] == owner[1:]))
    found = np.unique(np.stack([owner[beside], term[beside], term[beside + 1]]), axis=1)
    sums = np.bincount(found[0], weights[found[1]] + weights[found[2]], minlength=many)
    return sums / (2 * terms.total)


def _redundancy(found: Candidates, words: _Words) -> dict[str, Column]:
    """Return how strongly other articles' candidates name the same new things.

    Each article votes once for each name or number that the question does not hold, with the weight of its
    best candidate; redundancy as a sign of an answer: Dumais et al. 2002.
    """
    owner, stem = words.where((words.marks & forward_index.CONTENT > 0) & ~words.asked).once()
    _, thing = np.unique(stem, return_inverse=True)
    _, article = np.unique(found.row, return_inverse=True)
    votes, vote = np.unique(thing << 32 | article[owner], return_inverse=True)
    weight = np.zeros(len(votes), dtype=np.float32)
    np.maximum.at(weight, vote, found.prior[owner])
    heard = np.bincount(votes >> 32)
    agreed = np.where(heard > 1, np.bincount(votes >> 32, weight), 0.0)[thing]
    order = np.lexsort([-agreed, owner])
    first = np.searchsorted(owner, np.arange(len(found)))
    place = np.arange(len(owner)) - first[owner]  # `owner` is in order, before and after
    scale = float(found.prior.sum()) or 1.0

    def best(many: int) -> Column:
        within = place < many
        return np.bincount(owner[within], agreed[order][within], minlength=len(found)) / scale

    return {"agreement": best(AGREED), "agreement_best": best(1)}
