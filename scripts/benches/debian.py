"""Files of Debian packages, downloaded and unpacked into a folder; nothing is installed and nobody need be root."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from benches.measure import NotMeasuredError


def unpacked(package: str, folder: Path) -> Path:
    """The folder with the files of *package*, kept between runs.

    Raises:
        NotMeasuredError: this is no Debian, or its lists do not offer the package.
    """
    target = folder / package
    if target.is_dir():
        return target
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise NotMeasuredError(f"{package} comes from Debian, and there is no apt-get and dpkg here")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        _run(["apt-get", "download", package], Path(temporary), package)
        (archive,) = Path(temporary).glob("*.deb")
        _run(["dpkg", "-x", archive.name, "files"], Path(temporary), package)
        # Under its name only when it is whole: an interrupted run leaves nothing that looks done.
        (Path(temporary) / "files").rename(target)
    return target


def missing_for(package: str) -> list[str]:
    """The packages that installing *package* would add to this machine, itself among them.

    Raises:
        NotMeasuredError: as above.
    """
    if not shutil.which("apt-get"):
        raise NotMeasuredError(f"{package} comes from Debian, and there is no apt-get here")
    told = _run(["apt-get", "--simulate", "--no-install-recommends", "install", package], Path("/"), package)
    return [line.split()[1] for line in told.splitlines() if line.startswith("Inst ")]


def _run(command: list[str], cwd: Path, package: str) -> str:
    child = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if child.returncode:
        lines = child.stderr.strip().splitlines() or [f"exit code {child.returncode}"]
        raise NotMeasuredError(f"{package}: {lines[-1]} (is “apt-get update” due?)")
    return child.stdout
