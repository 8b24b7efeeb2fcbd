"""An HTTP response -> the page, the redirect, or the `FetchError` that says why there is neither."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import aiohttp

from index.errors import FetchError
from index.fetching.failures import display_host, status_message
from index.text.charset import decode_page

# RFC 9110, section 15.4. Of these 301 and 308 say that the new address is to be used from now on.
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECT_STATUSES = frozenset({301, 308})
OK, NOT_MODIFIED = 200, 304
CHUNK_BYTES = 65_536  # read at a time; judged, aiohttp's own buffer has this size
MAX_DIGITS = 9  # of a header's number of seconds: more would be centuries

# RFC 9111, section 5.2.2.1: "public, max-age=300", "max-age = \"300\""
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
# Controls, which no header may hold (RFC 9110, section 5.5), and bytes that are no UTF-8, each of which aiohttp gives
# as half of a character that no database can store: "\udce9" is the byte E9.
_UNCLEAN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FetchResponse:
    """What was fetched. `url` is the address that answered, after redirects.

    `status` is 200, or 304 with an empty body when the validators still held. `etag` and `last_modified` are
    the validators to send with the next request (RFC 9110, section 8.8). `max_age` is the number of seconds for
    which the server calls the response fresh. `moved_permanently` says that every redirect on the way was
    permanent, so that `url` is to be requested from now on.
    """

    url: str
    status: int
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    max_age: float | None = None
    moved_permanently: bool = False

    @property
    def text(self) -> str:
        """Return the body decoded as browsers do."""
        return decode_page(self.body, self.content_type)

    @property
    def media_type(self) -> str:
        """Return the media type without its parameters, lower-case: "text/html"."""
        return _media_type(self.content_type)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a page has moved to, and whether permanently."""

    url: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What is accepted as a response, and the extra headers that are sent.

    `media_types` are those accepted (none: any), `max_bytes` the largest decompressed body.
    """

    media_types: Collection[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = 0
    allow_truncated: bool = False  # whether the first `max_bytes` of a larger body are enough
    obey_robots_txt: bool = False
    allow_private: bool = True  # whether the settings' `open_hosts` may be reached


async def read_response(
    response: aiohttp.ClientResponse, url: str, request: FetchRequest
) -> FetchResponse | Redirect:
    """Return the page at `url`, or where it has moved to; raise FetchError for any other response."""
    location = _location(response)
    if response.status in REDIRECT_STATUSES and location:
        return Redirect(urljoin(url, location), response.status in PERMANENT_REDIRECT_STATUSES)
    if response.status != NOT_MODIFIED or not request.headers:
        _check_status(response, url)
        _check_media_type(response, url, request)
    body = await _read_body(response, url, request)
    return FetchResponse(
        url,
        response.status,
        body,
        _header(response, "Content-Type"),
        _validator(response, "ETag"),
        _validator(response, "Last-Modified"),
        _remaining_freshness(_header(response, "Cache-Control"), _header(response, "Age")),
    )


def _header(response: aiohttp.ClientResponse, name: str) -> str:
    """Return a header as text that can be shown and stored, U+FFFD for what cannot; "" without one."""
    return _UNCLEAN.sub("\ufffd", response.headers.get(name, ""))


def _validator(response: aiohttp.ClientResponse, name: str) -> str | None:
    """Return a validator; None without one, and for one that could not be sent back as it came."""
    value = _header(response, name)
    return value if value == response.headers.get(name) else None


def _location(response: aiohttp.ClientResponse) -> str:
    """Return the address that a response names, with the bytes that are no text percent-encoded, as browsers do."""
    location = response.headers.get("Location", "")
    return _UNCLEAN.sub(lambda odd: f"%{ord(odd[0]) & 0xFF:02X}", location)


def _check_status(response: aiohttp.ClientResponse, url: str) -> None:
    if response.status != OK:
        delay = _retry_after_seconds(_header(response, "Retry-After"))
        host = display_host(url)
        text, kind = status_message(host, response.status)
        raise FetchError(text, kind, url=url, status=response.status, retry_after=delay, host=host)


def _check_media_type(response: aiohttp.ClientResponse, url: str, request: FetchRequest) -> None:
    media_type = _media_type(_header(response, "Content-Type"))
    if request.media_types and media_type and media_type not in request.media_types:
        host, media = display_host(url), media_type[:60]
        text = f"{host} sent {media}, which is not a page."
        raise FetchError(text, "fetch-kind", url=url, status=OK, host=host, media=media)


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


async def _read_body(response: aiohttp.ClientResponse, url: str, request: FetchRequest) -> bytes:
    """Read the body chunk by chunk, already decompressed, and stop at the limit."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > request.max_bytes:
            response.close()
            if request.allow_truncated:
                break
            limit = f"{request.max_bytes / 1_000_000:g}"
            text = f"{display_host(url)} sent more than {limit} MB; nothing that is read here is that large."
            raise FetchError(text, "fetch-large", url=url, status=OK, host=display_host(url), megabytes=limit)
    return bytes(body[: request.max_bytes])


def _remaining_freshness(cache_control: str, age: str) -> float | None:
    """Return for how many more seconds a response is fresh (RFC 9111, section 4.2); None if it does not say.

    `age` is the Age header: the seconds that a cache on the way has had the response already.
    """
    max_age = _MAX_AGE.search(cache_control)
    if not max_age:
        return None
    elapsed = float(age[:MAX_DIGITS]) if age.isascii() and age.isdecimal() else 0.0
    return max(0.0, float(max_age[1]) - elapsed)


def _retry_after_seconds(value: str) -> float | None:
    """Parse a Retry-After header (RFC 9110, section 10.2.3): seconds, or a date; None if it is neither."""
    if value.strip().isdecimal():
        return float(value.strip()[:MAX_DIGITS])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # the latter for an offset of centuries
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
