"""Settings of the HTTP client, apart from it so that naming them does not load aiohttp."""

from dataclasses import dataclass

# The product token of RFC 9309, section 2.2.1: the name by which a robots.txt addresses this crawler.
CRAWLER_NAME = "Verbatim"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits and identity of the HTTP client. Timeouts are in seconds, for one request each.

    `contact` is an address (web or mail) where site owners reach whoever runs this; `open_hosts` are hosts
    (`name` or `name:port`, lower-case) of the owner's own network, exempt from the guard on addresses and ports.
    """

    contact: str = ""
    open_hosts: frozenset[str] = frozenset()
    # Judged: far above what real pages and feeds take.
    max_bytes: int = 10_000_000  # of one body, after decompression
    connect_timeout: float = 10.0  # seconds
    read_timeout: float = 15.0  # seconds between two pieces of a body
    total_timeout: float = 45.0  # seconds
    max_redirects: int = 5  # each of them is a request with timeouts of its own
    # Judged: no host should feel more than a reader would; its robots.txt may ask for a longer delay.
    min_crawl_delay: float = 1.0  # seconds between two requests to one host

    @property
    def user_agent(self) -> str:
        """Return the User-Agent header (RFC 9110, section 10.1.5): the product and how to reach its operator."""
        version = f"{CRAWLER_NAME}/0.1"
        return f"{version} (+{self.contact})" if self.contact else f"{version} (news quotation index)"


DEFAULT_FETCH_SETTINGS = FetchSettings()
