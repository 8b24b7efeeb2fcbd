"""A ranking that has never met the questions the rivals are asked: fitted as `verbatim eval --fit` does, on the others."""

from dataclasses import replace
from itertools import chain
from pathlib import Path

from index.encoding.encoder import load_encoder
from index.encoding.query_adapter import encoder_weights, identity_adapter
from index.evaluation.cached_encoder import CachedEncoder
from index.evaluation.fitting.fit_query_adapter import fit_query_adapter
from index.evaluation.fitting.fit_ranker import fit_ranking, model_to_json
from index.evaluation.judged_sentences import newsqa_stories
from index.evaluation.news_qa import FOLDS
from index.evaluation.run import SAMPLE_SHARES, EvalSettings, _corpus


def fit_without(first: int, setting: EvalSettings, target: Path) -> None:
    """Write to `target` a ranking fitted on all the data but the `first` questions on news."""
    encoder = CachedEncoder(load_encoder(None, setting.models), setting.cache)
    weights = encoder_weights(encoder.fingerprint)
    with (
        _corpus(setting, encoder, _untold) as whole,
        newsqa_stories(setting.data / "answer-sentences", encoder) as stories,
    ):
        corpus = replace(whole, answerable=whole.answerable[first:])
        none = [identity_adapter(weights, encoder.dimensions)] * FOLDS
        cases = [*corpus.cases(none, _untold)[0], *stories.ranking_cases(none, _uncounted)]
        aims = [
            fit_query_adapter([case for case in cases if case.fold != fold], weights) for fold in range(FOLDS)
        ]
        known, unknown = corpus.cases(aims, _untold)
        parts = [list(chain(*corpus.cases(aims, _untold, share))) for share in SAMPLE_SHARES]
        fitted = fit_ranking(
            known, unknown, stories.ranking_cases(aims, _uncounted), parts, fit_query_adapter(cases, weights)
        )
    encoder.close()
    target.write_text(model_to_json(fitted.model), encoding="utf-8")


def _untold(_doing: str, _done: int, _all: int) -> None:
    """Say nothing."""


def _uncounted(_done: int, _all: int) -> None:
    """Say nothing."""
