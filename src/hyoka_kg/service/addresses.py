"""Tell whom a network address stands for."""

from __future__ import annotations

import ipaddress


def client_name(host: str | None) -> str:
    """Return whom an address stands for: IPv6 users hold whole networks of 64 bits (RFC 6177).

    >>> client_name("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::/64'
    """
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or ""
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
