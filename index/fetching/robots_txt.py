"""Obeying robots.txt (RFC 9309): which pages a site lets this crawler fetch, and how fast."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from index.errors import FetchError

MAX_ROBOTS_TXT_BYTES = 500 * 1024  # RFC 9309, section 2.5: the least a crawler must read
RULES_TTL = 24 * 3600.0  # seconds; RFC 9309, section 2.4: rules should not be kept for longer
UNREACHABLE_TTL = 600.0  # seconds until an unreachable robots.txt is asked for again; judged
MAX_CACHED_SITES = 2_000  # judged: more sites than anybody follows; each holds some kilobytes
TOO_MANY_REQUESTS = 429

FetchText = Callable[[str, bool], Awaitable[str]]
# Of a site: its scheme and host, and whether its robots.txt may lead to hosts of the owner's own network.
_SiteKey = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class _SiteRules:
    """The rules of one site, or the failure that kept them away: then nothing may be fetched.

    `expires` is a time of the clock; without `parsed` and `failure` the site has no rules.
    """

    expires: float
    parsed: Protego | None = None
    failure: FetchError | None = None


class RobotsPolicy:
    """A cache of the robots.txt rules that bind the crawler named `product_token`.

    `fetch_text` returns the text at the address of a robots.txt, or raises FetchError; it is told whether hosts of the
    owner's own network may be reached. What is learned with that leave serves no request without it. `clock` returns
    seconds and never runs backwards. Use it within one event loop.
    """

    def __init__(
        self, product_token: str, fetch_text: FetchText, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._product_token = product_token
        self._fetch_text = fetch_text
        self._clock = clock
        self._sites: OrderedDict[_SiteKey, _SiteRules] = OrderedDict()
        self._pending: dict[_SiteKey, asyncio.Task[_SiteRules]] = {}

    async def check_allowed(self, url: str, *, allow_private: bool = True) -> None:
        """Raise FetchError when the site disallows `url`, or when its rules cannot be fetched."""
        rules = await self._rules_of_site(url, allow_private)
        if rules.failure:
            raise _unavailable_error(url, rules.failure)
        # Matching runs in a thread: a hostile pattern may take long.
        if rules.parsed and not await asyncio.to_thread(rules.parsed.can_fetch, url, self._product_token):
            host = urlsplit(url).hostname
            text = f"{host} forbids robots to fetch this page (robots.txt)."
            raise FetchError(text, "fetch-robots", url=url, host=host or "")

    async def crawl_delay(self, url: str, *, allow_private: bool = True) -> float:
        """Return the seconds that the site of `url` asks to leave between two requests; 0 if it asks nothing.

        `Crawl-delay` is no part of RFC 9309, but many sites state it.
        """
        rules = await self._rules_of_site(url, allow_private)
        return float((rules.parsed and rules.parsed.crawl_delay(self._product_token)) or 0.0)

    async def close(self) -> None:
        """Cancel the requests for rules that are still under way."""
        pending = list(self._pending.values())
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _rules_of_site(self, url: str, allow_private: bool) -> _SiteRules:
        parts = urlsplit(url)
        site = (f"{parts.scheme}://{parts.netloc}", allow_private)
        cached = self._sites.get(site)
        if cached and cached.expires >= self._clock():
            return cached
        if site not in self._pending:  # one request serves all pages of the site that are waiting
            self._pending[site] = asyncio.create_task(self._load(site))
        # Shielded: a page that is given up must not cancel the request that others wait for.
        return await asyncio.shield(self._pending[site])

    async def _load(self, site: _SiteKey) -> _SiteRules:
        """Fetch and cache the rules of a site."""
        try:
            rules = self._sites[site] = await self._fetch_rules(f"{site[0]}/robots.txt", site[1])
        finally:
            del self._pending[site]
        if len(self._sites) > MAX_CACHED_SITES:
            self._sites.popitem(last=False)
        return rules

    async def _fetch_rules(self, url: str, allow_private: bool) -> _SiteRules:
        """Fetch rules: "unavailable" (4xx) allows all, "unreachable" (5xx, no answer) nothing; section 2.3.1."""
        try:
            text = await self._fetch_text(url, allow_private)
        except FetchError as error:
            # 429 is no statement that there are no rules, although RFC 9309 counts all of 4xx.
            unavailable = (
                error.status is not None and 400 <= error.status < 500 and error.status != TOO_MANY_REQUESTS
            )
            if unavailable:
                return _SiteRules(self._clock() + RULES_TTL)
            return _SiteRules(self._clock() + UNREACHABLE_TTL, failure=error)
        # In a thread: parsing half a megabyte of rules would hold up the event loop.
        return _SiteRules(self._clock() + RULES_TTL, parsed=await asyncio.to_thread(Protego.parse, text))


def _unavailable_error(url: str, failure: FetchError) -> FetchError:
    """Return the error for a page whose site did not give out its robots.txt."""
    host = urlsplit(url).hostname or ""
    if failure.status is None:  # the host did not answer at all, which the failure itself says best
        error = FetchError(str(failure), failure.kind, url=url)
        error.facts = failure.facts
        return error
    text = f"{host} does not give out its robots.txt now, so nothing is fetched there."
    return FetchError(
        text, "fetch-rules", url=url, status=failure.status, retry_after=failure.retry_after, host=host
    )
