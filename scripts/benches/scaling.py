"""What a build of many cases costs, ours beside Hugo's and mkdocs-material's of the same pages in one run.

CPU seconds, wall seconds and the largest sum of memory of all processes. Ours checks, writes the search index and all its
pages; Hugo and mkdocs-material do what their themes do. Cards for sharing, QR codes and media are outside.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benches.corpus import CHARACTERS, make_project
from benches.generators import Generator, hugo, material
from benches.measure import ROOT, NotMeasuredError, Row, report, showcase
from benches.watched import Watched, watched

COUNT = 10_000
_SMALL = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What our builds of one corpus cost."""

    cold: Watched
    nothing: Watched
    edited: Watched
    template: Watched


def run(arguments: Sequence[str] = ()) -> int:
    """The bench; ``--count N`` for a smaller one, whose figures prove nothing."""
    count = int(arguments[arguments.index("--count") + 1]) if "--count" in arguments else COUNT
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        whole = _project(work / "whole", count)
        cost = _ours(whole)
        rows += _told("ours, cold", cost.cold)
        try:
            peer = hugo(whole / "cases", whole / "site", work / "hugo")
            theirs = _peer(peer)
            rows += _told(f"{peer.name} {peer.version}", theirs)
        except NotMeasuredError as error:
            rows.append(Row(measure="Hugo", figure=None, unit="CPU s", note=str(error)))
            theirs = None
        rows += _against(cost, theirs)
        shutil.rmtree(whole)
        half = _cold(_project(work / "half", count // 2))
        rows += _told(f"ours, {count // 2:,}, cold", half)
        rows.append(Row(measure="half as many → all", figure=cost.cold.cpu_s / half.cpu_s, unit="×", bound=2.1))
        small = min(_SMALL, count)
        few = _project(work / "few", small)
        own = _cold(few)
        try:
            peer = material(few / "cases", work / "material")
            theirs = _peer(peer)
            rows += _told(f"{peer.name} {peer.version}, {small:,}", theirs)
            rows.append(_ratio(f"{small:,}, cold / {peer.name}", own, theirs, 0.12))
        except NotMeasuredError as error:
            rows.append(Row(measure="mkdocs-material", figure=None, unit="CPU s", bound=0.12, note=str(error)))
    return report("scale", rows, {"corpus": f"{count:,} cases of {CHARACTERS:,} 字, no media"})


def _project(project: Path, count: int) -> Path:
    make_project(ROOT, project, count)
    return project


def _cold(project: Path) -> Watched:
    shutil.rmtree(project / ".showcase", ignore_errors=True)
    shutil.rmtree(project / "site", ignore_errors=True)
    return _build(project)


def _build(project: Path) -> Watched:
    return watched([showcase(), "build"], project, may_find_faults=True)


def _ours(project: Path) -> Ours:
    cold = _cold(project)
    nothing = _build(project)
    texts = sorted((project / "cases").glob("*/made-*/index.md"))
    text = texts[len(texts) // 2]
    text.write_text(text.read_text("utf-8") + "\n\n再补一句。\n", "utf-8")
    edited = _build(project)
    template = project / "theme" / "templates" / "case.html"
    template.write_text(template.read_text("utf-8") + "\n<!-- 改过 -->\n", "utf-8")
    return Ours(cold=cold, nothing=nothing, edited=edited, template=_build(project))


def _peer(peer: Generator) -> Watched:
    shutil.rmtree(peer.output_dir, ignore_errors=True)
    found = watched(peer.command, peer.folder)
    pages = sum(1 for _ in peer.output_dir.rglob("*.html"))
    if pages < peer.least_pages:
        raise NotMeasuredError(f"{peer.name} made {pages:,} pages, fewer than {peer.least_pages:,}")
    return found


def _told(what: str, cost: Watched) -> list[Row]:
    return [
        Row(
            measure=what, figure=cost.cpu_s, unit="CPU s", note=f"{cost.wall_s:.1f} s, {cost.peak_mib:,.0f} MiB at most"
        )
    ]


def _against(ours: Ours, theirs: Watched | None) -> list[Row]:
    return [
        _ratio("cold / Hugo's full build", ours.cold, theirs, 1.2),
        _ratio("nothing changed / Hugo's full build", ours.nothing, theirs, 0.15),
        _ratio("one case changed / Hugo's full build", ours.edited, theirs, 0.2),
        _ratio("one template changed / Hugo's full build", ours.template, theirs, 0.8),
        Row(measure="peak memory, all processes, cold", figure=ours.cold.peak_mib, unit="MiB", bound=400),
    ]


def _ratio(what: str, ours: Watched, theirs: Watched | None, bound: float) -> Row:
    figure = ours.cpu_s / theirs.cpu_s if theirs else None
    note = f"{ours.cpu_s:.1f} against {theirs.cpu_s:.1f} CPU s" if theirs else f"{ours.cpu_s:.1f} CPU s"
    return Row(measure=what, figure=figure, unit="×", bound=bound, note=note)
