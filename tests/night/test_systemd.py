"""The service and the timer: systemd reads them without a word, they shut off what they can, and a build still works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT

from .confined import allowed_calls, settings_of

UNITS = ROOT / "scripts" / "systemd"
SERVICE = UNITS / "showcase-nightly.service"
WORST = 2.2  # of 10: what docs/operate.md says

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd judges its units; scripts/test installs it"
)


def _analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def test_systemd_reads_both_without_a_word(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        # The program lies elsewhere on this machine.
        text = unit.read_text("utf-8").replace(
            "ExecStart=/var/lib/showcase/showcase/scripts/nightly", "ExecStart=/bin/true"
        )
        (tmp_path / unit.name).write_text(text)
    done = _analyze("verify", "--man=no", *map(str, tmp_path.iterdir()))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert "ExecStart=/var/lib/showcase/showcase/scripts/nightly\n" in SERVICE.read_text()
    assert (ROOT / "scripts/nightly").stat().st_mode & 0o111


def test_the_timer_rings_every_night_at_the_hour_that_the_papers_say() -> None:
    (when,) = [value for name, value in settings_of(UNITS / "showcase-nightly.timer") if name == "OnCalendar"]
    told = _analyze("calendar", "--iterations=3", when)
    assert told.returncode == 0
    assert re.findall(r" (\d\d:\d\d):00", told.stdout.split("Next elapse")[1])[:1] == ["01:30"]
    assert "30 1 * * *" in (ROOT / "docs/operate.md").read_text("utf-8")


def test_systemd_finds_it_well_shut_off_and_the_papers_say_how_well() -> None:
    told = _analyze("security", "--offline=true", str(SERVICE))
    (score,) = re.findall(r"Overall exposure level for \S+: ([0-9.]+)", told.stdout)
    assert float(score) <= WORST
    assert f"{score} of 10" in (ROOT / "docs/operate.md").read_text("utf-8")


def test_what_it_shuts_off_is_not_what_shuts_submitted_files_off() -> None:
    calls = allowed_calls(SERVICE)
    assert {"unshare", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "prctl"} <= calls
    assert not {"mount", "ptrace", "bpf", "init_module", "kexec_load", "reboot", "setuid", "chroot", "swapon"} & calls


def test_media_are_made_in_their_confines_under_the_service(make_project: Callable[..., Path], tmp_path: Path) -> None:
    """A real build with a store of its own, under the service's filters, as systemd sets them."""
    project = make_project("yueyang-2021/quyuan-nineteen-pupils", own_store=True)
    build = [sys.executable, "-m", "generator", "-f", str(project / "mkdocs.yml"), "build"]
    plain = subprocess.run(
        [sys.executable, "-c", "from generator.media.children.isolation import isolation; print(isolation().zh)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    confined = [sys.executable, str(Path(__file__).with_name("confined.py")), str(SERVICE)]
    done = subprocess.run(
        [*confined, *build], cwd=ROOT, capture_output=True, text=True, timeout=400, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"处理媒体的隔离：{plain.stdout.strip()}。" in done.stdout
    assert "失效" not in done.stderr
    # What leaves the network as another user than root, and what the filters are for.
    ways = (("--user", "--net", "--ipc", "--uts"), ("--mount",), ("--user", "--mount"), ("--user", "--pid", "--fork"))
    ended = [
        subprocess.run([*confined, "unshare", *way, "true"], cwd=ROOT, capture_output=True, check=False).returncode
        for way in ways
    ]
    assert [code == 0 for code in ended] == [True, False, False, False]


@pytest.mark.npm
def test_the_program_of_the_editors_page_can_be_fetched_under_the_service(tmp_path: Path) -> None:
    """Node compiles into memory that it then runs, which the service forbids, unless it is told not to compile."""
    fetch = (
        "import pathlib, sys; from generator.pages.admin.fetching import fetch_program; from generator.store import Store; "
        "fetch_program(Store(pathlib.Path(sys.argv[1])))"
    )
    confined = [sys.executable, str(Path(__file__).with_name("confined.py")), str(SERVICE)]
    fetched = [*confined, sys.executable, "-c", fetch, str(tmp_path)]
    done = subprocess.run(fetched, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    assert (
        subprocess.run([*confined, "node", "-e", "0"], capture_output=True, check=False).returncode < 0
    )  # else no need
