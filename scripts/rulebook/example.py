"""What the two examples of a rule show: the lines and facts in which they differ, with nothing private in them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.check.privacy import masked
from generator.check.reports.phrases import UNPRINTABLE

MOST_LINES = 14
"""Lines of one excerpt; what a rule is about shows in fewer."""

_LONGEST_LINE = 90
_TEXTS = (".md", ".yml", ".srt", ".txt", ".vtt")
_NOT_CATALOGUE = ("facts.json", "files.json", "EXPECT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Part of one file of an example: its path under cases/, its lines, and what no text can show of it."""

    path: str
    lines: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """A rule's bad example, what is said of it (``path:line:column: severity: message``), and its good one."""

    bad: tuple[Excerpt, ...]
    said: tuple[str, ...]
    good: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overlay:
    texts: Mapping[str, str]  # by path; of files that are texts
    notes: Mapping[str, str]  # by path; of what is told of a file and is no text
    facts: Mapping[str, tuple[str, ...]]  # by path; what the probe is said to have found, a line a fact


def examples_of(folder: Path, base: Path) -> Examples:
    """The examples in *folder* (``bad`` and ``good``), which lie over the catalogue in *base*."""
    below, bad, good = _read(base), _read(folder / "bad"), _read(folder / "good")
    said = (folder / "bad" / "EXPECT").read_text("utf-8").splitlines()
    return Examples(bad=tuple(_excerpts(bad, good, below)), said=tuple(said), good=tuple(_excerpts(good, bad, below)))


def _read(folder: Path) -> _Overlay:
    root = folder / "cases" if (folder / "cases").is_dir() else folder
    texts: dict[str, str] = {}
    notes: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and name not in _NOT_CATALOGUE:
            if path.suffix in _TEXTS:
                texts[name] = path.read_bytes().decode("utf-8", "replace")
            else:
                notes[name] = "有这个文件"
    for name, recipe in _json(folder / "files.json").items():
        if "text" in recipe:
            texts[name] = recipe["text"]
            if recipe.get("encoding", "utf-8") != "utf-8":
                notes[name] = f"用 {recipe['encoding']} 编码保存"
        elif "repeat" in recipe:
            notes[name] = f"其中“{recipe['repeat'][1].strip()}”重复 {recipe['repeat'][2]} 次"
        else:
            notes[name] = "是一个链接，不是文件" if "symlink" in recipe else "没有这个文件"
    facts = {name: tuple(_flat(fields)) for name, fields in _json(folder / "facts.json").items()}
    return _Overlay(texts=texts, notes=notes, facts=facts)


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def _flat(fields: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """``video.height_px = 720``, a line a fact."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name} = {json.dumps(value, ensure_ascii=False)}"


def _excerpts(shown: _Overlay, other: _Overlay, base: _Overlay) -> Iterator[Excerpt]:
    """What *shown* has otherwise than *other*, or than *base* where *other* leaves a file as it is."""
    for path in sorted(shown.texts.keys() | shown.notes.keys()):
        text = shown.texts.get(path)
        before = other.texts.get(path, base.texts.get(path))
        lines = _changed(before, text) if text is not None else ()
        note = shown.notes.get(path, "")
        if lines or note:
            yield Excerpt(path=path, lines=lines, note=note)
    for path, found in shown.facts.items():
        known = other.facts.get(path, base.facts.get(path, ()))
        fresh = tuple(_shown(fact) for fact in found if fact not in known)
        if fresh:
            yield Excerpt(path=path, lines=fresh[:MOST_LINES], note="程序在文件里读到")


def _changed(before: str | None, after: str) -> tuple[str, ...]:
    """The lines of *after* that differ from *before*, each with a neighbour, and “…” for what lies between."""
    lines = after.split("\n")
    if before is None:
        kept = set(range(len(lines)))
    else:
        kept = set()
        matcher = difflib.SequenceMatcher(None, before.split("\n"), lines, autojunk=False)
        for kind, _, _, start, end in matcher.get_opcodes():
            if kind != "equal":
                kept |= set(range(max(start - 1, 0), min(end + 1, len(lines))))
    shown: list[str] = []
    last = -1
    for i in sorted(kept)[:MOST_LINES]:
        if i > last + 1:
            shown.append("…")
        shown.append(_shown(lines[i]))
        last = i
    if len(kept) > MOST_LINES:
        shown.append("…")
    return tuple(shown)


def _shown(line: str) -> str:
    """*line* cut and masked, with what nobody sees named."""
    line = UNPRINTABLE.sub(lambda found: f"〔U+{ord(found.group()):04X}〕", masked(line).replace("\r", "〔CR〕"))
    line = line.replace("\t", "〔Tab〕")
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"
