"""Both sides of a claim among what was found: who reports it, who denies it, and what tells of it at all."""

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.answering.candidates import CandidateSet
from index.attribution.speaker_attribution import cited_source
from index.ranking.diversify import RankedCandidate
from index.retrieval.keyword_index import analyzer
from index.retrieval.lexer import term_hash
from index.stance.claim import Claim, ClaimOverlap, concepts_in, overlap
from index.stance.classifier import classify
from index.stance.cue_lexicon import AVOIDANCES, DENIALS, FALSEHOODS, NEGATORS, OPPOSITES, WITHDRAWALS
from index.stance.event_match import mention_relatedness, relatedness
from index.stance.judgement import Judgement, Stance
from index.stance.weights import FULL_RELATEDNESS, MIN_CONFIDENCE

SEARCHED_FOR_OTHER_SIDE = 60  # ranked sentences among which a claim's other side is looked for
SCORE_TIE = 0.25  # a difference in score that means nothing
MIN_RELATEDNESS = (
    0.2  # how much of a claim a sentence must tell of; 97 of 100 sentences on something else tell of less
)


class ClaimEvidence:
    """The candidates of one question set against its claim; each sentence is read once, and only if it matters.

    What is read is remembered here, for one answer: no cache outlives a question.
    """

    def __init__(self, claim: Claim, found: CandidateSet) -> None:
        self._claim = claim
        self._found = found
        self._concepts_in = cache(concepts_in)
        self._matches: dict[int, ClaimOverlap] = {}
        self._judgements: dict[int, Judgement] = {}
        self._sources: dict[int, str | None] = {}

    def judge(self, position: int) -> Judgement:
        """Return what the candidate at `position` does to the claim."""
        if position not in self._judgements:
            self._judgements[position] = classify(self._overlap(position))
        return self._judgements[position]

    def source(self, position: int) -> str | None:
        """Return the outlet or body that the candidate at `position` names as its source."""
        if position not in self._sources:
            self._sources[position] = cited_source(self._found.passage_of(position).sentence)
        return self._sources[position]

    def add_missing_side(
        self, shown: list[RankedCandidate], ranked: list[RankedCandidate]
    ) -> list[RankedCandidate]:
        """Return the best of what is not shown that surely reports, or denies, a claim which nothing shown does."""
        missing = {Stance.REPORTED, Stance.DENIED}
        missing -= {self._confident_stance(place) for place in shown}
        places = {place.position for place in shown}
        added: list[RankedCandidate] = []
        for place in self._is_worth_judging([one for one in ranked if one.position not in places], missing):
            stance = self._confident_stance(place)
            if stance in missing:
                added.append(place)
                missing.discard(stance)
        return added

    def keep_on_topic(self, shown: list[RankedCandidate]) -> list[RankedCandidate]:
        """Keep what tells of the claim, what surely does first; nothing when nothing surely does.

        Among equals a sentence that names its source comes first: it is worth more to who wants to know who says so.
        """
        told = {place: self._relatedness(place.position) for place in shown}
        if max(told.values(), default=0.0) < FULL_RELATEDNESS:
            return []

        best = max(place.score for place in shown)

        def order(place: RankedCandidate) -> tuple[bool, int, bool]:
            unsourced = self.source(place.position) is None
            return told[place] < FULL_RELATEDNESS, int((best - place.score) / SCORE_TIE), unsourced

        return sorted((place for place in shown if told[place] >= MIN_RELATEDNESS), key=order)

    def _is_worth_judging(
        self, ranked: list[RankedCandidate], missing: set[Stance]
    ) -> Iterator[RankedCandidate]:
        """Yield what may surely take a side that is still missing when it is its turn.

        Where only a denial is missing, a sentence without any word of denial cannot be one; unless the claim itself
        is negative.
        """
        denying: NDArray[np.bool_] | None = None
        for place in ranked:
            if not missing:
                return
            if missing == {Stance.DENIED} and not self._claim.negated:
                denying = self._found.contains_any(_denying()) if denying is None else denying
                if not denying[place.position]:
                    continue
            if self._found.load_articles((place.position, *place.duplicates))[:1] == [place.position]:
                yield place

    def _overlap(self, position: int) -> ClaimOverlap:
        if position not in self._matches:
            passage = self._found.passage_of(position)
            self._matches[position] = overlap(
                self._claim, passage.sentence, passage.headline, passage.before, self._concepts_in
            )
        return self._matches[position]

    def _relatedness(self, position: int) -> float:
        """Return how much, 0 to 1, a sentence tells of the claim or of a report of it, more than sharing its words."""
        return max(relatedness(self._overlap(position)), mention_relatedness(self._overlap(position)))

    def _confident_stance(self, place: RankedCandidate) -> Stance:
        judgement = self.judge(place.position)
        return judgement.stance if judgement.confidence >= MIN_CONFIDENCE else Stance.BACKGROUND


@cache
def _denying() -> NDArray[np.uint32]:
    """Return the stems, as the forward index numbers them, without which no sentence denies anything."""
    cues = (phrases.required_words for phrases in (DENIALS, FALSEHOODS, NEGATORS, AVOIDANCES, WITHDRAWALS))
    words = frozenset().union(*cues, *(one | other for one, other in OPPOSITES)) | {"t", "cannot"}  # "didn't"
    stems = {stem for word in words for stem in analyzer().analyze(word)}
    return np.array(sorted(map(term_hash, stems)), dtype=np.uint32)
