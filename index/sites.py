"""Sites: which hosts belong together, by the public suffix list (https://publicsuffix.org)."""

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from tld import get_tld

MAX_CACHED = 10_000  # hosts; judged


def host_of(url: str) -> str:
    """Return the host of a URL in lower case, without a dot at its end; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """Return the domain that was registered for the host of a URL: `bbc.co.uk` for `https://www.bbc.co.uk/news`.

    Hosts below a suffix at which anybody may have one (`github.io`) are sites of their own. An IP address is its own
    site; so is a host of one label. "" when the URL has no host.
    """
    return _registered_domain(host_of(url))


def is_same_site(one: str, other: str) -> bool:
    """Return True if two URLs lead to the same site."""
    return site_of(one) == site_of(other) != ""


@lru_cache(MAX_CACHED)
def _registered_domain(host: str) -> str:
    """Return the registered domain of a host, by the list that comes with the library; nothing is fetched."""
    if not host or _is_address(host):
        return host
    found = get_tld(
        f"http://{host}", as_object=True, fail_silently=True, search_private=True, fix_protocol=False
    )
    if found is not None and not isinstance(found, str) and found.fld:
        return str(found.fld)
    # of a name below no known suffix the list's rule is "*": the last label is the suffix
    return ".".join(host.split(".")[-2:])


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
