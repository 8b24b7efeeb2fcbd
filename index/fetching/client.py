"""The HTTP client: guarded against private addresses, bound by robots.txt and crawl delays."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol, Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from w3lib.url import safe_url_string

from index.errors import FetchError
from index.fetching.failures import MAX_SHOWN_URL, display_host, error_from_exception
from index.fetching.response import FetchRequest, FetchResponse, Redirect, read_response
from index.fetching.robots_txt import MAX_ROBOTS_TXT_BYTES, RobotsPolicy
from index.fetching.settings import CRAWLER_NAME, DEFAULT_FETCH_SETTINGS, FetchSettings
from index.fetching.ssrf_guard import check_url, guarded_socket

__all__ = ["FetchResponse", "FetchSettings", "Fetcher"]

PAGE_MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
MAX_HEADER_BYTES = 32_768  # judged: the security policies of some outlets alone take ten thousand
MAX_CRAWL_DELAY = 60.0  # seconds; judged: a site that asks for more would hold up all its articles
MAX_HOST_SLOTS = 2_000  # hosts whose last request is remembered; judged, more than anybody follows
MAX_CONNECTIONS = 32  # open at once; judged
MAX_CONNECTIONS_PER_HOST = 2  # judged: one for the page, one for robots.txt


@dataclass(slots=True)
class _HostSlot:
    """The politeness state of one host: its lock, and when the next request may go out (monotonic seconds)."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_request: float = 0.0


class HostTurns(Protocol):
    """Keeps apart the requests that several processes send to one host."""

    async def take_turn(self, host: str) -> None:
        """Wait until no other process asks a host: none does from now on. Raise TimeoutError after too long."""

    def end_turn(self, host: str) -> None:
        """Let other processes ask a host again, once the time that it is to be left alone for has passed."""


