"""Train the reader and fit the chances of what it reads, on a folder of training data."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.archive import Archive
from index.articles import Article
from index.encoding.encoder import bundled_model_path, load_encoder
from index.errors import RefusedArticle, VerbatimError
from index.evaluation.own_labels import CONTRASTS_FILE, LABELS_FILE, read_own_labels
from index.evaluation.requirements import check_requirements
from index.ingest.inputs import read_inputs
from index.reader.reader import Reader
from index.reader.training.event_split import KEPT_ASIDE, apart_from, split_by_event
from index.reader.training.judged_questions import judged_groups, judged_rows
from index.reader.training.public_sets import ANSWER_SETS, STANCE_SETS, Row
from index.reader.training.quiz_questions import quiz_questions
from index.text.sentence_splitter import SPLITTER_VERSION
from index.urls import canonical_url

NEWS_FILE, QUESTIONS_FILE = "news-2022-2024.jsonl.gz", "questions-unjudged.txt"
JUDGED_FILES = ("claims-judged.jsonl.gz", "open-judged.jsonl.gz")
LIBRARIES = ("lightgbm", "onnx", "onnxruntime", "sentence_transformers", "sklearn", "torch", "transformers")
TOLD_EVERY = 200  # pages between two lines of the log

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """Folders of the training data, of what is kept between runs, and of the models."""

    data: Path
    folder: Path
    models: Path


@dataclass(frozen=True, slots=True)
class TrainResult:
    """The file of the trained network, the text of `chances.json`, and out-of-fold figures by name."""

    network: Path
    chances: str
    figures: dict[str, float]


def check_training(data: Path) -> None:
    """Raise VerbatimError when a file of training data or a library is missing: before the long work begins."""
    sets = [f"{name}.jsonl.gz" for name in (*ANSWER_SETS, *STANCE_SETS)]
    names = (*JUDGED_FILES, NEWS_FILE, QUESTIONS_FILE, *sets)
    check_requirements("Training", LIBRARIES, data, names, "training")
    for own in (LABELS_FILE, CONTRASTS_FILE):
        if not own.is_file():
            raise VerbatimError(f"Our own judgements are missing: {own} belongs to the repository.")


def run_training(settings: TrainSettings, log: Log) -> TrainResult:
    """Train the reader and fit the chances; `log` is called with lines for the owner.

    What an interrupted run left in the folder is gone on from. Raise VerbatimError when data or a library are
    missing.
    """
    check_training(settings.data)
    from index.evaluation.fitting.fit_chances import (
        chances_to_json,
        fit_claims,
        fit_open,
        out_of_fold_figures,
    )
    from index.evaluation.fitting.read_questions import read_questions, read_quiz
    from index.reader.training.run import train_reader

    judged = list(judged_rows(settings.data))
    with _news_index(settings, judged, log) as archive:
        texts = (settings.data / QUESTIONS_FILE).read_text("utf-8").splitlines()
        articles = archive.stored_articles().values()
        own = list(read_own_labels(articles, texts, LABELS_FILE))
        split = split_by_event(judged, own)
        contrasts = apart_from(read_own_labels(articles, (), CONTRASTS_FILE), split.calibration)
        log(
            f"{len(split.training)} judged questions, {len(split.own_training)} of our own and {len(contrasts)} "
            f"contrasts to train on, "
            f"{len(split.calibration)} to calibrate with"
        )
        first, last = judged_groups(split.training), judged_groups(split.own_training)
        network = train_reader(settings.data, first, last, judged_groups(contrasts), settings.folder, log)
        reader = Reader(network, bundled_model_path())
        questions = read_questions(archive, reader, split.calibration, log)
        quiz = read_quiz(archive, reader, list(quiz_questions(settings.data)), log)
    log("fitting the chances")
    claims = fit_claims([one for one in questions if one.is_claim])
    open_questions = fit_open([one for one in questions if not one.is_claim], quiz)
    figures = {
        f"{kind}: {name}": figure
        for kind, fitted in (("claims", claims), ("open questions", open_questions))
        for name, figure in out_of_fold_figures(fitted).items()
    }
    return TrainResult(network, chances_to_json(claims, open_questions), figures)


@contextmanager
def _news_index(settings: TrainSettings, judged: Sequence[Row], log: Log) -> Iterator[Archive]:
    """Open the index over the pages that judged questions name, made anew when SPLITTER_VERSION was raised."""
    folder = settings.folder / f"news-{SPLITTER_VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    named = {
        canonical_url(one["url"])
        for row in judged
        if row.get("corpus") != KEPT_ASIDE
        for one in row["candidates"]
    }
    with Archive(folder, load_encoder(None, settings.models, log)) as archive:
        for done, _ in enumerate(archive.iter_add(_named_pages(settings.data / NEWS_FILE, named)), 1):
            if done % TOLD_EVERY == 0:
                log(f"indexing {done}/{len(named)}")
        yield archive


def _named_pages(news: Path, named: set[str]) -> Iterator[Article]:
    """Yield those pages of the file `news` whose canonical addresses are `named`."""
    for page in read_inputs([str(news)]):
        if not isinstance(page, RefusedArticle) and page.url in named:
            yield page
