"""Where the time of a question goes."""

import time
from threading import Thread

import pytest

from index.archive import Archive
from index.ingest.inputs import read_inputs
from index.stages import Stage, record_stages, stage
from tests.conftest import REPOSITORY


def test_nothing_is_recorded_where_nobody_asks():
    with stage(Stage.READING):
        pass
    with record_stages() as times:
        pass
    assert times == {}


def test_the_times_of_a_stage_are_added_up():
    @stage(Stage.READING)
    def read():
        time.sleep(0.01)

    with record_stages() as times:
        read()
        once = times[Stage.READING]
        read()
    read()
    assert 0.01 <= once <= times[Stage.READING] - 0.01
    assert list(times) == [Stage.READING]


def test_a_stage_that_fails_is_recorded_too():
    with record_stages() as times, pytest.raises(ValueError, match="odd"), stage(Stage.QUOTING):
        raise ValueError("odd")
    assert Stage.QUOTING in times


def test_threads_record_apart():
    with record_stages() as times:
        thread = Thread(target=stage(Stage.READING)(lambda: None))
        thread.start()
        thread.join()
    assert times == {}


def test_a_question_to_the_archive_has_its_stages(tmp_path, models):
    with Archive.open(tmp_path, models=models) as archive:
        archive.add(read_inputs([str(REPOSITORY / "index" / "sample" / "articles.jsonl")]))
        with record_stages() as times:
            assert archive.ask("Did Trump call Putin?").quotes
    assert set(times) >= {Stage.QUESTION, Stage.RETRIEVAL, Stage.QUOTING}
    assert all(seconds > 0 for seconds in times.values())