class Fetcher:
    """An asynchronous context manager that fetches pages; one for many requests, within one event loop.

    Every request, those for robots.txt and after redirects included, passes the guard of `ssrf_guard`. No
    cookies, no credentials, no Referer and no proxies from the environment are ever used. `resolver` replaces
    the system's DNS resolver; `turns` are those of several processes, None where there is one.
    """

    def __init__(
        self,
        settings: FetchSettings = DEFAULT_FETCH_SETTINGS,
        resolver: AbstractResolver | None = None,
        turns: HostTurns | None = None,
    ) -> None:
        self.settings = settings
        self._resolver = resolver
        self._turns = turns
        self._robots = RobotsPolicy(CRAWLER_NAME, self._fetch_robots_txt)
        self._host_slots: OrderedDict[str, _HostSlot] = OrderedDict()

    async def __aenter__(self) -> Self:
        self._guarded_session = self._new_session(guarded_socket)
        self._unguarded_session = self._new_session(None)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._robots.close()
        await self._guarded_session.close()
        await self._unguarded_session.close()

    async def get(
        self,
        url: str,
        *,
        media_types: Collection[str] = PAGE_MEDIA_TYPES,
        etag: str | None = None,
        last_modified: str | None = None,
        allow_private: bool = True,
    ) -> FetchResponse:
        """Fetch one address; a response of another media type than `media_types` (none: any) is refused.

        `etag` and `last_modified` make the request conditional (RFC 9110, section 13). Pass
        `allow_private=False` for an address that a stranger wrote: no host of the owner's own network is
        reached then. Raise FetchError, in words, for everything that can go wrong: disallowed, unreachable, too
        slow, too large, a redirect loop, not found, another media type.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in validators.items() if value}
        request = FetchRequest(
            media_types,
            headers,
            self.settings.max_bytes,
            obey_robots_txt=True,
            allow_private=allow_private,
        )
        return await self._follow_redirects(url, request)

    async def crawl_delay(self, url: str, *, allow_private: bool = True) -> float:
        """Return the seconds to leave between two requests to the host of `url`, at most `MAX_CRAWL_DELAY`."""
        asked = await self._robots.crawl_delay(url, allow_private=allow_private)
        return min(max(self.settings.min_crawl_delay, asked), MAX_CRAWL_DELAY)

    def rest(self, host: str) -> float:
        """Return the seconds until the crawl delay since the last request to a host has passed."""
        slot = self._host_slots.get(host)
        return max(0.0, slot.next_request - time.monotonic()) if slot else 0.0

    def _new_session(self, socket_factory: aiohttp.SocketFactoryType | None) -> aiohttp.ClientSession:
        settings = self.settings
        connector = aiohttp.TCPConnector(
            limit=MAX_CONNECTIONS,
            limit_per_host=MAX_CONNECTIONS_PER_HOST,
            resolver=self._resolver,
            socket_factory=socket_factory,
            use_dns_cache=False,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"},
            timeout=aiohttp.ClientTimeout(
                total=settings.total_timeout,
                connect=settings.connect_timeout,
                sock_read=settings.read_timeout,
                sock_connect=settings.connect_timeout,
            ),
            trust_env=False,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )

    async def _fetch_robots_txt(self, url: str, allow_private: bool) -> str:
        request = FetchRequest(
            max_bytes=MAX_ROBOTS_TXT_BYTES, allow_truncated=True, allow_private=allow_private
        )
        page = await self._follow_redirects(url, request)
        return page.body.decode("utf-8", "replace")

    async def _follow_redirects(self, url: str, request: FetchRequest) -> FetchResponse:
        """Fetch `url` and follow its redirects; each address is checked as if a person had asked for it."""
        open_hosts = self.settings.open_hosts if request.allow_private else ()
        permanent: list[bool] = []
        for _ in range(self.settings.max_redirects + 1):
            url = _escape_url(url)
            session = self._unguarded_session if check_url(url, open_hosts) else self._guarded_session
            if request.obey_robots_txt:
                await self._robots.check_allowed(url, allow_private=request.allow_private)
            result = await self._send(url, session, request)
            if isinstance(result, FetchResponse):
                return replace(result, moved_permanently=bool(permanent) and all(permanent))
            permanent.append(result.permanent)
            url = result.url
        text = f"{display_host(url)} sends on and on: more than {self.settings.max_redirects} redirects."
        raise FetchError(text, "fetch-circles", url=url, host=display_host(url))

    async def _send(
        self, url: str, session: aiohttp.ClientSession, request: FetchRequest
    ) -> FetchResponse | Redirect:
        """Send one request; return the page, or the address it has moved to."""
        try:
            async with (
                self._host_turn(url, request),
                session.get(url, headers=request.headers, allow_redirects=False) as response,
            ):
                return await read_response(response, url, request)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise error_from_exception(url, error) from error

    @asynccontextmanager
    async def _host_turn(self, url: str, request: FetchRequest) -> AsyncIterator[None]:
        """Hold the host of `url` alone, once its crawl delay since the last request has passed."""
        delay = 0.0
        if request.obey_robots_txt:
            delay = await self.crawl_delay(url, allow_private=request.allow_private)
        host = urlsplit(url).hostname or ""
        slot = self._host_slot(host)
        async with slot.lock:
            await asyncio.sleep(max(0.0, slot.next_request - time.monotonic()))
            if self._turns:
                await self._turns.take_turn(host)
            try:
                yield
            finally:
                slot.next_request = time.monotonic() + delay
                if self._turns:
                    self._turns.end_turn(host)

    def _host_slot(self, host: str) -> _HostSlot:
        """Return the slot of a host; the least recently used one is dropped when there are too many."""
        slot = self._host_slots.setdefault(host, _HostSlot())
        self._host_slots.move_to_end(host)
        if len(self._host_slots) > MAX_HOST_SLOTS:
            oldest = next(iter(self._host_slots))
            if not self._host_slots[oldest].lock.locked():
                del self._host_slots[oldest]
        return slot


def _escape_url(url: str) -> str:
    """Percent-encode what browsers would; raise FetchError for what is no address."""
    try:
        return safe_url_string(url.strip())
    except ValueError as error:
        shown = url[:MAX_SHOWN_URL]
        raise FetchError(
            f"“{shown}” is not a web address.", "fetch-address", url=url, address=shown
        ) from error
