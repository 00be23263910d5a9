"""Originals elsewhere: fetched once, whole, from allowed places only; whatever a server does, nothing else stays."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import fsspec
import pytest

from generator.catalog.facts import Facts
from generator.catalog.outside import Outside
from generator.media.originals.outside import ROOM, fetch_all
from generator.media.originals.streaming import Patience
from generator.store import Store

from .servers import Answer, Shop, serving, status, whole

DATA = b"1\n00:00:00,000 --> 00:00:01,000\nword\n\n" * 40
SOON = Patience(connect_s=2, stall_s=0.4, least_bytes=1_000, wall_s=20)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving() as one:
        yield one


def original(source: str, data: bytes = DATA, path: str = "media/lesson.srt") -> Outside:
    return Outside(path=path, source=source, sha256=hashlib.sha256(data).hexdigest(), at=("videos", 0, "source"))


def fetched(one: Outside, store: Store, *prefixes: str, patience: Patience = SOON) -> Path | str:
    """Where it lies, or the reason why not."""
    (found,) = fetch_all([one], prefixes, store, patience=patience).values()
    return found if isinstance(found, Path) else reason(found)


def reason(facts: Path | Facts) -> str:
    assert isinstance(facts, Facts)
    assert facts.refusal
    assert facts.refusal.is_of_fetching
    return facts.refusal.reason


def remains(store: Store) -> list[str]:
    """What the store holds, but for its memory of hashes."""
    files = [path for path in store.root.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if "digests" not in path.parts)


def test_what_is_kept_is_never_asked_for_again(shop: Shop, store: Store) -> None:
    one = original(shop.put("a.srt", DATA))
    place = fetched(one, store, shop.address)
    assert isinstance(place, Path)
    assert place.read_bytes() == DATA
    assert place == store.root / ROOM / one.sha256[:2] / one.sha256
    assert shop.asked == ["/a.srt"]
    again = Store(store.root)
    assert fetched(one, again, shop.address) == place
    assert shop.asked == ["/a.srt"]
    again.sweep()
    assert place.read_bytes() == DATA


def _chunked(handler: BaseHTTPRequestHandler) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for start in range(0, len(DATA), 700):
        piece = DATA[start : start + 700]
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


def _until_closed(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(DATA)


@pytest.mark.parametrize(
    "answer",
    [
        _chunked,
        _until_closed,
        whole(DATA, headers={"Accept-Ranges": "bytes"}),
        whole(DATA, headers={"Accept-Ranges": "none"}),
    ],
    ids=["chunked", "until closed", "with ranges", "without ranges"],
)
def test_a_file_arrives_whole_however_it_is_sent(shop: Shop, store: Store, answer: Answer) -> None:
    place = fetched(original(shop.put("a.srt", answer)), store, shop.address)
    assert isinstance(place, Path)
    assert place.read_bytes() == DATA


def test_a_download_that_is_cut_leaves_nothing_and_the_next_run_begins_anew(shop: Shop, store: Store) -> None:
    one = original(shop.put("a.srt", whole(DATA[:700], claim=len(DATA))))
    assert fetched(one, store, shop.address) == "fetch-interrupted"
    assert remains(store) == []
    shop.put("a.srt", DATA)
    assert isinstance(fetched(one, store, shop.address), Path)
    assert remains(store) == [one.sha256]


def test_a_server_that_falls_silent_is_given_up_in_time(shop: Shop, store: Store) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        whole(DATA[:700], claim=len(DATA))(handler)
        shop.closing.wait(30)

    began_s = time.monotonic()
    assert fetched(original(shop.put("a.srt", answer)), store, shop.address) == "fetch-stalled"
    assert time.monotonic() - began_s < 5
    assert remains(store) == []


def test_a_server_that_drips_is_given_up_though_it_never_falls_silent(shop: Shop, store: Store) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        whole(b"", claim=len(DATA))(handler)
        while not shop.closing.wait(0.05):
            handler.wfile.write(b"x")

    began_s = time.monotonic()
    assert fetched(original(shop.put("a.srt", answer)), store, shop.address) == "fetch-stalled"
    assert time.monotonic() - began_s < 5
    time.sleep(0.3)
    assert remains(store) == []


def test_one_download_may_not_take_all_night(shop: Shop, store: Store) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        whole(b"", claim=1_000_000)(handler)
        while not shop.closing.wait(0.02):
            handler.wfile.write(b"x" * 200)

    patience = Patience(connect_s=2, stall_s=0.4, least_bytes=1_000, wall_s=1)
    assert fetched(original(shop.put("a.srt", answer)), store, shop.address, patience=patience) == "fetch-stalled"


def test_another_server_is_not_asked_though_the_first_sends_there(shop: Shop, store: Store) -> None:
    with serving() as other:
        there = other.put("a.srt", DATA)
        for code in (301, 302, 303, 307, 308):
            one = original(shop.put(f"{code}.srt", status(code, {"Location": there})))
            assert fetched(one, store, shop.address) == "fetch-led-elsewhere"
        assert other.asked == []
        inside = original(shop.put("pub/b.srt", status(302, {"Location": "/private/a.srt"})))
        assert fetched(inside, store, shop.address + "pub/") == "fetch-led-elsewhere"
        assert "/private/a.srt" not in shop.asked
        assert isinstance(fetched(one, store, shop.address, other.address), Path)


def test_a_server_may_send_on_below_what_is_allowed(shop: Shop, store: Store) -> None:
    shop.put("store/a.srt", DATA)
    one = original(shop.put("a.srt", status(302, {"Location": "/store/a.srt?signature=of-the-server"})))
    assert isinstance(fetched(one, store, shop.address), Path)


def test_a_circle_of_redirects_ends(shop: Shop, store: Store) -> None:
    one = original(shop.put("a.srt", status(302, {"Location": "/a.srt"})))
    assert fetched(one, store, shop.address).startswith("fetch-")  # type: ignore[union-attr]
    assert len(shop.asked) < 20


def test_other_bytes_than_promised_are_told_with_both_hashes(shop: Shop, store: Store) -> None:
    one = original(shop.put("a.srt", b"other"))
    (facts,) = fetch_all([one], [shop.address], store, patience=SOON).values()
    assert isinstance(facts, Facts)
    assert facts.refusal
    assert facts.refusal.reason == "fetch-wrong-hash"
    for words in (facts.refusal.zh, facts.refusal.en):
        assert one.sha256[:12] in words
        assert hashlib.sha256(b"other").hexdigest()[:12] in words
    assert remains(store) == []


@pytest.mark.parametrize(
    ("code", "why"), [(404, "missing"), (401, "forbidden"), (403, "forbidden"), (500, "answered"), (503, "answered")]
)
def test_what_a_server_refuses_is_told_by_its_kind(shop: Shop, store: Store, code: int, why: str) -> None:
    assert fetched(original(shop.put("a.srt", status(code))), store, shop.address) == f"fetch-{why}"
    assert remains(store) == []


def test_a_file_that_claims_to_be_huge_is_not_read(shop: Shop, store: Store) -> None:
    one = original(shop.put("a.srt", whole(DATA, claim=20 * 1024**3)))
    assert fetched(one, store, shop.address) == "fetch-too-large"
    assert remains(store) == []


def test_an_endless_body_ends_at_the_limit_of_its_kind(shop: Shop, store: Store) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not shop.closing.is_set():
            shop.sent_bytes += handler.wfile.write(b"x" * 65_536)

    assert fetched(original(shop.put("a.srt", answer)), store, shop.address) == "fetch-too-large"
    time.sleep(0.2)
    assert 2_000_000 < shop.sent_bytes < 60_000_000
    assert remains(store) == []


def test_compression_on_the_way_does_not_blow_a_body_up(shop: Shop, store: Store) -> None:
    import gzip

    one = original(shop.put("a.srt", whole(gzip.compress(DATA), headers={"Content-Encoding": "gzip"})))
    assert fetched(one, store, shop.address) == "fetch-wrong-hash"


def test_an_unreachable_server_is_told_and_tried_again_next_time(store: Store) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    some = [original(f"http://127.0.0.1:{port}/{i}.srt", b"%d" % i) for i in range(6)]
    found = fetch_all(some, [f"http://127.0.0.1:{port}"], store, patience=SOON)
    assert {reason(facts) for facts in found.values()} == {"fetch-unreachable"}
    with serving() as shop:
        one = original(shop.put("a.srt", DATA))
        assert isinstance(fetched(one, store, shop.address), Path)


def test_a_connection_that_cannot_be_trusted_is_told_as_that(shop: Shop, store: Store) -> None:
    shop.put("a.srt", DATA)
    address = shop.address.replace("http:", "https:")
    assert fetched(original(address + "a.srt"), store, address) == "fetch-untrusted"
    assert shop.asked == []


@pytest.mark.parametrize(
    "prefix",
    ["", "https://127.0.0.1:PORT/", "http://127.0.0.1:PORT/pub", "http://127.0.0.1/", "http://localhost:PORT/"],
)
def test_what_no_prefix_allows_is_not_asked_for(shop: Shop, store: Store, prefix: str) -> None:
    port = shop.address.split(":")[2].strip("/")
    one = original(shop.put("public/a.srt", DATA))
    assert fetched(one, store, prefix.replace("PORT", port)) == "fetch-not-allowed"
    assert shop.asked == []


def test_equal_bytes_are_fetched_once_and_from_whoever_has_them(shop: Shop, store: Store) -> None:
    shop.put("a.srt", DATA)
    bad = shop.address + "nowhere.srt"
    good = shop.address + "a.srt"
    some = [original(bad), original(good, path="media/x.srt"), original(good, path="media/y.srt")]
    found = fetch_all(some, [shop.address], store, patience=SOON)
    assert {found[one] for one in some} == {store.path(ROOM, some[0].sha256)}
    assert sorted(shop.asked) == ["/a.srt", "/nowhere.srt"]


def test_a_few_downloads_run_side_by_side_and_no_more(shop: Shop, store: Store) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.15)
        whole(handler.path.encode())(handler)

    some = [original(shop.put(f"{i}.srt", answer), f"/{i}.srt".encode()) for i in range(6)]
    found = fetch_all(some, [shop.address], store, patience=Patience(at_once=2))
    assert all(isinstance(place, Path) for place in found.values())
    assert shop.most_at_once == 2


def test_a_kept_file_whose_bytes_changed_is_fetched_anew(shop: Shop, store: Store) -> None:
    one = original(shop.put("a.srt", DATA))
    place = fetched(one, store, shop.address)
    assert isinstance(place, Path)
    place.write_bytes(b"!" + DATA[1:])
    assert fetched(one, store, shop.address) == place
    assert place.read_bytes() == DATA


def test_progress_counts_what_came_and_says_nothing_when_all_is_kept(shop: Shop, store: Store) -> None:
    data = os.urandom(1_500_000)
    one = original(shop.put("a.srt", data), data)
    seen: list[tuple[int, int]] = []
    fetch_all([one], [shop.address], store, on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)
    seen.clear()
    fetch_all([one], [shop.address], store, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == []


def test_files_of_this_machine_need_a_prefix_and_no_link_leads_out_of_it(tmp_path: Path, store: Store) -> None:
    shelf, secret = tmp_path / "shelf", tmp_path / "secret"
    for folder in (shelf / "deep", secret):
        folder.mkdir(parents=True)
        (folder / "a.srt").write_bytes(DATA)
    (shelf / "link.srt").symlink_to(secret / "a.srt")
    (shelf / "way").symlink_to(secret)
    os.mkfifo(shelf / "pipe.srt")
    prefix = f"file://{shelf}/"
    assert fetched(original(f"file://{secret}/a.srt"), store, prefix) == "fetch-not-allowed"
    for name in ("link.srt", "way/a.srt", "pipe.srt", "none.srt", "deep"):
        assert fetched(original(prefix + name), store, prefix) == "fetch-missing"
    assert remains(store) == []
    assert isinstance(fetched(original(prefix + "deep/a.srt"), store, prefix), Path)


def test_any_file_system_of_fsspec_will_do(store: Store) -> None:
    fsspec.filesystem("memory").pipe("/box/a.srt", DATA)
    assert isinstance(fetched(original("memory://box/a.srt"), store, "memory://box/"), Path)
    assert fetched(original("memory://box/b.srt", b"b"), store, "memory://box/") == "fetch-missing"
    assert fetched(original("nosuch://box/b.srt", b"b"), store, "nosuch://box/") == "fetch-unknown-scheme"


class _Slow(fsspec.AbstractFileSystem):  # type: ignore[misc]
    """A file system that never says that it failed: “silent” gives nothing, all else a few bytes again and again."""

    protocol = "slow"
    hold = threading.Event()

    def _open(self, path: str, mode: str = "rb", **_: object) -> io.RawIOBase:
        class File(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                _Slow.hold.wait(30 if "silent" in path else 0.02)
                return b"x" * 200

        return File()


@pytest.mark.parametrize("name", ["silent.srt", "steady.srt"])
def test_a_library_that_never_comes_back_holds_nobody_up(store: Store, name: str) -> None:
    fsspec.register_implementation("slow", _Slow, clobber=True)
    _Slow.hold.clear()
    patience = Patience(stall_s=0.4 if name == "silent.srt" else 20, least_bytes=1_000, wall_s=0.6)
    began_s = time.monotonic()
    assert fetched(original(f"slow://box/{name}"), store, "slow://box/", patience=patience) == "fetch-stalled"
    assert time.monotonic() - began_s < 5
    assert remains(store) == []
    _Slow.hold.set()
    time.sleep(0.2)
    assert remains(store) == []


def test_what_is_kept_is_not_used_once_its_place_is_forbidden_and_no_sweep_takes_it(shop: Shop, store: Store) -> None:
    one = original(shop.put("a.srt", DATA))
    place = fetched(one, store, shop.address)
    assert isinstance(place, Path)
    again = Store(store.root)
    assert fetched(one, again) == "fetch-not-allowed"
    again.sweep()
    assert place.is_file()


def test_credentials_come_from_the_configuration_of_fsspec(
    shop: Shop, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_known = (handler.headers["Authorization"], handler.headers["Cookie"]) == (
            "Bearer of-the-server",
            "pass=word",
        )
        (whole(DATA) if is_known else status(401))(handler)

    one = original(shop.put("a.srt", answer))
    assert fetched(one, store, shop.address) == "fetch-forbidden"
    client = {"headers": {"Authorization": "Bearer of-the-server"}, "cookies": {"pass": "word"}}
    monkeypatch.setitem(fsspec.config.conf, "http", {"client_kwargs": client})
    assert isinstance(fetched(one, store, shop.address), Path)


_CHILD = """
import sys
from pathlib import Path
from generator.catalog.outside import Outside
from generator.media.originals.outside import fetch_all
from generator.store import Store

