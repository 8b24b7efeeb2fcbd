"""Telling what a file is by its first bytes, and opening it so that they can be read again."""

import codecs
import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast

from index.errors import RefusedArticle
from index.text.charset import decode_text

HEAD = 65_536  # bytes that are looked at
BROKEN = (OSError, EOFError, zlib.error)  # what a damaged or vanishing file raises while it is read
GZIP = b"\x1f\x8b"
BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"{\\rtf")
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

# https://mimesniff.spec.whatwg.org: bytes no text has, and the tags a page starts with.
_BINARY_BYTES = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_HTML = re.compile(
    r"(?>(?><!--.*?-->\s*)|<\?xml[^>]{0,200}>\s*)*+<(?:!doctype html|html|head|body|article|main|meta|title|script|"
    r"style|link|div|h1|p|br|table)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_DOCUMENT = re.compile(r'\{[ \t\r]*\n\s*"|\[\s*\{\s*"')  # spread over lines, or a list of objects
_ROW = re.compile(r'\{\s*["}]')


class FileType(Enum):
    """What a file holds."""

    ROWS = auto()  # JSON lines
    PAGE = auto()  # HTML
    MARKDOWN = auto()
    TEXT = auto()


@contextmanager
def open_input(name: str, stdin: BinaryIO | None = None) -> Iterator[io.BufferedReader]:
    """Open a file, or standard input for `-` (left open afterwards), unpacked when it is gzip'd.

    Raises `RefusedArticle` when there is no such file or it may not be read.
    """
    if name == "-":
        stream = io.BufferedReader(cast("Any", stdin or sys.stdin.buffer), HEAD)
        try:
            yield _unpacked(stream, name)
        finally:
            stream.detach()
    else:
        with _file(name) as stream:
            yield _unpacked(stream, name)


def detect_file_type(head: bytes, name: str) -> FileType:
    """Tell what a file holds by its first bytes, and by its name where those do not say.

    Raises `RefusedArticle` for an empty file, for one that holds no text at all, and for JSON that is no rows.
    """
    text = decode_text(head).lstrip("\ufeff \t\r\n\f")
    if not text:
        raise RefusedArticle(f"{label_of(name)} is empty")
    if head.startswith(BINARY) or _is_binary(head):
        raise RefusedArticle(f"{label_of(name)} is not text")
    if _DOCUMENT.match(text):
        raise RefusedArticle(f"{label_of(name)} is one JSON document; write one object a line (JSON lines)")
    ending = PurePath(name.lower().removesuffix(".gz")).suffix
    if ending in {".jsonl", ".ndjson", ".json"} or _ROW.match(text):
        return FileType.ROWS
    if ending in {".md", ".markdown"}:
        return FileType.MARKDOWN
    if ending in {".html", ".htm", ".xhtml"} or _HTML.match(text):
        return FileType.PAGE
    return FileType.TEXT


def label_of(name: str) -> str:
    """Name an input to people."""
    return "standard input" if name == "-" else name


def encoding_of(head: bytes) -> str:
    """Name the encoding a stream of lines starts with: by its byte order mark, else UTF-8."""
    return MARKS.get(head[:2], "utf-8-sig")


def _file(name: str) -> io.BufferedReader:
    if Path(name).is_dir():
        raise RefusedArticle(f"{name} is a folder; name the files in it")
    try:
        return io.BufferedReader(io.FileIO(name), HEAD)
    except FileNotFoundError as error:
        raise RefusedArticle(f"there is no file {name}") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise RefusedArticle(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _unpacked(stream: io.BufferedReader, name: str) -> io.BufferedReader:
    try:
        packed = stream.peek(2)[:2] == GZIP
    except OSError as error:
        raise RefusedArticle(f"{name} cannot be read: {error.strerror}") from error
    return io.BufferedReader(cast("Any", gzip.GzipFile(fileobj=stream)), HEAD) if packed else stream


def _is_binary(head: bytes) -> bool:
    """Say whether more than one byte in two hundred is one that no text has."""
    if encoding_of(head) == "utf-16":
        return False
    odd = len(head) - len(head.translate(None, _BINARY_BYTES))
    return odd * 200 > len(head)
