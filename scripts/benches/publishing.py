"""What it costs to publish one edited case to a server when there are 10,000: bytes on the wire, seconds.

The real build of made-up cases of 4,000 字 and, for media, files of noise; the real sshd with scripts/server/showcase-receive
before rrsync, as docs/operate.md wants it for large sites, on this machine; ``--rrsync`` for rrsync alone. A relay in between counts
every byte of the connection, the handshake and what ssh adds among them.
"""

from __future__ import annotations

import datetime
import random
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benches.corpus import CHARACTERS, make_project
from benches.measure import ROOT, NotMeasuredError, Row, report, showcase
from benches.ssh_server import Relay, Sshd, running
from generator.publish.transfer import publish

COUNT = 10_000
_MEDIA_FILES = 20_000
_MEDIA_BYTES = 10_000
_MOST_MB = 1.5
_MOST_S = 10.0


def run(options: Sequence[str] = (), count: int = COUNT) -> int:
    """The bench; *options* may say ``--rrsync``."""
    with tempfile.TemporaryDirectory() as folder:
        project, server_dir = Path(folder) / "project", Path(folder) / "server"
        server_dir.mkdir()
        text = _project(project, count)
        subprocess.run([showcase(), "build"], cwd=project, capture_output=True, check=False)
        try:
            with running(server_dir) as sshd:
                rows = _rows(project, text, sshd, Path(folder), count, receives="--rrsync" not in options)
        except NotMeasuredError as error:
            rows = [Row(measure="one edited case, sent", figure=None, unit="MB", bound=_MOST_MB, note=str(error))]
    return report("publish", rows)


def _project(project: Path, count: int) -> Path:
    """Cases, theme and settings; gives the text that will be edited."""
    make_project(ROOT, project, count)
    return sorted((project / "cases").glob("*/made-*/index.md"))[count // 2]


def _rows(project: Path, text: Path, sshd: Sshd, folder: Path, count: int, *, receives: bool) -> list[Row]:
    target_dir = folder / "target"
    target_dir.mkdir()
    sshd.allow(target_dir, receives=receives)
    relay = Relay(sshd.port)
    sshd.know(relay.port)
    server = sshd.server(folder / "memory", port=relay.port, stall_s=120)
    site_dir = project / "site"
    rows = []

    def measured(what: str, *, is_bound: bool) -> None:
        relay.there_bytes = relay.back_bytes = 0
        now = datetime.datetime.now(datetime.UTC)
        release = publish(site_dir, server, keep=3, now=now, max_lost_percent=None).release
        site = sum(path.stat().st_size for path in site_dir.rglob("*") if path.is_file()) / 1e6
        changed = f"{release.changed:,} of " if release.is_new else ""
        note = f"{changed}{release.files:,} files, {site:,.0f} MB; {count:,} cases of {CHARACTERS:,} 字"
        most_mb, most_s = (_MOST_MB, _MOST_S) if is_bound else (None, None)
        rows.append(Row(measure=f"{what}: sent", figure=relay.there_bytes / 1e6, unit="MB", bound=most_mb, note=note))
        rows.append(Row(measure=f"{what}: received", figure=relay.back_bytes / 1e6, unit="MB"))
        rows.append(Row(measure=f"{what}: connected", figure=relay.ended_s - relay.began_s, unit="s", bound=most_s))

    def edit(words: str) -> None:
        text.write_text(text.read_text("utf-8") + f"\n\n{words}\n", "utf-8")
        subprocess.run([showcase(), "build"], cwd=project, capture_output=True, check=False)

    measured("everything, the first time", is_bound=False)
    edit("再补一句。")
    measured("one edited case", is_bound=True)
    for turn in ("二", "三"):
        edit(f"再补第{turn}句。")
        measured("one more edited case" if turn == "二" else "one more, and the oldest of three goes", is_bound=True)
    measured("nothing changed", is_bound=True)
    _add_media(site_dir)
    measured(f"{_MEDIA_FILES:,} pictures more", is_bound=False)
    page = site_dir / "about" / "index.html"
    words = page.read_bytes()
    page.unlink()  # a link into the store
    page.write_bytes(words + b"<!-- edited -->")
    measured("one edited page, with them", is_bound=False)
    relay.close()
    return rows


def _add_media(site_dir: Path) -> None:
    """Files of noise under names like those of derivatives."""
    chance = random.Random(_MEDIA_FILES)
    (site_dir / "media").mkdir(exist_ok=True)
    for _ in range(_MEDIA_FILES):
        (site_dir / "media" / f"{chance.randbytes(12).hex()}.webp").write_bytes(chance.randbytes(_MEDIA_BYTES))
