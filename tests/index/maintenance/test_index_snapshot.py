"""Indexes from one bot to another in a file: the same ones, nothing else, and never over what is there."""

import io
import json
import tarfile

import pytest

from index.archive import Archive
from index.maintenance.index_snapshot import MANIFEST, BadSnapshot, load_snapshot
from index.retrieval.keyword_index import KeywordIndex
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.maintenance.test_pruning import CheapEncoder, many


@pytest.fixture(autouse=True)
def folders(tmp_path):
    """Data folders of several bots."""
    for name in ("neighbour", "one", "other"):
        (tmp_path / name).mkdir()


@pytest.fixture
def neighbour(postgres_address, tmp_path):
    """A bot with articles, of which one was removed."""
    with Archive(tmp_path / "neighbour", CheapEncoder(), store=postgres_address) as archive:
        archive.add([*many(6), BRIDGE, WHEAT])
        archive.remove(WHEAT.url)
        yield archive


def seen(archive):
    sentences = archive.article_table().first_sentence.tolist()
    return sentences, len(archive._indexes.vectors), archive._indexes.keywords.sentences


def refuse(*_):
    raise AssertionError("an article was indexed anew")


def test_another_bot_starts_from_it_and_adds_what_came_since(
    neighbour, postgres_address, tmp_path, monkeypatch
):
    saved = neighbour.save_snapshot(tmp_path / "neighbour.snapshot")
    assert (saved.articles, saved.sentences) == (7, len(neighbour._indexes.vectors) - 7)
    assert load_snapshot(saved.path, tmp_path / "new", postgres_address) == saved
    with monkeypatch.context() as patched:
        patched.setattr(KeywordIndex, "add", refuse)
        with Archive(tmp_path / "new", CheapEncoder(), store=postgres_address) as new:
            assert seen(new) == seen(neighbour)
            assert new._indexes.vectors.watermark.next == neighbour._indexes.vectors.watermark.next
    neighbour.add([WHEAT])
    with Archive(tmp_path / "new", CheapEncoder(), store=postgres_address) as new:
        assert seen(new) == seen(neighbour)
    assert not list(tmp_path.glob("**/unfinished-*"))


def test_indexes_that_are_there_are_not_replaced(neighbour, postgres_address, tmp_path):
    saved = neighbour.save_snapshot(tmp_path / "file")
    with pytest.raises(BadSnapshot, match="has indexes already"):
        load_snapshot(saved.path, tmp_path / "neighbour", postgres_address)


def test_indexes_of_another_store_are_refused(neighbour, tmp_path):
    saved = neighbour.save_snapshot(tmp_path / "file")
    with Archive(tmp_path / "other", CheapEncoder()):
        pass
    for derived in (tmp_path / "other").glob("words-*"):
        derived.rename(tmp_path / f"away-{derived.name}")
    with pytest.raises(BadSnapshot, match="another store"):
        load_snapshot(saved.path, tmp_path / "other", tmp_path / "other" / "verbatim.db")
    assert not list((tmp_path / "other").glob("words-*"))


def harmed(path, how):
    whole = path.read_bytes()
    if how == "cut off":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "of another kind":
        path.write_bytes(b"no archive" * 500)
    elif how == "missing":
        path.unlink()
    else:
        facts = {
            "format": 1,
            "history": "",
            "encoder": "",
            "articles": 0,
            "sentences": 0,
            "sizes": {"../x": 1},
        }
        if how == "newer":
            facts |= {"format": 2, "sizes": {}}
        with tarfile.open(path, "w") as packed:
            for name, content in ((MANIFEST, json.dumps(facts).encode()), ("../x", b"x")):
                member = tarfile.TarInfo(name)
                member.size = len(content)
                packed.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("cut off", "damaged"),
        ("of another kind", "no snapshot"),
        ("missing", "no file"),
        ("newer", "newer version"),
        ("beyond the folder", "newer version"),
    ],
)
def test_what_is_no_snapshot_is_refused_in_words_and_leaves_nothing(tmp_path, how, words):
    place = tmp_path / "one" / "verbatim.db"
    with Archive(tmp_path / "one", CheapEncoder()) as archive:
        archive.add(many(2))
        saved = archive.save_snapshot(tmp_path / "file")
    harmed(saved.path, how)
    with pytest.raises(BadSnapshot, match=words):
        load_snapshot(saved.path, tmp_path / "new", place)
    assert not (tmp_path / "x").exists()
    assert not [path for path in (tmp_path / "new").glob("*") if path.name != "vectors"]


def test_nothing_but_a_snapshot_is_written_over(tmp_path):
    (tmp_path / "file").write_text("somebody's letter")
    with Archive(tmp_path / "one", CheapEncoder()) as archive:
        archive.add(many(2))
        with pytest.raises(BadSnapshot, match="no snapshot"):
            archive.save_snapshot(tmp_path / "file")
        assert (tmp_path / "file").read_text() == "somebody's letter"
        first = archive.save_snapshot(tmp_path / "kept")
        archive.add([BRIDGE])
        assert archive.save_snapshot(tmp_path / "kept").articles == first.articles + 1
        with pytest.raises(BadSnapshot, match="could be written"):
            archive.save_snapshot(tmp_path / "file" / "below")
