"""Where the time of a question goes: each stage's own time, without that of the stages it calls."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from index import archive
from index.answering import answerer, candidate_reading, candidates
from index.archive import Archive
from index.ranking.chances import ChanceModel
from index.ranking.model import RankingModel
from index.ranking.tree_ensemble import TreeEnsemble
from index.reader.pair_tokenizer import PairTokenizer
from index.reader.reader import Reader
from index.retrieval import forward_index, hybrid_search
from index.retrieval.keyword_index import KeywordIndex
from index.retrieval.query_terms import QueryAnalyzer
from index.retrieval.vector_index import VectorIndex
from index.storage.store import Store

ENCODING, LINKS, REST = "encoding it", "links", "the rest"
_STAGES = {
    "reading the question": [(archive, "parse_question"), (QueryAnalyzer, "terms")],
    "words": [(KeywordIndex, "search")],
    "vectors": [(VectorIndex, "search")],
    "vectors of neighbours": [(VectorIndex, "vectors_of"), (hybrid_search, "_window_similarities")],
    "words of candidates": [(forward_index, "load")],
    "features": [(candidates, "feature_matrix")],
    "trees": [(TreeEnsemble, "score")],
    "arranging": [(answerer, "diversify")],
    "silence": [(RankingModel, "answerability_logit"), (answerer, "single_confidence")],
    "reading articles": [(Store, "get_many")],
    "speakers": [(answerer, "speaker_of")],
    "the reader": [(Reader, "read")],
    "tokens for the reader": [(PairTokenizer, "encode")],
    "chances": [(ChanceModel, "candidate_chances"), (ChanceModel, "answerable_logit")],
    "cues": [(candidate_reading, "cue_judgements"), (answerer, "cited_source")],
    "groups": [(answerer, "group_by_stance")],
}


class Clock:
    """Adds up the time of nested stages, each without those inside it."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []  # time of the stages within each that is open

    def timed(self, stage: str, deed: Callable[..., Any]) -> Callable[..., Any]:
        """Return `deed`, counted as `stage`; what it gives lazily is made at once."""

        def counted(*arguments: Any, **named: Any) -> Any:
            with self.open(stage):
                given = deed(*arguments, **named)
                return iter(list(given)) if isinstance(given, Iterator) else given

        return counted

    @contextmanager
    def open(self, stage: str) -> Iterator[None]:
        """Count what is done inside as `stage`."""
        self._inside.append(0.0)
        begun = time.perf_counter()
        try:
            yield
        finally:
            whole = time.perf_counter() - begun
            self.spent[stage] += whole - self._inside.pop()
            if self._inside:
                self._inside[-1] += whole


def spent(opened: Archive, questions: list[Callable[[Archive], Any]]) -> dict[str, float]:
    """Return the seconds of each stage over all questions, links of the quotes shown first included."""
    clock = Clock()
    with ExitStack() as stack:
        for stage, owner, name in ((stage, *place) for stage, places in _STAGES.items() for place in places):
            stack.enter_context(patch.object(owner, name, clock.timed(stage, getattr(owner, name))))
        encoder = opened.retriever._encoder
        stack.enter_context(patch.object(encoder, "encode", clock.timed(ENCODING, encoder.encode)))
        stack.enter_context(patch.object(opened.retriever._executor, "submit", _at_once))
        for question in questions:
            with clock.open(REST):
                answered = question(opened)
            with clock.open(LINKS):
                for quote in answered.quotes[:3]:
                    assert quote.link
    return dict(clock.spent)


def _at_once(deed: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Do at once what else is done in a thread beside: stages are counted in one."""
    done: Future[Any] = Future()
    done.set_result(deed(*arguments))
    return done
