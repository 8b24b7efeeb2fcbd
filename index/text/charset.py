"""Decode the bytes of pages and files into text, with the encodings that browsers know."""

import codecs

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
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


def _meta_encoding(body: bytes) -> str | None:
    """Return the encoding that `<meta>` declares, None when there is none or browsers do not know it."""
    encoding = html_body_declared_encoding(body)
    if encoding and encoding.startswith("utf-16"):
        return "utf-8"  # a <meta> that could be read was not UTF-16; browsers take it for UTF-8
    return encoding if encoding in WEB_ENCODINGS else None
