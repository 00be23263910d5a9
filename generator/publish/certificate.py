"""When the certificate of a site ends, asked of the server as a browser would."""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urlsplit


def certificate_end_s(site_url: str, *, timeout_s: float) -> float:
    """The end of the certificate that the host of *site_url* (https) shows, in seconds since 1970.

    Raises:
        ssl.SSLCertVerificationError: browsers would refuse it: another host's, nobody's, or past its end.
        OSError: nobody answers, or not in time.
    """
    address = urlsplit(site_url)
    host = address.hostname or ""
    with (
        socket.create_connection((host, address.port or 443), timeout=timeout_s) as connection,
        ssl.create_default_context().wrap_socket(connection, server_hostname=host) as secured,
    ):
        shown = secured.getpeercert() or {}
    return float(ssl.cert_time_to_seconds(str(shown["notAfter"])))
