"""One guarded, polite HTTP client: the only way anything here reaches the web."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from w3lib.url import safe_url_string

from index.errors import FetchError
from index.fetching.response import FetchRequest, FetchResponse, Redirect, failure, host_of, read_response
from index.fetching.robots import LARGEST as LARGEST_ROBOTS
from index.fetching.robots import RobotsRules
from index.fetching.settings import AGENT, DEFAULTS, FetchSettings
from index.fetching.ssrf_guard import check_url, guarded_socket

__all__ = ["FetchResponse", "FetchSettings", "Fetcher"]

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
LONGEST_HEADER = 32_768  # bytes; some outlets' security policies alone take ten thousand
SLOWEST = 60.0  # seconds: the longest crawl-delay that is waited for
HOSTS = 2_000  # hosts whose last request is remembered


@dataclass(slots=True)
class _Host:
    """One at a time: the lock, and when the next request may go out (monotonic)."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready: float = 0.0


class Fetcher:
    """An asynchronous context manager; one for many requests, within one event loop.

    Every request, robots.txt and redirects included, goes through the guard. No cookies, no credentials, no
    Referer, no proxies from the environment are ever used.
    """

    def __init__(self, settings: FetchSettings = DEFAULTS, resolver: AbstractResolver | None = None) -> None:
        self.settings = settings
        self._resolver = resolver
        self._robots = RobotsRules(AGENT, self._read_robots)
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    async def __aenter__(self) -> Self:
        self._guarded = self._session(guarded_socket)
        self._open = self._session(None)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._robots.close()
        await self._guarded.close()
        await self._open.close()

    async def get(
        self,
        url: str,
        *,
        kinds: Collection[str] = PAGES,
        etag: str | None = None,
        modified: str | None = None,
        inside: bool = True,
    ) -> FetchResponse:
        """Fetch one address of one of the media types `kinds`.

        `etag` and `modified` make the request conditional; without `inside` no host of the owner's own network
        is reached, for an address that a stranger wrote. Raises `FetchError`, in words, for everything that
        can go wrong: forbidden, unreachable, too slow, too large, moved in circles, not found, not such a page.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in validators.items() if value}
        wish = FetchRequest(
            kinds, headers, self.settings.largest, respects_robots=True, may_be_private=inside
        )
        return await self._follow(url, wish)

    async def crawl_delay(self, url: str) -> float:
        """Return the seconds to leave between two requests to the host of `url`."""
        return min(max(self.settings.pause, await self._robots.crawl_delay(url)), SLOWEST)

    def _session(self, factory: aiohttp.SocketFactoryType | None) -> aiohttp.ClientSession:
        limits = self.settings
        connector = aiohttp.TCPConnector(
            limit=32, limit_per_host=2, resolver=self._resolver, socket_factory=factory, use_dns_cache=False
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": limits.agent, "Accept-Encoding": "gzip, deflate"},
            timeout=aiohttp.ClientTimeout(limits.total, limits.connect, limits.silence, limits.connect),
            trust_env=False,
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
        )

    async def _read_robots(self, url: str) -> str:
        page = await self._follow(url, FetchRequest(largest=LARGEST_ROBOTS, may_be_partial=True))
        return page.body.decode("utf-8", "replace")

    async def _follow(self, url: str, wish: FetchRequest) -> FetchResponse:
        """Follow redirects, each checked as if it were asked for by a person."""
        open_hosts = self.settings.open_hosts if wish.may_be_private else ()
        for_good: list[bool] = []
        for _ in range(self.settings.redirects + 1):
            url = _escaped(url)
            session = self._open if check_url(url, open_hosts) else self._guarded
            if wish.respects_robots:
                await self._robots.check(url)
            found = await self._request(url, session, wish)
            if isinstance(found, FetchResponse):
                return replace(found, moved=bool(for_good) and all(for_good))
            for_good.append(found.for_good)
            url = found.url
        text = f"{host_of(url)} sends on and on: more than {self.settings.redirects} redirects."
        raise FetchError(text, "fetch-circles", url=url, host=host_of(url))

    async def _request(
        self, url: str, session: aiohttp.ClientSession, wish: FetchRequest
    ) -> FetchResponse | Redirect:
        """Send one request; return the page, or the address it has moved to."""
        try:
            async with (
                self._turn(url, wish),
                session.get(url, headers=wish.headers, allow_redirects=False) as response,
            ):
                return await read_response(response, url, wish)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise failure(url, error) from error

    @asynccontextmanager
    async def _turn(self, url: str, wish: FetchRequest) -> AsyncIterator[None]:
        """Wait for this host's turn: one request at a time, and a pause between two."""
        pause = await self.crawl_delay(url) if wish.respects_robots else 0.0
        host = self._host(urlsplit(url).hostname or "")
        async with host.lock:
            await asyncio.sleep(max(0.0, host.ready - time.monotonic()))
            try:
                yield
            finally:
                host.ready = time.monotonic() + pause

    def _host(self, name: str) -> _Host:
        """Return what is known of a host; hosts that were idle longest are forgotten."""
        host = self._hosts.setdefault(name, _Host())
        self._hosts.move_to_end(name)
        if len(self._hosts) > HOSTS:
            oldest = next(iter(self._hosts))
            if not self._hosts[oldest].lock.locked():
                del self._hosts[oldest]
        return host


def _escaped(url: str) -> str:
    try:
        return safe_url_string(url.strip())
    except ValueError as error:
        text = f"“{url[:80]}” is not a web address."
        raise FetchError(text, "fetch-address", url=url, address=url[:80]) from error
