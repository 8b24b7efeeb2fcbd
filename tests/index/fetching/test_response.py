from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import FetchError
from index.fetching.response import FetchRequest, FetchResponse, Redirect, read_response

URL = "https://post.example/news/bridge"
REQUEST = FetchRequest(("text/html",), max_bytes=10)


class Response:
    """A response of aiohttp, as far as it is looked at."""

    def __init__(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.content = self
        self.closed = False
        self._body = body

    async def iter_chunked(self, _: int) -> AsyncIterator[bytes]:
        for place in range(0, len(self._body), 4):
            yield self._body[place : place + 4]

    def close(self) -> None:
        self.closed = True


async def read(response: Response, request: FetchRequest = REQUEST) -> FetchResponse | Redirect:
    return await read_response(response, URL, request)  # type: ignore[arg-type]


async def failure(response: Response, request: FetchRequest = REQUEST) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await read(response, request)
    return caught.value


async def test_a_page_comes_with_what_its_headers_say() -> None:
    response = Response(
        body="é".encode("latin-1"),
        Content_Type="Text/HTML ; charset=iso-8859-1",
        ETag='"v1"',
        Last_Modified="Mon, 11 Nov 2024 18:00:00 GMT",
        Cache_Control='public, Max-Age = "300"',
        Age="100",
    )
    page = await read(response)
    assert isinstance(page, FetchResponse)
    assert (page.url, page.status, page.text, page.media_type) == (URL, 200, "é", "text/html")
    assert (page.etag, page.last_modified) == ('"v1"', "Mon, 11 Nov 2024 18:00:00 GMT")
    assert page.max_age == 200.0


@given(st.text(max_size=30), st.text(max_size=12) | st.integers(0, 10**12).map(str))
async def test_any_headers_of_a_cache_are_read_or_left(control: str, age: str) -> None:
    page = await read(Response(Cache_Control=control, Age=age))
    assert isinstance(page, FetchResponse)
    assert page.max_age is None or page.max_age >= 0.0
    fresh = await read(Response(Cache_Control=f"max-age=5, {control}", Age=age))
    assert isinstance(fresh, FetchResponse)
    assert fresh.max_age is not None
    assert 0.0 <= fresh.max_age <= 5.0


@pytest.mark.parametrize(
    ("status", "permanent"), [(301, True), (302, False), (303, False), (307, False), (308, True)]
)
async def test_a_redirect_says_where_to_and_whether_for_good(status: int, permanent: bool) -> None:
    moved = await read(Response(status, Location="../sport?x=1"))
    assert moved == Redirect("https://post.example/sport?x=1", permanent)


@pytest.mark.parametrize("odd", ["\udcff", "\x01", "\0"])
async def test_what_no_header_may_hold_is_neither_told_nor_sent_back(odd: str) -> None:
    headers = {"ETag": f'"{odd}"', "Last_Modified": f"Mon{odd}", "Content_Type": f"text/html; x={odd}"}
    page = await read(Response(**headers))
    assert isinstance(page, FetchResponse)
    assert (page.etag, page.last_modified, page.content_type) == (None, None, "text/html; x=\ufffd")
    error = await failure(Response(Content_Type=f"image/{odd}"))
    assert (str(error), error.facts["media"]) == (
        "post.example sent image/\ufffd, which is not a page.",
        "image/\ufffd",
    )
    assert (await failure(Response(503, Retry_After=odd))).retry_after is None


async def test_a_redirect_by_bytes_that_are_no_text_leads_where_browsers_go() -> None:
    moved = await read(Response(301, Location="/caf\udce9/é"))
    assert moved == Redirect("https://post.example/caf%E9/é", True)


async def test_a_redirect_to_nowhere_is_no_page() -> None:
    assert (await failure(Response(302))).status == 302


async def test_what_has_not_changed_is_taken_only_when_that_was_asked() -> None:
    asked = FetchRequest(("text/html",), {"If-None-Match": '"v1"'}, 10)
    page = await read(Response(304), asked)
    assert isinstance(page, FetchResponse)
    assert (page.status, page.body) == (304, b"")
    assert (await failure(Response(304))).status == 304
    assert (await failure(Response(500), asked)).status == 500


@pytest.mark.parametrize(("kind", "taken"), [("text/html; x", True), ("", True), ("image/png", False)])
async def test_only_media_types_that_were_asked_for_are_taken(kind: str, taken: bool) -> None:
    if taken:
        assert isinstance(await read(Response(Content_Type=kind)), FetchResponse)
    else:
        assert "sent image/png, which is not a page" in str(await failure(Response(Content_Type=kind)))
    assert isinstance(await read(Response(Content_Type=kind), FetchRequest()), FetchResponse)


async def test_a_body_is_read_up_to_its_limit() -> None:
    whole = await read(Response(body=b"x" * 10))
    assert isinstance(whole, FetchResponse)
    assert whole.body == b"x" * 10
    longer = Response(body=b"x" * 11)
    error = await failure(longer)
    assert (error.kind, longer.closed) == ("fetch-large", True)
    cut = await read(Response(body=b"x" * 99), FetchRequest(max_bytes=10, allow_truncated=True))
    assert isinstance(cut, FetchResponse)
    assert cut.body == b"x" * 10


async def test_a_wait_is_in_seconds_or_until_a_date() -> None:
    assert (await failure(Response(503, Retry_After=" 120 "))).retry_after == 120.0
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1))
    waits = (await failure(Response(503, Retry_After=later))).retry_after
    assert waits is not None
    assert 3_500 < waits <= 3_600
    assert (await failure(Response(503, Retry_After="Mon, 11 Nov 2024 18:00:00 GMT"))).retry_after == 0.0
    assert (await failure(Response(503))).retry_after is None


@given(st.text(max_size=30))
@example("\u3000" * 9 + "1")
@example("Mon, 01 Jan 2029 00:00:00 +999999999999999999")
async def test_any_wait_is_read_or_left(value: str) -> None:
    error = await failure(Response(429, Retry_After=value))
    assert error.retry_after is None or error.retry_after >= 0.0
