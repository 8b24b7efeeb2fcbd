"""Every measure in one run, on a folder of evaluation data; and the floors that these may not fall below."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.encoding.encoder import load_encoder
from index.encoding.query_adapter import QueryAdapter, encoder_weights, identity_adapter
from index.errors import VerbatimError
from index.evaluation.cached_encoder import CachedEncoder
from index.evaluation.news_qa import (
    FOLDS,
    EvalQuestion,
    RankingCase,
    ranking_cases,
    read_questions,
    read_rows,
)
from index.ingest.inputs import read_inputs
from index.ranking.model import RankingModel, bundled_ranking
from index.text.sentence_splitter import SPLITTER_VERSION

ProgressCallback = Callable[[str, int, int], None]  # what is being done, how much of it, out of how much

QUICK_QUESTIONS = 40
SAMPLE_SHARES = (0.1, 0.01)  # of the corpus, over which silence is learned too: an index may be small
FLOOR_SLACK, QUICK_FLOOR_SLACK = (
    0.005,
    0.05,
)  # below the figures: rounding; two questions of a quick run's forty


@dataclass(frozen=True, slots=True)
class EvalSettings:
    """Where the data are, where encodings and the index of the corpus are kept, and whether to hurry.

    A quick run asks the first QUICK_QUESTIONS of each kind over the articles listed for them, and measures the
    ranking as it is: a check that nothing broke, not a figure to quote.
    """

    data: Path
    cache: Path
    models: Path
    quick: bool = False


@dataclass(frozen=True, slots=True)
class EvalResult:
    """Figures by name, each from 0 to 1, and the model fitted on the way; a quick run fits none."""

    figures: dict[str, float]
    model: dict[str, Any] | None


def run_evaluation(setting: EvalSettings, progress: ProgressCallback) -> EvalResult:
    """Take every measure; the second run finds all encodings in the cache.

    Raises VerbatimError when the data folder lacks a file, or a library is missing.
    """
    try:
        import index.evaluation.fit_ranker  # noqa: F401 - to know before the long work begins
    except ImportError as error:
        raise VerbatimError(
            f"Measuring needs the library {error.name}: pip install 'verbatim-news[eval]'"
        ) from error
    if not (setting.data / "news-qa").is_dir():
        raise VerbatimError(f"There is no evaluation data in {setting.data}; name its folder with --data.")
    encoder = CachedEncoder(load_encoder(None, setting.models), setting.cache)
    try:
        measured = _quick(setting, encoder, progress) if setting.quick else _full(setting, encoder, progress)
    finally:
        encoder.close()
    return EvalResult(measured.figures | _rule_measures(setting, progress), measured.model)


def _quick(setting: EvalSettings, encoder: CachedEncoder, progress: ProgressCallback) -> EvalResult:
    from index.evaluation.fit_ranker import measure_model

    model = bundled_ranking()
    with _corpus(setting, encoder, progress) as corpus:
        known, unknown = corpus.cases([model.adapter] * FOLDS, progress)
    return EvalResult(measure_model(known, unknown, model), None)


def _full(setting: EvalSettings, encoder: CachedEncoder, progress: ProgressCallback) -> EvalResult:
    """Fit the aim, then, with each fold's own aim, the rest; measure what was fitted."""
    from index.evaluation.fit_query_adapter import fit_query_adapter
    from index.evaluation.fit_ranker import fit_ranking, model_to_json
    from index.evaluation.judged_sentences import newsqa_stories, score_trecqa

    judged, weights = setting.data / "answer-sentences", encoder_weights(encoder.fingerprint)

    def tell(done: int, total: int) -> None:
        progress("reading stories", done, total)

    with _corpus(setting, encoder, progress) as corpus, newsqa_stories(judged, encoder) as stories:
        none = [identity_adapter(weights, encoder.dimensions)] * FOLDS
        first = [*corpus.cases(none, progress)[0], *stories.ranking_cases(none, tell)]
        aims = [
            fit_query_adapter([case for case in first if case.fold != fold], weights) for fold in range(FOLDS)
        ]
        known, unknown = corpus.cases(aims, progress)
        parts = [
            [case for cases in corpus.cases(aims, progress, share) for case in cases]
            for share in SAMPLE_SHARES
        ]
        told = stories.ranking_cases(aims, tell)
    progress("fitting the ranking", 0, 1)
    fitted = fit_ranking(known, unknown, told, parts, fit_query_adapter(first, weights))
    progress("judged sentences", 0, 1)
    trecqa = score_trecqa(judged, encoder, RankingModel.from_json(model_to_json(fitted.model)))
    return EvalResult(fitted.figures | trecqa, fitted.model)


