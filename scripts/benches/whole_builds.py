"""Builds: a second one over pictures that are there already, the memory of a worker, and both cores at work."""

from __future__ import annotations

import dataclasses
import json
import shutil
import statistics

from benches import clips
from benches.child import Setup, ours
from benches.measure import Row

_CORES = Row(measure="two workers on a mixed queue: CPU s / wall s", figure=None, unit="×", bound=1.7, sense="≥")
_ORDER = Row(measure="pictures and documents that ended before any video did", figure=None, unit="", bound=0)
_FASTER = Row(measure="the same queue with one worker / with two, wall s", figure=None, unit="×")
_PEAK_MB = 250.0
_WARM_CPU_S = 1.0


def warm_rows(setup: Setup) -> list[Row]:
    """What a build does about pictures that the last one derived, in a process of its own."""
    folder = clips.thin(200 if setup.is_quick else 2_000)
    store = setup.work_dir / "warm"
    ours("warm", folder=str(folder), store=str(store), workers=2)
    costs = [ours("warm", folder=str(folder), store=str(store), workers=0) for _ in range(setup.runs)]
    found = json.loads(costs[-1].told)
    name = f"warm run on {found['pictures']:,} pictures"
    note = f"{found['hits']:,} found derived, {found['derivatives']:,} files looked for"
    cpu_s = statistics.median(cost.cpu_s for cost in costs)
    return [
        Row(measure=name, figure=cpu_s, unit="CPU s", bound=_WARM_CPU_S, note=note),
        Row(measure=f"{name}: decoded or encoded", figure=found["opened"] + found["saved"], unit="", bound=0),
        Row(measure=f"{name}: not found derived", figure=found["pictures"] - found["hits"], unit="", bound=0),
    ]


def memory_rows(setup: Setup) -> list[Row]:
    """The largest resident memory of a worker, for a picture of 24 MP in each format."""
    largest = max(setup.photographs, key=lambda photograph: photograph.pixels)
    found = []
    for name, path in clips.large(largest).items():
        store = setup.work_dir / "peak"
        shutil.rmtree(store, ignore_errors=True)
        peak_mb = float(json.loads(ours("peak", source=str(path), store=str(store)).told))
        found.append(Row(measure=f"a worker's memory, {name} of 24 MP", figure=peak_mb, unit="MB", bound=_PEAK_MB))
    return found


def core_rows(setup: Setup) -> list[Row]:
    """How busy two cores are with videos, documents and pictures, and whether the long work begins first."""
    piece_s, pieces = (2, 2) if setup.is_quick else (5, 4)
    turned = [setup.photographs[number:] + setup.photographs[:number] for number in range(pieces)]
    photographs = setup.photographs[: 4 if setup.is_quick else 12]
    queue = {
        "videos": [str(clips.filmed(order, piece_s)) for order in turned],
        "documents": [str(clips.document(photograph)) for photograph in photographs[:3]],
        "photographs": [str(photograph.path) for photograph in photographs],
    }
    store = setup.work_dir / "queue"
    taken: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    for _ in range(setup.runs):
        for workers in taken:
            shutil.rmtree(store, ignore_errors=True)
            taken[workers].append(json.loads(ours("queue", **queue, store=str(store), workers=workers).told))
    walls_s = {workers: statistics.median(one["wall_s"] for one in runs) for workers, runs in taken.items()}
    busy = statistics.median(one["cpu_s"] / one["wall_s"] for one in taken[2])
    note = f"{pieces} videos, {len(queue['documents'])} documents, {len(photographs)} photographs in {walls_s[2]:.1f} s"
    return [
        dataclasses.replace(_CORES, figure=busy, note=note),
        dataclasses.replace(_ORDER, figure=max(one["before"] for one in taken[2])),
        dataclasses.replace(_FASTER, figure=walls_s[1] / walls_s[2], note="ffmpeg uses both cores by itself"),
    ]
