import pytest

from index.retrieval.keyword_index import KeywordIndex
from index.retrieval.segment_checksums import checksums_hold
from index.storage.records import Watermark
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.retrieval.test_keyword_index import stored


@pytest.fixture
def folder(tmp_path):
    """Where tantivy has written two articles and removed one."""
    index = KeywordIndex(tmp_path)
    writer = index.writer()
    index.add(writer, stored(BRIDGE, 0))
    index.add(writer, stored(WHEAT, 10))
    index.commit(writer, Watermark(13, 0))
    index.remove(writer, 0, 4)
    index.commit(writer, Watermark(13, 1))
    writer.wait_merging_threads()
    return tmp_path / "words-1"


def segment_files(folder):
    return [path for path in folder.iterdir() if path.suffix not in (".json", ".lock")]


def test_what_tantivy_wrote_has_the_checksums_it_gave(folder):
    assert {".del", ".idx", ".term", ".pos", ".fast", ".store"} <= {
        path.suffix for path in segment_files(folder)
    }
    assert checksums_hold(folder)
    assert checksums_hold(folder / "nothing here")


def test_a_bit_anywhere_before_the_footer_counts(folder):
    for path in segment_files(folder):
        good = path.read_bytes()
        body = good.index(b'{"version"')
        for place in range(0, body, max(1, body // 25)):
            changed = bytearray(good)
            changed[place] ^= 1 << place % 8
            path.write_bytes(changed)
            assert not checksums_hold(folder), (path.name, place)
        path.write_bytes(good)
    assert checksums_hold(folder)


def test_a_file_cut_short_or_gone_counts_and_one_left_behind_does_not(folder):
    [path] = [path for path in segment_files(folder) if path.suffix == ".del"]
    (folder / f"{path.name.split('.')[0]}.1.del").write_bytes(b"half of an older one")
    (folder / "0123456789abcdef0123456789abcdef.idx").write_bytes(b"half of a segment")
    assert checksums_hold(folder)
    good = path.read_bytes()
    path.write_bytes(good[:5])
    assert not checksums_hold(folder)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        checksums_hold(folder)
