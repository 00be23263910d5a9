"""The programs that ours is compared with: how each is installed beside the project, run, and what it must have made."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benches import debian
from benches.measure import BENCH_DIR, ROOT, Cost, NotMeasuredError, cost_of

ELEVENTY = {"@11ty/eleventy-img": "6.0.4", "sharp": "0.33.5"}  # version 7 wants Node 22, which Debian does not have
THUMBSUP = {"thumbsup": "2.18.0", "thumbsup-downsize": "2.5.2"}
SIGAL = {"sigal": "2.6.1", "pilkit": "3.0", "Pillow": "13.0.0"}

_DIR = BENCH_DIR / "peers"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program that is installed and can be run over a folder of photographs."""

    name: str
    versions: str
    command: tuple[str, ...]  # and after it: the folder with photographs, the folder to write to
    environment: Mapping[str, str] = field(default_factory=dict)

    def cost(self, photographs_dir: Path, output_dir: Path) -> Cost:
        """What one run into an emptied *output_dir* costs.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        shutil.rmtree(output_dir, ignore_errors=True)
        output_dir.mkdir(parents=True)
        return cost_of([*self.command, str(photographs_dir), str(output_dir)], ROOT, self.environment)


def eleventy() -> Peer:
    """eleventy-img, with the widths, formats and qualities of the comparison.

    Raises:
        NotMeasuredError: there is no Node or npm, or no registry.
    """
    modules = installed_by_npm("eleventy", ELEVENTY)
    return Peer(
        name="eleventy-img",
        versions=f"{_told(ELEVENTY)}, Node {_said('node', '--version')}",
        command=("node", str(_HERE / "eleventy.cjs"), str(modules)),
    )


def thumbsup() -> Peer:
    """The process step of thumbsup, with its default options.

    Raises:
        NotMeasuredError: there is no Node or npm, no registry, or no GraphicsMagick to be had.
    """
    modules = installed_by_npm("thumbsup", THUMBSUP)
    environment = _graphicsmagick()
    version = re.match(r"GraphicsMagick (\S+)", _said("gm", "version", environment=environment))
    return Peer(
        name="thumbsup",
        versions=f"{_told(THUMBSUP)}, GraphicsMagick {version[1] if version else '?'}",
        command=("node", str(_HERE / "thumbsup.cjs"), str(modules)),
        environment=environment,
    )


def sigal() -> Peer:
    """sigal, with its default settings, without the web pages.

    Raises:
        NotMeasuredError: it cannot be installed.
    """
    folder = _DIR / "sigal"
    settings = folder / "settings.py"
    if not _is_installed(folder, SIGAL):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _install([sys.executable, "-m", "venv", "venv"], folder, "sigal")
        pip = [str(folder / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _install([*pip, *(f"{name}=={version}" for name, version in SIGAL.items())], folder, "sigal")
        settings.write_text("write_html = False\n", "utf-8")
        _mark_installed(folder, SIGAL)
    command = (str(folder / "venv/bin/sigal"), "build", "--quiet", "--config", str(settings))
    return Peer(name="sigal", versions=_told(SIGAL), command=command)


def _told(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def installed_by_npm(name: str, versions: Mapping[str, str]) -> Path:
    """The folder node_modules with those packages."""
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            raise NotMeasuredError(f"{name} needs {tool}; install Node.js 18 or newer with npm")
    folder = _DIR / name
    if not _is_installed(folder, versions):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        package = {"name": f"bench-{name}", "private": True, "dependencies": dict(versions)}
        (folder / "package.json").write_text(json.dumps(package), "utf-8")
        # No install scripts: they would compile SQLite, which only the index of thumbsup needs.
        _install(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder, name)
        _mark_installed(folder, versions)
    return folder / "node_modules"


def _is_installed(folder: Path, versions: Mapping[str, str]) -> bool:
    mark = folder / "installed.json"
    return mark.is_file() and json.loads(mark.read_text("utf-8")) == dict(versions)


def _mark_installed(folder: Path, versions: Mapping[str, str]) -> None:
    (folder / "installed.json").write_text(json.dumps(dict(versions)), "utf-8")


def _install(command: list[str], folder: Path, name: str) -> None:
    child = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if child.returncode:
        lines = (child.stderr or child.stdout).strip().splitlines() or [f"exit code {child.returncode}"]
        raise NotMeasuredError(f"{name} cannot be installed: {lines[-1]}")


def _graphicsmagick() -> dict[str, str]:
    """The environment in which ``gm`` runs: as it is, or with Debian's packages unpacked beside the project."""
    # Threads of OpenMP that wait for each other otherwise spin, and a busy machine counts that as work of gm.
    environment = {"OMP_WAIT_POLICY": "passive"}
    if shutil.which("gm"):
        return environment
    folders = [debian.unpacked(name, BENCH_DIR / "debian") for name in debian.missing_for("graphicsmagick")]
    libraries = [
        str(path) for folder in folders for path in (folder / "usr/lib", *(folder / "usr/lib").glob("*-linux-*"))
    ]
    programs = [str(folder / "usr/bin") for folder in folders]
    return environment | {
        "PATH": ":".join([*programs, _path()]),
        "LD_LIBRARY_PATH": ":".join(libraries),
        "MAGICK_CONFIGURE_PATH": ":".join(
            str(path) for folder in folders for path in folder.glob("usr/lib/Graphics*/config")
        ),
    }


def _path() -> str:
    return os.environ.get("PATH", "/usr/bin:/bin")


def _said(*command: str, environment: Mapping[str, str] | None = None) -> str:
    try:
        return cost_of(command, ROOT, environment).told.strip()
    except (subprocess.CalledProcessError, OSError) as error:
        raise NotMeasuredError(f"{command[0]} does not run: {error}") from error
