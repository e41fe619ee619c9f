"""What is an address of the web, and what lies on the open internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules.addresses import Target, is_public, is_usual, read_link
from yupana.foundation.kernel.errors import Refused

NEAR = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104 - nobody listens there
    *("169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
    *("255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9"),
    *("192.88.99.1", "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "fe80::1", "fe80::1%eth0"),
    *("fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::"),
    *("2001::1", "2001:db8::1", "3fff::1", "100::1", "4000::1", "2606:4700::1%eth0", "", "localhost", "0x7f.1"),
)  # fmt: skip


@pytest.mark.parametrize("address", NEAR)
def test_what_is_near_this_machine_or_kept_for_other_uses_is_not_open(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "200.58.160.1", "172.32.0.1", "100.128.0.1", "2606:4700::1", "2800:a0::1"]
)
def test_the_rest_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_no_address_is_open_that_the_library_calls_private(address: IPv4Address) -> None:
    assert not is_public(str(address)) or (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=6))
def test_no_longer_address_is_open_outside_of_what_is_given_out(address: IPv6Address) -> None:
    inside = address in ip_network("2000::/3") and address.is_global and not address.teredo and not address.sixtofour
    assert not is_public(str(address)) or inside


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://a.example", Target("https", "a.example", 443, "/")),
        ("http://A.Example:80/x?y=1#z", Target("http", "a.example", 80, "/x?y=1")),
        ("HTTPS://a.example:8443/", Target("https", "a.example", 8443, "/")),
        ("https://ñandú.example/año", Target("https", "xn--and-6ma2c.example", 443, "/a%C3%B1o")),
        ("http://[2001:db8::1]/", Target("http", "2001:db8::1", 80, "/")),
        ("http://2130706433/", Target("http", "2130706433", 80, "/")),  # whoever resolves it judges what it is
    ],
)
def test_an_address_is_read_as_a_server_is_asked(text: str, target: Target) -> None:
    assert read_link(text) == target


def test_the_server_is_named_with_its_port_where_that_is_not_the_usual_one() -> None:
    links = ("https://a.example/", "http://a.example:443/", "http://[2001:db8::1]:81/")
    found = [read_link(each) for each in links]
    assert [(each.authority, is_usual(each)) for each in found] == [
        ("a.example", True), ("a.example:443", True), ("[2001:db8::1]:81", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((each, "link-unreadable") for each in ("", "a.example", "ftp://a.example", "javascript:alert(1)", "http://")),
        *(
            (f"http://{each}/", "link-unreadable")
            for each in ("[::1", "[fe80::1%25eth0]", "a..b", "-a", "a:99999", "a:x")
        ),
        *((f"https://a.example/{each}", "link-unreadable") for each in (" ", "\r\nHost: b", "\0", "\\", '"', "\u202e")),
        ("data:text/html,<script>", "link-unreadable"),
        ("file:///etc/passwd", "link-unreadable"),
        ("https://inti:clave@a.example/", "link-with-password"),
        ("https://a.example@b.example/", "link-with-password"),
        (f"https://a.example/{'x' * 500}", "link-too-long"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_link(text)
    assert refused.value.code == code


@given(st.text(max_size=60))
def test_whatever_is_read_is_plain_and_on_one_line(text: str) -> None:
    try:
        target = read_link(f"http://a{text}")
    except Refused:
        return
    asked = f"GET {target.path} {target.authority}"
    assert asked.isascii()
    assert asked.isprintable()
    assert len(asked.split(" ")) == 3
