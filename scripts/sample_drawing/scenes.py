"""The scenes by the names that the plans use, and their variants by the words in title and labels."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from sample_drawing.canvas import Canvas
from sample_drawing.charts import draw_bar_chart, draw_line_chart
from sample_drawing.classrooms import draw_classroom, draw_lecture, draw_live_lesson, draw_small_class
from sample_drawing.corridors import draw_corridor
from sample_drawing.dashboards import draw_dashboard
from sample_drawing.diagrams import draw_diagram, draw_tree
from sample_drawing.exhibitions import draw_exhibition
from sample_drawing.halls import draw_reading_room
from sample_drawing.handmade import draw_beans, draw_home_timetable
from sample_drawing.kits import draw_kit
from sample_drawing.machines import draw_equipment
from sample_drawing.meetings import draw_meeting
from sample_drawing.outdoors import draw_field_lesson, draw_schoolyard, draw_village_school
from sample_drawing.papers import draw_worksheet
from sample_drawing.screens import draw_phone_app
from sample_drawing.subject import Subject
from sample_drawing.wetlands import draw_wetland

Scene = Callable[[Canvas, Subject, random.Random], None]

SCENES: Mapping[str, Scene] = {
    "classroom": draw_classroom,
    "lecture-screen": draw_lecture,
    "village-school": draw_village_school,
    "schoolyard": draw_schoolyard,
    "field-lesson": draw_field_lesson,
    "reading-room": draw_reading_room,
    "exhibition": draw_exhibition,
    "equipment": draw_equipment,
    "worksheet": draw_worksheet,
    "dashboard": draw_dashboard,
    "bar-chart": draw_bar_chart,
    "line-chart": draw_line_chart,
    "diagram": draw_diagram,
    "phone-app": draw_phone_app,
    "video-meeting": draw_meeting,
}

VARIANTS: tuple[tuple[str, str, Scene], ...] = (
    ("equipment", "点滴|滴水|一滴|注射|水箱|探头|测温|直播箱|传感", draw_kit),
    ("equipment", "应到|班牌", draw_corridor),
    ("field-lesson", "湖|洲|雁|水退|观察点", draw_wetland),
    ("worksheet", "豆", draw_beans),
    ("worksheet", "家的表|作息", draw_home_timetable),
    ("village-school", "屏|联网", draw_small_class),
    ("lecture-screen", "剩余|直播", draw_live_lesson),
    ("diagram", "名校：", draw_tree),
)
"""Scene, words (a pattern) and what is drawn in its place where they occur."""


def draw_scene(name: str, canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """Draw the scene *name*, or the variant of it that *subject* calls for.

    Raises:
        KeyError: there is no such scene.
    """
    words = "\n".join((subject.title, *subject.labels))
    for scene, pattern, variant in VARIANTS:
        if scene == name and re.search(pattern, words):
            variant(canvas, subject, rng)
            return
    SCENES[name](canvas, subject, rng)


FLAT: frozenset[str] = frozenset({"dashboard", "bar-chart", "line-chart", "diagram", "phone-app", "video-meeting"})
"""Scenes that are screens or print, not photographs."""
