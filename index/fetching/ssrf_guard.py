"""Protection against server-side request forgery (SSRF): only public addresses, on the ports of the web.

The check sits where the socket is made, so the address that was checked is the one connected to: a name
that resolves differently the second time (DNS rebinding), a redirect or a number written oddly cannot get
around it.
"""

import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import AddrInfoType

from index.errors import FetchError

WEB_PORTS = {"http": 80, "https": 443}  # RFC 9110, sections 4.2.1 and 4.2.2

GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291, section 2.4
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# What `ipaddress` takes for global and a request must not reach all the same.
NON_PUBLIC_NETWORKS = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's host of every virtual machine
        "192.0.0.0/24",  # protocol assignments, RFC 6890, of which older versions of Python know a part
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "2001::/23",  # protocol assignments, Teredo among them, RFC 2928
        "2002::/16",  # 6to4, RFC 7526: an IPv4 address within
        "3fff::/20",  # documentation, RFC 9637
    )
)


class ForbiddenAddressError(OSError):
    """Raised for a connection to an address that is not public.

    It has the same text for every address, so that an error does not tell what lies in the private network.
    """

    def __init__(self) -> None:
        super().__init__("not a public address")


def is_public(address: str) -> bool:
    """Return True if `address` (IPv4 or IPv6, a zone allowed) is one host on the public internet.

    IPv4 within NAT64 counts as itself; every other form that embeds one (mapped, compatible, 6to4, Teredo)
    is never public. Return False for text that is no address.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed in NAT64:
        parsed = IPv4Address(int(parsed) & 0xFFFFFFFF)
    if isinstance(parsed, IPv6Address) and parsed not in GLOBAL_UNICAST:
        return False
    special = parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified
    return parsed.is_global and not special and not any(parsed in network for network in NON_PUBLIC_NETWORKS)


def guarded_socket(info: AddrInfoType) -> socket.socket:
    """Return a socket for the address that aiohttp is about to connect to.

    Raise ForbiddenAddressError when the address is not public.
    """
    family, socket_type, protocol, _, address = info
    if not is_public(str(address[0])):
        raise ForbiddenAddressError
    return socket.socket(family=family, type=socket_type, proto=protocol)


def check_url(url: str, open_hosts: Collection[str] = ()) -> bool:
    """Check an address before anything is sent: http(s), a host, no user name, the usual port.

    Return True if its host is among `open_hosts` (`name` or `name:port`), which may lie anywhere and listen on
    any port; return False for any other address that may be fetched. Raise FetchError, with the reason in
    words, for one that may not.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        text = f"“{url[:80]}” is not a web address."
        raise FetchError(text, "fetch-address", url=url, address=url[:80]) from error
    if parts.scheme not in WEB_PORTS or not host:
        text = f"“{url[:80]}” is not a web address: it must start with http:// or https://"
        raise FetchError(text, "fetch-address", url=url, address=url[:80])
    if parts.username is not None:
        text = "The address holds a user name; leave out everything up to the @."
        raise FetchError(text, "fetch-user", url=url)
    port = port if port is not None else WEB_PORTS[parts.scheme]
    if host in open_hosts or f"{host}:{port}" in open_hosts:
        return True
    if port not in WEB_PORTS.values():
        text = f"{host} is asked on port {port}; only 80 and 443 are fetched."
        raise FetchError(text, "fetch-port", url=url, host=host, port=str(port))
    return False
