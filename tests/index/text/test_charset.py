import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.charset import decode_feed, decode_page, decode_text

KYIV = "Київ"


def test_a_byte_order_mark_outweighs_the_header() -> None:
    assert decode_page(KYIV.encode("utf-8-sig"), "text/html; charset=koi8-u") == KYIV
    assert decode_page(b"\xff\xfe" + KYIV.encode("utf-16-le")) == KYIV


def test_the_header_outweighs_the_page() -> None:
    page = '<meta charset="utf-8">' + KYIV
    assert decode_page(page.encode("cp1251"), "text/html; charset=windows-1251") == page


def test_the_page_declares_its_encoding() -> None:
    page = '<meta charset="windows-1251">' + KYIV
    assert decode_page(page.encode("cp1251")) == page
    assert decode_page(page.encode("cp1251"), "text/html; charset=nonsense") == page


def test_a_page_that_can_be_read_is_not_utf_16() -> None:
    page = '<meta charset="utf-16">' + KYIV
    assert decode_page(page.encode()) == page


@pytest.mark.parametrize("declared", ["utf-7", "base64", "rot13", "unicode_escape"])
def test_codecs_that_browsers_do_not_know_are_ignored(declared: str) -> None:
    body = b"\\u0041 +AEE- ok"
    assert decode_page(body, f"text/html; charset={declared}") == body.decode()
    assert decode_page(f'<meta charset="{declared}">'.encode() + body).endswith(body.decode())


def test_a_file_is_utf_8_if_valid_and_windows_1252_if_not() -> None:
    assert decode_text("naïve".encode()) == "naïve"
    assert decode_text("“naïve”".encode("cp1252")) == "“naïve”"


@given(st.binary(max_size=300), st.sampled_from([None, "text/html; charset=shift_jis", "utf-8", ";;"]))
def test_any_bytes_become_text_that_can_be_stored(body: bytes, content_type: str | None) -> None:
    decode_page(body, content_type).encode("utf-8")


RSS = '<rss version="2.0"><channel><title>Новини</title><item><title>Міст відкрито у Києві</title></item></channel></rss>'


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (("\n" + declared("windows-1251") + RSS).encode("cp1251"), None),
        (("\r\n \t" + declared("koi8-u") + RSS).encode("koi8-u"), "application/rss+xml"),
        (("<!-- made by hand -->" + declared("windows-1251") + RSS).encode("cp1251"), None),
        ((declared("windows-1251") + RSS).encode(), None),
        ((declared("iso-8859-1") + RSS).encode(), "text/xml; charset=iso-8859-1"),
        ((declared("utf-16") + RSS).encode(), None),
        ((declared("utf-8") + RSS).encode(), "text/xml; charset=utf-16"),
        (b"\xff\xfe" + (declared("utf-16") + RSS).encode("utf-16-le"), None),
        ((declared("utf-16") + RSS).encode("utf-16-le"), None),
        ((declared("utf-16") + RSS).encode("utf-16-be"), "text/xml; charset=utf-8"),
        ((declared("utf-32") + RSS).encode("utf-32-le"), None),
        ((declared("utf-32") + RSS).encode("utf-32-be"), "text/xml; charset=utf-8"),
        (("\n " + RSS).encode("utf-32-be"), None),
        (RSS.encode("utf-32-le"), "text/xml; charset=utf-32"),
        ((declared("utf-32") + RSS).encode("utf-32"), None),
        ((declared("windows-1251") + RSS).encode("cp1251"), "text/xml; charset=utf-8"),
        ((declared("utf-8") + RSS).encode("cp1251"), None),
        (RSS.encode("cp1251"), "text/xml"),
        (("\ufeff\n" + declared("utf-8") + RSS).encode(), None),
    ],
)
def test_a_feed_is_decoded_by_its_bytes_before_what_it_declares(
    body: bytes, content_type: str | None
) -> None:
    assert decode_feed(body, content_type) == RSS


def test_a_feed_that_was_cut_within_a_letter_is_still_utf_8() -> None:
    body = (declared("windows-1251") + RSS).encode() + "я".encode()[:1]
    assert decode_feed(body) == RSS + "\ufffd"


def test_a_feed_with_one_damaged_letter_is_still_utf_8() -> None:
    assert decode_feed(RSS.encode() + b"caf\xe9") == RSS + "caf\ufffd"


def test_a_latin_feed_that_declares_nothing_true_is_windows_1252() -> None:
    text = "<rss><title>La mairie a décidé d’ouvrir le pont à Orléans</title></rss>"
    assert decode_feed((declared("utf-8") + text).encode("cp1252")) == text


def test_a_japanese_feed_in_seven_bits_is_read_as_declared() -> None:
    text = "<rss><title>橋は月曜日に開く</title></rss>"
    assert decode_feed((declared("iso-2022-jp") + text).encode("iso2022_jp")) == text


@given(st.binary(max_size=300), st.sampled_from([None, "text/xml; charset=shift_jis", "utf-8", ";;"]))
def test_any_feed_becomes_text_that_can_be_stored(body: bytes, content_type: str | None) -> None:
    decode_feed(body, content_type).encode("utf-8")
