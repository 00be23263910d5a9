"""The locks against a database of known vulnerabilities, by pip-audit; the editors' program, which is no Python, beside it."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.pages.admin.program import PACKAGE, VERSION
from supply.locks import BUILD, DEVELOPMENT, ROOT, Entry, entries, faults, layers

CLEAN, VULNERABLE, WRONG_LOCK, NOT_ASKED = 0, 1, 2, 3
OSV = "https://api.osv.dev/v1/query"
_LONGEST_S = 600
_ANSWER_S = 20


class NotAskedError(Exception):
    """The database gave no answer, or none for every package: nothing is known, which is not “no vulnerability”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A known vulnerability of something that we use."""

    name: str
    version: str
    id: str
    fixed_in: tuple[str, ...]  # none: there is no better version yet

    def __str__(self) -> str:
        way = f"升级到 {self.fixed_in[0]}" if self.fixed_in else "还没有修好的版本"
        return f"{self.name} {self.version}：{self.id}，{way}"


def main(words: Sequence[str] | None = None) -> int:
    """The door: 0 nothing known, 1 something is, 2 a lock is wrong, 3 the database could not be asked."""
    parser = argparse.ArgumentParser(prog="scripts/audit", description="核对锁定的依赖：写法，以及已知的漏洞")
    parser.add_argument("--locks-dir", type=Path, default=ROOT, help="锁定文件所在的目录")
    parser.add_argument("--osv-url", default=OSV, help="漏洞库的地址（OSV 的接口）")
    parser.add_argument("--offline", action="store_true", help="只核对锁定文件的写法")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="编号", help="已经看过、可以接受的漏洞；可以写多次"
    )
    asked = parser.parse_args(words)
    texts = {name: (asked.locks_dir / name).read_text("utf-8") for name in (BUILD, DEVELOPMENT)}
    wrong = [f"{name}：{fault}" for name, text in texts.items() for fault in faults(text)]
    wrong += [f"{DEVELOPMENT}：缺少 {BUILD} 里的 {one}" for one in _missing(texts)]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return WRONG_LOCK
    locked = entries(texts[DEVELOPMENT])
    print(f"锁定文件没有问题：{len(locked)} 个包，都写定了版本和 SHA-256，没有写地址。")
    return CLEAN if asked.offline else _ask(locked, asked.osv_url, frozenset(asked.ignore))


def _missing(texts: dict[str, str]) -> list[str]:
    have = {(entry.name, entry.version) for entry in entries(texts[DEVELOPMENT])}
    return sorted(f"{one.name} {one.version}" for one in entries(texts[BUILD]) if (one.name, one.version) not in have)


def _ask(locked: Sequence[Entry], osv_url: str, ignored: frozenset[str]) -> int:
    try:
        found = [finding for layer in layers(locked) for finding in python_findings(layer, osv_url)]
        found += npm_findings(PACKAGE, VERSION, osv_url)
    except NotAskedError as error:
        print(f"没有问到漏洞库，不知道有没有漏洞：{error}\n请在能上网的机器上再运行一次。", file=sys.stderr)
        return NOT_ASKED
    left = [finding for finding in found if finding.id not in ignored]
    for finding in left:
        print(finding)
    if left:
        return VULNERABLE
    told = f"（另有 {len(found)} 个已经看过）" if found else ""
    print(f"没有已知的漏洞{told}：{len(locked)} 个 Python 包和 {PACKAGE} {VERSION}。")
    return CLEAN


def python_findings(layer: Sequence[Entry], osv_url: str) -> list[Finding]:
    """What pip-audit knows of these packages; for whichever Python they are, not for ours alone.

    Raises:
        NotAskedError: it could not ask of each.
    """
    with tempfile.TemporaryDirectory(prefix="showcase-audit-") as folder:
        lock = Path(folder) / "layer.txt"
        hashes = {entry: " ".join(f"--hash=sha256:{one}" for one in entry.sha256) for entry in layer}
        lock.write_text("".join(f"{one.name}=={one.version} {hashes[one]}\n" for one in layer), "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
        options = ["--no-deps", "--vulnerability-service", "osv", f"--osv-url={osv_url}", "--format=json"]
        done = subprocess.run(
            [*command, *options, "--progress-spinner=off", f"--timeout={_ANSWER_S}"],
            capture_output=True, text=True, check=False, timeout=_LONGEST_S,
        )  # fmt: skip
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        said = done.stderr.strip().splitlines()[-1:] or ["pip-audit 没有说明"]
        raise NotAskedError(said[0][:300]) from error
    asked = {one["name"].lower() for one in told if "vulns" in one}
    if skipped := sorted({entry.name for entry in layer} - asked):
        # pip-audit ends with 0 all the same.
        raise NotAskedError(f"没有答复的有 {len(skipped)} 个包，例如 {skipped[0]}")
    return [
        Finding(name=one["name"], version=one["version"], id=known["id"], fixed_in=tuple(known["fix_versions"]))
        for one in told
        for known in one["vulns"]
    ]


def npm_findings(package: str, version: str, osv_url: str) -> list[Finding]:
    """What the database knows of a package of npm.

    Raises:
        NotAskedError: it gave no answer.
    """
    question = {"version": version, "package": {"name": package, "ecosystem": "npm"}}
    request = urllib.request.Request(osv_url, json.dumps(question).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=_ANSWER_S) as answer:
            told: dict[str, Any] = json.load(answer)
    except (OSError, ValueError) as error:
        raise NotAskedError(f"{package}：{error}") from error
    return [
        Finding(name=package, version=version, id=known["id"], fixed_in=tuple(_fixes(known)))
        for known in told.get("vulns", [])
    ]


def _fixes(known: dict[str, Any]) -> list[str]:
    ranges = [one for affected in known.get("affected", []) for one in affected.get("ranges", [])]
    return [event["fixed"] for one in ranges for event in one.get("events", []) if "fixed" in event]
