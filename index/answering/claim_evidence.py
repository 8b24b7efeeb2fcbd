"""The candidates of a question compared with its claim: which report it, which deny it, which are on its topic."""

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

MISSING_SIDE_DEPTH = 60  # ranked candidates among which a claim's missing side is searched; judged
SCORE_TIE = 0.25  # width of the steps of score within which candidates count as equal; judged
# Relatedness to the claim, 0 to 1, below which a sentence is off its topic. Measured: 97 of 100 sentences on
# something else have less.
MIN_RELATEDNESS = 0.2


class ClaimEvidence:
    """What the candidates of one question say about its claim; each sentence is judged at most once, when needed.

    Judgements are cached here, for one answer: no cache outlives a question.
    """

    def __init__(self, claim: Claim, found: CandidateSet) -> None:
        self._claim = claim
        self._found = found
        self._concepts_in = cache(concepts_in)
        self._overlaps: dict[int, ClaimOverlap] = {}
        self._judgements: dict[int, Judgement] = {}
        self._sources: dict[int, str | None] = {}

    def judge(self, position: int) -> Judgement:
        """Return what the candidate at `position` does to the claim."""
        if position not in self._judgements:
            self._judgements[position] = classify(self._overlap(position))
        return self._judgements[position]

    def cited_source(self, position: int) -> str | None:
        """Return the outlet or body that the candidate at `position` names as its source, or None."""
        if position not in self._sources:
            self._sources[position] = cited_source(self._found.passage_of(position).sentence)
        return self._sources[position]

    def add_missing_side(
        self, shown: list[RankedCandidate], ranked: list[RankedCandidate]
    ) -> list[RankedCandidate]:
        """Return the best candidate for each side of the claim that no shown candidate takes with confidence.

        The result holds at most one that reports the claim and one that denies it, none of them in `shown`.
        """
        missing = {Stance.REPORTED, Stance.DENIED}
        missing -= {self._confident_stance(candidate) for candidate in shown}
        shown_positions = {candidate.position for candidate in shown}
        hidden = [candidate for candidate in ranked if candidate.position not in shown_positions]
        added: list[RankedCandidate] = []
        for candidate in self._possible_sides(hidden, missing):
            stance = self._confident_stance(candidate)
            if stance in missing:
                added.append(candidate)
                missing.discard(stance)
        return added

    def keep_on_topic(self, shown: list[RankedCandidate]) -> list[RankedCandidate]:
        """Return the candidates that are about the claim, those fully related first; [] when none is fully related.

        Among candidates of about the same score those that cite a source come first: they tell a reader who
        says so.
        """
        related = {candidate: self._relatedness(candidate.position) for candidate in shown}
        if max(related.values(), default=0.0) < FULL_RELATEDNESS:
            return []

        best_score = max(candidate.score for candidate in shown)

        def order(candidate: RankedCandidate) -> tuple[bool, int, bool]:
            uncited = self.cited_source(candidate.position) is None
            return (
                related[candidate] < FULL_RELATEDNESS,
                int((best_score - candidate.score) / SCORE_TIE),
                uncited,
            )

        return sorted((candidate for candidate in shown if related[candidate] >= MIN_RELATEDNESS), key=order)

    def _possible_sides(
        self, ranked: list[RankedCandidate], missing: set[Stance]
    ) -> Iterator[RankedCandidate]:
        """Yield the stored candidates that may take a side in `missing`, which the caller empties meanwhile.

        Where only a denial is missing, a sentence without any word of denial cannot be one; unless the claim
        itself is negative.
        """
        has_denial_cue: NDArray[np.bool_] | None = None
        for candidate in ranked:
            if not missing:
                return
            if missing == {Stance.DENIED} and not self._claim.negated:
                if has_denial_cue is None:
                    has_denial_cue = self._found.contains_any(_denial_cue_hashes())
                if not has_denial_cue[candidate.position]:
                    continue
            stored = self._found.load_articles((candidate.position, *candidate.duplicates))
            if stored[:1] == [candidate.position]:
                yield candidate

    def _overlap(self, position: int) -> ClaimOverlap:
        if position not in self._overlaps:
            passage = self._found.passage_of(position)
            self._overlaps[position] = overlap(
                self._claim, passage.sentence, passage.headline, passage.before, self._concepts_in
            )
        return self._overlaps[position]

    def _relatedness(self, position: int) -> float:
        """Return how much, 0 to 1, a sentence is about the claim or about a report of it."""
        return max(relatedness(self._overlap(position)), mention_relatedness(self._overlap(position)))

    def _confident_stance(self, candidate: RankedCandidate) -> Stance:
        judgement = self.judge(candidate.position)
        return judgement.stance if judgement.confidence >= MIN_CONFIDENCE else Stance.BACKGROUND


@cache
def _denial_cue_hashes() -> NDArray[np.uint32]:
    """Return the hashes of the stems (see `lexer.term_hash`) without which no sentence denies anything, sorted, (n,)."""
    cues = (phrases.required_words for phrases in (DENIALS, FALSEHOODS, NEGATORS, AVOIDANCES, WITHDRAWALS))
    words = frozenset().union(*cues, *(one | other for one, other in OPPOSITES)) | {"t", "cannot"}  # "didn't"
    stems = {stem for word in words for stem in analyzer().analyze(word)}
    return np.array(sorted(map(term_hash, stems)), dtype=np.uint32)
