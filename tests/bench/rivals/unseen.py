"""A ranking that has never met the questions the rivals are asked: fitted as `verbatim eval --fit` does, on the others."""

from dataclasses import replace
from itertools import chain
from pathlib import Path

from index.encoding.encoder import load_encoder
from index.encoding.query_adapter import encoder_weights, identity_adapter
from index.evaluation.cached_encoder import CachedEncoder
from index.evaluation.fit_query_adapter import fit_aim
from index.evaluation.fit_ranker import fit, model_to_json
from index.evaluation.judged_sentences import newsqa
from index.evaluation.news_qa import FOLDS
from index.evaluation.run import PARTS, EvalSettings, _corpus


def fit_without(first: int, setting: EvalSettings, target: Path) -> None:
    """Write to `target` a ranking fitted on all the data but the `first` questions on news."""
    encoder = CachedEncoder(load_encoder(None, setting.models), setting.cache)
    weights = encoder_weights(encoder.fingerprint)
    with (
        _corpus(setting, encoder, _untold) as whole,
        newsqa(setting.data / "answer-sentences", encoder) as stories,
    ):
        corpus = replace(whole, answerable=whole.answerable[first:])
        none = [identity_adapter(weights, encoder.dimensions)] * FOLDS
        cases = [*corpus.cases(none, _untold)[0], *stories.cases(none, _uncounted)]
        aims = [fit_aim([case for case in cases if case.fold != fold], weights) for fold in range(FOLDS)]
        known, unknown = corpus.cases(aims, _untold)
        parts = [list(chain(*corpus.cases(aims, _untold, share))) for share in PARTS]
        fitted = fit(known, unknown, stories.cases(aims, _uncounted), parts, fit_aim(cases, weights))
    encoder.close()
    target.write_text(model_to_json(fitted.model), encoding="utf-8")


def _untold(_doing: str, _done: int, _all: int) -> None:
    """Say nothing."""


def _uncounted(_done: int, _all: int) -> None:
    """Say nothing."""
