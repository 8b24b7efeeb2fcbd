"""Run all measures on a folder of evaluation data."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.articles import Article
from index.encoding.encoder import load_encoder
from index.encoding.query_adapter import QueryAdapter, encoder_weights, identity_adapter
from index.errors import VerbatimError
from index.evaluation.cached_encoder import CachedEncoder
from index.evaluation.eval_reading import CalibratedReader, ReadingEvaluation, calibrated_reader
from index.evaluation.floors import run_name
from index.evaluation.judged_news import CLAIM_FILE, OPEN_FILE, JudgedNews
from index.evaluation.news_qa import (
    FOLDS,
    EvalQuestion,
    RankingCase,
    ranking_cases,
    read_questions,
    read_rows,
)
from index.evaluation.requirements import check_requirements
from index.ingest.inputs import read_inputs
from index.ranking.model import RankingModel, bundled_ranking
from index.reader.cross_encoder import CrossEncoderReader, Scale, write_scale
from index.reader.load import NO_READER
from index.reader.reader import Reader
from index.storage.postgres.address import PostgresAddress
from index.stored_news import stored_url
from index.text.sentence_splitter import SPLITTER_VERSION

ProgressCallback = Callable[[str, int, int], None]  # what is being done, how much is done, out of how much

LIBRARIES = ("ir_measures", "lightgbm", "sklearn", "torch")
QUICK_DATA = (
    "news-qa/articles.jsonl.gz", "news-qa/questions.jsonl.gz", "news-qa/unanswerable.jsonl.gz",
    "stance/emergent.jsonl.gz", "speakers/articles.jsonl.gz",
)  # fmt: skip
DATA = (
    *QUICK_DATA, "answer-sentences/newsqa.jsonl.gz", "answer-sentences/trecqa.jsonl.gz", str(CLAIM_FILE), str(OPEN_FILE),
    "stance/fnc-bodies.jsonl.gz", "stance/fnc-pairs.jsonl.gz", "extraction",
)  # fmt: skip
QUICK_QUESTIONS = 40  # of each kind; judged, for the time it takes
QUICK_ARTICLES = 60  # with marked speakers; judged, for the time it takes
SAMPLE_SHARES = (
    0.1,
    0.01,
)  # of the corpus, on which answerability is learned too, as an index may be small; judged


@dataclass(frozen=True, slots=True)
class EvalSettings:
    """Folders of the data, of the cache of encodings and of the models, and whether the run is quick.

    A quick run asks the first QUICK_QUESTIONS of each kind over the articles listed for them, and measures the
    bundled ranking without the reader: a check that nothing broke, no figure to quote. `reader` names another
    CrossEncoder than ours, to be fitted and measured. `store` keeps the corpus on a database server, in a database that
    holds nothing else.
    """

    data: Path
    cache: Path
    models: Path
    quick: bool = False
    reader: str | None = None
    store: PostgresAddress | None = None


@dataclass(frozen=True, slots=True)
class EvalResult:
    """Figures by name, each from 0 to 1, and the models fitted on the way: the ranking's and the line classifier's.

    A quick run fits none. `scale` is that of another reader than ours, whose name is `reader`.
    """

    figures: dict[str, float]
    model: dict[str, Any] | None
    line_model: dict[str, Any] | None = None
    reader: str | None = None
    scale: Scale | None = None


def run_evaluation(settings: EvalSettings, progress: ProgressCallback) -> EvalResult:
    """Return all figures; a second run finds the encodings in the cache.

    Raise VerbatimError when the data folder lacks a file, a library is missing, or the database holds other news.
    """
    check_evaluation(settings)
    reader = None if settings.quick else calibrated_reader(settings.reader)
    encoder = CachedEncoder(load_encoder(None, settings.models), settings.cache)
    try:
        measured = (
            _full(settings, encoder, reader, progress) if reader else _quick(settings, encoder, progress)
        )
    finally:
        encoder.close()
    figures = measured.figures | _rule_measures(settings, reader, progress)
    return replace(measured, figures=figures)


def check_evaluation(settings: EvalSettings) -> None:
    """Raise VerbatimError when a file or a library is missing, or there is no reader: before the long work begins."""
    names = QUICK_DATA if settings.quick else DATA
    check_requirements("Measuring", LIBRARIES, settings.data, names, "evaluation")
    if settings.reader == NO_READER:
        raise VerbatimError("Measuring needs a reader: leave VERBATIM_READER empty, or name one.")


def _quick(settings: EvalSettings, encoder: CachedEncoder, progress: ProgressCallback) -> EvalResult:
    from index.evaluation.fitting.fit_ranker import measure_model

    model = bundled_ranking()
    with _corpus(settings, encoder, progress) as corpus:
        answerable, unanswerable = corpus.cases([model.adapter] * FOLDS, progress)
    return EvalResult(measure_model(answerable, unanswerable, model), None)


def _full(
    settings: EvalSettings, encoder: CachedEncoder, reader: CalibratedReader, progress: ProgressCallback
) -> EvalResult:
    """Fit an adapter for each fold, then, with these, the rest; measure what was fitted, then the reader on it."""
    from index.evaluation.fitting.fit_lines import collect_examples, fit_lines, read_labels
    from index.evaluation.fitting.fit_query_adapter import fit_query_adapter
    from index.evaluation.fitting.fit_ranker import fit_ranking, model_to_json
    from index.evaluation.judged_sentences import newsqa_stories, score_trecqa
    from index.evaluation.plain_sentences import plain_sentences_kept

    judged, weights = settings.data / "answer-sentences", encoder_weights(encoder.fingerprint)

    def stories_progress(done: int, total: int) -> None:
        progress("reading stories", done, total)

    with (
        _corpus(settings, encoder, progress, reader.reader) as corpus,
        newsqa_stories(judged, encoder) as stories,
    ):
        identity = [identity_adapter(weights, encoder.dimensions)] * FOLDS
        first = [*corpus.cases(identity, progress)[0], *stories.ranking_cases(identity, stories_progress)]
        adapters = [
            fit_query_adapter([case for case in first if case.fold != fold], weights) for fold in range(FOLDS)
        ]
        answerable, unanswerable = corpus.cases(adapters, progress)
        samples = [
            [case for cases in corpus.cases(adapters, progress, share) for case in cases]
            for share in SAMPLE_SHARES
        ]
        story_cases = stories.ranking_cases(adapters, stories_progress)
        articles = list(corpus.archive.stored_articles().values())
        lines = fit_lines(collect_examples(articles, read_labels()))
        kept = {"plain sentences kept": plain_sentences_kept(articles)}
        progress("fitting the ranking", 0, 1)
        adapter = fit_query_adapter(first, weights)
        fitted = fit_ranking(answerable, unanswerable, story_cases, samples, adapter)
        rankings = fitted.rankings(adapters)
        scale = corpus.scale_reader(reader, rankings, progress)
        read = corpus.read_figures(settings.data, reader, rankings, progress)
    progress("judged sentences", 0, 1)
    trecqa = score_trecqa(judged, encoder, RankingModel.from_json(model_to_json(fitted.model)), reader)
    return EvalResult(
        fitted.figures | trecqa | lines.figures | kept | read,
        fitted.model,
        lines.model,
        settings.reader,
        scale,
    )


def keep_scale(result: EvalResult, folder: Path) -> Path | None:
    """Write the scale of another reader, if one was fitted, into the data folder `folder`; return the file."""
    if result.scale is None or result.reader is None:
        return None
    return write_scale(folder, result.reader, result.scale)


@dataclass(frozen=True, slots=True)
class _Corpus:
    """An archive of the news articles, and the questions about them: answerable and not."""

    archive: Archive
    answerable: list[EvalQuestion]
    unanswerable: list[EvalQuestion]

    def cases(
        self, adapters: Sequence[QueryAdapter], progress: ProgressCallback, share: float | None = None
    ) -> tuple[list[RankingCase], list[RankingCase]]:
        """Return the cases of both kinds of questions, each with the adapter of its fold; `share` as in `ranking_cases`."""
        table = self.archive.article_table()
        queries = [*self.answerable, *self.unanswerable]
        cases = []
        for done, case in enumerate(
            ranking_cases(self.archive.retriever, table, queries, adapters, share), 1
        ):
            progress("asking", done, len(queries))
            cases.append(case)
        return cases[: len(self.answerable)], cases[len(self.answerable) :]

    def scale_reader(
        self, reader: CalibratedReader, rankings: Sequence[RankingModel], progress: ProgressCallback
    ) -> Scale | None:
        """Bring another model than ours to our scale; return that scale. Raise VerbatimError when it cannot be."""
        from index.evaluation.fitting.fit_scale import fit_scale

        other = reader.reader
        if not isinstance(other, CrossEncoderReader):
            return None
        reading = ReadingEvaluation(reader, rankings, self.archive.retriever, self.archive.article_table())
        read = reading.judged_readings(
            self.answerable, lambda done, total: progress("calibrating the reader", done, total)
        )
        try:
            other.scale = fit_scale(read)
        except ValueError as error:
            raise VerbatimError(f"The reader {other.name!r} is of no use here: {error}.") from error
        return other.scale

    def read_figures(
        self,
        data: Path,
        reader: CalibratedReader,
        rankings: Sequence[RankingModel],
        progress: ProgressCallback,
    ) -> dict[str, float]:
        """Return the figures of the reader over the corpus: on its questions, and on judged claims and open questions."""
        table, retriever = self.archive.article_table(), self.archive.retriever
        reading = ReadingEvaluation(reader, rankings, retriever, table)
        asked = reading.figures(
            self.answerable, self.unanswerable, lambda done, total: progress("reading", done, total)
        )
        return asked | JudgedNews(self.archive, reader).figures(data, progress)


@contextmanager
def _corpus(
    settings: EvalSettings, encoder: CachedEncoder, progress: ProgressCallback, reader: Reader | None = None
) -> Iterator[_Corpus]:
    """Open the corpus, indexed anew when SPLITTER_VERSION has been raised, to answer with `reader`."""
    data = settings.data / "news-qa"
    answerable, unanswerable = (
        read_questions(data / "questions.jsonl.gz"),
        read_questions(data / "unanswerable.jsonl.gz"),
    )
    if settings.quick:
        answerable, unanswerable = answerable[:QUICK_QUESTIONS], unanswerable[:QUICK_QUESTIONS]
    kept = "-server" if settings.store else ""
    folder = settings.cache / f"corpus-{run_name(settings.quick)}-{SPLITTER_VERSION}{kept}"
    folder.mkdir(parents=True, exist_ok=True)
    with Archive(folder, encoder, reader=reader, progress=lambda _: None, store=settings.store) as archive:
        articles = articles_by_url(data / "articles.jsonl.gz")
        if settings.store:
            _refuse_other_news(archive, articles.keys(), settings.store)
        urls = _urls_of(data, answerable) & articles.keys() if settings.quick else articles.keys()
        chosen = (article for url, article in articles.items() if url in urls)
        for done, _ in enumerate(archive.iter_add(chosen), 1):
            progress("indexing the corpus", done, len(urls))
        yield _Corpus(archive, answerable, unanswerable)


def articles_by_url(path: Path) -> dict[str, Article]:
    """Return the articles of a file by their addresses; of several at one address the last, which the index would keep.

    To add them all would replace one by the other in every run, and no two runs would measure quite the same index.
    """
    return {item.url: item for item in read_inputs([str(path)]) if isinstance(item, Article)}


def _refuse_other_news(archive: Archive, urls: Collection[str], store: PostgresAddress) -> None:
    """Raise VerbatimError when a database holds articles other than these of the corpus: people may be answered from it."""
    if archive.stored_articles().keys() - {stored_url(url) for url in urls}:
        raise VerbatimError(f"The database at {store} holds other news; name an empty one with --store.")


def _urls_of(data: Path, questions: Sequence[EvalQuestion]) -> set[str]:
    """Return the URLs of the articles that the data list for some questions."""
    ids = {query.question_id for query in questions}
    rows = (row for row in read_rows(data / "questions.jsonl.gz") if row["id"] in ids)
    return {url for row in rows for url in row["articles"]}


def _rule_measures(
    settings: EvalSettings, reader: CalibratedReader | None, progress: ProgressCallback
) -> dict[str, float]:
    """Return the figures that need no index: stance, by rules and with a `reader`, speakers, extraction."""
    from index.evaluation.eval_extraction import score_extraction
    from index.evaluation.eval_speakers import score_speakers
    from index.evaluation.eval_stance import score_read_stance, score_stance

    progress("stance", 0, 3)
    stance = score_stance(settings.data)
    progress("speakers", 1, 3)
    speakers = score_speakers(settings.data / "speakers", limit=QUICK_ARTICLES if settings.quick else None)
    figures = {
        "stance accuracy": stance.accuracy,
        "stance denies precision": stance.precision_at_recall_60,
        "speakers precision": speakers.precision,
        "speakers recall": speakers.recall,
    }
    if reader:
        figures |= score_read_stance(settings.data, reader)
    if not settings.quick:
        progress("extraction", 2, 3)
        figures["extraction f1"] = score_extraction(settings.data / "extraction").f1
    return figures
