"""An index is built again when what builds it is of other versions."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.rivals import run
from tests.bench.rivals.run import Way


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Build a way, and how often that was done."""
    deeds = []

    def build(python, way, deed, folder):
        folder.mkdir()
        deeds.append(deed)
        return {"processor": len(deeds)}

    monkeypatch.setattr(run, "_run", build)
    return lambda way: run._built(Path("python"), way, tmp_path)["processor"]


RIVAL = Way("Rival", "rival", ("rival==1.0",))


def test_an_index_is_built_once_for_ways_of_one_script(built):
    assert [built(RIVAL), built(replace(RIVAL, name="Rival, reranked"))] == [1, 1]


def test_a_rival_of_another_version_builds_its_index_again(built):
    assert [built(RIVAL), built(replace(RIVAL, packages=("rival==1.1",))), built(RIVAL)] == [1, 2, 3]


def test_ours_is_built_again_when_its_source_has_changed(built, tmp_path, monkeypatch):
    source = tmp_path / "repository" / "index" / "split.py"
    source.parent.mkdir(parents=True)
    source.write_text("first")
    monkeypatch.setattr(run, "REPOSITORY", tmp_path / "repository")
    ours = Way("Verbatim", "verbatim")
    assert [built(ours), built(ours)] == [1, 1]
    source.write_text("second")
    assert built(ours) == 2


def test_what_an_older_run_left_without_versions_is_built_again(built, tmp_path):
    (tmp_path / "rival.json").write_text('{"processor": 7}')
    assert built(RIVAL) == 1
