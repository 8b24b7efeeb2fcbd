import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FetchError
from index.fetching import robots_txt
from index.fetching.robots_txt import RULES_TTL, UNREACHABLE_TTL, RobotsPolicy

SITE = "https://post.example"
PAGE = f"{SITE}/news/bridge"
RULES = "User-agent: *\nDisallow: /\n\nUser-agent: Verbatim\nDisallow: /secret\nCrawl-delay: 7\n"


class Site:
    """A site that gives out `rules`, or raises them where they are an error; `asked` counts by address."""

    def __init__(self, rules: str | FetchError) -> None:
        self.rules = rules
        self.asked: list[str] = []
        self.private: list[bool] = []  # whether each request may reach the owner's own network
        self.now = 0.0
        self.policy = RobotsPolicy("Verbatim", self.fetch, lambda: self.now)

    async def fetch(self, url: str, allow_private: bool) -> str:
        self.private.append(allow_private)
        self.asked.append(url)
        await asyncio.sleep(0)
        if isinstance(self.rules, FetchError):
            raise self.rules
        return self.rules

    async def allows(self, url: str) -> bool:
        try:
            await self.policy.check_allowed(url)
        except FetchError:
            return False
        return True


def error(status: int | None, **more: object) -> FetchError:
    return FetchError("It failed.", "fetch-failing", url=f"{SITE}/robots.txt", status=status, **more)  # type: ignore[arg-type]


async def test_the_rules_for_our_name_bind_and_no_others() -> None:
    site = Site(RULES)
    assert await site.allows(PAGE)
    with pytest.raises(FetchError, match="forbids robots") as caught:
        await site.policy.check_allowed(f"{SITE}/secret/plan")
    assert (caught.value.kind, caught.value.url) == ("fetch-robots", f"{SITE}/secret/plan")
    assert await site.policy.crawl_delay(PAGE) == 7.0
    assert site.asked == [f"{SITE}/robots.txt"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (429, False), (500, False), (None, False)]
)
async def test_rules_that_are_not_there_allow_all_and_rules_out_of_reach_nothing(
    status: int | None, allowed: bool
) -> None:
    site = Site(error(status))
    assert await site.allows(PAGE) is allowed
    assert await site.policy.crawl_delay(PAGE) == 0.0


async def test_the_error_says_what_kept_the_rules_away() -> None:
    busy = Site(error(503, retry_after=60.0))
    with pytest.raises(FetchError, match=r"does not give out its robots\.txt") as caught:
        await busy.policy.check_allowed(PAGE)
    assert (caught.value.url, caught.value.status, caught.value.retry_after) == (PAGE, 503, 60.0)
    silent = Site(error(None, host="post.example"))
    with pytest.raises(FetchError, match="It failed") as caught:
        await silent.policy.check_allowed(PAGE)
    assert (caught.value.kind, caught.value.facts) == ("fetch-failing", {"host": "post.example"})


@pytest.mark.parametrize(
    ("rules", "ttl"), [(RULES, RULES_TTL), (error(404), RULES_TTL), (error(500), UNREACHABLE_TTL)]
)
async def test_rules_are_asked_for_again_when_they_have_expired(rules: str | FetchError, ttl: float) -> None:
    site = Site(rules)
    await site.allows(PAGE)
    site.now = ttl
    await site.allows(PAGE)
    assert len(site.asked) == 1
    site.now = ttl + 1
    site.rules = "User-agent: *\nDisallow: /"
    assert not await site.allows(PAGE)
    assert len(site.asked) == 2


async def test_pages_of_a_site_wait_for_one_request_and_other_sites_have_their_own() -> None:
    site = Site("")
    urls = [PAGE, f"{SITE}/news/wheat", "http://post.example/", "https://post.example:8443/"]
    assert await asyncio.gather(*map(site.allows, urls)) == [True] * 4
    assert site.asked == [f"{SITE}/robots.txt", "http://post.example/robots.txt", f"{SITE}:8443/robots.txt"]


async def test_a_page_that_is_given_up_takes_the_rules_from_nobody() -> None:
    site = Site("")
    first, second = (asyncio.create_task(site.allows(PAGE)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second
    assert len(site.asked) == 1


async def test_rules_that_the_owners_network_may_give_serve_no_request_from_outside() -> None:
    site = Site("")
    for allowed in (True, False, True, False):
        await site.policy.check_allowed(PAGE, allow_private=allowed)
        await site.policy.crawl_delay(PAGE, allow_private=allowed)
    assert site.private == [True, False]


async def test_the_site_longest_known_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots_txt, "MAX_CACHED_SITES", 2)
    site = Site("")
    for name in ("a", "b", "c", "c", "b", "a"):
        await site.allows(f"https://{name}.example/")
    assert [url[8] for url in site.asked] == ["a", "b", "c", "a"]


async def test_closing_ends_requests_under_way() -> None:
    site = Site("")
    task = asyncio.create_task(site.policy.check_allowed(PAGE))
    await asyncio.sleep(0)
    await site.policy.close()
    with pytest.raises(asyncio.CancelledError):
        await task


@given(st.text(max_size=100) | st.text(alphabet="Disalow: /*$\n-gtUrCd9", max_size=100))
async def test_any_rules_allow_or_forbid(rules: str) -> None:
    site = Site(f"User-agent: *\nDisallow: {rules}")
    assert isinstance(await site.allows(PAGE), bool)
    assert await site.policy.crawl_delay(PAGE) >= 0.0
