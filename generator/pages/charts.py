"""Charts as SVG: bars whose labels stay real text at every width. Values in, SVG text out.

Widths are per cent of the room that a chart gets and heights are em, so that type keeps its size from 320 px to a
desk and grows with the reader's own; nothing has to be measured, and no script draws. Colours are classes of
`charts.css`; what they tell is also told by patterns and by numbers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from markupsafe import escape

from generator.pages.cards import shortened
from generator.pages.figure_views import Bar

LONGEST_LABEL = 10
"""Characters: with a number of four digits they fit a phone of 320 px in 长辈版, too. The table has the whole."""

MOST_SLOTS = 6
"""Places drawn one by one; more are drawn as a bar."""

MARKS = {"nation": "★", "province": "☆", "city": "◆", "county": "◇"}
"""The mark of each level by its slug, as badges have them."""

_LINE_EM = 1.6
_BAR_EM = 0.75
_GAP_EM = 0.7

PATTERNS = (
    '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="fill-nation" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="ink ink--nation" width="8" height="8"/></pattern>'
    '<pattern id="fill-province" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="ink ink--ground" width="7" height="7"/><rect class="ink ink--province" width="4" height="7"/></pattern>'
    '<pattern id="fill-city" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ink ink--city" width="6" height="6"/><circle class="ink ink--ground" cx="3" cy="3" r="1.4"/></pattern>'
    '<pattern id="fill-county" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ink ink--ground" width="6" height="6"/><rect class="ink ink--county" width="6" height="1.6"/></pattern>'
    "</defs></svg>"
)
"""What the parts of stacked bars are filled with; once on a page that has such bars."""


def share(count: int, most: int) -> float:
    """How long *count* is, in per cent of a bar that stands for *most*: 0 to 100, two decimals.

    Where nothing is counted (*most* is 0) every bar is empty. *count* is at most *most*.
    """
    return round(100 * count / most, 2) if most > 0 else 0.0


def spans(parts: Sequence[int], most: int) -> tuple[tuple[float, float], ...]:
    """Start and length of each part of a stacked bar, in per cent: one after the other, without gap or overlap."""
    edges = [share(sum(parts[:i]), most) for i in range(len(parts) + 1)]
    return tuple((start, round(end - start, 2)) for start, end in itertools.pairwise(edges))


def bar_chart(
    name: str, caption: str, finding: str, bars: Sequence[Bar], levels: Sequence[str] = (), *, most: int | None = None
) -> str:
    """Horizontal bars, one below the other, each with its label and number above it.

    With *levels* (slugs, in the order of the bars' parts) bars are cut up, each part with its level's pattern, and the
    numbers of the parts stand below. *name* makes the ids of the page unique; *finding* is what a screen reader hears.
    *most* is what a full bar stands for, where charts beside each other share a scale; else it is the largest of *bars*.
    """
    most = most if most is not None else max((bar.count for bar in bars), default=0)
    pitch_em = _LINE_EM + _BAR_EM + _GAP_EM + (_LINE_EM + _GAP_EM / 2 if levels else 0)
    rows = "".join(
        _row(bar, most, round(i * pitch_em, 2), levels) if levels else _plain_row(bar, most, round(i * pitch_em, 2))
        for i, bar in enumerate(bars)
    )
    title, desc = f"chart-{name}-title", f"chart-{name}-desc"
    return (
        f'<svg class="chart" role="img" aria-labelledby="{title} {desc}" width="100%"'
        f' height="{round(len(bars) * pitch_em, 2)}em">'
        f'<title id="{title}">{escape(caption)}</title><desc id="{desc}">{escape(finding)}</desc>{rows}</svg>'
    )


def _head(bar: Bar, top_em: float) -> str:
    label = escape(shortened(bar.label, LONGEST_LABEL))
    y = round(top_em + 1.15, 2)
    return (
        f'<text class="chart__label" x="0" y="{y}em">{label}</text>'
        f'<text class="chart__number" x="100%" y="{y}em" text-anchor="end">{bar.count}</text>'
        f'<rect class="chart__track" x="0" y="{round(top_em + _LINE_EM, 2)}em" width="100%" height="{_BAR_EM}em"/>'
    )


def _plain_row(bar: Bar, most: int, top_em: float) -> str:
    y = round(top_em + _LINE_EM, 2)
    drawn = f'<rect class="chart__bar" x="0" y="{y}em" width="{share(bar.count, most)}%" height="{_BAR_EM}em"/>'
    return _head(bar, top_em) + drawn


def _row(bar: Bar, most: int, top_em: float, levels: Sequence[str]) -> str:
    y = round(top_em + _LINE_EM, 2)
    drawn = "".join(
        f'<rect class="chart__part chart__part--{level}" fill="url(#fill-{level})" x="{start}%" y="{y}em"'
        f' width="{length}%" height="{_BAR_EM}em"/>'
        for level, part, (start, length) in zip(levels, bar.parts, spans(bar.parts, most), strict=True)
        if part
    )
    told = "　".join(f"{MARKS[level]} {part}" for level, part in zip(levels, bar.parts, strict=True) if part)
    below = round(top_em + _LINE_EM + _BAR_EM + 1.15, 2)
    return _head(bar, top_em) + drawn + f'<text class="chart__parts" x="0" y="{below}em">{told}</text>'


def small_bar(count: int, most: int) -> str:
    """A bar for a row that says its number itself; nothing for screen readers."""
    return (
        '<svg class="bar" width="100%" height="0.4em" aria-hidden="true" focusable="false">'
        '<rect class="chart__track" width="100%" height="100%"/>'
        f'<rect class="chart__bar" width="{share(min(count, most), most)}%" height="100%"/></svg>'
    )


def slots(used: int, quota: int) -> str:
    """A square for each place of *quota*, the used ones filled, and one more for each beyond it; many as a bar."""
    count = max(used, quota)
    if count > MOST_SLOTS:
        return small_bar(used, count)
    squares = "".join(
        f'<rect class="slot{" slot--used" if i < used else ""}" x="{round(0.1 + i * 1.25, 2)}em" y="0.1em"'
        ' width="0.8em" height="0.8em"/>'
        for i in range(count)
    )
    return (
        f'<svg class="slots" width="{round(count * 1.25, 2)}em" height="1em" aria-hidden="true" focusable="false">'
        f"{squares}</svg>"
    )


def progress_mark(step: int, steps: int) -> str:
    """A disc that is filled like a clock as far as *step* of *steps* leads: 0 empty, all of them full.

    Raises:
        ValueError: *step* is not among 0 … *steps*.
    """
    if not 0 <= step <= steps or steps < 1:
        raise ValueError(f"step {step} of {steps}")
    drawn = '<circle class="disc__ring" cx="8" cy="8" r="6.5"/>'
    if step == steps:
        drawn += '<circle class="disc__done" cx="8" cy="8" r="6.5"/>'
    elif step:
        angle = 2 * math.pi * step / steps
        x, y = round(8 + 6.5 * math.sin(angle), 2), round(8 - 6.5 * math.cos(angle), 2)
        drawn += f'<path class="disc__done" d="M8 8V1.5A6.5 6.5 0 {int(2 * step > steps)} 1 {x} {y}Z"/>'
    return f'<svg class="disc" width="1em" height="1em" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{drawn}</svg>'
