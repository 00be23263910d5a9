"""How the packets of a video's picture follow one another: what a player must bear that gets them as they are."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

_REORDERED = 64
"""Frames are stored out of order by less than this; H.264 allows 16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Times in seconds on the file's own clock. A video of one frame has steps of 0."""

    first_key_s: float  # infinite where there is none
    begins_with_key_frame: bool
    shortest_step_s: float  # between frames in the order in which they are shown
    longest_step_s: float  # infinite where a frame does not say when it is shown
    longest_group_s: float  # between a key frame and the next one, or the end
    frames: int
    bytes: int


class PaceTaker:
    """Takes the packets of one picture track in the order of the file, and tells its pace; keeps no more than a few."""

    def __init__(self) -> None:
        self._waiting_s: list[float] = []
        self._shown_s: float | None = None
        self._steps_s = (math.inf, 0.0)
        self._keys_s: tuple[float, float] | None = None
        self._group_s = 0.0
        self._bytes = self._frames = 0
        self._begins_with_key = False

    def take(self, at_s: float | None, size_bytes: int, *, is_key: bool) -> None:
        """Take the next packet; *at_s* is when it is shown, None where the file does not say."""
        if self._frames == 0:
            self._begins_with_key = is_key
        self._frames += 1
        self._bytes += size_bytes
        if at_s is None:
            self._steps_s = (0.0, math.inf)
            return
        if is_key:
            first_s, last_s = self._keys_s or (at_s, at_s)
            self._keys_s = (first_s, at_s)
            self._group_s = max(self._group_s, at_s - last_s)
        heapq.heappush(self._waiting_s, at_s)
        if len(self._waiting_s) > _REORDERED:
            self._show(heapq.heappop(self._waiting_s))

    def _show(self, at_s: float) -> None:
        if self._shown_s is not None:
            step_s = at_s - self._shown_s
            self._steps_s = (min(self._steps_s[0], step_s), max(self._steps_s[1], abs(step_s)))
        self._shown_s = at_s

    def pace(self, end_s: float) -> Pace:
        """The pace of all that was taken; *end_s* is when the last frame ends. Nothing can be taken after it."""
        while self._waiting_s:
            self._show(heapq.heappop(self._waiting_s))
        first_s, last_s = self._keys_s or (math.inf, -math.inf)
        return Pace(
            first_key_s=first_s,
            begins_with_key_frame=self._begins_with_key,
            shortest_step_s=min(self._steps_s),
            longest_step_s=self._steps_s[1],
            longest_group_s=max(self._group_s, end_s - last_s),
            frames=self._frames,
            bytes=self._bytes,
        )
