import ssl

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FetchError
from index.fetching.failures import MAX_SHOWN_URL, display_host, error_from_exception, status_message
from index.fetching.ssrf_guard import ForbiddenAddressError

URL = "https://post.example:8080/bridge"
KEY = ConnectionKey("post.example", 443, True, True, None, None, None)
OS_ERROR = OSError(111, "Connection refused")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (aiohttp.ClientConnectorError(KEY, ForbiddenAddressError()), "fetch-private"),
        (aiohttp.ServerTimeoutError(), "fetch-slow"),
        (TimeoutError(), "fetch-slow"),
        (aiohttp.ClientConnectorDNSError(KEY, OS_ERROR), "fetch-nowhere"),
        (aiohttp.ClientConnectorSSLError(KEY, OS_ERROR), "fetch-certificate"),
        (aiohttp.ClientConnectorCertificateError(KEY, ssl.CertificateError("expired")), "fetch-certificate"),
        (aiohttp.ClientConnectorError(KEY, OS_ERROR), "fetch-unreachable"),
        (aiohttp.ClientPayloadError(), "fetch-broken"),
        (aiohttp.InvalidURL(URL), "fetch-nowhere"),
        (UnicodeError("label too long"), "fetch-nowhere"),
        (aiohttp.ServerDisconnectedError(), "fetch-no-site"),
        (ValueError(), "fetch-no-site"),
    ],
)
def test_what_the_client_raises_is_put_into_words(error: Exception, kind: str) -> None:
    told = error_from_exception(URL, error)
    assert (told.kind, told.url, told.status) == (kind, URL, None)
    assert "post.example" in str(told)
    assert told.facts["host"] == "post.example"


@given(st.integers(100, 599).filter(lambda status: status != 200))
def test_every_status_has_words_that_name_host_and_number(status: int) -> None:
    text, kind = status_message("post.example", status)
    assert text.startswith("post.example ")
    assert f"({status})" in text
    assert kind.startswith("fetch-")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, "fetch-missing"),
        (410, "fetch-missing"),
        (401, "fetch-denied"),
        (451, "fetch-denied"),
        (429, "fetch-wait"),
        (499, "fetch-odd"),
        (500, "fetch-failing"),
        (304, "fetch-odd"),
    ],
)
def test_a_status_has_the_kind_that_says_what_to_do(status: int, kind: str) -> None:
    assert status_message("post.example", status)[1] == kind


@given(st.text(max_size=200))
def test_any_address_has_a_short_name(url: str) -> None:
    assert len(display_host(f"http://[{url}")) <= MAX_SHOWN_URL
    assert isinstance(error_from_exception(url, TimeoutError()), FetchError)


def test_an_address_is_named_by_its_host_or_by_its_beginning() -> None:
    assert display_host(URL) == "post.example"
    assert display_host("x" * 200) == "x" * MAX_SHOWN_URL
