"""What the errands of the desk share: the catalogue and its calls, lists that were sent in, files written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.catalog.campaign import Campaign
from generator.catalog.facts import Refusal
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog, Submission
from generator.errors import SettingsError
from generator.intake.sheets import Read, read_rows
from generator.settings import Settings
from generator.terminal import settings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Settings and the catalogue as it stands on the disk."""

    settings: Settings
    catalog: Catalog

    def call(self, campaign_id: str) -> Campaign:
        """The call of that id.

        Raises:
            SettingsError: there is none, or its file cannot be read.
        """
        found = self.catalog.campaigns.get(campaign_id)
        if found is None:
            raise SettingsError(f"没有可用的活动 {campaign_id}；现有：{'、'.join(sorted(self.catalog.campaigns))}")
        return found

    def submissions(self, campaign_id: str) -> tuple[Submission, ...]:
        """The cases of a call, readable or not."""
        return tuple(one for one in self.catalog.submissions if one.campaign_id == campaign_id)

    def index_of(self, submission: Submission) -> Path:
        """Where its index.md lies."""
        return self.settings.cases_dir / submission.campaign_id / submission.slug / "index.md"


def desk_of(context: click.Context) -> Desk:
    """The desk of the project that the command line names.

    Raises:
        ShowcaseError: settings are wrong, or cases/ cannot be read.
    """
    settings = settings_of(context)
    return Desk(settings=settings, catalog=read_catalog(settings.cases_dir))


def read_list(path: Path, labels: Mapping[str, Sequence[str]], needed: Sequence[str], *, workers: int) -> Read:
    """The rows of a list that was sent in.

    Raises:
        SettingsError: the file cannot be used, or holds no table with the columns *needed*.
    """
    from generator.media.documents.grids import read_grids

    grids = read_grids(path, workers=workers)
    if isinstance(grids, Refusal):
        words = {
            "legacy-office": "是旧格式（.xls、.et、.wps）或有密码，请用 Excel 或 WPS 另存为 .xlsx",
            "unsupported": "不是表格，请另存为 .xlsx（Word 表格存为 .docx）",
        }
        raise SettingsError(f"{path.name} {words.get(grids.reason, grids.zh)}")
    read = read_rows(grids, labels, needed)
    if not read.rows:
        wanted = "、".join(labels[key][0] for key in needed)
        why = "；".join(read.left_out)
        raise SettingsError(f"{path.name} 里没有读到内容：表头要有“{wanted}”这几栏" + (f"（{why}）" if why else ""))
    return read


def write_new(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a file that is not there yet; its folder is made if need be.

    Raises:
        FileExistsError: it is there, whatever it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def rewrite(path: Path, data: bytes) -> None:
    """Put *data* in the place of a file, by rename, with its permissions."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def is_asking() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def told(heading: str, lines: Sequence[str]) -> None:
    """A heading with its number and a line for each; nothing where there is none."""
    if lines:
        click.echo(f"{heading}（{len(lines)}）：")
        for line in lines:
            click.echo(f"  {line}")
