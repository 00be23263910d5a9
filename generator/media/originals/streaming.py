"""An allowed address → its bytes, in their order: through fsspec, or for files of this machine without any link.

Credentials come from fsspec's own configuration (its folder of files, or ``FSSPEC_<scheme>`` in the environment).
What a server does is never raised as it comes: every failure is an `UnusableError` whose reason begins with “fetch-”.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import yarl
from fsspec import asyn, core, exceptions, filesystem

from generator.catalog.outside import Address, prefix_of, read_address
from generator.media.opening import opened
from generator.media.refusals import UnusableError

_CLOSE_S = 5
_LOCAL = frozenset({"file", "local"})
_SECRET_STATUSES = frozenset({401, 403, 407})


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a server may take. Seconds and bytes."""

    connect_s: float = 15
    stall_s: float = 60
    least_bytes: int = 256 * 1024  # in every `stall_s`; what comes slower would hold the night for days
    wall_s: float = 4 * 3_600
    at_once: int = 4  # downloads side by side


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that arrive. *claimed_bytes* is what the server says of their number, which nobody believes."""

    read: Callable[[int], bytes]
    claimed_bytes: int | None


@contextmanager
def reading(source: str, prefixes: Sequence[Address], patience: Patience) -> Iterator[Stream]:
    """The bytes at *source*, open for reading.

    Raises:
        UnusableError: it is not below a prefix, cannot be had, or stops half-way.
    """
    address = read_address(source)
    prefix = prefix_of(address, prefixes) if isinstance(address, Address) else None
    if prefix is None or not isinstance(address, Address):
        raise UnusableError("fetch-not-allowed")
    with _explained(address.scheme):
        if address.scheme in _LOCAL:
            with _local(address, prefix) as stream:
                yield stream
        elif address.scheme in ("http", "https"):
            with _web(source, prefixes, patience) as stream:
                yield stream
        else:
            elsewhere, path = core.url_to_fs(source)
            with elsewhere.open(path, "rb") as file:
                yield Stream(file.read, getattr(file, "size", None))


@contextmanager
def _local(address: Address, prefix: Address) -> Iterator[Stream]:
    inner = "/".join(address.segments[len(prefix.segments) :])
    try:
        with opened(Path("/", *prefix.segments) / inner, inner) as file:
            yield Stream(file.read, os.fstat(file.fileno()).st_size)
    except UnusableError as error:
        if error.refusal.reason in ("missing", "not-regular"):
            raise UnusableError("fetch-missing") from error
        raise


@contextmanager
def _web(source: str, prefixes: Sequence[Address], patience: Patience) -> Iterator[Stream]:
    """A download in one request; each redirect is looked at before it is followed."""
    sessions: list[aiohttp.ClientSession] = []
    tracer = aiohttp.TraceConfig()
    tracer.on_request_redirect.append(_followed_below(prefixes))

    async def client(**configured: Any) -> aiohttp.ClientSession:
        # Compressed on its way, a file could grow a thousandfold in memory.
        given = {
            "timeout": aiohttp.ClientTimeout(
                total=patience.wall_s, sock_connect=patience.connect_s, sock_read=patience.stall_s
            ),
            **configured,
            "auto_decompress": False,
            "headers": {**(configured.get("headers") or {}), "Accept-Encoding": "identity"},
            "trace_configs": [tracer],
        }
        sessions.append(aiohttp.ClientSession(**given))
        return sessions[-1]

    web = filesystem("https", get_client=client, skip_instance_cache=True)
    try:
        # No block size: one stream. A size of any kind: no request before it, which would also hide why that failed.
        with web.open(source, "rb", block_size=0, size=1) as file:
            yield Stream(file.read, file.r.content_length)
    finally:
        for session in sessions:
            asyn.sync(web.loop, session.close, timeout=_CLOSE_S)


def _followed_below(prefixes: Sequence[Address]) -> Any:
    async def follow(_session: Any, _context: Any, params: aiohttp.TraceRequestRedirectParams) -> None:
        headers = params.response.headers
        target = params.url.join(yarl.URL(headers.get("Location") or headers.get("URI") or ""))
        # A server may add a token of its own making; a case may not.
        address = read_address(str(target.with_query(None).with_fragment(None)))
        if not isinstance(address, Address) or prefix_of(address, prefixes) is None:
            raise UnusableError("fetch-led-elsewhere", f"{target.scheme}://{target.host}")

    return follow


@contextmanager
def _explained(scheme: str) -> Iterator[None]:
    """What fsspec and the libraries behind it raise, as a reason with words."""
    try:
        yield
    except UnusableError:
        raise
    except aiohttp.ClientSSLError as error:
        raise UnusableError("fetch-untrusted") from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise UnusableError("fetch-unreachable") from error
    except (TimeoutError, exceptions.FSTimeoutError) as error:
        raise UnusableError("fetch-stalled") from error
    except aiohttp.ClientResponseError as error:
        reason = "fetch-forbidden" if error.status in _SECRET_STATUSES else "fetch-answered"
        raise UnusableError(reason, str(error.status)) from error
    except aiohttp.ClientError as error:
        raise UnusableError("fetch-interrupted") from error
    except FileNotFoundError as error:
        raise UnusableError("fetch-missing") from error
    except PermissionError as error:
        raise UnusableError("fetch-forbidden", scheme) from error
    except (ImportError, ValueError) as error:
        raise UnusableError("fetch-unknown-scheme", scheme) from error
    # Every file system raises errors of its own kind, and none of them may cost more than this one file.
    # Their words may hold an address with a token in it, so only their kind is told.
    except Exception as error:
        raise UnusableError("fetch-failed", type(error).__name__) from error
