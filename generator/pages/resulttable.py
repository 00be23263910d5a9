"""An award list as a table to download: the rows of its page, in their order."""

from __future__ import annotations

from generator.pages.result_views import ResultRow, ResultsView
from generator.pages.tables import Table

COLUMNS = ("序号", "类别", "名称", "单位", "作者", "地区", "等次", "级别", "年度", "文号", "其他荣誉", "网址")
"""The columns of `results.csv` and `results.xlsx`; programs may rely on names and order."""


def results_table(view: ResultsView, site_url: str) -> Table:
    """The rows of *view*; addresses are absolute, so that a copy leads back."""
    return Table(
        columns=COLUMNS,
        rows=tuple(
            (
                row.number,
                category.label,
                row.title,
                row.unit,
                row.authors,
                row.region,
                grade.name,
                view.level,
                row.year,
                row.doc_no,
                _others(row),
                site_url + row.url,
            )
            for grade, category, row in view.rows
        ),
    )


def _others(row: ResultRow) -> str:
    return "；".join(f"{step.text}（{step.year}年）" for step in row.path if not step.is_here)