def check_floors(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return, in words, every figure that has fallen below its floor or is missing."""
    faults = []
    for name, floor in floors.items():
        figure = figures.get(name)
        if figure is None:
            faults.append(f"{name} was not measured")
        elif figure < floor:
            faults.append(f"{name} is {figure:.4f}, below its floor of {floor:.4f}")
    return faults


def raise_floors(
    figures: Mapping[str, float],
    floors: Mapping[str, float],
    *,
    quick: bool = False,
    allow_lower: bool = False,
) -> dict[str, float]:
    """Return new floors, a little below the figures.

    Raises VerbatimError if one would be lower than before and `allow_lower` is not set.
    """
    new = {
        name: round(value - (QUICK_FLOOR_SLACK if quick else FLOOR_SLACK), 3)
        for name, value in figures.items()
    }
    lower = [name for name, floor in floors.items() if new.get(name, -1.0) < floor]
    if lower and not allow_lower:
        kept = {name: max(new.get(name, floor), floor) for name, floor in floors.items()}
        failing = check_floors(figures, kept)
        if failing:
            raise VerbatimError(
                "Floors only go up: " + "; ".join(failing) + ". Lowering takes --allow-lower."
            )
        return {**new, **kept}
    return new


def read_floors(path: Path, quick: bool) -> dict[str, float]:
    """Return the floors kept in `path` for a full or a quick run."""
    kept: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return kept.get(_part(quick), {})


def write_floors(path: Path, quick: bool, floors: Mapping[str, float]) -> None:
    """Keep floors for a full or a quick run in `path`."""
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    kept[_part(quick)] = dict(sorted(floors.items()))
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", "utf-8")


def _part(quick: bool) -> str:
    return "quick" if quick else "full"


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The articles in an archive, and the questions put to them: answerable and not."""

    archive: Archive
    answerable: list[EvalQuestion]
    unanswerable: list[EvalQuestion]

    def cases(
        self, aims: Sequence[QueryAdapter], progress: ProgressCallback, share: float | None = None
    ) -> tuple[list[RankingCase], list[RankingCase]]:
        """Return the cases of both kinds of questions, each with its own fold's aim; `share` as `gather` has it."""
        table = self.archive.article_table()
        queries = [*self.answerable, *self.unanswerable]
        cases = []
        for done, case in enumerate(ranking_cases(self.archive.retriever, table, queries, aims, share), 1):
            progress("asking", done, len(queries))
            cases.append(case)
        return cases[: len(self.answerable)], cases[len(self.answerable) :]


@contextmanager
def _corpus(setting: EvalSettings, encoder: CachedEncoder, progress: ProgressCallback) -> Iterator[_Corpus]:
    """Open the corpus, indexed anew when SPLITTER_VERSION has been raised."""
    data = setting.data / "news-qa"
    asked, strange = (
        read_questions(data / "questions.jsonl.gz"),
        read_questions(data / "unanswerable.jsonl.gz"),
    )
    if setting.quick:
        asked, strange = asked[:QUICK_QUESTIONS], strange[:QUICK_QUESTIONS]
    folder = setting.cache / f"corpus-{_part(setting.quick)}-{SPLITTER_VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    with Archive(folder, encoder) as archive:
        total = sum(1 for _ in read_rows(data / "articles.jsonl.gz"))
        source = _listed(data, asked) if setting.quick else None
        articles = read_inputs([str(data / "articles.jsonl.gz")])
        chosen = (
            articles if source is None else (item for item in articles if getattr(item, "url", "") in source)
        )
        for done, _ in enumerate(archive.iter_add(chosen), 1):
            progress("indexing the corpus", done, len(source) if source else total)
        yield _Corpus(archive, asked, strange)


def _listed(data: Path, asked: Sequence[EvalQuestion]) -> set[str]:
    numbers = {query.question_id for query in asked}
    rows = (row for row in read_rows(data / "questions.jsonl.gz") if row["id"] in numbers)
    return {url for row in rows for url in row["articles"]}


def _rule_measures(setting: EvalSettings, progress: ProgressCallback) -> dict[str, float]:
    """Take the measures that need no index: stance, speakers, extraction."""
    from index.evaluation.eval_extraction import score_extraction
    from index.evaluation.eval_speakers import score_speakers
    from index.evaluation.eval_stance import score_stance

    progress("stance", 0, 3)
    stance = score_stance(setting.data, pairs=0 if setting.quick else 3000)
    progress("speakers", 1, 3)
    speakers = score_speakers(setting.data / "speakers", limit=60 if setting.quick else None)
    figures = {
        "stance accuracy": stance.accuracy,
        "stance denies precision": stance.precision_at_recall_60,
        "speakers precision": speakers.precision,
        "speakers recall": speakers.recall,
    }
    if not setting.quick:
        progress("extraction", 2, 3)
        figures["extraction f1"] = score_extraction(setting.data / "extraction").f1
    return figures
