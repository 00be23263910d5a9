"""Every command line of the desk's guide runs, on files like those that it speaks of, and does what it says there."""

from __future__ import annotations

import re
from pathlib import Path

import xlsxwriter
from PIL import Image

from generator.catalog.reader import read_catalog

from .runs import DOCS, Guide, install, run

GUIDE = Guide(DOCS / "editors" / "desk.md")
LINES = GUIDE.lines
ENDS = {".venv/bin/showcase check cases/enshi-2024": 1}
"""Where the guide says that something is still missing; all others end well."""


def _book(path: Path, rows: list[tuple[str, ...]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, len(rows[0]) - 1, "示例表", book.add_format())
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)


def test_every_command_of_the_guide_does_what_it_says(make_project: object, root: Path, tmp_path: Path) -> None:
    assert callable(make_project)
    folder: Path = make_project("enshi-2023/lichuan-timetable-resources", "yueyang-2021/nanhu-reading-pavilion")
    case = read_catalog(folder / "cases").by_id["enshi-2023/lichuan-timetable-resources"].case
    assert case is not None
    head = ("案例类型", "案例名称", "联系人", "所在单位", "联系电话")
    _book(folder / "汇总表.xlsx", [head, ("B1", "课后服务的示例", "王示例", "利川市示例小学", "0718-7000000")])
    _book(folder / "获奖名单.xlsx", [("案例名称", "报送单位", "等次"), (case.title, case.unit.name, "一等奖")])
    (folder / "报送材料").mkdir()
    Image.effect_noise((64, 48), 20).save(folder / "报送材料" / "课堂.jpg")
    install(folder)
    said = {}
    for line in LINES:
        done = run(line, folder)
        assert done.returncode == ENDS.get(line, 0), f"{line}\n{done.stdout}{done.stderr}"
        said[line] = done.stdout
    assert {line.split()[1] for line in LINES} == {"import-list", "new", "media", "check", "award", "campaign"}

    cases = read_catalog(folder / "cases").by_id
    assert "enshi-2023/lichuan-ke-hou-fu-wu" in cases
    assert "0718-7000000" in next((folder.parent / "办公室").iterdir()).read_text("utf-8-sig")
    honoured = cases["enshi-2023/lichuan-timetable-resources"].case
    assert honoured is not None
    assert honoured.honors[-1].doc_no == "示例教函〔2024〕9号"
    new = cases["yueyang-2021/yueyanglou-noon"].case
    assert new is not None
    assert new.pictures[-1].alt == "三名学生背对镜头围坐在小桌旁"
    assert (folder / "进展.xlsx").is_file()
    assert "CAM010" in said[".venv/bin/showcase check cases/enshi-2024"]


def test_the_table_of_errands_and_the_blocks_name_the_same_commands() -> None:
    listed = set(re.findall(r"^\| .* \| `(showcase [^`]+)` \|$", GUIDE.text, re.MULTILINE))
    shown = {re.match(r"\.venv/bin/(showcase (?:(?:media|campaign) )?[a-z-]+)", line) for line in LINES}
    assert listed == {found.group(1) for found in shown if found} - {"showcase check"}
