import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.charset import decode_page, decode_text

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
