"""Decode the bytes of pages and files into text, with the encodings that browsers know."""

import codecs
import re

from charset_normalizer import from_bytes
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)

# Python's names of the encodings in the WHATWG Encoding Standard (https://encoding.spec.whatwg.org); a page may
# choose no other codec.
WEB_ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in [
        *(
            "utf-8",
            "utf-16-le",
            "utf-16-be",
            "gb18030",
            "big5hkscs",
            "big5",
            "euc-jp",
            "iso-2022-jp",
            "cp932",
        ),
        *("cp949", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp866", "cp874"),
        *(f"cp125{number}" for number in range(9)),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    ]
)

DECLARATION_BYTES = 2_048  # of a document in which its XML declaration is looked for; judged
# Encodings that are told from each other by the letters they give, where nothing true is declared: those of scripts
# beside the Latin one, in which most letters are not ASCII. Latin ones are too much alike (measured: "à" became "ŕ").
GUESSED_ENCODINGS = [
    *("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5"),
    *("cp1253", "iso8859_7", "cp1255", "cp1256"),
]
GUESSED_BYTES = 20_000  # of a text by which its encoding is guessed; judged
MIN_FOREIGN_SHARE = (
    0.5  # of the letters outside of markup: fewer that are not ASCII are a Latin script's; judged
)
VALID_PER_INVALID = 5  # judged: a text in UTF-8 may hold one damaged character in so many that are not ASCII

# <?xml version="1.0" encoding="windows-1251"?>
_XML_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,300}?\?>")
# <title>, </a>, https://post.example/1
_MARKUP = re.compile(rb"<[^<>]*>|https?://[^\s<>]*")
# What is no letter in any encoding that has ASCII in it: " ,."
_NOT_LETTERS = re.compile(rb"[\x00-\x40\x5b-\x60\x7b-\x7f]+")
# encoding="windows-1251", encoding = 'utf-8' (the name is the group)
_XML_ENCODING = re.compile(r"\bencoding\s*=\s*[\"']\s*([\w.:-]{1,40})")


def decode_page(body: bytes, content_type: str | None = None) -> str:
    """Return a page's text, decoded as the WHATWG Encoding Standard has it.

    The encoding is that of the byte order mark, else of `content_type` (the HTTP header), else of `<meta>`, else
    guessed as `decode_text` does. A declared encoding that browsers do not know is ignored. What cannot be decoded
    becomes U+FFFD.
    """
    encoding, mark = read_bom(body)
    if encoding and mark:
        return to_unicode(body[len(mark) :], encoding)
    encoding = http_content_type_encoding(content_type)
    if encoding == "utf-16":
        encoding = "utf-16-le"
    if encoding not in WEB_ENCODINGS:
        encoding = _meta_encoding(body)
    return to_unicode(body, encoding) if encoding else decode_text(body)


def decode_text(body: bytes) -> str:
    """Return the text of a plain file: by its byte order mark, else as UTF-8 if valid, else as Windows-1252."""
    encoding, mark = read_bom(body)
    if encoding and mark:
        return to_unicode(body[len(mark) :], encoding)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return to_unicode(body, "cp1252")


def decode_feed(body: bytes, content_type: str | None = None) -> str:
    """Return a feed's text, without the XML declaration and what stands before it, decoded by what its bytes are.

    Feeds declare wrongly more often than their bytes mislead (XML 1.0, appendix F, reads these first too): a
    byte order mark counts first, then zeros where UTF-16 and UTF-32 have them, then UTF-8 where the bytes are such. Only then the
    declarations count, of `content_type` (the HTTP header) and of XML, the first that all bytes fit; and at
    last `decode_text`'s guess. What cannot be decoded becomes U+FFFD.
    """
    text = _decode_by_bytes(body, content_type)
    text = text.lstrip("\ufeff\0 \t\r\n\f\v\xa0")
    declaration = _XML_DECLARATION.search(text, 0, DECLARATION_BYTES)
    return text[declaration.end() :].lstrip() if declaration else text


def _decode_by_bytes(body: bytes, content_type: str | None) -> str:
    encoding, mark = read_bom(body)
    if encoding and mark and not (encoding.startswith("utf-16") and body.count(0) == 0):
        return to_unicode(body[len(mark) :], encoding)
    wide = _wide_encoding(body)
    if wide:
        return to_unicode(body, wide)
    declared = _declared_encodings(body, content_type)
    is_escaped = b"\x1b" in body and "iso2022_jp" in declared  # its bytes are ASCII, so they look like UTF-8
    if not is_escaped and _is_mostly_utf8(body):
        return body.decode("utf-8", "replace")
    for name in declared:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    not_utf8 = [name for name in declared if name != "utf-8"]
    if not_utf8:
        return to_unicode(body, not_utf8[0])
    guessed = _guessed_encoding(body)
    return to_unicode(body, guessed) if guessed else decode_text(body)


def _guessed_encoding(body: bytes) -> str | None:
    """Return the encoding of a text in Cyrillic, Greek, Hebrew or Arabic letters; None where it seems Latin."""
    words = _MARKUP.sub(b" ", body[:GUESSED_BYTES])
    letters = _NOT_LETTERS.sub(b"", words)
    foreign = sum(byte > 0x7F for byte in letters)
    if foreign <= MIN_FOREIGN_SHARE * len(letters):
        return None
    best = from_bytes(words, cp_isolation=GUESSED_ENCODINGS).best()
    return best.encoding if best else None


def _wide_encoding(body: bytes) -> str | None:
    """Return which UTF-16 or UTF-32 a markup is in that has no byte order mark; None when it is in none."""
    start = body[:DECLARATION_BYTES].lstrip(b" \t\r\n\0")
    first = body.find(start[:1]) if start else 0
    if body[first : first + 1] not in {b"<", b"{", b"["}:
        return None
    if first % 4 == 3 and body[first - 3 : first] == bytes(3):
        return "utf-32-be"
    if first % 4 == 0 and body[first + 1 : first + 4] == bytes(3):
        return "utf-32-le"
    if first % 2 == 1 and body[first - 1 : first] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if body[first + 1 : first + 2] == b"\0" else None


def _declared_encodings(body: bytes, content_type: str | None) -> list[str]:
    """Return the codecs that the header and the XML declaration name, without UTF-16, which the bytes would show."""
    head = body[:DECLARATION_BYTES].decode("latin-1")
    declaration = _XML_DECLARATION.search(head)
    written = _XML_ENCODING.search(declaration[0]) if declaration else None
    names = [http_content_type_encoding(content_type), resolve_encoding(written[1]) if written else None]
    return [name for name in names if name in WEB_ENCODINGS and not name.startswith("utf-16")]


def _is_mostly_utf8(body: bytes) -> bool:
    """Return True if bytes are UTF-8 but for a few damaged characters, as a feed that was cut off has one."""
    text = body.decode("utf-8", "replace")
    invalid = text.count("\ufffd")
    if not invalid:
        return True
    valid = sum(1 for character in text if character > "\x7f") - invalid
    return valid >= VALID_PER_INVALID * invalid


def _meta_encoding(body: bytes) -> str | None:
    """Return the encoding that `<meta>` declares, None when there is none or browsers do not know it."""
    encoding = html_body_declared_encoding(body)
    if encoding and encoding.startswith("utf-16"):
        return "utf-8"  # a <meta> that could be read was not UTF-16; browsers take it for UTF-8
    return encoding if encoding in WEB_ENCODINGS else None
