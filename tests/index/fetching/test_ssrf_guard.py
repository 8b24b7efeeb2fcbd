import contextlib
import socket
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FetchError
from index.fetching.ssrf_guard import ForbiddenAddressError, check_url, guarded_socket, is_public


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::8", "64:ff9b::808:808"],
)
def test_hosts_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["", "news.example", "1.2.3", "1.2.3.4.5", "::g", "0x7f.1", "1.1.1.1/32", " 8.8.8.8"]
)
def test_what_is_no_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["fe80::1%eth0", "::1%lo", "fec0::1", "3fff::1", "5f00::1", "192.88.99.1"]
)
def test_reserved_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


# https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry, those not globally
# reachable or deprecated, and what no registry lists: multicast, the unspecified rest of IPv6, a cloud's own host.
SPECIAL = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29",
    "192.0.0.8/32", "192.0.0.170/31", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32", "168.63.129.16/32",
    "::/128", "::1/128", "::ffff:0:0/96", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:2::/48", "2001:db8::/32",
    "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
]  # fmt: skip


@given(st.sampled_from(SPECIAL), st.integers(min_value=0))
def test_no_address_of_a_special_network_is_public(network: str, number: int) -> None:
    block = ip_network(network)
    for address in (block[0], block[-1], block[number % block.num_addresses]):
        assert not is_public(str(address)), address
        if address.version == 4:
            assert not is_public(str(IPv6Address((0x64FF9B << 96) | int(address))))
        else:
            assert not is_public(f"{address}%1")


@given(st.ip_addresses(v=4))
def test_an_embedded_address_is_never_more_public_than_itself(inner: IPv4Address) -> None:
    number = int(inner)
    nat64, mapped = IPv6Address((0x64FF9B << 96) | number), IPv6Address((0xFFFF << 32) | number)
    assert is_public(str(nat64)) == is_public(str(inner))
    assert not is_public(str(mapped))
    assert not is_public(str(IPv6Address((0x2002 << 112) | (number << 80))))
    assert not is_public(str(IPv6Address(number)))


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    assert not is_public(text) or "." in text or ":" in text


def test_a_socket_is_made_for_public_addresses_alone() -> None:
    public = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("8.8.8.8", 443))
    private = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("10.0.0.1", 443))
    with guarded_socket(public) as made:
        assert made.family == socket.AF_INET
    with pytest.raises(ForbiddenAddressError):
        guarded_socket(private)


@pytest.mark.parametrize(
    ("hosts", "opened"),
    [
        ((), False),
        (("intranet.example",), True),
        (("intranet.example:80",), True),
        (("other.example",), False),
    ],
)
def test_named_hosts_are_open(hosts: tuple[str, ...], opened: bool) -> None:
    assert check_url("http://intranet.example/news", hosts) is opened


def test_an_open_port_opens_no_other() -> None:
    assert check_url("http://intranet.example:8080/", ("intranet.example:8080",))
    with pytest.raises(FetchError, match="only 80 and 443"):
        check_url("http://intranet.example:9090/", ("intranet.example:8080",))


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_a_refusal(text: str) -> None:
    for url in (text, f"http://{text}", f"https://news.example/{text}"):
        with contextlib.suppress(FetchError):
            assert check_url(url) is False
