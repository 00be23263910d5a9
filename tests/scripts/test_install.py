"""scripts/install brings .venv to what is locked, also where an earlier one was broken off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

# A project that needs nothing from anywhere, not even something to build it with.
PYPROJECT = """[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
BACKEND = """
import base64, hashlib, zipfile


def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "nothing-1-py3-none-any.whl"
    files = {
        "nothing-1.dist-info/METADATA": b"Metadata-Version: 2.1\\nName: nothing\\nVersion: 1\\n",
        "nothing-1.dist-info/WHEEL": b"Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text).digest()).rstrip(b'=').decode()},{len(text)}\\n"
        for path, text in files.items()
    ) + "nothing-1.dist-info/RECORD,,\\n"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        for path, text in (*files.items(), ("nothing-1.dist-info/RECORD", record.encode())):
            wheel.writestr(path, text)
    return name
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone whose lock file names nothing."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/install", tmp_path / "scripts/install")
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    return tmp_path


def _install(clone: Path, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [clone / "scripts/install", "requirements.lock"], capture_output=True, text=True, timeout=300, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(clone), "PYTHON": python},
    )  # fmt: skip


def test_an_environment_that_debian_left_without_pip_is_made_anew(clone: Path) -> None:
    """Seen on a fresh Debian: once python3-venv had come, the half of an environment stood in its way for ever."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", clone / ".venv"], check=True)
    done = _install(clone)
    assert done.returncode == 0, done.stderr
    subprocess.run([clone / ".venv/bin/python", "-m", "pip", "--version"], check=True, stdout=subprocess.DEVNULL)
    assert list((clone / ".venv").glob("lib/python*/site-packages/nothing-1.dist-info"))
    # Its Python goes with an upgrade of the system.
    (clone / ".venv/kept").touch()
    assert (_install(clone).returncode, (clone / ".venv/kept").exists()) == (0, True)
    (clone / ".venv/bin/python").unlink()
    (clone / ".venv/.installed-requirements.lock").unlink()
    assert _install(clone).returncode == 0
    assert not (clone / ".venv/kept").exists()


def test_a_python_that_makes_no_environment_is_told_with_the_package_that_is_missing(clone: Path) -> None:
    python = clone / "python3"
    python.write_text(f'#!/bin/sh\n[ "$2" != venv ] || exit 1\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    done = _install(clone, str(python))
    assert (done.returncode, "apt-get install python3-venv" in done.stderr) == (3, True)
    assert not list(clone.glob(".venv/.installed-*"))
