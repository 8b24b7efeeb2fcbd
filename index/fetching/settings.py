"""How to fetch: the settings alone, so that naming them does not load the HTTP client."""

from dataclasses import dataclass

AGENT = "Verbatim"  # the name robots.txt knows us by


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to fetch. Times are in seconds, for one request each; redirects are requests too.

    `contact` is an address (web or mail) where site owners reach whoever runs this; `open_hosts` are hosts
    (`name` or `name:port`, lower-case) of the owner's own network, exempt from the guard on addresses and ports.
    """

    contact: str = ""
    open_hosts: frozenset[str] = frozenset()
    largest: int = 10_000_000  # bytes, after decompression
    connect: float = 10.0
    silence: float = 15.0  # between two pieces of an answer
    total: float = 45.0
    redirects: int = 5
    pause: float = 1.0  # between two requests to one host, when its robots.txt asks for no more

    @property
    def agent(self) -> str:
        """Give the User-Agent header: who we are and how to reach whoever runs us."""
        return f"{AGENT}/0.1 (+{self.contact})" if self.contact else f"{AGENT}/0.1 (news quotation index)"


DEFAULTS = FetchSettings()
