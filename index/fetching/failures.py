"""Why a page could not be fetched, in words: HTTP statuses and connection errors -> `FetchError`."""

from urllib.parse import urlsplit

import aiohttp

from index.errors import FetchError
from index.fetching.ssrf_guard import ForbiddenAddressError

MAX_SHOWN_URL = 80  # characters of an address that stand in an error's text; judged


def display_host(url: str) -> str:
    """Return the host of an address as errors name it; of what cannot be parsed, its beginning."""
    try:
        return urlsplit(url).hostname or url[:MAX_SHOWN_URL]
    except ValueError:
        return url[:MAX_SHOWN_URL]


def status_message(host: str, status: int) -> tuple[str, str]:
    """Return the words for an HTTP status other than success (RFC 9110, section 15), and the error's kind."""
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


def error_from_exception(url: str, error: Exception) -> FetchError:
    """Return the `FetchError` that puts into words what aiohttp raised instead of a response."""
    host = display_host(url)
    text, kind = _exception_message(host, error)
    return FetchError(text, kind, url=url, host=host)


def _exception_message(host: str, error: Exception) -> tuple[str, str]:
    """Return words and kind; the order matters, for aiohttp's errors inherit from each other."""
    match error:
        case aiohttp.ClientConnectorError(os_error=ForbiddenAddressError()):
            text = f"{host} leads to a private or reserved address, which is never fetched."
            return text, "fetch-private"
        case TimeoutError():
            return f"{host} did not answer in time.", "fetch-slow"
        case aiohttp.ClientConnectorDNSError():
            text = f"There is no site named {host}, or its name cannot be looked up now."
            return text, "fetch-nowhere"
        case aiohttp.ClientSSLError():
            return f"{host} has no certificate that holds.", "fetch-certificate"
        case aiohttp.ClientConnectorError():
            return f"{host} cannot be reached.", "fetch-unreachable"
        case aiohttp.ClientPayloadError():
            return f"{host} broke off or sent a damaged answer.", "fetch-broken"
        case aiohttp.InvalidURL() | UnicodeError():
            return f"“{host[:MAX_SHOWN_URL]}” is not the name of a web site.", "fetch-nowhere"
        case _:
            return f"{host} did not answer as a web site does.", "fetch-no-site"
