"""Tells a file's type by its first bytes, and opens it so that they can be read again."""

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

SNIFF_BYTES = 65_536  # bytes of a file by which its type is told; judged
READ_ERRORS = (OSError, EOFError, zlib.error)  # what a damaged or vanishing file raises while it is read
GZIP_MAGIC = b"\x1f\x8b"  # RFC 1952, section 2.3.1
BINARY_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"{\\rtf")
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# The "binary data bytes" of https://mimesniff.spec.whatwg.org: those that no text has.
BINARY_BYTES = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
BYTES_PER_BINARY_BYTE = 200  # judged: a text may hold one damaged byte in so many

# "<!doctype html>", "<?xml version='1.0'?> <!-- saved --> <html>": the tags that mimesniff lists
_HTML_START = re.compile(
    r"(?>(?><!--.*?-->\s*)|<\?xml[^>]{0,200}>\s*)*+<(?:!doctype html|html|head|body|article|main|meta|title|script|"
    r"style|link|div|h1|p|br|table)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
# '{\n  "url": …' (an object over several lines), '[{"url": …' (a list of objects)
_JSON_DOCUMENT = re.compile(r'\{[ \t\r]*\n\s*"|\[\s*\{\s*"')
# Matches the beginning of '{"url": …', or an empty object
_JSON_ROW = re.compile(r'\{\s*["}]')


class FileType(Enum):
    """What a file holds."""

    JSONL = auto()
    HTML = auto()
    MARKDOWN = auto()
    TEXT = auto()


@contextmanager
def open_input(name: str, stdin: BinaryIO | None = None) -> Iterator[io.BufferedReader]:
    """Open a file, or standard input for `-` (left open afterwards), decompressed if it is gzip.

    `stdin` replaces the process's standard input. The stream yielded can be peeked at `SNIFF_BYTES` far. Raise
    RefusedArticle when there is no such file or it may not be read.
    """
    if name == "-":
        stream = io.BufferedReader(cast("Any", stdin or sys.stdin.buffer), SNIFF_BYTES)
        try:
            yield _gunzipped(stream, name)
        finally:
            stream.detach()
    else:
        with _open_file(name) as stream:
            yield _gunzipped(stream, name)


def detect_file_type(head: bytes, name: str) -> FileType:
    """Return a file's type by its first bytes, and by its name's ending where those do not tell.

    Raise RefusedArticle for an empty file, for one that is not text, and for JSON that is not JSON lines.
    """
    text = decode_text(head).lstrip("\ufeff \t\r\n\f")
    if not text:
        raise RefusedArticle(f"{display_name(name)} is empty")
    if head.startswith(BINARY_MAGIC) or _is_binary(head):
        raise RefusedArticle(f"{display_name(name)} is not text")
    if _JSON_DOCUMENT.match(text):
        raise RefusedArticle(
            f"{display_name(name)} is one JSON document; write one object a line (JSON lines)"
        )
    ending = PurePath(name.lower().removesuffix(".gz")).suffix
    if ending in {".jsonl", ".ndjson", ".json"} or _JSON_ROW.match(text):
        return FileType.JSONL
    if ending in {".md", ".markdown"}:
        return FileType.MARKDOWN
    if ending in {".html", ".htm", ".xhtml"} or _HTML_START.match(text):
        return FileType.HTML
    return FileType.TEXT


def display_name(name: str) -> str:
    """Return an input's name as messages show it."""
    return "standard input" if name == "-" else name


def encoding_from_bom(head: bytes) -> str:
    """Return the encoding that a stream's byte order mark tells, else UTF-8, as Python names it."""
    return BYTE_ORDER_MARKS.get(head[:2], "utf-8-sig")


def _open_file(name: str) -> io.BufferedReader:
    if Path(name).is_dir():
        raise RefusedArticle(f"{name} is a folder; name the files in it")
    try:
        return io.BufferedReader(io.FileIO(name), SNIFF_BYTES)
    except FileNotFoundError as error:
        raise RefusedArticle(f"there is no file {name}") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise RefusedArticle(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _gunzipped(stream: io.BufferedReader, name: str) -> io.BufferedReader:
    try:
        is_gzip = stream.peek(2)[:2] == GZIP_MAGIC
    except OSError as error:
        raise RefusedArticle(f"{name} cannot be read: {error.strerror}") from error
    return io.BufferedReader(cast("Any", gzip.GzipFile(fileobj=stream)), SNIFF_BYTES) if is_gzip else stream


def _is_binary(head: bytes) -> bool:
    """Return True if more bytes than a damaged text may have are such that no text has."""
    if encoding_from_bom(head) == "utf-16":
        return False
    binary = len(head) - len(head.translate(None, BINARY_BYTES))
    return binary * BYTES_PER_BINARY_BYTE > len(head)
