"""The quick part of `verbatim eval` against its floors."""

import json
import shutil

import pytest

from index.archive import Archive
from index.errors import VerbatimError
from index.evaluation import run
from index.evaluation.floors import check_floors, read_floors
from index.evaluation.run import EvalSettings, check_evaluation, run_evaluation
from index.ingest.pipeline import IngestOutcome
from tests.conftest import REPOSITORY
from tests.index.conftest import BRIDGE

FLOORS = REPOSITORY / "tests" / "eval" / "floors.json"


def test_the_quick_measures_keep_their_floors(shared_data, models):
    setting = EvalSettings(shared_data, REPOSITORY / "data" / "eval", models, quick=True)
    heard = []
    measured = run_evaluation(setting, lambda what, done, total: heard.append(what))
    floors = read_floors(FLOORS, quick=True)
    assert floors
    assert check_floors(measured.figures, floors) == []
    assert {"indexing the corpus", "asking"} <= set(heard)


def test_a_database_server_gives_the_same_figures_to_the_last_digit(
    shared_data, models, tmp_path, postgres_address
):
    cache = tmp_path / "eval"
    cache.mkdir()
    for encodings in (REPOSITORY / "data" / "eval").glob("*.db"):
        shutil.copy(encodings, cache)
    figures = [
        run_evaluation(
            EvalSettings(shared_data, cache, models, quick=True, store=store), lambda *_: None
        ).figures
        for store in (None, postgres_address, postgres_address)  # the last time with the corpus in it
    ]
    assert figures[0] == figures[1] == figures[2]


def test_an_address_that_comes_twice_is_not_taken_in_anew_by_every_run(tmp_path, encoder):
    file = tmp_path / "articles.jsonl"
    rows = [
        {"url": BRIDGE.url, "outlet": "Wire", "title": title, "text": text, "published": "2024-11-01"}
        for title, text in (("First", BRIDGE.text), ("Second", f"{BRIDGE.text} It opens in May."))
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    articles = run.articles_by_url(file)
    assert [one.title for one in articles.values()] == ["Second"]
    with Archive(tmp_path, encoder) as archive:
        for outcome in (IngestOutcome.ADDED, IngestOutcome.UNCHANGED):
            assert [one.outcome for one in archive.add(articles.values())] == [outcome]


def test_a_database_with_other_news_is_not_measured_on(
    shared_data, models, encoder, tmp_path, postgres_address
):
    with Archive(tmp_path / "bot", encoder, store=postgres_address) as archive:
        archive.add([BRIDGE])
    settings = EvalSettings(shared_data, tmp_path, models, quick=True, store=postgres_address)
    with pytest.raises(VerbatimError, match="other news"):
        run_evaluation(settings, lambda *_: None)
    with Archive(tmp_path / "bot", encoder, store=postgres_address) as archive:
        assert archive.stats().articles == 1


def test_a_library_that_is_missing_is_told_with_how_to_get_it(tmp_path, models, monkeypatch):
    monkeypatch.setattr(run, "LIBRARIES", ("numpy", "no_such_library"))
    with pytest.raises(VerbatimError, match=r"needs no_such_library: pip install 'verbatim-news\[eval\]'"):
        run_evaluation(EvalSettings(tmp_path, tmp_path, models), lambda *_: None)


def test_every_file_of_a_full_run_is_there(shared_data, models, tmp_path):
    check_evaluation(EvalSettings(shared_data, tmp_path, models))


def test_data_that_is_not_there_is_told_in_words(tmp_path, models):
    with pytest.raises(VerbatimError, match=r"lacks news-qa/articles.jsonl.gz, .*extraction; .*--data"):
        run_evaluation(EvalSettings(tmp_path, tmp_path, models), lambda *_: None)
