"""What every page may say of its site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlsplit

PreviewKind = Literal["", "site", "folder"]
"""For whom pages are: "" for everybody; for reviewers, "site" behind a server, "folder" opened by double click."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What every page may say of its site."""

    name: str
    url: str  # ends in "/"
    path: str  # of the address: "/" or "/sub/"
    correction: str
    language: str = "zh-CN"
    description: str = ""
    organiser: str = ""  # 主办单位; "": the site speaks for itself
    code: str = ""  # 网站标识码; "": it has none yet
    columns: Mapping[str, str] = field(default_factory=dict)  # key of a section → its name in the navigation
    preview: PreviewKind = ""

    @property
    def domain(self) -> str:
        """The host of the site's address."""
        return urlsplit(self.url).hostname or ""

    @property
    def publisher(self) -> str:
        """Who answers for what the site says."""
        return self.organiser or self.name

    def address(self, url: str) -> str:
        """The whole address of *url*, which is relative to the root and may hold Chinese."""
        return self.url + quote(url)
