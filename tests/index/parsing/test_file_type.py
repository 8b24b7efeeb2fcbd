import contextlib
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import RefusedArticle
from index.parsing.file_type import (
    READ_ERRORS,
    FileType,
    detect_file_type,
    encoding_from_bom,
    open_input,
)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"Bridge opens", "a.JSONL.gz", FileType.JSONL),
        (b'{"url": "https://example.com/a"}', "a.txt", FileType.JSONL),
        (b"# Bridge", "a.md", FileType.MARKDOWN),
        (b"# Bridge", "a.txt", FileType.TEXT),
        (b"It opens.", "a.HTM", FileType.HTML),
        (b"<!DOCTYPE html><title>x</title>", "-", FileType.HTML),
        (b"<bridge> opens", "-", FileType.TEXT),
        ("<html>".encode("utf-16"), "-", FileType.HTML),
    ],
)
def test_the_first_bytes_tell_the_type_and_else_the_ending(head: bytes, name: str, kind: FileType) -> None:
    assert detect_file_type(head, name) is kind


@pytest.mark.parametrize(("count", "refused"), [(1, False), (2, True)])
def test_one_damaged_byte_in_two_hundred_is_still_text(count: int, refused: bool) -> None:
    head = b"\x01" * count + b"x" * (200 - count)
    with pytest.raises(RefusedArticle, match="is not text") if refused else contextlib.nullcontext():
        assert detect_file_type(head, "a.txt") is FileType.TEXT


@pytest.mark.parametrize("start", ["<!---->", "<?xml>", "<!--", "<!-- -->  "])
def test_endless_comments_are_told_from_a_page(start: str) -> None:
    assert detect_file_type((start * 10_000).encode(), "file") is FileType.TEXT
    assert detect_file_type(b"<?xml version='1.0'?>\n<!-- a --> <!-- b -->\n<html>", "file") is FileType.HTML


@given(st.binary(max_size=300), st.text(max_size=20))
@example(b"\xff\xfe\x00", "-")
@example(b"\xfe\xff", "")
def test_any_bytes_have_a_type_or_are_refused(head: bytes, name: str) -> None:
    with contextlib.suppress(RefusedArticle):
        assert isinstance(detect_file_type(head, name), FileType)


@given(st.binary(max_size=100), st.booleans(), st.booleans())
def test_a_file_is_read_whole_after_its_beginning_was_looked_at(body: bytes, packed: bool, cut: bool) -> None:
    written = gzip.compress(body) if packed else body
    written = written[: len(written) // 2] if cut else written
    stdin = io.BytesIO(written)
    with contextlib.suppress(*READ_ERRORS), open_input("-", stdin) as stream:
        assert body.startswith(stream.peek(4)[:4])
        assert body.startswith(stream.read()) or written.startswith(b"\x1f\x8b")
    stream = None  # the last that holds it: what is collected would be closed
    assert not stdin.closed


def test_a_file_that_is_not_there_or_may_not_be_read_is_refused(tmp_path: Path) -> None:
    for name, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "a", "there is no file"),
        ("\0", "cannot be read"),
    ):
        with pytest.raises(RefusedArticle, match=words), open_input(str(name)):
            pass


def test_a_byte_order_mark_names_the_encoding() -> None:
    for encoding, name in (("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"), ("utf-8", "utf-8-sig")):
        stream = io.TextIOWrapper(io.BytesIO("\ufeffé".encode(encoding)), name)
        assert encoding_from_bom("\ufeffé".encode(encoding)[:4]) == name
        assert stream.read() == "é"