def peak_kib():
    return int(next(row for row in open("/proc/self/status") if row.startswith("VmHWM")).split()[1])

def fetch(name, sha256):
    one = Outside(path="media/a.mp4", source=sys.argv[2] + name, sha256=sha256, at=())
    return fetch_all([one], [sys.argv[2]], Store(Path(sys.argv[1])))[one]

fetch("small", sys.argv[3])
before = peak_kib()
print(isinstance(fetch("large", sys.argv[4]), Path), peak_kib() - before)
"""


def _child(root: Path, store: Store, shop: Shop, *hashes: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", _CHILD, str(store.root), shop.address, *hashes]
    return subprocess.Popen(argv, cwd=root, stdout=subprocess.PIPE, text=True)


def test_a_large_file_passes_through_a_little_memory(root: Path, shop: Shop, store: Store) -> None:
    piece, pieces = bytes(range(256)) * 4_096, 120  # 120 MiB
    digest = hashlib.sha256()
    for _ in range(pieces):
        digest.update(piece)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        whole(b"", claim=len(piece) * pieces)(handler)
        for _ in range(pieces):
            handler.wfile.write(piece)

    shop.put("small", DATA)
    shop.put("large", answer)
    with _child(root, store, shop, hashlib.sha256(DATA).hexdigest(), digest.hexdigest()) as child:
        told = child.communicate(timeout=60)[0].split()
    assert told[0] == "True"
    assert int(told[1]) < 32 * 1024


def test_a_run_that_was_killed_leaves_no_half_file_under_its_name_and_the_next_fetches_it(
    root: Path, shop: Shop, store: Store
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        whole(DATA[:700], claim=len(DATA))(handler)
        shop.closing.wait(30)

    sha256 = hashlib.sha256(DATA).hexdigest()
    shop.put("small", answer)
    with _child(root, store, shop, sha256, sha256) as child:
        until_s = time.monotonic() + 20
        while not remains(store) and time.monotonic() < until_s:
            time.sleep(0.05)
        child.send_signal(signal.SIGKILL)
    assert len(remains(store)) == 1
    assert not store.path(ROOM, sha256).exists()
    for path in store.root.rglob("*"):
        os.utime(path, (0, 0))
    assert isinstance(fetched(original(shop.put("a.srt", DATA)), store, shop.address), Path)
    assert remains(store) == [sha256]
