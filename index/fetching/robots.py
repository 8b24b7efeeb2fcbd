"""What sites ask of robots: robots.txt, as RFC 9309 says it is to be read."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from index.errors import FetchError

LARGEST = 500 * 1024  # bytes of a robots.txt that are read, RFC 9309 section 2.5
KEPT = 24 * 3600.0  # seconds until the rules are asked for again, section 2.4
RETRY = 600.0  # seconds until an unreachable robots.txt is asked for again
SITES = 2_000  # sites whose rules are remembered

Read = Callable[[str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class _Rules:
    """One site's rules, or the failure that kept us from them: then nothing may be fetched."""

    expires: float
    parsed: Protego | None = None
    failure: FetchError | None = None


class RobotsRules:
    """The rules of the sites asked lately, for the robot named `agent`.

    `read` fetches the text of a robots.txt or raises `FetchError`.
    """

    def __init__(self, agent: str, read: Read, clock: Callable[[], float] = time.monotonic) -> None:
        self._agent = agent
        self._read = read
        self._clock = clock
        self._sites: OrderedDict[str, _Rules] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Rules]] = {}

    async def check(self, url: str) -> None:
        """Raise `FetchError` when the site forbids us the address, or when its rules cannot be had."""
        rules = await self._rules(url)
        if rules.failure:
            raise _without_rules(url, rules.failure)
        if rules.parsed and not await asyncio.to_thread(rules.parsed.can_fetch, url, self._agent):
            host = urlsplit(url).hostname
            text = f"{host} forbids robots to fetch this page (robots.txt)."
            raise FetchError(text, "fetch-robots", url=url, host=host or "")

    async def crawl_delay(self, url: str) -> float:
        """Return the seconds the site asks robots to wait between two requests; 0 when it does not say."""
        rules = await self._rules(url)
        return float((rules.parsed and rules.parsed.crawl_delay(self._agent)) or 0.0)

    async def close(self) -> None:
        """Stop asking for rules that nobody waits for any more."""
        left = list(self._asking.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _rules(self, url: str) -> _Rules:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._sites.get(site)
        if known and known.expires >= self._clock():
            return known
        if site not in self._asking:  # however many pages of the site wait, its rules are asked for once
            self._asking[site] = asyncio.create_task(self._learn(site))
        return await asyncio.shield(self._asking[site])

    async def _learn(self, site: str) -> _Rules:
        try:
            rules = self._sites[site] = await self._ask(f"{site}/robots.txt")
        finally:
            del self._asking[site]
        if len(self._sites) > SITES:
            self._sites.popitem(last=False)
        return rules

    async def _ask(self, url: str) -> _Rules:
        """Fetch the rules: a site without any allows all, one that fails to answer allows nothing."""
        try:
            text = await self._read(url)
        except FetchError as error:
            none = error.status is not None and 400 <= error.status < 500 and error.status != 429
            return _Rules(self._clock() + KEPT) if none else _Rules(self._clock() + RETRY, failure=error)
        # Half a megabyte of rules takes a while to parse.
        return _Rules(self._clock() + KEPT, parsed=await asyncio.to_thread(Protego.parse, text))


def _without_rules(url: str, failure: FetchError) -> FetchError:
    host = urlsplit(url).hostname or ""
    if failure.status is None:  # the site itself cannot be had, and those words say it best
        error = FetchError(str(failure), failure.kind, url=url)
        error.facts = failure.facts
        return error
    text = f"{host} does not give out its robots.txt now, so nothing is fetched there."
    return FetchError(
        text, "fetch-rules", url=url, status=failure.status, retry_after=failure.retry_after, host=host
    )
