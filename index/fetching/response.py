"""An HTTP answer -> the page, the address it has moved to, or the reason in words why there is neither."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import aiohttp

from index.errors import FetchError
from index.fetching.ssrf_guard import ForbiddenAddressError
from index.text.charset import decode_page

MOVED = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchResponse:
    """What was fetched. `url` is the address that answered, after redirects.

    `status` is 200, or 304 with an empty body when the validators still held. `etag` and `modified` are the
    validators to send next time. `max_age` is for how many more seconds the server calls it fresh. `moved` says
    that every redirect on the way was for good, so that `url` is to be asked from now on.
    """

    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None
    max_age: float | None = None
    moved: bool = False

    @property
    def text(self) -> str:
        """Give the body decoded as browsers do."""
        return decode_page(self.body, self.content_type)

    @property
    def kind(self) -> str:
        """Give the media type alone: `text/html`."""
        return self.content_type.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a page has moved to, and whether for good."""

    url: str
    for_good: bool


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What a request is for: media types (none: any), extra headers, and how much of it."""

    kinds: Collection[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    largest: int = 0
    may_be_partial: bool = False  # whether the first `largest` bytes are enough
    respects_robots: bool = False  # whether robots.txt is asked first
    may_be_private: bool = True  # whether hosts of the owner's own network may be reached


async def read_response(
    response: aiohttp.ClientResponse, url: str, wish: FetchRequest
) -> FetchResponse | Redirect:
    """Return the page, or the address it has moved to; raises `FetchError` for any other answer."""
    location = response.headers.get("Location")
    if response.status in MOVED and location:
        return Redirect(urljoin(url, location), response.status in FOR_GOOD)
    if response.status != 304 or not wish.headers:
        _check_answer(response, url, wish)
    body = await _body(response, url, wish)
    header = response.headers.get
    fresh = _MAX_AGE.search(header("Cache-Control", ""))
    return FetchResponse(
        url,
        response.status,
        body,
        header("Content-Type", ""),
        header("ETag"),
        header("Last-Modified"),
        max(0.0, float(fresh[1]) - _age(header("Age", ""))) if fresh else None,
    )


def _age(value: str) -> float:
    """Read for how long a cache on the way has had the answer already, in seconds."""
    return float(value[:9]) if value.isascii() and value.isdecimal() else 0.0


def _check_answer(response: aiohttp.ClientResponse, url: str, wish: FetchRequest) -> None:
    if response.status != 200:
        wait = _seconds(response.headers.get("Retry-After"))
        host = host_of(url)
        text, kind = _refusal(host, response.status)
        raise FetchError(text, kind, url=url, status=response.status, retry_after=wait, host=host)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if wish.kinds and kind and kind not in wish.kinds:
        raise FetchError(f"{host_of(url)} sent {kind[:60]}, which is not a page.", url=url, status=200)


async def _body(response: aiohttp.ClientResponse, url: str, wish: FetchRequest) -> bytes:
    """Read the body piece by piece, already decompressed, and stop at the limit."""
    body = bytearray()
    async for piece in response.content.iter_chunked(65_536):
        body += piece
        if len(body) > wish.largest:
            response.close()
            if wish.may_be_partial:
                break
            most = f"{wish.largest / 1_000_000:g}"
            text = f"{host_of(url)} sent more than {most} MB; nothing that is read here is that large."
            raise FetchError(text, "fetch-large", url=url, status=200, host=host_of(url), megabytes=most)
    return bytes(body[: wish.largest])


def host_of(url: str) -> str:
    """Return the host of an address as it is named to people; what cannot be read as one comes back as it is."""
    try:
        return urlsplit(url).hostname or url[:80]
    except ValueError:
        return url[:80]


def _refusal(host: str, status: int) -> tuple[str, str]:
    """Word an HTTP answer without a page; give its kind too."""
    match status:
        case 404 | 410:
            return f"{host} has no such page ({status}).", "fetch-missing"
        case 401 | 402 | 403 | 451:
            return f"{host} does not give us this page ({status}).", "fetch-denied"
        case 429:
            return f"{host} asks us to wait before asking again (429).", "fetch-wait"
        case _ if status >= 500:
            return f"{host} is failing just now ({status}).", "fetch-failing"
        case _:
            return f"{host} gave an answer without a page ({status}).", "fetch-odd"


def failure(url: str, error: Exception) -> FetchError:
    """Put into words what `aiohttp` raised instead of an answer."""
    host = host_of(url)
    match error:
        case aiohttp.ClientConnectorError(os_error=ForbiddenAddressError()):
            text, kind = (
                f"{host} leads to a private or reserved address, which is never fetched.",
                "fetch-private",
            )
        case TimeoutError():
            text, kind = f"{host} did not answer in time.", "fetch-slow"
        case aiohttp.ClientConnectorDNSError():
            text, kind = (
                f"There is no site named {host}, or its name cannot be looked up now.",
                "fetch-nowhere",
            )
        case aiohttp.ClientSSLError():
            text, kind = f"{host} has no certificate that holds.", "fetch-certificate"
        case aiohttp.ClientConnectorError():
            text, kind = f"{host} cannot be reached.", "fetch-unreachable"
        case aiohttp.ClientPayloadError():
            text, kind = f"{host} broke off or sent a damaged answer.", "fetch-broken"
        case aiohttp.InvalidURL() | UnicodeError():
            text, kind = f"“{host[:80]}” is not the name of a web site.", "fetch-nowhere"
        case _:
            text, kind = f"{host} did not answer as a web site does.", "fetch-no-site"
    return FetchError(text, kind, url=url, host=host)


def _seconds(value: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date; None when it is neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
