"""Lock files as values, and what is wrong with one: text in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
"""To build; to test, too. The second holds all of the first."""

_ENTRY = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.*?))?\s*(?=--hash|$)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")
_ADDRESS = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|\s@\s|^-[a-z]\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A package in one version, with the hashes of the files that may be installed for it."""

    name: str
    version: str
    marker: str  # for which Python it is, as the lock says; "" for all
    sha256: tuple[str, ...]


def entries(text: str) -> tuple[Entry, ...]:
    """Every entry of a lock that pins a version, in its order."""
    return tuple(
        Entry(
            name=found["name"],
            version=found["version"],
            marker=found["marker"] or "",
            sha256=tuple(_HASH.findall(line)),
        )
        for line in _lines(text)
        if (found := _ENTRY.match(line))
    )


def faults(text: str) -> tuple[str, ...]:
    """A sentence for each thing in a lock by which something else than was meant could be installed."""
    return tuple(_faults(text))


def _faults(text: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(text):
        number = text[: found.start()].count("\n") + 1
        yield f"第 {number} 行写了地址或选项（{found[0].strip()}）；从哪里安装由安装的人决定，请删去"
    seen: set[tuple[str, str]] = set()
    for line in _lines(text):
        entry = _ENTRY.match(line)
        if not entry:
            yield f"“{line.split(' --hash')[0].strip()[:60]}”没有写定版本，应像 名称==版本"
            continue
        words = line.split("--hash")[1:]
        if not words or len(_HASH.findall(line)) != len(words):
            yield f"{entry['name']} {entry['version']} 没有 SHA-256，或者不是 64 位十六进制"
        one = (entry["name"].lower(), entry["version"])
        if one in seen:
            yield f"{entry['name']} {entry['version']} 写了两次"
        seen.add(one)


def layers(found: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """The entries in as few groups as hold no name twice: a lock has two versions of what newer Pythons get anew."""
    groups: list[dict[str, Entry]] = []
    for entry in found:
        group = next((one for one in groups if entry.name not in one), None)
        if group is None:
            groups.append(group := {})
        group[entry.name] = entry
    return tuple(tuple(group.values()) for group in groups)


def _lines(text: str) -> Iterator[str]:
    """The entries, their continued lines joined."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line
