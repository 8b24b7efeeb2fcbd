"""Features of what a sentence adds to the question: new names and numbers, the kind asked for, agreement."""

from dataclasses import dataclass

import numpy as np

from index.arrays import BoolArray, ByteArray, IntArray, NumberArray
from index.query.question import AnswerType, Question
from index.retrieval import lexer
from index.retrieval.hybrid_search import Candidates

AGREED_TERMS = 3  # new terms of a sentence, those most agreed on, that count; judged
UNKNOWN_MATCH = 0.5  # judged: whether a sentence holds the type asked for, where its wording cannot show that
COARSE_ANSWER_TYPES = (
    AnswerType.PERSON,
    AnswerType.PLACE,
    AnswerType.TIME,
    AnswerType.NUMBER,
    AnswerType.CLAIM,
)


@dataclass(frozen=True, slots=True)
class CandidateTokens:
    """Tokens of the candidates' own sentences, (tokens,) each, candidate by candidate.

    `owner` is whose a token is, `term_hash` its stem, `flags` as in `index.retrieval.lexer`; `in_question` is
    whether the question has the same stem.
    """

    owner: IntArray
    term_hash: IntArray
    flags: ByteArray
    in_question: BoolArray

    def where(self, mask: BoolArray) -> "CandidateTokens":
        """Return the tokens that a mask (tokens,) keeps."""
        return CandidateTokens(
            self.owner[mask], self.term_hash[mask], self.flags[mask], self.in_question[mask]
        )

    def distinct(self) -> tuple[IntArray, IntArray]:
        """Return (owner, term hash) of each different token of each candidate, sorted by both."""
        found = np.unique(self.owner << 32 | self.term_hash)
        return found >> 32, found & 0xFFFFFFFF


def answer_type_features(
    question: Question, tokens: CandidateTokens, content_kinds: ByteArray
) -> dict[str, NumberArray]:
    """Return features of n candidates by name, (n,) each: counts of what is new, and flags (0 or 1).

    `content_kinds`, (n,), are the candidates' as in `SentenceTokens`. "fits" is UNKNOWN_MATCH where the
    wording of a sentence does not show whether it holds the type asked for.
    """
    count = len(content_kinds)
    new = tokens.where(~tokens.in_question)
    new_names = _distinct_counts(new.where(new.flags & lexer.CAPITAL > 0), count)
    new_numbers = _distinct_counts(new.where(new.flags & lexer.DIGIT > 0), count)
    people = _new_people(tokens, count)
    held = _answer_types_held(new, content_kinds, new_names, new_numbers, people)
    wanted = {
        f"wants_{kind.name.lower()}": np.full(count, question.answer_type.coarse is kind)
        for kind in COARSE_ANSWER_TYPES
    }
    return wanted | {
        "new_names": new_names,
        "new_numbers": new_numbers,
        "fits": held.get(question.answer_type, np.full(count, UNKNOWN_MATCH)),
        "has_people": people,
        "has_place": held[AnswerType.PLACE],
        "has_number": held[AnswerType.NUMBER],
        "has_time": held[AnswerType.TIME],
        "has_reason": held[AnswerType.REASON],
        "has_speech": held[AnswerType.QUOTE],
    }


def redundancy_features(candidates: Candidates, tokens: CandidateTokens) -> dict[str, NumberArray]:
    """Return how strongly other articles' candidates name the same new things, 0 to AGREED_TERMS, (n,) each.

    Each article votes once for each name or number that the question does not hold, with the fused score of
    its best candidate, as a share of all scores. Redundancy as a sign of an answer: Dumais et al. 2002.
    """
    content = tokens.where((tokens.flags & lexer.CONTENT > 0) & ~tokens.in_question)
    owner, term_hash = content.distinct()
    _, term = np.unique(term_hash, return_inverse=True)
    _, article = np.unique(candidates.article_row, return_inverse=True)
    votes, vote = np.unique(term << 32 | article[owner], return_inverse=True)
    weight = np.zeros(len(votes), dtype=np.float32)
    np.maximum.at(weight, vote, candidates.fused_score[owner])
    voters = np.bincount(votes >> 32)
    agreed = np.where(voters > 1, np.bincount(votes >> 32, weight), 0.0)[term]
    order = np.lexsort([-agreed, owner])
    first = np.searchsorted(owner, np.arange(len(candidates)))
    place = np.arange(len(owner)) - first[owner]  # `owner` is sorted, and `order` keeps it so
    scale = float(candidates.fused_score.sum()) or 1.0

    def sum_of_best(k: int) -> NumberArray:
        within = place < k
        return np.bincount(owner[within], agreed[order][within], minlength=len(candidates)) / scale

    return {"agreement": sum_of_best(AGREED_TERMS), "agreement_best": sum_of_best(1)}


def _answer_types_held(
    new: CandidateTokens, kinds: ByteArray, new_names: IntArray, new_numbers: IntArray, people: IntArray
) -> dict[AnswerType, BoolArray]:
    """Return which candidates hold a new thing of each answer type that wording shows, (n,) each."""
    return {
        AnswerType.PERSON: people > 0,
        AnswerType.ORGANISATION: (people > 0) | (new_names > 0),
        AnswerType.PLACE: kinds & lexer.PLACE > 0,
        AnswerType.COUNTRY: _has_flag(new, lexer.COUNTRY_NAME, len(kinds)),
        AnswerType.STATE: _has_flag(new, lexer.STATE_NAME, len(kinds)),
        AnswerType.NUMBER: (new_numbers > 0) | (kinds & lexer.NUMBER > 0),
        AnswerType.SHARE: (new_numbers > 0) & (kinds & lexer.SHARE > 0),
        AnswerType.MONEY: (new_numbers > 0) & (kinds & lexer.MONEY > 0),
        AnswerType.TIME: kinds & lexer.TIME > 0,
        AnswerType.REASON: kinds & lexer.REASON > 0,
        AnswerType.QUOTE: kinds & lexer.SPEECH > 0,
    }


def _distinct_counts(tokens: CandidateTokens, count: int) -> IntArray:
    """Return how many different tokens each of `count` candidates has, (count,)."""
    return np.bincount(tokens.distinct()[0], minlength=count)


def _has_flag(tokens: CandidateTokens, flag: int, count: int) -> BoolArray:
    """Return which of `count` candidates have a token with `flag`, (count,)."""
    return np.bincount(tokens.owner, tokens.flags & flag, minlength=count) > 0


def _new_people(tokens: CandidateTokens, count: int) -> IntArray:
    """Return how many people each candidate names of whose names the question has no part, (count,)."""
    parts = tokens.where(tokens.flags & lexer.PERSON_NAME > 0)
    starts = parts.flags & lexer.PERSON_NAME_START > 0
    name = np.cumsum(starts) - 1
    known = np.bincount(name, parts.in_question, minlength=int(starts.sum())) > 0
    return np.bincount(parts.owner[starts][~known], minlength=count)
